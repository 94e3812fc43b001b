"""How well scanned tables are read: cells compared one by one with what was set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from PIL import Image

from tests.builders.scan_pages import Grid, Sheet, Wear, rasterise, set_pdf, wear
from vekha.intake.document import Cell, Table
from vekha.intake.readers.scan import DOUBTFUL, PageReading, recognise_page

NEAR = 0.95


@dataclass(slots=True)
class Score:
    """Counts over cells; ``wrong`` holds (expected, read, confidence); ``last_`` counts the deadline column."""

    cells: int = 0
    exact: int = 0
    near: int = 0
    rows_expected: int = 0
    rows_read: int = 0
    last_cells: int = 0
    last_exact_or_flagged: int = 0
    false_alarms: int = 0
    wrong: list[tuple[str, str, float]] = field(default_factory=list)

    def share(self, count: int) -> float:
        """The count as a share of all cells, in per cent."""
        return 100 * count / max(self.cells, 1)


def worn_pages(sheet: Sheet, how: Wear | None, dpi: int = 300) -> list[Image.Image]:
    """The sheet's pages as a scanner would give them."""
    pages = rasterise(set_pdf(sheet), dpi)
    return [wear(page, how) for page in pages] if how else pages


def read_pages(pages: Iterable[Image.Image], dpi: int = 300) -> list[PageReading]:
    """Every page recognised on its own."""
    return [recognise_page(page, page=at, first_table=1, dpi=dpi) for at, page in enumerate(pages, start=1)]


def add_score(score: Score, sheet: Sheet, readings: Sequence[PageReading]) -> None:
    """Compare the tables of the readings, one after the other, with the grids of the sheet."""
    expected = [list(row) for part in sheet.parts if isinstance(part, Grid) for row in part.rows]
    read = [
        {cell.column: cell for cell in row.cells}
        for reading in readings
        for block in reading.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    score.rows_expected += len(expected)
    score.rows_read += len(read)
    for row, cells in zip(expected, read, strict=False):
        for column, text in enumerate(row):
            _add_cell(score, text, cells.get(column), last=column == len(row) - 1)


def _add_cell(score: Score, expected: str, cell: Cell | None, *, last: bool) -> None:
    seen = " ".join(cell.text.split()) if cell else ""
    confidence = cell.confidence if cell else 1.0
    wanted = " ".join(expected.split())
    exact = seen == wanted
    score.cells += 1
    score.exact += exact
    score.near += exact or SequenceMatcher(None, seen, wanted, autojunk=False).ratio() >= NEAR
    score.last_cells += last
    score.last_exact_or_flagged += last and (exact or confidence < DOUBTFUL)
    score.false_alarms += exact and confidence < DOUBTFUL
    if not exact:
        score.wrong.append((wanted, seen, confidence))
