"""Drafts of letters: everything given stands in the file, what is unknown is a line to fill in, equal values are equal bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from docx import Document

from vekha.documents.letter.docx import write_letter
from vekha.documents.letter.model import LetterDraft

LETTER = LetterDraft(
    sender=("Департамент образования Заречной области",),
    addressee=("Федеральному оператору", "«Заря»"),
    subject="О согласовании инфраструктурного листа",
    paragraphs=("Направляем на согласование инфраструктурный лист.", "Просим ответить до 1 марта 2026 года."),
    drawn_up_on=date(2026, 2, 2),
    attachments=("инфраструктурный лист на 3 л.", "перечень школ на 1 л."),
    signatory=("Директор департамента", "А.А. Ясный"),
    executor="Исп. Н.Н. Тихая",
)


def read(letter: LetterDraft) -> str:
    """Everything the file says, head first."""
    document = Document(io.BytesIO(write_letter(letter)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_all_that_is_given_stands_in_the_file() -> None:
    text = read(replace(LETTER, answers="№ 77 от 20.01.2026"))
    told = (*LETTER.sender, *LETTER.addressee, LETTER.subject, *LETTER.paragraphs, *LETTER.signatory, LETTER.executor)
    assert [each for each in told if each not in text] == []
    assert "На № 77 от 20.01.2026" in text
    assert "Приложения:\n1. инфраструктурный лист на 3 л.\n2. перечень школ на 1 л." in text


def test_what_is_unknown_is_a_line_to_fill_in() -> None:
    text = read(replace(LETTER, signatory=("", ""), attachments=(), executor=""))
    assert "На № ____________ от ____________" in text
    assert "____________________\t____________________" in text
    assert "Приложени" not in text


def test_one_attachment_has_no_number() -> None:
    assert "Приложение: перечень" in read(replace(LETTER, attachments=("перечень",)))


def test_a_document_does_not_end_with_a_table_and_bears_what_xml_cannot() -> None:
    document = Document(io.BytesIO(write_letter(replace(LETTER, subject="О\x00 письме\x0b"))))
    assert not document.element.body[-2].tag.endswith("}tbl")
    assert "О письме" in [paragraph.text for paragraph in document.paragraphs]


def test_equal_letters_are_equal_files() -> None:
    assert write_letter(LETTER) == write_letter(replace(LETTER))
    assert write_letter(LETTER) != write_letter(replace(LETTER, subject="О другом"))
