"""From drawn lines to table grids: the geometry that text PDFs and scans share.

Takes horizontal and vertical strokes of one page (y grows downwards, any unit) and gives grids whose cells may span
rows and columns. It knows nothing of text, pixels or PDF; words are put into the cells by the callers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vekha.intake.readers.ruled_strokes import (
    Box,
    Stroke,
    joined_spans,
    merge_strokes,
    middle_of,
    neighbours,
    stroke_sets,
    strokes_of_box,
)

__all__ = ["Box", "RuledCell", "RuledGrid", "Stroke", "build_grids", "merge_strokes", "strokes_of_box"]

_MIN_COVERAGE = 0.6
"""Share of a cell's side that must be drawn for the side to count as a border (worn scans lose parts of lines)."""

_MAX_LINES = 6_000
_MAX_ELEMENTS = 400_000
"""Over these a page is a drawing (a map, a hatched plan), not a table: no grid is given, so time stays bounded."""


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a grid: 0-based ``row`` and ``column`` of its top left corner, spans, and the box its lines make."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table: ``rows`` and ``columns`` are the boundaries (one more than rows, columns), cells in reading order.

    A place of the grid that no line encloses (a missing corner) has no cell. A frame around text is a grid of one cell.
    """

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    cells: tuple[RuledCell, ...]

    @property
    def box(self) -> Box:
        """The outline of the whole grid."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    def row_box(self, row: int, page: Box) -> Box:
        """Where a row (from 0) lies, as shares of the page's width and height."""
        left, top, right, bottom = page
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        return (
            round((self.columns[0] - left) / width, 4),
            round((self.rows[row] - top) / height, 4),
            round((self.columns[-1] - left) / width, 4),
            round((self.rows[row + 1] - top) / height, 4),
        )


def build_grids(
    horizontals: Iterable[Stroke], verticals: Iterable[Stroke], *, tolerance: float
) -> tuple[RuledGrid, ...]:
    """Every table the strokes of one page draw, from top to bottom.

    ``tolerance`` is the distance, in the strokes' unit, under which two ends meet, two lines are one (a double border)
    and a gap is closed; about 3 points for a PDF, 1/25 inch for a scan. Sides that are not drawn but where all crossing
    lines end together are taken as drawn: tables open at the sides, and rows cut by the end of a page. Strokes may be
    given in any order, in pieces, twice.

    >>> across = [Stroke(0, 0, 100), Stroke(20, 50, 100), Stroke(40, 0, 100)]
    >>> down = [Stroke(0, 0, 40), Stroke(50, 0, 40), Stroke(100, 0, 40)]
    >>> [(c.row, c.column, c.row_span, c.col_span) for c in build_grids(across, down, tolerance=2)[0].cells]
    [(0, 0, 2, 1), (0, 1, 1, 1), (1, 1, 1, 1)]
    """
    across = merge_strokes(horizontals, tolerance=tolerance)
    down = merge_strokes(verticals, tolerance=tolerance)
    if not down or len(across) > _MAX_LINES or len(down) > _MAX_LINES:
        return ()
    grids = []
    for part in stroke_sets(across, down, tolerance=tolerance):
        grid = _build_grid(part.across, part.down, tolerance)
        if grid is not None:
            grids.append(grid)
    return tuple(sorted(grids, key=lambda grid: (grid.rows[0], grid.columns[0])))


@dataclass(frozen=True, slots=True)
class _Boundary:
    """A position where rows or columns meet, and the intervals along it that are drawn."""

    at: float
    spans: list[tuple[float, float]]


def _build_grid(across: list[Stroke], down: list[Stroke], tolerance: float) -> RuledGrid | None:
    caps, sides = _end_caps(down, across, tolerance), _end_caps(across, down, tolerance)
    rows = _boundaries(across + _reaching(caps, sides), tolerance)
    columns = _boundaries(down + _reaching(sides, caps), tolerance)
    if len(rows) * len(columns) > _MAX_ELEMENTS:
        return None
    rows, columns = _without_undrawn(rows, columns)
    if len(rows) < 2 or len(columns) < 2:
        return None
    above, beside = _drawn_sides(rows, columns), _drawn_sides(columns, rows)
    cells = [cell for region in _regions(above, beside) for cell in _rectangles(region)]
    if not cells:
        return None
    return _collapsed(cells, [row.at for row in rows], [column.at for column in columns], 4 * tolerance)


