"""The matrix by month: a year in twelve columns, a measure in a row, the days of the month in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vekha.documents.plan.model import DueDay, PlanRow

#: Enough for any roadmap; a document that names more years is shown by its tables.
YEARS = 8
ROWS = 500


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A month of a measure: the days due in it, and whether a stated period runs through it."""

    days: tuple[DueDay, ...]
    running: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A measure's twelve months."""

    row: PlanRow
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixYear:
    """A calendar year with the measures that are due or running in it; ``totals`` counts the days of each month."""

    year: int
    rows: tuple[MatrixRow, ...]
    totals: tuple[int, ...]


def build_matrix(rows: Sequence[PlanRow]) -> tuple[MatrixYear, ...]:
    """The years in which anything is due, in order."""
    shown = rows[:ROWS]
    years = sorted({day.due.year for row in shown for day in row.days})[:YEARS]
    return tuple(_year(year, shown) for year in years)


def _year(year: int, rows: Sequence[PlanRow]) -> MatrixYear:
    lines = [MatrixRow(row, tuple(_cell(row, year, month) for month in range(1, 13))) for row in rows]
    kept = tuple(line for line in lines if any(cell.days or cell.running for cell in line.cells))
    totals = tuple(sum(len(line.cells[month].days) for line in kept) for month in range(12))
    return MatrixYear(year, kept, totals)


def _cell(row: PlanRow, year: int, month: int) -> MatrixCell:
    days = tuple(day for day in row.days if (day.due.year, day.due.month) == (year, month))
    running = any(
        (day.start.year, day.start.month) <= (year, month) <= (day.due.year, day.due.month)
        for day in row.days
        if day.start is not None
    )
    return MatrixCell(days, running)
