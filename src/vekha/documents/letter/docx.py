"""A letter as a DOCX file, laid out as GOST R 7.0.97 shows it: requisites on the left, the addressee on the right."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from vekha.documents.docx_page import Properties, add_line, clean, new_page, same_bytes
from vekha.documents.letter.model import LetterDraft

_LEFT, _RIGHT = Mm(85), Mm(90)
_DATE_AND_NUMBER = "____________ № ____________"


def write_letter(letter: LetterDraft) -> bytes:
    """The letter as the bytes of a DOCX file; its own date and number are left to be filled in on signing.

    Source of the layout: ГОСТ Р 7.0.97-2016.
    """
    author = letter.sender[0] if letter.sender else ""
    document = new_page(Properties(title=letter.subject, author=author, made_on=letter.drawn_up_on))
    _head(document, letter)
    add_line(document, letter.subject, bold=True, before=18, after=14)
    for text in letter.paragraphs:
        add_line(document, text, alignment="both", indent=12, after=6)
    _attachments(document, letter.attachments)
    _signature(document, letter)
    if letter.executor:
        add_line(document, letter.executor, before=28)
    return same_bytes(document)


def _head(document: Any, letter: LetterDraft) -> None:
    """Who writes with the place for date and number, and whom to, side by side without lines."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    answers = f"На {letter.answers}" if letter.answers else "На № ____________ от ____________"
    left = (*letter.sender, "", _DATE_AND_NUMBER, answers)
    for cell, width, lines in zip(table.rows[0].cells, (_LEFT, _RIGHT), (left, letter.addressee), strict=True):
        cell.width = width
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.add_run(clean(line))
    for column, width in zip(table.columns, (_LEFT, _RIGHT), strict=True):
        column.width = width


def _attachments(document: Any, attachments: tuple[str, ...]) -> None:
    if len(attachments) == 1:
        add_line(document, f"Приложение: {attachments[0]}", before=12)
        return
    if attachments:
        add_line(document, "Приложения:", before=12)
    for number, each in enumerate(attachments, start=1):
        add_line(document, f"{number}. {each}", indent=12)


def _signature(document: Any, letter: LetterDraft) -> None:
    """The post on the left and the name at the right margin, kept on one page with each other."""
    post, name = letter.signatory
    paragraph = add_line(document, f"{post or '____________________'}\t{name or '____________________'}", before=36)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(180), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.keep_together = True
