"""ODS → rows of a sheet, read as a stream: values with their formats, merged cells, repeated rows and columns."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vekha.intake.archive import Archive
from vekha.intake.document import Cell
from vekha.intake.limits import DEFAULT_LIMITS, damaged, ensure_table_fits
from vekha.intake.readers.docx_package import Element
from vekha.intake.readers.xlsx_layout import SheetRow
from vekha.intake.readers.xlsx_values import Shown, render_number, render_text, render_value

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ROW, _CELL, _COVERED = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_TABLE_TAG = f"{_TABLE}table"
_PARAGRAPH, _VALUE_TYPE = f"{_TEXT}p", f"{_OFFICE}value-type"
_ANNOTATION = f"{_OFFICE}annotation"
_REPEATED_COLUMNS, _REPEATED_ROWS = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_SPANNED_COLUMNS, _SPANNED_ROWS = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")
_MAX_REPEAT = 1 << 20
_MAX_REPEATED_TEXT = 256


@dataclass(slots=True)
class OdsSheet:
    """A sheet's filled rows; ``hidden`` where the user does not see it."""

    name: str
    hidden: bool = False
    rows: list[SheetRow] = field(default_factory=list)


def read_ods_sheets(archive: Archive) -> list[OdsSheet]:
    """The sheets of a spreadsheet in their order; raises ``damaged`` and ``over-limits``."""
    data = archive.read("content.xml")
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise damaged("В части «content.xml» объявлены собственные сущности XML: в таблицах так не бывает.")
    try:
        return _read_sheets(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("Часть «content.xml» книги повреждена: в ней нарушена разметка XML.") from error


def _read_sheets(data: bytes) -> list[OdsSheet]:
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=(_TABLE_TAG, _ROW, f"{_STYLE}style"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    sheets: list[OdsSheet] = []
    hidden_styles: set[str] = set()
    number = rows = cells = depth = 0
    for event, element in events:
        if element.tag == _TABLE_TAG:
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                hidden = element.get(f"{_TABLE}style-name", "") in hidden_styles
                sheets.append(OdsSheet(element.get(f"{_TABLE}name", ""), hidden))
                number = 0
        elif event == "end" and element.tag == _ROW and depth == 1:
            repeated = _count(element.get(_REPEATED_ROWS), _MAX_REPEAT)
            filled = tuple(_row_cells(element))
            for _ in range(repeated if any(cell.text for cell in filled) else min(len(filled), 1)):
                number += 1
                rows, cells = rows + 1, cells + len(filled)
                ensure_table_fits(rows, cells, DEFAULT_LIMITS)
                sheets[-1].rows.append(SheetRow(number, filled))
                repeated -= 1
            number += repeated
            _forget(element)
        elif event == "end" and element.tag == f"{_STYLE}style":
            _remember_hidden(element, hidden_styles)
    return sheets


def _forget(element: Element) -> None:
    """Free what has been read: the row's content, and the rows before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _remember_hidden(element: Element, hidden: set[str]) -> None:
    properties = element.find(f"{_STYLE}table-properties")
    if properties is not None and properties.get(f"{_TABLE}display") == "false":
        hidden.add(element.get(f"{_STYLE}name", ""))


def _row_cells(row: Element) -> Iterator[Cell]:
    """The filled cells and the merged ones of a row, by sheet column."""
    column = 0
    for element in row:
        if element.tag not in (_CELL, _COVERED):
            continue
        repeated = _count(element.get(_REPEATED_COLUMNS), _MAX_REPEAT)
        if element.tag == _CELL and (len(element) or element.get(_VALUE_TYPE)):
            text = _cell_text(element)
            col_span = _count(element.get(_SPANNED_COLUMNS), _MAX_REPEAT)
            row_span = _count(element.get(_SPANNED_ROWS), _MAX_REPEAT)
            if text or col_span * row_span > 1:
                for offset in range(min(repeated, _MAX_REPEATED_TEXT)):
                    yield Cell(text, column + offset, row_span, col_span)
        column += repeated


def _cell_text(element: Element) -> str:
    if len(element) == 1 and not len(element[0]) and element[0].tag == _PARAGRAPH:
        shown = render_text(element[0].text or "")
    else:
        shown = render_text("\n".join(_paragraph(child) for child in element if child.tag == _PARAGRAPH))
    kind = element.get(_VALUE_TYPE)
    if kind == "string":
        return shown
    value = element.get(f"{_OFFICE}value", "")
    if kind == "date":
        return _date(element.get(f"{_OFFICE}date-value", ""), shown)
    if kind in ("float", "percentage") and value:
        try:
            number = float(value)
        except ValueError:
            return shown
        if kind == "percentage":
            return render_value(number, Shown.PERCENT)
        return shown if any(map(str.isalpha, shown)) else render_number(number)
    return shown


def _paragraph(element: Element) -> str:
    """The text of a paragraph with its breaks; notes of reviewers left out."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            pieces.append(" ")
        elif child.tag != _ANNOTATION:
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _date(value: str, shown: str) -> str:
    """The date in full unless the sheet shows a month without a day, or a year alone."""
    found = _DATE.match(value)
    if found is None:
        return shown
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        moment = datetime.datetime(year, month, day, hour, minute)  # noqa: DTZ001 — a sheet's time has no zone
    except ValueError:
        return shown
    with_year = _YEAR.search(shown) is not None
    if shown and _DAY.search(shown) is None:
        if not any(map(str.isalpha, shown)):
            return render_value(moment, Shown.YEAR)
        return render_value(moment, Shown.MONTH_AND_YEAR if with_year else Shown.MONTH)
    return render_value(moment)


def _count(value: str | None, limit: int) -> int:
    return min(max(int(value), 1), limit) if value and value.isdigit() else 1
