"""The plan as a spreadsheet: measures, days, indicators and problems, with real dates, filters and a frozen header."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from textwrap import shorten
from typing import Any

import xlsxwriter

from vekha.documents.plan import wording
from vekha.documents.plan.model import DueDay, Plan, PlanRow, PlanSection
from vekha.stages.catalogue import title as stage_title

#: What Excel can hold in a cell.
_CELL = 32_000
_EXCEL_FIRST = date(1900, 3, 1)
_DAY_OFF = "Нерабочий день"

#: Height of a line of text and the most Excel allows for a row, in points.
_LINE, _TALLEST = 13.2, 400

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, its width in characters, the format of its cells; ``needed`` stays even if empty."""

    heading: str
    width: int
    style: str = "text"
    needed: bool = False


_MEASURES = (
    Column("№", 6, "number", needed=True),
    Column("Дорожная карта", 20),
    Column("Раздел", 16),
    Column("Этап", 17, needed=True),
    Column("Мероприятие", 48, needed=True),
    Column("Ответственные", 28, needed=True),
    Column("Результат", 28),
    Column("Срок в документе", 28, needed=True),
    Column("Первый срок", 12, "date", needed=True),
    Column("Последний срок", 12, "date"),
    Column("Чего ждёт", 18),
    Column("Прочитано неуверенно", 15),
    Column("Примечания", 24),
    Column("Место", 13),
)
_DAYS = (
    Column("Срок", 12, "date", needed=True),
    Column("День", 6, needed=True),
    Column("№", 6, "number", needed=True),
    Column("Дорожная карта", 20),
    Column("Мероприятие", 48, needed=True),
    Column("Ответственные", 28, needed=True),
    Column("Срок в документе", 28, needed=True),
    Column("Начало периода", 12, "date"),
    Column("За какой период", 16),
    Column("Волна", 8, "whole"),
    Column(_DAY_OFF, 16),
    Column("Рабочий день до", 12, "date"),
    Column("Рабочий день после", 12, "date"),
)
_INDICATORS = (
    Column("№", 6, "number", needed=True),
    Column("Дорожная карта", 20),
    Column("Показатель", 70, needed=True),
    Column("Единица", 16),
    Column("Минимум в год открытия", 14, "figure", needed=True),
    Column("Минимум в последующие годы", 16, "figure", needed=True),
    Column("Цель словами", 24),
    Column("Входит в", 9, "number"),
)
_PROBLEMS = (
    Column("Важность", 15, needed=True),
    Column("Замечание", 56, needed=True),
    Column("Что делать", 40, needed=True),
    Column("Место", 16),
    Column("В документе", 60),
    Column("Код", 24, needed=True),
)

_STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "number": {"align": "left"},
    "date": {"num_format": "dd.mm.yyyy", "align": "center"},
    "date_off": {"num_format": "dd.mm.yyyy", "align": "center", "bg_color": "#FDF1E2", "font_color": "#9A4A08"},
    "whole": {"num_format": "0", "align": "center"},
    "figure": {"num_format": "#,##0", "align": "right"},
    "fraction": {"num_format": "#,##0.0##", "align": "right"},
}


def write_sheets(plan: Plan) -> bytes:
    """The workbook as the bytes of an XLSX file; the same plan gives the same bytes; no cell is ever a formula."""
    target = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Calibri", "font_size": 10},
    }  # fmt: skip
    book = xlsxwriter.Workbook(target, options)
    order = plan.order_file.order
    moment = datetime.combine(order.date if order and order.date else date(2000, 1, 1), time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": wording.order_name(order), "comments": "План составлен программой «Веха»", "created": moment})
    title = f"{wording.order_name(order)}. {order.title if order and order.title else ''}".strip()
    styles = _styles(book)
    _sheet(book, "Меры", _MEASURES, _measure_lines(plan), styles, title)
    _sheet(book, "Сроки", _DAYS, _day_lines(plan), styles, title)
    _sheet(book, "Показатели", _INDICATORS, _indicator_lines(plan), styles, title)
    _sheet(book, "Замечания", _PROBLEMS, _problem_lines(plan), styles, title)
    book.close()
    return target.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    basis = {"valign": "top", "text_wrap": True, "bottom": 1, "bottom_color": "#D7DCE2"}
    styles = {name: book.add_format(basis | extra) for name, extra in _STYLES.items()}
    styles["heading"] = book.add_format(
        {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1C4A7D", "valign": "vcenter", "text_wrap": True, "border": 1,
         "border_color": "#FFFFFF"}
    )  # fmt: skip
    return styles


def _sheet(
    book: Any, name: str, columns: Sequence[Column], lines: Iterable[Sequence[Value]], styles: dict[str, Any], title: str
) -> None:
    sheet = book.add_worksheet(name)
    columns, rows = _worth_showing(columns, list(lines))
    off = next((index for index, column in enumerate(columns) if column.heading == _DAY_OFF), None)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.heading, styles["heading"])
    sheet.set_row(0, 46)
    for number, line in enumerate(rows, start=1):
        sheet.set_row(number, _height(columns, line))
        for index, (column, value) in enumerate(zip(columns, line, strict=True)):
            style = _style(column, value, is_off=index == 0 and off is not None and bool(line[off]))
            _write(sheet, number, index, value, styles[style])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header("&L&9" + shorten(title, 160, placeholder="…").replace("&", "&&"))
    sheet.set_footer("&L&9&A&R&9стр. &P из &N")


