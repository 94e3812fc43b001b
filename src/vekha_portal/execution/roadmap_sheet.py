"""The measures of a roadmap as a spreadsheet: real dates, a frozen head, filters; no cell is ever a formula."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from vekha_portal.execution.roadmap_reads import MeasureView, RoadmapView

_CELL = 32_000
_HEADS = (
    ("№", 7),
    ("Этап", 20),
    ("Мероприятие", 56),
    ("Ответственные", 32),
    ("Кто это в системе", 32),
    ("Документы", 34),
    ("Срок в документе", 30),
    ("Ближайший срок", 14),
    ("Все сроки", 26),
    ("Охват", 16),
    ("Состояние", 30),
)


def write_measures(view: RoadmapView, *, at: datetime) -> bytes:
    """The workbook as bytes, written row by row."""
    target = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd.mm.yyyy",
    }
    book: Any = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": str(view.roadmap), "created": at.replace(tzinfo=None)})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1C4A7D", "font_color": "#FFFFFF"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "center"})
    sheet = book.add_worksheet("Меры")
    for column, (_, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, 2 + max(len(view.measures), 1), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    wave = f"; волна: {view.application.wave}" if view.application else ""
    sheet.write_string(0, 0, f"{view.roadmap.order}. {view.roadmap}"[:_CELL])
    sheet.write_string(1, 0, f"Редакция {view.revision.number}{wave}; на {view.today:%d.%m.%Y}"[:_CELL])
    for column, (label, _) in enumerate(_HEADS):
        sheet.write_string(2, column, label, head)
    for line, row in enumerate(view.measures, start=3):
        for column, value in enumerate(_values(row)):
            if column == 7 and row.deadline.due is not None:
                sheet.write_datetime(line, column, datetime.combine(row.deadline.due, datetime.min.time()), day)
            else:
                sheet.write_string(line, column, value[:_CELL], text)
    book.close()
    return target.getvalue()


def _values(row: MeasureView) -> list[str]:
    measure = row.measure
    return [
        measure.number,
        row.stage,
        measure.text,
        "\n".join(each.name for each in row.responsibles),
        "\n".join(dict.fromkeys(each.said for each in row.responsibles if each.said)),
        "\n".join(document.text for document in row.documents if document.text),
        measure.deadline,
        row.deadline.waiting,
        ", ".join(f"{day.due:%d.%m.%Y}" for day in row.days),
        str(measure.get_reach_display()),
        ", ".join(f"{state.label}: {count}" for state, count, _ in row.counts),
    ]
