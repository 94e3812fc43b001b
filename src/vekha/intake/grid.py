"""A table as a full rectangle: every cell of every row, with what a merged cell covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vekha.intake.document import Table
from vekha.problems import Place
from vekha.text.markup import strip_markup


@dataclass(frozen=True, slots=True)
class GridCell:
    """One field of the rectangle; a covered field has the text of the cell that covers it and says from where."""

    text: str = ""
    confidence: float = 1.0
    from_above: bool = False
    from_left: bool = False

    @property
    def own_text(self) -> str:
        """The text if the cell begins here, else nothing."""
        return "" if self.from_above or self.from_left else self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the rectangle; ``part`` counts the pieces of a table that page breaks made."""

    cells: tuple[GridCell, ...]
    place: Place
    part: int = 0

    def texts(self) -> list[str]:
        """The texts that begin in this row, left to right, empty ones left out."""
        return [cell.text for cell in self.cells if cell.own_text.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of equal width."""

    rows: tuple[GridRow, ...]
    width: int
    place: Place


EMPTY = GridCell()


def expand(table: Table) -> Grid:
    """The table with its merged cells filled in; rows that hold nothing at all are left out.

    A row whose cells overlap those that reach down from above (a broken file) keeps its texts: they move right.
    """
    width = max(table.width, 1)
    reaching: dict[int, tuple[int, GridCell]] = {}
    rows: list[GridRow] = []
    for row in table.rows:
        fields: list[GridCell | None] = [None] * width
        left: dict[int, tuple[int, GridCell]] = {}
        for column, (remaining, covering) in reaching.items():
            if column < width:
                fields[column] = covering
            if remaining > 1:
                left[column] = (remaining - 1, covering)
        for cell in row.cells:
            column = _free(fields, cell.column)
            text = strip_markup(cell.text) if "<" in cell.text else cell.text  # typed into cells of any format
            for covered in range(column, min(column + max(cell.col_span, 1), len(fields))):
                fields[covered] = GridCell(text, cell.confidence, from_left=covered > column)
                if cell.row_span > 1:
                    left[covered] = (
                        cell.row_span - 1,
                        GridCell(text, cell.confidence, from_above=True, from_left=covered > column),
                    )
        reaching = left
        cells = tuple(field or EMPTY for field in fields)
        if any(cell.text.strip() for cell in cells if not cell.from_above):
            rows.append(GridRow(cells, row.place))
    full_width = max((len(row.cells) for row in rows), default=width)
    return Grid(tuple(_widen(row, full_width) for row in rows), full_width, table.place)


def _free(fields: list[GridCell | None], column: int) -> int:
    while column < len(fields) and fields[column] is not None:
        column += 1
    while column >= len(fields):
        fields.append(None)
    return column


def _widen(row: GridRow, width: int) -> GridRow:
    if len(row.cells) == width:
        return row
    return GridRow(row.cells + (EMPTY,) * (width - len(row.cells)), row.place, row.part)


def without_empty_columns(rows: Sequence[GridRow], kept_header_rows: int) -> tuple[list[GridRow], list[int]]:
    """The rows without the columns that hold nothing in any row, and the indices of the columns that stay."""
    if not rows:
        return [], []
    width = len(rows[0].cells)
    used = [
        column
        for column in range(width)
        if any(row.cells[column].text.strip() and not row.cells[column].from_left for row in rows)
        or any(row.cells[column].own_text.strip() for row in rows[:kept_header_rows])
    ]
    if len(used) == width:
        return list(rows), used
    return [GridRow(tuple(row.cells[column] for column in used), row.place, row.part) for row in rows], used
