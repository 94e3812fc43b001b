"""Ruled tables of a PDF page: words put into the cells of a grid, cells read as text.

Frames of one cell are not tables; grids inside a cell are read with it, part by part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vekha.intake.document import Cell, Row, Table
from vekha.intake.readers.pdf_hyphens import Hyphenation
from vekha.intake.readers.pdf_lines import Line, make_lines
from vekha.intake.readers.pdf_paragraphs import Column, cell_text, usual_leading
from vekha.intake.readers.pdf_runs import Run
from vekha.intake.readers.ruled_grid import Box, RuledCell, RuledGrid
from vekha.problems import Place

_REACH = 3.0
"""Points by which a word may stand outside its cell's lines."""


@dataclass(frozen=True, slots=True)
class CellLines:
    """The lines of a cell and the left and right edges of its room."""

    lines: list[Line]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A grid with the lines of each of its cells; ``inner`` are the grids drawn inside its cells, filled too."""

    grid: RuledGrid
    cells: list[CellLines]
    inner: list[FilledTable] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The outline on the page."""
        return self.grid.box

    def columns(self) -> Iterator[list[Line]]:
        """The lines of every cell, also of the grids inside."""
        yield from (cell.lines for cell in self.cells)
        for table in self.inner:
            yield from table.columns()


def fill_tables(grids: Sequence[RuledGrid], runs: Iterable[Run]) -> tuple[list[FilledTable], list[Run]]:
    """The grids of a page as tables with their words, and the words outside all of them.

    Grids without any word (drawings, empty frames) are no tables.
    """
    tables = [grid for grid in grids if len(grid.cells) > 1]
    finders = [_CellFinder(grid) for grid in tables]
    inside: list[list[list[Run]]] = [[[] for _ in grid.cells] for grid in tables]
    by_size = sorted(range(len(tables)), key=lambda index: _area(tables[index].box))
    outside: list[Run] = []
    for run in runs:
        x, y = _anchor(run)
        for index in by_size:
            cell = finders[index].find(x, y)
            if cell is not None:
                inside[index][cell].append(run)
                break
        else:
            outside.append(run)
    filled = [
        FilledTable(grid, [_cell_lines(cell.box, part) for cell, part in zip(grid.cells, runs_of, strict=True)])
        for grid, runs_of in zip(tables, inside, strict=True)
        if any(runs_of)
    ]
    return _nested(filled), outside


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _anchor(run: Run) -> tuple[float, float]:
    """The point of a run that decides on its cell: the middle of its small letters."""
    left, top, right, bottom = run.box
    if run.turn == 0:
        return (left + right) / 2, run.baseline - 0.3 * run.size
    return (left + right) / 2, (top + bottom) / 2


class _CellFinder:
    """Finds the cell at a point of a grid."""

    def __init__(self, grid: RuledGrid) -> None:
        self._grid = grid
        width = len(grid.columns) - 1
        self._owner: dict[int, int] = {}
        for index, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.col_span):
                    self._owner[row * width + column] = index
        self._width = width

    def find(self, x: float, y: float) -> int | None:
        grid = self._grid
        left, top, right, bottom = grid.box
        if not (left - _REACH <= x <= right + _REACH and top - _REACH <= y <= bottom + _REACH):
            return None
        row = min(max(bisect_right(grid.rows, y) - 1, 0), len(grid.rows) - 2)
        column = min(max(bisect_right(grid.columns, x) - 1, 0), self._width - 1)
        index = self._owner.get(row * self._width + column)
        if index is not None and _holds(grid.cells[index], x, y, 0.0):
            return index
        for down in (0, 1, -1):
            for aside in (0, 1, -1):
                if not 0 <= column + aside < self._width:
                    continue
                index = self._owner.get((row + down) * self._width + column + aside)
                if index is not None and _holds(grid.cells[index], x, y, 0.0):
                    return index
        index = self._owner.get(row * self._width + column)
        return index if index is not None and _holds(grid.cells[index], x, y, 4 * _REACH) else None


