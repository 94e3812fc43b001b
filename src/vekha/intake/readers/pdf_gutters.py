"""Where on a page text stands in columns without a line between them: rows that leave the same gutters free.

A column is believed when several rows have text on both sides of its gutter and its pieces share an edge or a middle. Rows over
several columns (names of sections) are allowed between such rows. Nothing is said here about where a row of the table begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vekha.intake.readers.pdf_lines import Line
from vekha.intake.readers.pdf_text_rows import Spacing, TextRow

MIN_COLUMNS = 3
_MIN_FULL_ROWS = 3
_FAR = 3.2
_APART = 1.6
_CLOSE = 1.0
"""Points by which the left edges of pieces in one column may differ."""

_ALIGNED, _EXACTLY = 0.7, 0.5
_VERY_WIDE = 1.5
_MOST_PIECES, _MOST_GUTTERS = 120, 40
"""More in one line are letters scattered over a drawing."""

_SPANNING = 3
"""Lines of the longest section name between rows."""

_HEAD = re.compile(r"№(?:\s*(?:п/п|пп|п\.\s*п\.))?\.?", re.IGNORECASE)
_NEW_PART = re.compile(r"приложени|продолжение|окончание|таблица|утвержд|согласован", re.IGNORECASE)
_BLANK = re.compile(r"[_\s./«»\"]*_{2,}[_\s./«»\"\d]*(?:г\.?)?|\(?\s*(?:подпись|дата|м\.\s?п\.)\s*\)?", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")

_WIDEST_PADDING = 12.0
_OVER = 40.0
"""Points by which the last column may be wider on the next page: it was known only by its text."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Columned:
    """Rows ``first`` … ``stop`` − 1 of a page stand in ``columns``, each from its leftmost to its rightmost letter."""

    first: int
    stop: int
    columns: tuple[Span, ...]

    @property
    def edges(self) -> tuple[float, ...]:
        """Where the columns part, outer edges included: as far before each column as its neighbours leave at least."""
        gaps = [behind[0] - before[1] for before, behind in pairwise(self.columns)]
        half = max(0.5, min([*gaps, _WIDEST_PADDING]) / 2)
        return (*[left - half for left, _ in self.columns], self.columns[-1][1] + half)


@dataclass(slots=True)
class _Gutter:
    """A free span and in how many rows there is text on both sides of it."""

    start: float
    end: float
    support: int = 1


def columned_parts(rows: Sequence[TextRow], spacing: Spacing, carried: Sequence[Span]) -> Iterator[Columned]:
    """The parts of a page that stand in columns; ``carried`` are the columns of a table that the page before left open."""
    index = 0
    if len(carried) >= MIN_COLUMNS:
        part = _continued(rows, spacing, carried)
        if part is not None:
            yield part
            index = part.stop
    floor = index
    while index < len(rows):
        part = _part_at(rows, index, floor, spacing)
        if part is not None:
            yield part
            floor = part.stop
        index = part.stop if part is not None else index + 1


def columns_of(row: TextRow, edges: Sequence[float]) -> set[int]:
    """The columns in which a row has a piece."""
    return {min(max(bisect_right(edges, piece.middle) - 1, 0), len(edges) - 2) for piece in row.pieces}


def crosses(row: TextRow, edges: Sequence[float]) -> bool:
    """Whether a piece of the row runs over an inner edge."""
    return any(piece.left + 2 < edge < piece.right - 2 for piece in row.pieces for edge in edges[1:-1])


def common_gutters(rows: Sequence[TextRow], spacing: Spacing) -> list[Span]:
    """The spans across that no piece of any row enters and that some row leaves wide."""
    pieces = sorted((piece.left, piece.right) for row in rows for piece in row.pieces)
    if not pieces:
        return []
    size = max(row.size for row in rows)
    gutters: list[Span] = []
    reach = pieces[0][1]
    for left, right in pieces[1:]:
        if left - reach >= spacing.narrow * size:
            gutters.append((reach, left))
        reach = max(reach, right)
    return [gutter for gutter in gutters if _is_seen(gutter, rows, spacing)]


