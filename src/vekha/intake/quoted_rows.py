"""Rows that an amending act quotes: the quotation mark before the first cell and the one behind the last belong to no cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vekha.intake.columns import find_header
from vekha.intake.grid import GridCell, GridRow
from vekha.intake.stitch import StitchedTable

OPENING = re.compile(r"^\s*[«\"“„]\s*")
CLOSING = re.compile(r"\s*[»\"”“]\s*[;.,]?\s*$")


def unquote(table: StitchedTable) -> StitchedTable:
    """The table without the quotation marks around the whole of it, or around its rows below the header.

    A row is quoted as «4 | Закупки | … | до 20 мая 2025 года»; – the first cell opens what the last cell closes. Where a whole
    annex is quoted the mark that opens it stands far above, and only the closing one is in the table.
    """
    rows = list(table.rows)
    last = _position(rows[-1], backwards=True) if rows else None
    if last is None or not _closes(rows[-1].cells[last].text):
        return table
    opening = _find_opening(rows)
    if opening is None and "»" not in rows[-1].cells[last].text[-3:]:
        return table
    if opening is not None:
        row, column = opening
        if row == len(rows) - 1 and column == last:
            return table
        rows[row] = _with_text(rows[row], column, OPENING.sub("", rows[row].cells[column].text))
    rows[-1] = _with_text(rows[-1], last, CLOSING.sub("", rows[-1].cells[last].text))
    return replace(table, rows=tuple(rows))


def _find_opening(rows: Sequence[GridRow]) -> tuple[int, int] | None:
    """Where the quotation opens: in the first cell of the table, or of its first row under the header."""
    for row in dict.fromkeys((0, min(find_header(rows)[1], len(rows) - 1))):
        column = _position(rows[row])
        if column is not None and _opens(rows[row].cells[column].text):
            return row, column
    return None


def _opens(text: str) -> bool:
    return bool(OPENING.match(text)) and text.count("«") != text.count("»") + text.count("“") - text.count("„")


def _closes(text: str) -> bool:
    if not CLOSING.search(text):
        return False
    return (
        text.count("»") > text.count("«")
        or ("»" not in text and text.count('"') % 2 == 1)
        or text.count("”") > text.count("“")
    )


def _position(row: GridRow, *, backwards: bool = False) -> int | None:
    order = range(len(row.cells) - 1, -1, -1) if backwards else range(len(row.cells))
    return next((index for index in order if row.cells[index].own_text.strip()), None)


def _with_text(row: GridRow, column: int, text: str) -> GridRow:
    old = row.cells[column]
    cell = GridCell(text, old.confidence, old.from_above, old.from_left)
    return replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :]))
