"""Words outside drawn tables as rows of pieces: cut wherever the space is wider than between the words of one phrase.

A piece is the least that a column may hold; which of the cuts are columns is decided from many rows together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from vekha.intake.readers.pdf_lines import Line, make_lines
from vekha.intake.readers.pdf_runs import Run

_NARROW, _WIDE = 0.35, 0.6
_NARROW_SPACES, _WIDE_SPACES = 1.4, 2.2
_SAME_ROW = 0.3
_USUAL_SPACE = 0.28
_EXACT = 0.4
"""Points by which words set at one place of a column differ."""

_MIN_STARTS = 3
_APART = 1.05
_MOST_CUT, _MOST_RUNS = 600, 20_000
"""Over these a page is no page of a document, and its pieces stay as they are, so time stays bounded."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """The pieces of one baseline, from left to right."""

    pieces: list[Line]

    @property
    def baseline(self) -> float:
        """Where its letters stand."""
        return self.pieces[0].baseline

    @property
    def size(self) -> float:
        """The largest font size in it."""
        return max(piece.size for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Font sizes of space from which two words are two pieces (``narrow``), and from which surely two columns (``wide``)."""

    narrow: float
    wide: float


def usual_spacing(runs: Sequence[Run]) -> Spacing:
    """The spacing of a page by the usual space between its words; a typewriter's is twice that of a book.

    >>> spacing = usual_spacing([])
    >>> (spacing.narrow, spacing.wide)
    (0.392, 0.616)
    """
    gaps = [
        (run.left - before.right) / run.size
        for before, run in pairwise(runs)
        if run.size > 0
        and abs(run.baseline - before.baseline) < 1
        and 0.1 * run.size < run.left - before.right < run.size
    ]
    space = median(gaps) if gaps else _USUAL_SPACE
    return Spacing(round(max(_NARROW, _NARROW_SPACES * space), 3), round(max(_WIDE, _WIDE_SPACES * space), 3))


def text_rows(runs: Sequence[Run], spacing: Spacing) -> list[TextRow]:
    """The rows from top to bottom."""
    rows = _rows(make_lines(runs, gap=spacing.narrow))
    starts = _column_starts(rows, spacing)
    return _cut_at_starts(rows, runs, starts, spacing) if starts else rows


def _rows(pieces: Sequence[Line]) -> list[TextRow]:
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if rows and abs(piece.baseline - rows[-1][0].baseline) <= _SAME_ROW * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [TextRow(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _column_starts(rows: Sequence[TextRow], spacing: Spacing) -> list[float]:
    """The places at which several rows have a piece begin after a wide space."""
    places = sorted(
        piece.left
        for row in rows
        for before, piece in pairwise(row.pieces)
        if piece.left - before.right >= spacing.wide * row.size
    )
    starts: list[float] = []
    first = 0
    for place in range(1, len(places) + 1):
        if place == len(places) or places[place] - places[first] > 2 * _EXACT:
            if place - first >= _MIN_STARTS:
                starts.append(places[(first + place) // 2])
            first = place
    return starts


def _cut_at_starts(
    rows: Sequence[TextRow], runs: Sequence[Run], starts: Sequence[float], spacing: Spacing
) -> list[TextRow]:
    """The rows with pieces cut where a word begins exactly at a column's start: cells without padding touch there.

    The piece before such a place ends a little earlier than it does, so that the two stay apart.
    """
    whole = [row.pieces for row in rows]
    crossed = [
        piece
        for pieces in whole
        for piece in pieces
        if any(piece.left + 1 < start < piece.right - 1 for start in starts)
    ]
    if not crossed or len(crossed) > _MOST_CUT or len(runs) > _MOST_RUNS:
        return list(rows)
    cut = {id(piece) for piece in crossed}
    words: dict[int, list[Run]] = {}
    for run in runs:
        if any(abs(run.left - start) <= _EXACT for start in starts):
            words.setdefault(round(run.baseline), []).append(run)
    kept = [piece for pieces in whole for piece in pieces if id(piece) not in cut]
    for piece in crossed:
        base = round(piece.baseline)
        near = [run for at in (base - 1, base, base + 1) for run in words.get(at, ())]
        cuts = sorted({run.left for run in near if piece.left + 1 < run.left < piece.right - 1})
        kept += _cut_piece(piece, cuts, runs, spacing) if cuts else [piece]
    return _rows(kept)


def _cut_piece(piece: Line, cuts: Sequence[float], runs: Sequence[Run], spacing: Spacing) -> list[Line]:
    own = [
        run
        for run in runs
        if abs(run.baseline - piece.baseline) <= _SAME_ROW * piece.size and piece.left - 1 <= run.left <= piece.right
    ]
    pieces: list[Line] = []
    for start, end in pairwise([float("-inf"), *cuts, float("inf")]):
        lines = make_lines(run for run in own if start <= run.left < end)
        if end != float("inf"):
            lines = [replace(line, right=min(line.right, end - _APART * spacing.narrow * line.size)) for line in lines]
        pieces += lines
    return pieces