def _is_seen(gutter: Span, rows: Sequence[TextRow], spacing: Spacing) -> bool:
    """Whether several rows have text on both sides of the gutter; for a very wide one (a heading alone beyond it) one is enough."""
    seen = sum(_parts(row, gutter, spacing) for row in rows)
    return seen >= min(2, len(rows)) or (seen > 0 and gutter[1] - gutter[0] >= _VERY_WIDE * rows[0].size)


def _part_at(rows: Sequence[TextRow], start: int, floor: int, spacing: Spacing) -> Columned | None:
    if len(rows[start].pieces) > _MOST_PIECES:
        return None
    gutters = [
        _Gutter(before.right, piece.left)
        for before, piece in pairwise(rows[start].pieces)
        if piece.left - before.right >= spacing.wide * rows[start].size
    ]
    if not MIN_COLUMNS - 1 <= len(gutters) <= _MOST_GUTTERS:
        return None
    stop, gutters = _downwards(rows, start, gutters, spacing)
    if stop - start < 2 or len(gutters) + 1 < MIN_COLUMNS:
        return None
    first = _upwards(rows, start, floor, gutters, spacing)
    window = rows[first:stop]
    edges = _edges(window, gutters, spacing)
    if len(edges) <= MIN_COLUMNS or not _is_certain(window, edges):
        return None
    stop = first + _trimmed(window, edges)
    return Columned(first, stop, _inked(rows[first:stop], edges)) if stop - first > 1 else None