def _without_undrawn(rows: list[_Boundary], columns: list[_Boundary]) -> tuple[list[_Boundary], list[_Boundary]]:
    """The boundaries that part at least one cell from another: an underline that touches a border does not."""
    for _ in range(4):
        above, beside = _drawn_sides(rows, columns), _drawn_sides(columns, rows)
        size = len(rows) + len(columns)
        rows = [row for row, drawn in zip(rows, above, strict=True) if any(drawn)]
        columns = [column for column, drawn in zip(columns, beside, strict=True) if any(drawn)]
        if len(rows) + len(columns) == size:
            break
    return rows, columns


def _end_caps(lines: list[Stroke], crossing: list[Stroke], tolerance: float) -> list[Stroke]:
    """The table's undrawn outer sides: strokes over the common ends of ``lines`` that stick out of all ``crossing``.

    Most of the lines must agree, and the part that sticks out must be large enough for a line of text.
    """
    if len(lines) < 2:
        return []
    depth = 3 * tolerance
    low = min((line.at for line in crossing), default=float("inf"))
    high = max((line.at for line in crossing), default=float("-inf"))
    first, last = min(line.start for line in lines), max(line.end for line in lines)
    caps = []
    if first < low - depth:
        caps.append((first, [line.at for line in lines if line.start - first <= tolerance]))
    if last > high + depth:
        caps.append((last, [line.at for line in lines if last - line.end <= tolerance]))
    needed = max(2, len({line.at for line in lines}) / 2)
    return [Stroke(at, min(places), max(places)) for at, places in caps if len(places) >= needed]


def _reaching(caps: list[Stroke], sides: list[Stroke]) -> list[Stroke]:
    """The caps made longer so that they meet the sides: a table of inner lines only gets whole corners."""
    places = [side.at for side in sides]
    return [Stroke(cap.at, min([cap.start, *places]), max([cap.end, *places])) for cap in caps]


def _boundaries(strokes: list[Stroke], tolerance: float) -> list[_Boundary]:
    ordered = sorted(strokes, key=lambda stroke: stroke.at)
    return [
        _Boundary(middle_of(group), joined_spans([(stroke.start, stroke.end) for stroke in group], tolerance))
        for group in neighbours(ordered, [stroke.at for stroke in ordered], tolerance)
    ]


def _drawn_sides(lines: list[_Boundary], crossing: list[_Boundary]) -> list[list[bool]]:
    """For each line, for each interval between neighbouring crossing boundaries: is the line drawn there."""
    return [_covered(line.spans, crossing) for line in lines]


def _covered(spans: list[tuple[float, float]], crossing: list[_Boundary]) -> list[bool]:
    drawn, first = [], 0
    for index in range(len(crossing) - 1):
        start, end = crossing[index].at, crossing[index + 1].at
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        covered, other = 0.0, first
        while other < len(spans) and spans[other][0] < end:
            covered += min(end, spans[other][1]) - max(start, spans[other][0])
            other += 1
        drawn.append(covered >= _MIN_COVERAGE * (end - start))
    return drawn


def _regions(above: list[list[bool]], beside: list[list[bool]]) -> Iterator[set[tuple[int, int]]]:
    """The sets of grid elements not parted by drawn sides; ``above[r][c]``, ``beside[c][r]`` are sides of (r, c).

    A set open to the outside on two sides or more is not part of the table.
    """
    height, width = len(above) - 1, len(beside) - 1
    seen = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if seen[row][column]:
                continue
            region = _flood(row, column, above, beside, seen)
            if _open_sides(region, above, beside) < 2:
                yield region


