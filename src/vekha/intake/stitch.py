"""Pieces of a table on several pages → one table again: repeated headers and number rows go, the parts are counted.

Only whole rows are handled here; a row that the page break cut in two is joined later, when its columns are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.columns import find_header, is_number_row
from vekha.intake.document import Block, Paragraph, Table
from vekha.intake.grid import EMPTY, Grid, GridRow, expand, without_empty_columns
from vekha.intake.header_words import LONGEST_HEADER, number_of_cell
from vekha.intake.page_noise import is_page_noise
from vekha.text.normalise import fold

RULE_CELL = re.compile(r"^[\s\-–—=_:─━.]*[\-–—=_─━]{3}[\s\-–—=_:─━.]*$")
LEAST_WIDTH = 3


@dataclass(frozen=True, slots=True)
class StitchedTable:
    """One whole table: the indices of its blocks, its rows with the header once, on top, and the parts counted from 0."""

    blocks: tuple[int, ...]
    rows: tuple[GridRow, ...]


@dataclass(slots=True)
class _Open:
    blocks: list[int]
    rows: list[GridRow]
    header: list[list[str]]
    width: int
    part: int = 0


def stitch(blocks: Sequence[Block]) -> tuple[StitchedTable, ...]:
    """All tables of a document, the pieces of one table put together."""
    tables: list[_Open] = []
    between: list[Paragraph] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if not is_page_noise(block.text):
                between.append(block)
            continue
        grid = _without_rules(block)
        if not grid.rows:
            continue
        fitted = _fit(tables[-1], grid, between) if tables else None
        if fitted is not None:
            _append(tables[-1], index, fitted)
        else:
            tables.append(_begin(index, grid))
        between = []
    return tuple(StitchedTable(tuple(table.blocks), tuple(table.rows)) for table in tables)


def _without_rules(table: Table) -> Grid:
    """The grid without rows that are only drawn lines («-----»)."""
    grid = expand(table)
    rows = tuple(row for row in grid.rows if not all(RULE_CELL.match(text) for text in row.texts()))
    return replace(grid, rows=rows)


def _begin(index: int, grid: Grid) -> _Open:
    start, stop = find_header(grid.rows)
    header = [_signature(row) for row in grid.rows[start:stop]]
    opened = _Open([index], list(grid.rows[:stop]), header, grid.width)
    _take(opened, grid.rows[stop:])
    return opened


def _append(table: _Open, index: int, rows: Sequence[GridRow]) -> None:
    table.blocks.append(index)
    table.part += 1
    _take(table, rows)


def _take(table: _Open, rows: Sequence[GridRow]) -> None:
    """Add rows; a header or number row that comes again marks a page break and is left out."""
    fresh_part = False
    for row in rows:
        if is_number_row(row) or _repeats_header(row, table.header):
            if not fresh_part and len(table.rows) > len(table.header):
                table.part += 1
            fresh_part = True
            continue
        fresh_part = False
        table.rows.append(replace(row, part=table.part))


def _signature(row: GridRow) -> list[str]:
    return [fold(cell.text) for cell in row.cells if cell.text.strip() and not cell.from_left]


def _repeats_header(row: GridRow, header: Sequence[Sequence[str]]) -> bool:
    """Whether the row is one of the header's; one cell is compared first, folding every cell of every row would cost too much."""
    last = next((cell.text for cell in reversed(row.cells) if cell.text.strip() and not cell.from_left), "")
    if len(last) > LONGEST_HEADER * 3:
        return False
    folded = fold(last)
    return any(signature and signature[-1] == folded for signature in header) and _signature(row) in header


def _fit(table: _Open, grid: Grid, between: Sequence[Paragraph]) -> Sequence[GridRow] | None:
    """The rows of ``grid`` as a continuation of ``table``, ``None`` if it is another table."""
    if table.width < LEAST_WIDTH and not table.header:
        return None
    start, stop = find_header(grid.rows)
    headed = stop > start
    if headed and not _same_header(table, grid.rows[start:stop]):
        return None
    rows = _same_width(table, grid)
    if rows is None:
        return None
    first = next((row for row in rows if not is_number_row(row) and not _repeats_header(row, table.header)), None)
    if first is None:
        return rows
    number = number_of_cell(first.cells[0].own_text)
    last = _last_number(table)
    if between and not (number is not None and last is not None and _next(last) == number):
        return None
    if number == "1" and last is not None and last != "1":
        return None  # numbering begins anew: another roadmap under the same header
    return rows


def _same_header(table: _Open, rows: Sequence[GridRow]) -> bool:
    signatures = [_signature(row) for row in rows]
    if not table.header:
        return False
    return signatures[0] in table.header or _closeness(signatures[0], table.header[0]) > 0.8


def _closeness(first: Sequence[str], second: Sequence[str]) -> float:
    shared = sum(1 for one, other in zip(first, second, strict=False) if one[:12] == other[:12])
    return shared / max(len(first), len(second), 1)


def _same_width(table: _Open, grid: Grid) -> Sequence[GridRow] | None:
    if grid.width == table.width:
        return grid.rows
    if grid.width > table.width:
        rows, _ = without_empty_columns(grid.rows, 0)
        return rows if rows and len(rows[0].cells) == table.width else None
    lacking = table.width - grid.width
    number = number_of_cell(grid.rows[0].cells[0].own_text)
    if number is None and grid.rows[0].cells[0].own_text.strip():
        return None
    if lacking > 1 and grid.width < LEAST_WIDTH:
        return None
    return [replace(row, cells=row.cells + (EMPTY,) * lacking) for row in grid.rows]


def _last_number(table: _Open) -> str | None:
    for row in reversed(table.rows):
        number = number_of_cell(row.cells[0].own_text)
        if number is not None:
            return number
    return None


def _next(number: str) -> str:
    *above, last = number.split(".")
    return ".".join([*above, str(int(last) + 1)])
