"""Tables without vertical lines, found only where the text itself leaves no doubt.

Two kinds: rows between long horizontal rules, and columns whose gutters stay free over many lines. The answer is a grid like a
drawn one, so that its cells are read the same way; where rows or columns are not certain there is no table, and the text stays
paragraphs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vekha.intake.readers.pdf_gutters import Span, columned_parts, common_gutters, crosses
from vekha.intake.readers.pdf_row_cuts import line_text, row_cuts
from vekha.intake.readers.pdf_runs import Run
from vekha.intake.readers.pdf_text_rows import Spacing, TextRow, text_rows, usual_spacing
from vekha.intake.readers.ruled_grid import RuledCell, RuledGrid, Stroke, merge_strokes

_MIN_ROWS = 2
_MAX_ROWS = 600
_LAST_ROWS = 2
"""Rows below a table that may be the page's foot: its number, a running line."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """What is known of a table that may go on on the next page: its columns and the lines of its head."""

    columns: tuple[Span, ...] = ()
    head: tuple[str, ...] = ()


NO_TABLE = OpenTable()


@dataclass(frozen=True, slots=True)
class Borderless:
    """The grids of a page, and the last table if nothing stands below it."""

    grids: list[RuledGrid]
    still_open: OpenTable = NO_TABLE


def find_borderless(
    runs: Sequence[Run], horizontals: Sequence[Stroke], *, tolerance: float, carried: OpenTable = NO_TABLE
) -> Borderless:
    """The tables without verticals among the words and the long horizontal strokes outside drawn tables.

    ``carried`` is what the page before left open.
    """
    spacing = usual_spacing(runs)
    rows = text_rows(runs, spacing)
    if not (_MIN_ROWS <= len(rows) <= _MAX_ROWS or (rows and carried.columns)):
        return Borderless([])
    grids = []
    taken: list[Span] = []
    for rules in _rule_stacks(horizontals, tolerance):
        grid = _between_rules(rows, rules, spacing)
        if grid is not None:
            grids.append(grid)
            taken.append((grid.rows[0], grid.rows[-1]))
    free = [row for row in rows if not any(top <= row.baseline <= bottom for top, bottom in taken)]
    still_open = NO_TABLE
    for part in columned_parts(free, spacing, carried.columns):
        goes_on = bool(carried.columns) and part.first <= 1
        window = free[part.first : part.stop]
        head = carried.head if goes_on else ()
        cuts = row_cuts(window, part.edges, head=head, continued=goes_on)
        if cuts is None and not goes_on:
            continue
        top, bottom = window[0].baseline - window[0].size, window[-1].baseline + 0.4 * window[-1].size
        grids.append(_grid(part.edges, [top, *(cuts or ()), bottom], window, spacing))
        is_last = part.stop >= len(free) - _LAST_ROWS
        still_open = OpenTable(part.columns, head or _head(window, cuts or ())) if is_last else NO_TABLE
    return Borderless(grids, still_open)


def _head(rows: Sequence[TextRow], cuts: Sequence[float]) -> tuple[str, ...]:
    """The lines above the table's first cut."""
    return tuple(line_text(row) for row in rows if cuts and row.baseline < cuts[0])


def _rule_stacks(horizontals: Sequence[Stroke], tolerance: float) -> Iterator[list[Stroke]]:
    """Runs of three and more horizontal rules of one width under each other."""
    rules = merge_strokes(horizontals, tolerance=tolerance)
    stacks: dict[tuple[int, int], list[Stroke]] = {}
    for rule in rules:
        if rule.end - rule.start > 150:
            key = round(rule.start / 6), round(rule.end / 6)
            near = next((other for other in stacks if abs(other[0] - key[0]) <= 1 and abs(other[1] - key[1]) <= 1), key)
            stacks.setdefault(near, []).append(rule)
    return (stack for stack in stacks.values() if len(stack) >= 3)


def _between_rules(rows: Sequence[TextRow], rules: list[Stroke], spacing: Spacing) -> RuledGrid | None:
    """The grid of rows between rules; a stack of three rules holds a head and a body, whose rows gaps or numbers part."""
    places = [rule.at for rule in rules]
    left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
    bands: list[list[TextRow]] = [[] for _ in places[1:]]
    for row in rows:
        band = bisect_right(places, row.baseline - 0.2 * row.size) - 1
        if 0 <= band < len(bands) and row.pieces[0].left >= left - 6 and row.pieces[-1].right <= right + 6:
            bands[band].append(row)
    filled = [band for band in bands if band]
    body = [row for band in filled[1:] for row in band]
    gutters = common_gutters(body, spacing)
    if len(filled) < 2 or not gutters:
        return None
    edges = [left, *[(start + end) / 2 for start, end in gutters], right]
    if len(filled) == 2:
        cuts = row_cuts(filled[1], edges)
        if cuts is None:
            return None
        places = sorted([*places, *cuts])
    return _grid(edges, places, rows, spacing)


def _grid(edges: Sequence[float], places: Sequence[float], rows: Sequence[TextRow], spacing: Spacing) -> RuledGrid:
    """The grid with these boundaries; cells whose text runs over a gutter are merged (heads over several columns)."""
    cells: list[RuledCell] = []
    for index, (top, bottom) in enumerate(pairwise(places)):
        joined: set[int] = set()
        for row in rows:
            if top <= row.baseline - 0.2 * row.size < bottom:
                joined |= _covered_edges(row, edges, spacing)
        bounds = [at for at in range(len(edges)) if at not in joined]
        cells.extend(
            RuledCell(index, start, 1, end - start, (edges[start], top, edges[end], bottom))
            for start, end in pairwise(bounds)
        )
    return RuledGrid(tuple(places), tuple(edges), tuple(cells))


def _covered_edges(row: TextRow, edges: Sequence[float], spacing: Spacing) -> set[int]:
    """The inner edges that a phrase of the row runs over."""
    if not crosses(row, edges):
        return set()
    phrases = [[row.pieces[0].left, row.pieces[0].right]]
    for piece in row.pieces[1:]:
        if piece.left - phrases[-1][1] < spacing.wide * row.size:
            phrases[-1][1] = piece.right
        else:
            phrases.append([piece.left, piece.right])
    return {at for at in range(1, len(edges) - 1) for left, right in phrases if left + 2 < edges[at] < right - 2}