def _flood(
    row: int, column: int, above: list[list[bool]], beside: list[list[bool]], seen: list[list[bool]]
) -> set[tuple[int, int]]:
    height, width = len(above) - 1, len(beside) - 1
    seen[row][column] = True
    region, waiting = {(row, column)}, [(row, column)]
    while waiting:
        r, c = waiting.pop()
        for next_row, next_column, parted in (
            (r - 1, c, above[r][c]),
            (r + 1, c, above[r + 1][c]),
            (r, c - 1, beside[c][r]),
            (r, c + 1, beside[c + 1][r]),
        ):
            inside = 0 <= next_row < height and 0 <= next_column < width
            if inside and not parted and not seen[next_row][next_column]:
                seen[next_row][next_column] = True
                region.add((next_row, next_column))
                waiting.append((next_row, next_column))
    return region


def _open_sides(region: set[tuple[int, int]], above: list[list[bool]], beside: list[list[bool]]) -> int:
    """How many of the grid's four outer sides the region opens to, for more than half of its extent there."""
    height, width = len(above) - 1, len(beside) - 1
    sides = (
        [not above[0][c] for r, c in region if r == 0],
        [not above[height][c] for r, c in region if r == height - 1],
        [not beside[0][r] for r, c in region if c == 0],
        [not beside[width][r] for r, c in region if c == width - 1],
    )
    return sum(2 * sum(side) > len(side) for side in sides)


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """The region as (row, column, row_span, col_span): one if it is a rectangle, else as few as a greedy cut gives."""
    rows, columns = {r for r, _ in region}, {c for _, c in region}
    if len(region) == len(rows) * len(columns):
        return [(min(rows), min(columns), len(rows), len(columns))]
    by_rows = _cut(region)
    by_columns = [(r, c, height, width) for c, r, width, height in _cut({(c, r) for r, c in region})]
    return min(by_rows, by_columns, key=len)


def _cut(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Rectangles cut from the region, each as wide as possible first, then as high."""
    left, pieces = set(region), []
    for row, column in sorted(region):
        if (row, column) not in left:
            continue
        width = height = 1
        while (row, column + width) in left:
            width += 1
        while all((row + height, column + offset) in left for offset in range(width)):
            height += 1
        left -= {(row + down, column + right) for down in range(height) for right in range(width)}
        pieces.append((row, column, height, width))
    return pieces


def _collapsed(
    cells: list[tuple[int, int, int, int]], rows: list[float], columns: list[float], thin: float
) -> RuledGrid:
    """The grid without the thin rows and columns in which no cell stands alone: lines of one border that drifted apart.

    Every cell keeps the box of its own lines.
    """
    row_places = _kept_places(rows, {row for row, _, height, _ in cells if height == 1}, thin)
    column_places = _kept_places(columns, {column for _, column, _, width in cells if width == 1}, thin)
    ruled = [
        RuledCell(
            row=row_places[row],
            column=column_places[column],
            row_span=row_places[row + height] - row_places[row],
            col_span=column_places[column + width] - column_places[column],
            box=(columns[column], rows[row], columns[column + width], rows[row + height]),
        )
        for row, column, height, width in cells
    ]
    return RuledGrid(
        rows=tuple(rows[index] for index in _firsts(row_places)),
        columns=tuple(columns[index] for index in _firsts(column_places)),
        cells=tuple(sorted(ruled, key=lambda cell: (cell.row, cell.column))),
    )


def _kept_places(boundaries: list[float], alone: set[int], thin: float) -> list[int]:
    """The new index of each boundary; the two of a thin interval without a cell of its own share one."""
    places, shared = [0], False
    for index in range(len(boundaries) - 1):
        shared = not shared and index not in alone and boundaries[index + 1] - boundaries[index] <= thin
        places.append(places[-1] if shared else places[-1] + 1)
    return places


def _firsts(places: list[int]) -> list[int]:
    return [index for index, place in enumerate(places) if index == 0 or places[index - 1] != place]