def _inked(window: Sequence[TextRow], edges: Sequence[float], known: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The columns from their leftmost to their rightmost letter; ``known`` is what another page says of them."""
    plain = [row for row in window if not crosses(row, edges)]
    columns = []
    for column, (left, right) in enumerate(pairwise(edges)):
        pieces = _pieces(plain, edges, column)
        before = known[column : column + 1]
        lefts = [*[span[0] for span in before], *[piece.left for piece in pieces]]
        rights = [*[span[1] for span in before], *[piece.right for piece in pieces]]
        columns.append((min(lefts, default=left), max(rights, default=right)))
    return tuple(columns)


def _downwards(
    rows: Sequence[TextRow], start: int, gutters: list[_Gutter], spacing: Spacing
) -> tuple[int, list[_Gutter]]:
    """How far down enough gutters stay free, and which."""
    place = start + 1
    while place < len(rows) and _is_near(rows, place):
        row = rows[place]
        if _begins_table(row) or len(row.pieces) > _MOST_PIECES:
            break
        free = [gutter for gutter in gutters if _room(gutter, row, spacing) is not None]
        if len(free) < len(gutters):
            resumed = _resumes(rows, place, gutters, rows[start], spacing)
            if resumed:
                place = resumed
                continue
            lost = [gutter for gutter in gutters if not any(gutter is other for other in free)]
            if len(free) + 1 < MIN_COLUMNS or any(gutter.support > 1 for gutter in lost):
                break
            gutters = free
        for gutter in gutters:
            gutter.start, gutter.end = _room(gutter, row, spacing) or (gutter.start, gutter.end)
            gutter.support += _parts(row, (gutter.start, gutter.end), spacing)
        place += 1
    return place, gutters


def _is_near(rows: Sequence[TextRow], place: int) -> bool:
    return rows[place].baseline - rows[place - 1].baseline <= _FAR * rows[place].size


def _begins_table(row: TextRow) -> bool:
    return len(row.pieces) >= MIN_COLUMNS and _HEAD.fullmatch(row.pieces[0].text.strip()) is not None


def _room(gutter: _Gutter, row: TextRow, spacing: Spacing) -> Span | None:
    """What the row leaves free of a gutter, nothing if too little."""
    start, end = gutter.start, gutter.end
    for piece in row.pieces:
        if piece.left < end and piece.right > start:
            start, end = max((start, piece.left), (piece.right, end), key=lambda span: span[1] - span[0])
    return (start, end) if end - start >= spacing.narrow * row.size else None


def _parts(row: TextRow, gutter: Span, spacing: Spacing) -> bool:
    """Whether the row has text on both sides of the gutter, wide apart."""
    middle = (gutter[0] + gutter[1]) / 2
    before = [piece.right for piece in row.pieces if piece.middle < middle]
    behind = [piece.left for piece in row.pieces if piece.middle >= middle]
    return bool(before and behind) and min(behind) - max(before) >= spacing.wide * row.size


def _resumes(
    rows: Sequence[TextRow], place: int, gutters: Sequence[_Gutter], head: TextRow, spacing: Spacing
) -> int | None:
    """The row below a few lines over several columns at which the same columns go on, if they do."""
    for below in range(place, min(place + _SPANNING + 1, len(rows))):
        row = rows[below]
        if not _is_near(rows, below) or _NEW_PART.match(row.pieces[0].text) or _begins_table(row):
            return None
        if below == place or any(_room(gutter, row, spacing) is None for gutter in gutters):
            continue
        edges = [row.pieces[0].left - 1, *[gutter.end - 0.5 for gutter in gutters], row.pieces[-1].right + 1]
        kept = sum(any(abs(piece.left - gutter.end) <= _CLOSE for piece in row.pieces) for gutter in gutters)
        if len(columns_of(row, edges)) >= MIN_COLUMNS and kept:
            same = [piece.text for piece in row.pieces] == [piece.text for piece in head.pieces]
            return None if same else below
    return None


def _upwards(rows: Sequence[TextRow], start: int, floor: int, gutters: Sequence[_Gutter], spacing: Spacing) -> int:
    """The first row of the heads: rows above that leave the gutters free, up to the last with two pieces."""
    first = start
    place = start - 1
    while place >= floor and _is_near(rows, place + 1):
        row = rows[place]
        if any(_room(gutter, row, spacing) is None for gutter in gutters) and len(row.pieces) < MIN_COLUMNS:
            break
        if any(_room(gutter, row, spacing) is None for gutter in gutters[1:]):
            break
        if len(row.pieces) > 1 and _stand_in_columns(row, rows[start]):
            first = place
        place -= 1
    return first


def _stand_in_columns(row: TextRow, other: TextRow) -> bool:
    """Whether most pieces of a row stand over pieces of another: on one left edge, or on one middle."""
    kept = sum(
        any(abs(piece.left - under.left) <= _CLOSE or abs(piece.middle - under.middle) <= 3 for under in other.pieces)
        for piece in row.pieces
    )
    return 2 * kept >= len(row.pieces)


def _edges(window: Sequence[TextRow], gutters: Sequence[_Gutter], spacing: Spacing) -> tuple[float, ...]:
    """The edges of the columns: the gutters all rows but the spanning ones leave free, where the pieces beside them agree."""
    spans = [(gutter.start, gutter.end) for gutter in gutters]
    rough = [-1e9, *[(start + end) / 2 for start, end in spans], 1e9]
    plain = [row for row in window if not crosses(row, rough)]
    found = common_gutters(plain, spacing)
    left = min(piece.left for row in plain for piece in row.pieces) - 1
    right = max(piece.right for row in plain for piece in row.pieces) + 1
    edges = [left, *[end - min(0.5 * (end - start), 2) for start, end in found], right]
    while len(edges) > MIN_COLUMNS:
        loose = next((column for column in range(len(edges) - 1) if not _is_aligned(plain, edges, column)), None)
        if loose is None:
            break
        del edges[loose or 1]
    return tuple(edges)


def _is_aligned(rows: Sequence[TextRow], edges: Sequence[float], column: int) -> bool:
    """Whether the lines of a column share their left edge, their middle or their right edge."""
    lines = []
    for row in rows:
        pieces = [piece for piece in row.pieces if edges[column] <= piece.middle < edges[column + 1]]
        if pieces:
            lines.append((pieces[0].left, pieces[-1].right, pieces[0].size))
    if not lines:
        return False
    size = lines[0][2]
    kinds = ([left for left, _, _ in lines], [right for _, right, _ in lines], [(a + b) / 2 for a, b, _ in lines])
    return any(_agree(places, 0.4 * size, _ALIGNED) or _agree(places, _CLOSE, _EXACTLY) for places in kinds)


def _agree(places: list[float], reach: float, share: float) -> bool:
    middle = median(places)
    return sum(abs(place - middle) <= reach for place in places) >= share * len(places)


def _is_certain(window: Sequence[TextRow], edges: Sequence[float]) -> bool:
    filled = [columns_of(row, edges) for row in window]
    full = sum(len(columns) >= max(MIN_COLUMNS, len(edges) - 3) for columns in filled)
    headed = _HEAD.fullmatch(window[0].pieces[0].text.strip()) is not None
    if full < _MIN_FULL_ROWS - headed:
        return False
    return not _are_signatures(window, edges) and not _is_contents(window, edges)


def _pieces(window: Sequence[TextRow], edges: Sequence[float], column: int) -> list[Line]:
    return [piece for row in window for piece in row.pieces if edges[column] <= piece.middle < edges[column + 1]]


def _are_signatures(window: Sequence[TextRow], edges: Sequence[float]) -> bool:
    """Posts, places to sign, names: a column of nothing but blanks."""
    return any(
        all(_BLANK.fullmatch(piece.text.strip()) for piece in _pieces(window, edges, column))
        for column in range(1, len(edges) - 1)
    )


def _is_contents(window: Sequence[TextRow], edges: Sequence[float]) -> bool:
    """A table of contents: leaders of dots, or a last column of page numbers that only grow."""
    leaders = sum(any(_LEADERS.search(piece.text) for piece in row.pieces) for row in window)
    if 2 * leaders >= len(window):
        return True
    last = [piece.text.strip() for piece in _pieces(window, edges, len(edges) - 2)]
    pages = [int(text) for text in last if text.isdecimal() and len(text) <= 3]
    return len(edges) == MIN_COLUMNS + 1 and len(pages) == len(last) and pages == sorted(pages)


def _trimmed(window: Sequence[TextRow], edges: Sequence[float]) -> int:
    """How many rows remain without the last ones that are not the table's: a name under it, a heading, a page number."""
    stop = len(window)
    while stop > 1 and _is_under(window[stop - 2], window[stop - 1], edges):
        stop -= 1
    return stop


def _is_under(above: TextRow, row: TextRow, edges: Sequence[float]) -> bool:
    if crosses(row, edges):
        return True
    columns = columns_of(row, edges)
    if len(columns) > 1:
        return False
    apart = row.baseline - above.baseline > _APART * row.size
    column = next(iter(columns))
    if column == 0:
        return apart or 0 not in columns_of(above, edges)
    return apart and not abs(row.pieces[0].left - edges[column]) <= 2 + _CLOSE


def _continued(rows: Sequence[TextRow], spacing: Spacing, carried: Sequence[Span]) -> Columned | None:
    """The rows at the top of a page that go on in the columns of the page before."""
    gaps = [behind[0] - before[1] for before, behind in pairwise(carried)]
    edges = [left - min(2, max(0.1, gap / 2)) for gap, (left, _) in zip([2.0, *gaps], carried, strict=True)]
    edges.append(carried[-1][1] + 2)
    first = 1 if len(rows) > 1 and len(rows[0].pieces) == 1 and rows[0].pieces[0].text.strip("-–— ").isdecimal() else 0
    gutters = [_Gutter(edge - 0.1, edge + 0.1, support=2) for edge in edges[1:-1]]
    stop = first
    while stop < len(rows) and (stop == first or _is_near(rows, stop)):
        row = rows[stop]
        if crosses(row, edges):
            resumed = _resumes(rows, stop, gutters, rows[first], Spacing(0.0, spacing.wide)) if stop > first else None
            if not resumed:
                break
            stop = resumed
            continue
        if not _fits(row, carried, edges):
            break
        stop += 1
    window = rows[first:stop]
    if not window or all(columns_of(row, edges) == {0} for row in window):
        return None
    stop = first + _trimmed(window, edges)
    return Columned(first, stop, _inked(rows[first:stop], edges, carried))


def _fits(row: TextRow, columns: Sequence[Span], edges: Sequence[float]) -> bool:
    """Whether the row keeps to the table's width, and a lone piece to the left edge or the middle of its column."""
    if row.pieces[0].left < edges[0] - 2 or row.pieces[-1].right > edges[-1] + _OVER:
        return False
    inside = columns_of(row, edges)
    if len(inside) > 1:
        return True
    left, right = columns[next(iter(inside))]
    middle = (row.pieces[0].left + row.pieces[-1].right) / 2
    return abs(row.pieces[0].left - left) <= _CLOSE or abs(middle - (left + right) / 2) <= 2 * _CLOSE