def _holds(cell: RuledCell, x: float, y: float, reach: float) -> bool:
    left, top, right, bottom = cell.box
    return left - reach <= x <= right + reach and top - reach <= y <= bottom + reach


def _nested(tables: list[FilledTable]) -> list[FilledTable]:
    """The tables with those that lie inside a cell of another put into it."""
    outer: list[FilledTable] = []
    for table in sorted(tables, key=lambda table: -_area(table.box)):
        left, top, right, bottom = table.box
        holder = next(
            (
                other
                for other in outer
                if other.box[0] - 1 <= left and right <= other.box[2] + 1
                if other.box[1] - 1 <= top and bottom <= other.box[3] + 1
            ),
            None,
        )
        if holder is None:
            outer.append(table)
        else:
            holder.inner.append(table)
    return outer


def read_table(
    table: FilledTable, *, page: int, number: int, confidence: float, hyphens: Hyphenation, within: Box | None = None
) -> Table:
    """The table as a block; rows are counted from 1 on this page, whose outline is ``within`` where its picture shows it so."""
    grid = table.grid
    rows: list[list[Cell]] = [[] for _ in grid.rows[1:]]
    for cell, text in zip(grid.cells, _cell_texts(table, hyphens), strict=True):
        rows[cell.row].append(
            Cell(text, cell.column, row_span=cell.row_span, col_span=cell.col_span, confidence=confidence)
        )
    return Table(
        rows=tuple(
            Row(
                tuple(cells),
                Place(page=page, table=number, rows=(index, index)),
                grid.row_box(index - 1, within) if within is not None else None,
            )
            for index, cells in enumerate(rows, 1)
        ),
        width=len(grid.columns) - 1,
        place=Place(page=page, table=number, rows=(1, len(rows))),
    )


def _cell_texts(table: FilledTable, hyphens: Hyphenation) -> list[str]:
    leading = usual_leading(cell.lines for cell in table.cells)
    texts = [cell_text(cell.lines, Column(cell.left, cell.right, leading), hyphens) for cell in table.cells]
    for inner in table.inner:
        _insert(table, inner, texts, leading, hyphens)
    return texts


def _cell_lines(box: Box, runs: list[Run]) -> CellLines:
    if not runs:
        return CellLines([], box[0], box[2])
    turn = Counter(run.turn for run in runs).most_common(1)[0][0]
    lines = make_lines(run for run in runs if run.turn == turn)
    for other in {run.turn for run in runs} - {turn}:
        lines.extend(make_lines(run for run in runs if run.turn == other))
    width = box[2] - box[0] if turn % 2 == 0 else box[3] - box[1]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    start = box[0] if turn == 0 else (left + right - width) / 2
    padding = min(max(min(left - start, start + width - right), 0.5), 6.0)
    return CellLines(lines, min(left, start + padding), max(right, start + width - padding))


def _insert(table: FilledTable, inner: FilledTable, texts: list[str], leading: float, hyphens: Hyphenation) -> None:
    """A grid inside a cell: its rows become lines of the cell's text, between what stands above and below."""
    left, top, right, bottom = inner.box
    place = _CellFinder(table.grid).find((left + right) / 2, (top + bottom) / 2)
    if place is None:
        return
    rows: dict[int, list[str]] = {}
    for cell, text in zip(inner.grid.cells, _cell_texts(inner, hyphens), strict=True):
        if text:
            rows.setdefault(cell.row, []).append(text)
    around = table.cells[place]
    column = Column(around.left, around.right, leading)
    above = cell_text([line for line in around.lines if line.baseline <= top + 1], column, hyphens)
    below = cell_text([line for line in around.lines if line.baseline > top + 1], column, hyphens)
    texts[place] = "\n".join(part for part in (above, *(" ".join(row) for row in rows.values()), below) if part)
