"""A sheet's filled cells → the paragraphs above its table, the table, the paragraphs below.

A sheet has no tables of its own, only cells. The table is where rows have several filled cells; a title, an approval
stamp, a signature stand apart from it: alone in their row, or in fewer than three cells beyond an empty row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vekha.intake.document import Block, Cell, Paragraph, Row, Table
from vekha.problems import Place

_WIDE = 3


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that has filled cells (or merged ones): its 1-based number in the sheet, its cells by sheet column."""

    number: int
    cells: tuple[Cell, ...]


def sheet_blocks(rows: Sequence[SheetRow], sheet: str, table: int) -> Iterator[Block]:
    """The blocks of one sheet; ``table`` is the number its table gets; ``place.rows`` are the sheet's own row numbers."""
    first, last = _table_bounds(rows)
    yield from _paragraphs(rows[:first], sheet)
    if first < last:
        yield _table(rows[first:last], sheet, table)
    yield from _paragraphs(rows[last:], sheet)


def _table_bounds(rows: Sequence[SheetRow]) -> tuple[int, int]:
    """The half-open range of the rows that are the table; an empty range where the sheet is only text."""
    filled = [len([cell for cell in row.cells if cell.text]) for row in rows]
    wide = min(_WIDE, max(filled, default=0))
    if wide < 2:
        return len(rows), len(rows)
    inside = [index for index, count in enumerate(filled) if count >= wide]
    first, last = inside[0], inside[-1]
    while first > 0 and _belongs(rows, filled, first - 1, first):
        first -= 1
    while last + 1 < len(rows) and _belongs(rows, filled, last + 1, last):
        last += 1
    return first, last + 1


def _belongs(rows: Sequence[SheetRow], filled: Sequence[int], index: int, beside: int) -> bool:
    """Whether a narrow row is the table's: it adjoins it and is no title: two cells, a merge reaching in, or text inside."""
    row = rows[index]
    upper, lower = sorted((index, beside))
    if _reach(rows[upper]) >= rows[lower].number:
        return True
    if rows[lower].number - rows[upper].number > 1:
        return index > beside and filled[index] > 1 and _goes_on(row)
    if filled[index] > 1:
        return True
    if index < beside or not filled[index]:
        return False
    # Below the table, one text in a later column continues a row; in the first column it is a note or a signature.
    start = min(cell.column for cell in rows[beside].cells)
    only = next(cell for cell in row.cells if cell.text)
    return only.column > start and only.col_span == 1


def _reach(row: SheetRow) -> int:
    return row.number + max((cell.row_span for cell in row.cells), default=1) - 1


def _goes_on(row: SheetRow) -> bool:
    """Whether a row beyond an empty one begins with a measure's number: «12», «12.», «3.1»."""
    first = row.cells[0].text.replace(".", "").strip()
    return first.isdigit() and len(first) <= 3


def _table(rows: Sequence[SheetRow], sheet: str, table: int) -> Table:
    start = min(cell.column for row in rows for cell in row.cells)
    end_row = rows[-1].number
    width = 1
    shifted = []
    for row in rows:
        left = end_row - row.number + 1
        cells = row.cells
        if start or any(cell.row_span > left for cell in cells):
            cells = tuple(
                Cell(cell.text, cell.column - start, min(cell.row_span, left), cell.col_span) for cell in cells
            )
        for cell in cells:
            width = max(width, cell.column + cell.col_span)
        shifted.append((row.number, cells))
    placed = tuple(
        Row(cells, Place(table=table, rows=(number, number), sheet=sheet)) for number, cells in _with_empty(shifted)
    )
    return Table(placed, width, Place(table=table, rows=(rows[0].number, end_row), sheet=sheet))


def _with_empty(rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows with the empty ones between them, so that row spans count what they cover; long gaps end every span."""
    previous = rows[0][0] - 1
    reach = 0
    for number, cells in rows:
        for gap in range(previous + 1, min(number, reach + 1)):
            yield gap, ()
        yield number, cells
        previous = number
        for cell in cells:
            reach = max(reach, number + cell.row_span - 1)


def _paragraphs(rows: Sequence[SheetRow], sheet: str) -> Iterator[Paragraph]:
    """Text outside the table: rows one by one; where rows in a run have two cells side by side, column by column."""
    run: list[SheetRow] = []
    for row in rows:
        texts = [cell for cell in row.cells if cell.text]
        if not texts:
            continue
        adjoins = bool(run) and row.number - run[-1].number == 1
        side_by_side = len(texts) > 1 or (adjoins and texts[0].column in _columns(run) and len(_columns(run)) > 1)
        if run and not (adjoins and side_by_side):
            yield from _columns_of_text(run, sheet)
            run = []
        if side_by_side:
            run.append(row)
        else:
            yield Paragraph(texts[0].text, Place(rows=(row.number, row.number), sheet=sheet))
    yield from _columns_of_text(run, sheet)


def _columns(run: Sequence[SheetRow]) -> set[int]:
    return {cell.column for row in run for cell in row.cells if cell.text}


def _columns_of_text(run: Sequence[SheetRow], sheet: str) -> Iterator[Paragraph]:
    """Approval stamps and signatures stand side by side: each column is one text."""
    for column in sorted(_columns(run)):
        lines = [cell.text for row in run for cell in row.cells if cell.column == column and cell.text]
        yield Paragraph("\n".join(lines), Place(rows=(run[0].number, run[-1].number), sheet=sheet))