def _style(column: Column, value: Value, *, is_off: bool) -> str:
    if is_off:
        return "date_off"
    return "fraction" if column.style == "figure" and isinstance(value, float) and not value.is_integer() else column.style


def _worth_showing(columns: Sequence[Column], lines: list[Sequence[Value]]) -> tuple[list[Column], list[list[Value]]]:
    """The columns that are needed or hold anything, and the lines cut to them."""
    kept = [index for index, column in enumerate(columns) if column.needed or any(line[index] not in (None, "") for line in lines)]
    return [columns[index] for index in kept], [[line[index] for index in kept] for line in lines]


def _height(columns: Sequence[Column], line: Sequence[Value]) -> float:
    """The height that shows the whole text of a row, estimated: a spreadsheet program does not fit rows it did not write."""
    most = 1
    for column, value in zip(columns, line, strict=True):
        if isinstance(value, str):
            most = max(most, sum(1 + int(len(part) * 1.08) // column.width for part in value.split("\n")))
    return min(most * _LINE + 3, _TALLEST)


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """Text always as text: what begins with «=» stays what the document says; dates before 1900 too."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        if value >= _EXCEL_FIRST:
            sheet.write_datetime(row, column, datetime.combine(value, time()), style)
        else:
            sheet.write_string(row, column, wording.short_date(value), style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value if len(value) <= _CELL else value[:_CELL] + "…", style)
    else:
        sheet.write_number(row, column, value, style)


def _programme(section: PlanSection, plan: Plan) -> str:
    return "" if len(plan.sections) == 1 else f"{section.number}. {wording.PROGRAMMES[section.roadmap.programme]}"


def _responsibles(row: PlanRow) -> str:
    return "\n".join(each.name + (f", {each.post}" if each.post else "") for each in row.measure.responsibles)


def _phrase(row: PlanRow) -> str:
    return row.measure.deadline.text if row.measure.deadline is not None else ""


def _measure_lines(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for section in plan.sections:
        for row in section.rows:
            measure = row.measure
            yield (
                row.label,
                _programme(section, plan),
                measure.section,
                stage_title(measure.stage),
                measure.text,
                _responsibles(row),
                "\n".join(each.text for each in measure.results),
                _phrase(row),
                row.days[0].due if row.days else None,
                row.days[-1].due if len(row.days) > 1 else None,
                wording.why_no_day(row.no_day, measure) if row.no_day is not None else None,
                ", ".join(wording.FIELDS.get(name, name) for name in measure.uncertain),
                "\n".join(f"{note.label}: {note.text}" for note in measure.notes),
                wording.where(measure.place),
            )


def _day_lines(plan: Plan) -> Iterable[tuple[Value, ...]]:
    found: list[tuple[DueDay, PlanSection, PlanRow]] = [
        (day, section, row) for section in plan.sections for row in section.rows for day in row.days
    ]
    for day, section, row in sorted(found, key=lambda each: each[0].due):
        yield (
            day.due,
            wording.WEEKDAYS[day.due.weekday()],
            row.label,
            _programme(section, plan),
            row.measure.text,
            _responsibles(row),
            _phrase(row),
            day.start,
            wording.period_name(day.period),
            day.wave,
            wording.off_reason(day.reason) if day.day_off else None,
            day.previous_workday if day.day_off else None,
            day.next_workday if day.day_off else None,
        )


def _indicator_lines(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for section in plan.sections:
        for each in section.roadmap.indicators:
            yield (
                each.number,
                _programme(section, plan),
                each.name,
                each.unit,
                each.opening_year,
                each.following_years,
                each.target,
                each.parent,
            )


def _problem_lines(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for each in plan.problems:
        yield (
            wording.SEVERITIES[each.problem.severity],
            each.problem.message,
            each.problem.hint,
            each.where,
            "\n".join(line.text for line in each.quote),
            each.problem.code,
        )
