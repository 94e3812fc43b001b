"""The columns a reader of a Word table sees, out of the grid Word keeps.

Whoever drags cell borders by hand leaves borders a millimetre apart in neighbouring rows; Word's grid has a column for each of
them, and so do programs that convert to DOCX. Borders that nobody can tell apart become one.
"""

from __future__ import annotations

from collections.abc import Sequence

from vekha.intake.readers.office_nesting import RawCell, RawRow

_INDISTINCT = 170  # twentieths of a point: 3 mm


def snap_columns(rows: Sequence[RawRow], widths: Sequence[int]) -> None:
    """Renumber the cells' columns in place so that only borders count that some cell has, near ones taken as one.

    ``widths`` are those of Word's grid columns in twentieths of a point; where there are too few, only unused borders go.

    >>> rows = [RawRow(1, [RawCell(0, []), RawCell(1, [], 2)]), RawRow(2, [RawCell(0, [], 2), RawCell(2, [])])]
    >>> snap_columns(rows, [500, 40, 3000])
    >>> [[(cell.column, cell.col_span) for cell in row.cells] for row in rows]
    [[(0, 1), (1, 1)], [(0, 1), (1, 1)]]
    """
    cells = {(cell.column, cell.column + cell.col_span) for row in rows for cell in row.cells}
    borders = sorted({border for cell in cells for border in cell})
    if not borders:
        return
    numbers = _number(borders, _positions(borders[-1], widths), cells)
    if all(border == number for border, number in numbers.items()):
        return
    for row in rows:
        for cell in row.cells:
            _move(cell, numbers)


def _move(cell: RawCell, numbers: dict[int, int]) -> None:
    end = numbers[cell.column + cell.col_span]
    cell.column = numbers[cell.column]
    cell.col_span = end - cell.column


def _positions(last: int, widths: Sequence[int]) -> Sequence[int]:
    """Where each border stands on the page; as far apart as columns are where the file does not say."""
    if len(widths) < last:
        return range(0, (last + 1) * 1440, 1440)
    positions = [0]
    for width in widths[:last]:
        positions.append(positions[-1] + max(width, 0))
    return positions


def _number(borders: Sequence[int], positions: Sequence[int], cells: set[tuple[int, int]]) -> dict[int, int]:
    """Border → number; a border joins the one before when they are near and no cell lies between them."""
    latest_start: dict[int, int] = {}
    for start, end in cells:
        latest_start[end] = max(start, latest_start.get(end, start))
    numbers = {borders[0]: 0}
    first_of_group, number = borders[0], 0
    for border in borders[1:]:
        near = positions[border] - positions[first_of_group] < _INDISTINCT
        if not near or latest_start.get(border, -1) >= first_of_group:
            number += 1
            first_of_group = border
        numbers[border] = number
    return numbers
