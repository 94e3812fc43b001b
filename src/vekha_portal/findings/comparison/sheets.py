"""Comparisons as spreadsheets: every cell is written as text, a day or a number, never as a formula."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from vekha_portal.findings.comparison.values import Comparison, RegionLine, Side, Spread

#: A cell of a spreadsheet holds no more.
LONGEST = 32_000
Value = str | int | datetime.date | None
_COLUMNS = (
    ("Этап", 22), ("№", 6), ("Мероприятие", 42), ("Срок", 26), ("Дата", 12), ("Ответственные", 30), ("Документы", 30),
    ("№", 6), ("Мероприятие", 42), ("Срок", 26), ("Дата", 12), ("Ответственные", 30), ("Документы", 30),
    ("Разница, дней", 10), ("Что изменилось", 26), ("Примечание", 30),
)  # fmt: skip
_REGION_COLUMNS = (
    ("Код", 6), ("Субъект", 36), ("Дата", 12), ("К медиане, дней", 12), ("Срок, как в распоряжении", 40), ("Мероприятие", 60), ("Карта", 50),
)  # fmt: skip


def comparison_sheet(comparison: Comparison) -> bytes:
    """Two roadmaps side by side."""
    rows = [
        (line.stage, *_side(line.a), *_side(line.b), line.days, line.verdict, line.note) for line in comparison.lines
    ]
    note = f"Сроки первой карты сдвинуты на {comparison.shift} г., чтобы сравнить волны." if comparison.shift else ""
    heads = (f"Первая: {comparison.a_title}", f"Вторая: {comparison.b_title}", note)
    return _write("Сравнение", [head for head in heads if head], _COLUMNS, rows)


def region_sheet(lines: Sequence[RegionLine], spread: Spread | None, *, title: str) -> bytes:
    """One stage across regions."""
    rows = [(line.code, line.region, line.due, line.gap, line.phrase, line.measure, line.roadmap) for line in lines]
    heads = [title]
    if spread is not None:
        heads.append(
            f"Регионов с датой: {spread.count}. Раньше всех {spread.earliest:%d.%m.%Y}, медиана {spread.median:%d.%m.%Y}, "
            f"позже всех {spread.latest:%d.%m.%Y}."
        )
    return _write("Сроки по регионам", heads, _REGION_COLUMNS, rows)


def _side(side: Side | None) -> tuple[Value, ...]:
    if side is None:
        return ("", "нет", "", None, "", "")
    return (side.number, side.text, side.deadline, side.due, side.responsibles, side.documents)


def _write(
    name: str, heads: Sequence[str], columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#EEF2F6"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "border": 1, "align": "left"})
    sheet = book.add_worksheet(name)
    for at, text in enumerate(heads):
        sheet.write_string(at, 0, text[:LONGEST])
    top = len(heads) + 1
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, title, head)
    last = top
    for last, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            _cell(sheet, last, column, value, plain, day)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, last, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    book.close()
    return kept.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Value, plain: Any, day: Any) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, plain)
        case datetime.date():
            sheet.write_datetime(row, column, value, day)
        case int():
            sheet.write_number(row, column, value, plain)
        case _:
            sheet.write_string(row, column, value[:LONGEST], plain)
