"""A protocol of a check as a DOCX file: A4 upright, Times New Roman, tables whose heads repeat on every page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from vekha.documents.docx_page import FONT, clean, same_bytes
from vekha.documents.plan.wording import SEVERITIES, counted, long_date
from vekha.documents.protocol.model import Protocol, Remark, Section
from vekha.problems import Severity

_HEAD = ("№", "Важность", "Код", "Где", "Замечание и что сделать", "Основание")
_WIDTHS = (Mm(9), Mm(29), Mm(15), Mm(26), Mm(64), Mm(34))
_WORDS = {
    Severity.ERROR: ("ошибка", "ошибки", "ошибок"),
    Severity.WARNING: ("предупреждение", "предупреждения", "предупреждений"),
    Severity.NOTE: ("примечание", "примечания", "примечаний"),
}


def write_protocol(protocol: Protocol) -> bytes:
    """The protocol as the bytes of a DOCX file."""
    document = Document()
    _lay_out(document, protocol)
    _line(document, "ПРОТОКОЛ", bold=True, size=14, centred=True)
    _line(document, "проверки распорядительного документа", bold=True, centred=True, after=10)
    _facts(document, protocol)
    _line(document, _summary(protocol), before=8, after=8)
    if protocol.crashed:
        codes = ", ".join(protocol.crashed)
        _line(
            document,
            f"По правилам {codes} документ не проверен из-за сбоя программы: ни замечаний, ни их отсутствия утверждать нельзя.",
        )
    first = 1
    for section in protocol.sections:
        first = _section(document, section, first)
    _ending(document, protocol)
    return same_bytes(document)


def _lay_out(document: Any, protocol: Protocol) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(20), Mm(13)
    page.top_margin = page.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    known = document.core_properties
    day = protocol.drawn_up_on
    known.created = known.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    known.author = known.last_modified_by = clean(protocol.organisation)
    known.title, known.comments, known.language = clean(f"Протокол проверки: {protocol.about}"), "", "ru-RU"
    _page_numbers(page.footer.paragraphs[0])


def _line(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    size: int = 12,
    centred: bool = False,
    before: int = 0,
    after: int = 0,
) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = bold, Pt(size)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _facts(document: Any, protocol: Protocol) -> None:
    facts = (
        ("Документ", protocol.about),
        ("О чём", protocol.subject),
        ("Организация", protocol.organisation),
        ("Прочитан из файла", protocol.source),
        ("Проверен", protocol.checked),
        ("Правила", protocol.rules),
        ("Протокол составлен", long_date(protocol.drawn_up_on)),
    )
    for label, value in facts:
        if value:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(clean(value))


def _summary(protocol: Protocol) -> str:
    if not protocol.remarks:
        return "Итог: замечаний нет."
    parts = [counted(protocol.count(each), *_WORDS[each]) for each in Severity if protocol.count(each)]
    if protocol.waived:
        parts.append(f"принято до срока: {protocol.waived}")
    return f"Итог: {', '.join(parts)}. Предупреждение означает отклонение, которое может быть допустимым; ошибка требует исправления."


def _section(document: Any, section: Section, first: int) -> int:
    """A heading with its table; gives the number of the next finding."""
    heading = _line(document, section.title, bold=True, before=8, after=4)
    heading.paragraph_format.keep_with_next = True
    if not section.remarks:
        _line(document, "Замечаний нет.")
        return first
    table = document.add_table(rows=1, cols=len(_HEAD))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, words in zip(table.rows[0].cells, _HEAD, strict=True):
        _fill(cell, words, bold=True)
    _repeat_head(table.rows[0])
    for number, remark in enumerate(section.remarks, start=first):
        row = table.add_row()
        _keep_whole(row)
        for cell, words in zip(row.cells, _cells(number, remark), strict=True):
            _fill(cell, words)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width
    return first + len(section.remarks)


def _cells(number: int, remark: Remark) -> tuple[str, ...]:
    text = "\n".join(part for part in (remark.text, remark.advice, remark.waiver) if part)
    severity = SEVERITIES[remark.severity]
    return str(number), severity, remark.rule, remark.place or "весь документ", text, remark.basis


def _fill(cell: Any, text: str, *, bold: bool = False) -> None:
    paragraphs = text.split("\n")
    for at, words in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        run = paragraph.add_run(clean(words))
        run.bold, run.font.size = bold, Pt(9.5)


def _ending(document: Any, protocol: Protocol) -> None:
    """A document never ends with a table: who drew it up, and who was told."""
    by = f"Протокол составил(а): {protocol.drawn_up_by}" if protocol.drawn_up_by else "Протокол составил(а):"
    _line(document, by, before=14)
    _line(document, "Подпись ____________________     Дата ____________________", before=10)
    _line(document, "С протоколом ознакомлен(а) ________________________________________", before=10)


def _repeat_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_numbers(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        piece = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            piece.text = text
        else:
            piece.set(qn("w:fldCharType"), kind)
        run._r.append(piece)
