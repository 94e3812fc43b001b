"""A DOCX page as offices write it: A4 upright, Times New Roman, nothing that tells a clock; equal content gives equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself."""

    title: str
    author: str
    made_on: date


def new_page(properties: Properties, *, margins: tuple[int, int, int, int] = (20, 10, 20, 20), size: int = 14) -> Any:
    """An empty document; ``margins`` are left, right, top and bottom in millimetres, ``size`` is the letters' in points."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    left, right, top, bottom = margins
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(left), Mm(right), Mm(top), Mm(bottom)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    known, day = document.core_properties, properties.made_on
    known.created = known.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    known.author = known.last_modified_by = clean(properties.author)
    known.title, known.comments, known.language = clean(properties.title), "", "ru-RU"
    return document


def add_line(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    alignment: str = "left",
    indent: int = 0,
    before: int = 0,
    after: int = 0,
) -> Any:
    """A paragraph; ``indent`` is of its first line in millimetres, ``before`` and ``after`` are points."""
    paragraph = document.add_paragraph()
    paragraph.add_run(clean(text)).bold = bold
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.first_line_indent = Pt(before), Pt(after), Mm(indent)
    paragraph.alignment = _ALIGNMENTS[alignment]
    return paragraph


def clean(text: str) -> str:
    """Without what XML cannot hold.

    >>> clean("письмо\\x00 № 5")
    'письмо № 5'
    """
    return _NOT_XML.sub("", text)


def same_bytes(document: Any) -> bytes:
    """The file packed with one fixed time in every entry, so that equal documents are equal files."""
    packed, again = io.BytesIO(), io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(entry, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(entry))
    return again.getvalue()
