"""Cells of the grids of a scanned page: cut out as pictures, and put together again as tables from what was recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vekha.intake.document import Cell, Row, Table
from vekha.intake.readers.ruled_grid import Box, RuledCell, RuledGrid
from vekha.intake.readers.scan_lines import RuledPage
from vekha.intake.readers.scan_ocr import Grey, Word
from vekha.intake.readers.scan_words import Line, build_lines, joint_confidence, short_text, wrapped_text
from vekha.problems import Place

MARGIN = 16
"""White points left around every picture: Tesseract loses letters that touch the edge."""

_AROUND = 3
"""Points around the ink that belong to it: the soft edges of letters."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """A part of the page cut to its ink, with a white margin; ``left`` and ``top`` are the picture's corner on the page."""

    picture: Grey
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class CellReading:
    """What was recognised in one cell."""

    text: str
    confidence: float


EMPTY = CellReading("", 1.0)


def cut_cells(page: RuledPage) -> dict[tuple[int, int], Cutting]:
    """The cells with ink, by (grid, cell) as they stand in the page's grids."""
    cuttings = {
        (grid_at, cell_at): cut_out(page, cell.box)
        for grid_at, grid in enumerate(page.grids)
        for cell_at, cell in enumerate(grid.cells)
    }
    return {place: cutting for place, cutting in cuttings.items() if cutting is not None}


def cut_out(page: RuledPage, box: tuple[float, float, float, float]) -> Cutting | None:
    """The part of the page in the box; ``None`` where there is no ink."""
    height, width = page.ink.shape
    left, top = max(round(box[0]), 0), max(round(box[1]), 0)
    right, bottom = min(round(box[2]), width), min(round(box[3]), height)
    ink = page.ink[top:bottom, left:right]
    if not ink.size:
        return None
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or np.count_nonzero(ink) < 0.02 * page.letter**2:
        return None
    first, last = max(int(rows[0]) - _AROUND, 0), int(rows[-1]) + _AROUND + 1
    start, end = max(int(columns[0]) - _AROUND, 0), int(columns[-1]) + _AROUND + 1
    picture = np.pad(
        page.letters[top + first : min(top + last, bottom), left + start : min(left + end, right)],
        MARGIN,
        constant_values=255,
    )
    return Cutting(picture, left + start - MARGIN, top + first - MARGIN)


def read_cell(words: Sequence[Word], *, letter: float) -> CellReading:
    """The words of one cell as text with its confidence."""
    lines = [line for line in build_lines(words, letter=letter) if not _is_soil(line)]
    return CellReading(short_text(wrapped_text(lines)), joint_confidence(lines)) if lines else EMPTY


def build_table(
    grid: RuledGrid, readings: Sequence[CellReading], *, page: int, table: int, within: Box | None = None
) -> Table:
    """The grid as a table; ``readings`` are parallel to its cells, ``within`` is the page where its picture shows it so."""
    by_row: dict[int, list[Cell]] = {}
    for ruled, reading in zip(grid.cells, readings, strict=True):
        by_row.setdefault(ruled.row, []).append(_cell(ruled, reading))
    height = len(grid.rows) - 1
    rows = tuple(
        Row(
            tuple(by_row.get(at, ())),
            Place(page=page, table=table, rows=(at + 1, at + 1)),
            grid.row_box(at, within) if within is not None else None,
        )
        for at in range(height)
    )
    return Table(rows, len(grid.columns) - 1, Place(page=page, table=table, rows=(1, height)))


def _cell(ruled: RuledCell, reading: CellReading) -> Cell:
    return Cell(reading.text, ruled.column, ruled.row_span, ruled.col_span, reading.confidence)


def _is_soil(line: Line) -> bool:
    """A line without letters and digits that was hardly recognised: a spot, the rest of a border."""
    return not any(mark.isalnum() for mark in line.text) and line.confidence < 0.5
