"""Runs to lines of text: words by gaps, one baseline, footnote marks told from text.

The caller gives the runs of one region (a cell, or the page outside its tables) and gets its lines from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vekha.intake.readers.pdf_runs import Run

_SAME_LINE = 0.32
"""Share of the font size by which baselines of one line may differ (mixed fonts, crooked layers of OCR programs)."""

_WORD_GAP = 0.17
_SPACED_GAP = 0.03
_TWINS = 40
_SMALL = 0.8
_RAISED = (0.12, 0.75)
_MARK = re.compile(r"(?:\d{1,3}|[*†‡]{1,3})(?:[,;]\s*(?:\d{1,3}|[*†‡]{1,3}))*\)?")
_UNITS = ("м", "км", "см", "мм", "дм", "m", "га")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Line:
    """A line of text with its edges, baseline, font size (of most of its text) and weight (of all its letters).

    ``mark`` is the footnote mark the line begins with («1», «*»), which is not part of ``text``.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    mark: str = ""

    @property
    def top(self) -> float:
        """Where the letters of the line end above, about."""
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where the letters of the line end below, about."""
        return self.baseline + 0.25 * self.size

    @property
    def middle(self) -> float:
        """The line's centre."""
        return (self.left + self.right) / 2


def without_doubles(runs: Iterable[Run]) -> list[Run]:
    """The runs without copies drawn a hair's breadth away (imitated bold); what had a copy is bold.

    >>> a = Run("Срок", 10, 30, 100, 12, False, False, False, 0, (10, 90, 30, 102))
    >>> b = Run("Срок", 10.4, 30.4, 100, 12, False, False, False, 0, (10, 90, 30, 102))
    >>> [(run.text, run.bold) for run in without_doubles([a, b])]
    [('Срок', True)]
    """
    seen: dict[str, list[Run]] = {}
    kept: list[Run] = []
    for run in runs:
        others = seen.setdefault(run.text, [])
        twin = next((other for other in others[-_TWINS:] if _is_twin(other, run)), None)
        if twin is not None:
            twin.bold = True
            continue
        others.append(run)
        kept.append(run)
    return kept


def _is_twin(other: Run, run: Run) -> bool:
    reach = max(0.12 * run.size, 0.6)
    return abs(other.left - run.left) <= reach and abs(other.baseline - run.baseline) <= reach


def make_lines(runs: Iterable[Run], *, gap: float | None = None) -> list[Line]:
    """The lines of a region from top to bottom, each from left to right.

    ``gap``: a line is also cut where its words are farther apart than this many font sizes (columns outside tables).
    """
    rows = _with_marks(_rows(runs))
    return [line for row in rows for line in _row_lines(row, gap)]


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs by baseline, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if rows and run.baseline - rows[-1][0].baseline <= _SAME_LINE * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _size(row: Sequence[Run]) -> float:
    """The font size of most of the text of a row."""
    if all(run.size == row[0].size for run in row):
        return row[0].size
    lengths: dict[float, int] = {}
    for run in row:
        lengths[run.size] = lengths.get(run.size, 0) + len(run.text)
    return max(lengths, key=lambda size: (lengths[size], size))


def _with_marks(rows: list[list[Run]]) -> list[list[Run]]:
    """The rows with those of only raised small characters put into the line they belong to (the next one below)."""
    merged: list[list[Run]] = []
    for row in rows:
        previous = merged[-1] if merged else None
        if previous and _is_raised_over(previous, row):
            merged[-1] = [*row, *previous]
        elif previous and _is_raised_over(row, previous, below=True):
            previous.extend(row)
        else:
            merged.append(list(row))
    return merged


def _is_raised_over(small: Sequence[Run], row: Sequence[Run], *, below: bool = False) -> bool:
    """Whether every run of ``small`` is a raised (or lowered) piece beside a run of ``row``."""
    size = _size(row)
    low, high = (0.0, 0.4) if below else _RAISED
    for run in small:
        rise = (run.baseline - row[0].baseline) if below else (row[0].baseline - run.baseline)
        if run.size > _SMALL * size or not low * size <= rise <= high * size:
            return False
        if all(run.left > other.right + 0.6 * size or run.right < other.left - 0.6 * size for other in row):
            return False
    return True


def _row_lines(row: list[Run], gap: float | None) -> list[Line]:
    row = sorted(row, key=lambda run: run.left)
    lines: list[Line] = []
    piece: list[Run] = [row[0]]
    for before, run in pairwise(row):
        if gap is not None and run.left - max(r.right for r in piece[-4:]) > gap * max(before.size, run.size):
            lines.append(_line(piece))
            piece = []
        piece.append(run)
    lines.append(_line(piece))
    return [line for line in lines if line.text or line.mark]


def _line(row: Sequence[Run]) -> Line:
    size = _size(row)
    baseline = _main_baseline(row, size)
    text, mark = "", ""
    before: Run | None = None
    for run in row:
        if _is_mark(run, size, baseline, text):
            mark = mark or ("" if text else run.text)
            before = before and run
            continue
        if before is not None and text and _parts_words(before, run):
            text += " "
        text += run.text
        before = run
    letters = [run for run in row if any(char.isalpha() for char in run.text)]
    return Line(
        text=text,
        left=row[0].left,
        right=max(run.right for run in row),
        baseline=baseline,
        size=size,
        bold=bool(letters) and all(run.bold for run in letters),
        mark=mark.translate(_SUPERSCRIPTS),
    )


def _main_baseline(row: Sequence[Run], size: float) -> float:
    places = sorted(run.baseline for run in row if run.size == size)
    return places[len(places) // 2]


def _is_mark(run: Run, size: float, baseline: float, text: str) -> bool:
    """A small raised number or star: the mark of a footnote, unless it is the power of a unit («м²»)."""
    if run.size > _SMALL * size or not _RAISED[0] * size <= baseline - run.baseline <= _RAISED[1] * size:
        return False
    if not _MARK.fullmatch(run.text):
        return False
    word = re.split(r"[\s.]", text)[-1] if text else ""
    return not (word in _UNITS and run.text in ("2", "3"))


def _parts_words(before: Run, run: Run) -> bool:
    gap = run.left - before.right
    size = min(before.size, run.size)
    return gap > _WORD_GAP * size or (run.spaced and gap > _SPACED_GAP * size)
