"""Lists of milestones as files: a spreadsheet, and text for other programs."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
import threading
from collections.abc import Iterable, Iterator

import xlsxwriter

from vekha_portal.execution.looks import STATES
from vekha_portal.overview.bridge import stage_title
from vekha_portal.overview.queries.milestones import Exported
from vekha_portal.overview.shown import waits_for

HEADINGS = (
    "№", "Субъект", "Муниципальное образование", "Школа центра", "Исполнитель", "Программа", "Год субсидии", "Этап",
    "№ мероприятия", "Мероприятие", "Срок, как в документе", "Период", "Срок по распоряжению", "Срок", "Ждёт", "Состояние",
    "Принято",
)  # fmt: skip
_WIDTHS = (8, 8, 22, 36, 36, 24, 8, 22, 8, 60, 28, 10, 12, 12, 24, 16, 12)
#: A cell that begins so would be run as a formula by some programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | datetime.date | None
#: One file at a time in a process: more would not be made any sooner, and each takes memory while it is made.
ONE_AT_A_TIME = threading.BoundedSemaphore()


def _cells(rows: Iterable[Exported]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        text = row.text
        if row.item is not None and isinstance(row.items, list) and row.item < len(row.items):
            text = f"{text}: {row.items[row.item]}"
        state = STATES[row.state].label
        accepted = row.accepted_at.date() if row.accepted_at else None
        waits = "" if row.due_on else waits_for(row.waiting_for)
        yield (
            row.pk, row.region, row.municipality, row.school, row.organisation, row.programme, row.year,
            stage_title(row.stage), row.number, text, row.deadline, row.period, row.planned_on, row.due_on, waits, state,
            accepted,
        )  # fmt: skip


def write_csv(rows: Iterable[Exported]) -> bytes:
    """Text with semicolons, as Russian spreadsheets expect it; nothing in it is run as a formula."""
    with ONE_AT_A_TIME, tempfile.TemporaryFile() as kept:
        out = io.TextIOWrapper(kept, encoding="utf-8-sig", newline="", write_through=False)
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADINGS)
        writer.writerows(map(_plain, row) for row in _cells(rows))
        out.flush()
        kept.seek(0)
        content = kept.read()
        out.detach()
    return content


def _plain(cell: Cell) -> str | int:
    match cell:
        case None:
            return ""
        case datetime.date():
            return f"{cell.day:02}.{cell.month:02}.{cell.year}"
        case str() if cell.startswith(_FORMULA):
            return f"'{cell}"
        case _:
            return cell


def write_xlsx(rows: Iterable[Exported]) -> bytes:
    """A spreadsheet with a heading that stays and a filter; its rows lie on the disk while it is made."""
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        out = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        with xlsxwriter.Workbook(out, options) as workbook:
            _fill(workbook, rows)
        return out.getvalue()


def _fill(workbook: xlsxwriter.Workbook, rows: Iterable[Exported]) -> None:
    sheet = workbook.add_worksheet("Контрольные точки")
    bold, dated = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "dd.mm.yyyy"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, HEADINGS, bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(_cells(rows), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(last, column, cell)
            elif isinstance(cell, int):
                sheet.write_number(last, column, cell)
            elif cell is not None:
                sheet.write_datetime(last, column, cell, dated)
    sheet.autofilter(0, 0, last, len(HEADINGS) - 1)
