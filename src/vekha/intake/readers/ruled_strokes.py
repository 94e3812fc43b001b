"""Strokes of a page before they are grids: pieces of one line joined, and which lines belong to one table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; y grows downwards."""

_MAX_STROKES = 400_000


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line parallel to an axis: ``at`` across it, from ``start`` to ``end`` along it (``start <= end``)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class StrokeSet:
    """Strokes that may make one table."""

    across: list[Stroke]
    down: list[Stroke]

    @property
    def outline(self) -> Box:
        """The outline of the horizontal strokes, or of the vertical ones where there are no others."""
        if not self.across:
            return self.down[0].at, self.down[0].start, self.down[-1].at, self.down[0].end
        places = [stroke.at for stroke in self.across]
        return (
            min(stroke.start for stroke in self.across),
            min(places),
            max(stroke.end for stroke in self.across),
            max(places),
        )


def strokes_of_box(box: Box, *, thickness: float) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The strokes a drawn rectangle makes, (horizontals, verticals): a thin one is a single line, a dot is nothing.

    >>> strokes_of_box((0, 10, 100, 11), thickness=2)
    ((Stroke(at=10.5, start=0, end=100),), ())
    """
    left, top, right, bottom = box
    flat, narrow = bottom - top <= thickness, right - left <= thickness
    if flat and narrow:
        return (), ()
    if flat:
        return (Stroke((top + bottom) / 2, left, right),), ()
    if narrow:
        return (), (Stroke((left + right) / 2, top, bottom),)
    return (
        (Stroke(top, left, right), Stroke(bottom, left, right)),
        (Stroke(left, top, bottom), Stroke(right, top, bottom)),
    )


def merge_strokes(strokes: Iterable[Stroke], *, tolerance: float) -> list[Stroke]:
    """Strokes of one direction with pieces of one line joined and double lines made one, by position."""
    ordered = sorted((s for s in strokes if s.end - s.start > 0), key=lambda stroke: stroke.at)
    if len(ordered) > _MAX_STROKES:
        return []
    merged: list[Stroke] = []
    for group in neighbours(ordered, [stroke.at for stroke in ordered], tolerance):
        at = middle_of(group)
        merged.extend(
            Stroke(at, start, end) for start, end in joined_spans([(s.start, s.end) for s in group], tolerance)
        )
    return merged


def neighbours(items: Sequence[Stroke], at: Sequence[float], tolerance: float) -> Iterator[Sequence[Stroke]]:
    """Runs of neighbours in ``items``, whose ascending positions ``at`` are not more than the tolerance apart."""
    first = 0
    for index in range(1, len(items) + 1):
        if index == len(items) or at[index] - at[index - 1] > tolerance or at[index] - at[first] > 2 * tolerance:
            yield items[first:index]
            first = index


def middle_of(group: Sequence[Stroke]) -> float:
    """The position of the group, long strokes counting more."""
    length = sum(stroke.end - stroke.start for stroke in group)
    return sum(stroke.at * (stroke.end - stroke.start) for stroke in group) / length


def joined_spans(spans: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    spans.sort()
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start <= joined[-1][1] + tolerance:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def stroke_sets(across: list[Stroke], down: list[Stroke], *, tolerance: float) -> list[StrokeSet]:
    """The strokes (merged before, ordered by position) set by set, from top to bottom.

    Strokes that touch, directly or through others, are one set; a bare run of parallel verticals is one; parts of a table
    without outer sides that a row over its whole width holds apart are one.
    """
    parts = [*_connected(across, down, tolerance)]
    sets: list[StrokeSet] = []
    for part in sorted(parts, key=lambda part: part.outline[1]):
        if sets and _is_continued(sets[-1], part, tolerance):
            above = sets.pop()
            verticals = sorted(above.down + part.down, key=lambda stroke: stroke.at)
            part = replace(part, across=above.across + part.across, down=verticals)
        sets.append(part)
    return sets


def _is_continued(above: StrokeSet, below: StrokeSet, tolerance: float) -> bool:
    """Whether both are open at the sides, equally wide, and no farther apart than a row of one or two lines."""
    first, second = above.outline, below.outline
    equal = abs(first[0] - second[0]) <= tolerance and abs(first[2] - second[2]) <= tolerance
    opened = all(
        part.across and left < part.down[0].at - 3 * tolerance and right > part.down[-1].at + 3 * tolerance
        for part, (left, _, right, _) in ((above, first), (below, second))
    )
    return equal and opened and 0 < second[1] - first[3] <= 8 * tolerance


def _connected(across: list[Stroke], down: list[Stroke], tolerance: float) -> Iterator[StrokeSet]:
    """The sets of strokes that touch each other, directly or through others, then bare runs of parallel verticals."""
    parent = list(range(len(across) + len(down)))

    def find(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    places = [stroke.at for stroke in down]
    for index, line in enumerate(across):
        first = bisect_left(places, line.start - tolerance)
        last = bisect_right(places, line.end + tolerance)
        for other in range(first, last):
            if down[other].start - tolerance <= line.at <= down[other].end + tolerance:
                parent[find(len(across) + other)] = find(index)
    sets: dict[int, StrokeSet] = defaultdict(lambda: StrokeSet([], []))
    for index, line in enumerate(across):
        sets[find(index)].across.append(line)
    for index, line in enumerate(down):
        sets[find(len(across) + index)].down.append(line)
    lonely = [part.down[0] for part in sets.values() if not part.across]
    yield from (part for part in sets.values() if part.across and part.down)
    yield from (StrokeSet([], run) for run in _parallel_runs(lonely, tolerance) if len(run) > 2)


def _parallel_runs(lines: list[Stroke], tolerance: float) -> Iterator[list[Stroke]]:
    """Verticals with the same ends: a row that fills its page from top to bottom has no other lines."""
    lines = sorted(lines, key=lambda line: line.start)
    for group in neighbours(lines, [line.start for line in lines], tolerance):
        by_end = sorted(group, key=lambda line: line.end)
        yield from (
            sorted(run, key=lambda line: line.at)
            for run in neighbours(by_end, [line.end for line in by_end], tolerance)
        )
