"""The grid as a spreadsheet: the same rows, columns and words as on the page; texts stay texts, never formulas."""

from __future__ import annotations

import io

import xlsxwriter

from vekha_portal.execution.grid_reads import Grid
from vekha_portal.ui.tones import Tone

_COLOURS = {
    Tone.GOOD: "#d8eedd",
    Tone.BUSY: "#d9e6f5",
    Tone.ATTENTION: "#fbeec9",
    Tone.BAD: "#f6d6d3",
    Tone.WAITING: "#e6e0f0",
    Tone.QUIET: "#eeeeee",
}


def write_sheet(grid: Grid, *, title: str, printed: str) -> bytes:
    """The grid as XLSX."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Исполнение")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        plain = book.add_format({"valign": "top", "border": 1})
        looks = {
            tone: book.add_format({"bg_color": each, "border": 1, "text_wrap": True}) for tone, each in _COLOURS.items()
        }
        sheet.write_string(0, 0, title, book.add_format({"bold": True}))
        sheet.write_string(1, 0, printed)
        names = ["Центр", "Территория", *(f"{each.number}. {each.label}" for each in grid.columns)]
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, max(2, len(names) - 1), 20)
        for place, name in enumerate(names):
            sheet.write_string(3, place, name[:1000], head)
        sheet.freeze_panes(4, 2)
        for line, row in enumerate(grid.rows, start=4):
            sheet.write_string(line, 0, row.place.name, plain)
            sheet.write_string(line, 1, row.place.municipality, plain)
            for place, cell in enumerate(row.cells, start=2):
                if cell is not None:
                    sheet.write_string(line, place, cell.words, looks[cell.look.tone])
    return buffer.getvalue()
