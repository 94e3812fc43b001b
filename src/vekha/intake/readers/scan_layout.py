"""Text outside tables: blocks of one column each, in reading order, and their lines as paragraphs.

Two columns side by side (agreed | approved, post | name) become blocks of their own; a line with a wide gap alone does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from vekha.intake.readers.ruled_grid import Box
from vekha.intake.readers.scan_lines import RuledPage
from vekha.intake.readers.scan_ocr import Word
from vekha.intake.readers.scan_words import Line, starts_item

_VALLEY = 4.5
"""Of a letter's height: the empty strip that parts two columns of text (two em); one line alone needs _LONE_VALLEY."""

_LONE_VALLEY = 12.0
_BLANK = 3.0
"""Of a letter's height: the empty space between lines that ends a block (one line left out)."""

_CENTRED = 2.2
"""Of a letter's height: how far apart the two margins of a centred line may be; ragged text hides where the margin is."""

_SHRINK = 4
_ENDS = (".", ";", ":", ",")
_HEADING_LINES = 12


@dataclass(frozen=True, slots=True)
class Margins:
    """The left and right edges of everything on the page, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that make one paragraph; ``centred`` if all of them stand in the middle between the page's margins."""

    lines: tuple[Line, ...]
    centred: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """What the lines of a block have in common: left edge, how far they may reach, distance of lines, height of a letter."""

    edge: float
    far: float
    pitch: float
    letter: float


@dataclass(frozen=True, slots=True)
class _Run:
    """A band of ink between two empty bands (usually a line of text): rows and the columns that hold ink, shrunken."""

    top: int
    bottom: int
    filled: npt.NDArray[np.bool_]


def text_boxes(page: RuledPage) -> list[Box]:
    """Boxes of the blocks of text outside the grids, in reading order: from top to bottom, columns from left to right."""
    ink = page.ink.copy()
    for underline in page.underlines:
        ink[round(underline.at) - 2 : round(underline.at) + 2, round(underline.start) : round(underline.end)] = 255
    for grid in page.grids:
        left, top, right, bottom = (round(side) for side in grid.box)
        ink[max(top - 3, 0) : bottom + 3, max(left - 3, 0) : right + 3] = 0
    height, width = ink.shape
    small = cv2.resize(ink, (max(width // _SHRINK, 1), max(height // _SHRINK, 1)), interpolation=cv2.INTER_AREA)
    filled = np.asarray(small) > 24
    cuts = sorted({0, *(round(grid.box[1] / _SHRINK) for grid in page.grids), filled.shape[0]})
    boxes: list[Box] = []
    for first, last in pairwise(cuts):
        for zone in _zones(list(_runs(filled, first, last, page.letter / _SHRINK)), page.letter / _SHRINK):
            boxes += _columns(zone, page.letter / _SHRINK)
    return [(left * _SHRINK, top * _SHRINK, right * _SHRINK, bottom * _SHRINK) for left, top, right, bottom in boxes]


def margins_of(page: RuledPage, boxes: Sequence[Box]) -> Margins:
    """The page's text margins: the outermost edges of its blocks and grids."""
    every = [*boxes, *(grid.box for grid in page.grids)]
    if not every:
        return Margins(0.0, float(page.ink.shape[1]))
    return Margins(min(box[0] for box in every), max(box[2] for box in every))


def with_blanks(words: Sequence[Word], page: RuledPage) -> list[Word]:
    """The words of one block with «___» wherever its lines have a blank to fill in: an underline with nothing on it."""
    if not words:
        return []
    left, right = min(word.left for word in words), max(word.right for word in words)
    filled = list(words)
    for underline in page.underlines:
        if underline.start > right + 3 * page.letter or underline.end < left - 3 * page.letter:
            continue
        nearest = min(words, key=lambda word: abs(word.bottom - underline.at))
        first, last, at = round(underline.start), round(underline.end), round(underline.at)
        above = page.ink[max(round(at - page.letter), 0) : max(at - 3, 1), first:last]
        if abs(nearest.bottom - at) > 0.8 * page.letter or np.count_nonzero(above) > 0.02 * above.size:
            continue
        filled.append(Word("___", first, at - round(page.letter), last, at, nearest.line, 1.0))
    return filled


def block_margins(box: Box, boxes: Sequence[Box], page: Margins) -> Margins:
    """The margins of one block: the page's, or its own sides where other text stands beside it."""
    beside = any(other[1] < box[3] and box[1] < other[3] for other in boxes if other != box)
    return Margins(box[0], box[2]) if beside else page


def split_passages(lines: Sequence[Line], *, page: Margins, block: Margins, letter: float) -> list[Passage]:
    """The lines of one block (coordinates of the page) as paragraphs; ``block`` is how far its lines may reach."""
    if not lines:
        return []
    pitches = [after.top - before.top for before, after in pairwise(lines)]
    column = _Column(min(line.left for line in lines), block.right, median(pitches) if pitches else 0.0, letter)
    centred = _centred_lines(lines, page, letter)
    passages: list[Passage] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and centred[at] == centred[at - 1]:
            begins = _leaves_space if centred[at] else _begins
            if not begins(lines[at - 1], lines[at], column):
                continue
        passages.append(Passage(tuple(lines[start:at]), centred[start] and at - start <= _HEADING_LINES))
        start = at
    return passages


def _runs(filled: npt.NDArray[np.bool_], first: int, last: int, letter: float) -> Iterator[_Run]:
    """The bands of ink between the rows, with dots and accents kept with their line."""
    inked = filled[first:last].any(axis=1)
    rows = np.flatnonzero(inked)
    if not len(rows):
        return
    breaks = np.flatnonzero(np.diff(rows) > max(0.3 * letter, 1)) + 1
    for run in np.split(rows, breaks):
        top, bottom = first + int(run[0]), first + int(run[-1]) + 1
        yield _Run(top, bottom, np.asarray(filled[top:bottom].any(axis=0)))


def _zones(runs: list[_Run], letter: float) -> Iterator[list[_Run]]:
    """Runs that belong together: all in one column, or all with one valley between two columns."""
    zone: list[_Run] = []
    for run in runs:
        if zone and not _continues(zone, run, letter):
            yield zone
            zone = []
        zone.append(run)
    if zone:
        yield zone


def _continues(zone: list[_Run], run: _Run, letter: float) -> bool:
    if run.top - zone[-1].bottom > _BLANK * letter:
        return False
    wide = _VALLEY * letter
    if not any(_size(_widest_valley(member.filled)) >= wide for member in (*zone, run)):
        return True
    together = np.logical_or.reduce([member.filled for member in (*zone, run)])
    return _size(_widest_valley(together)) >= wide


def _widest_valley(filled: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """The widest empty strip between ink as (first, last + 1); (0, 0) without one."""
    columns = np.flatnonzero(filled)
    if len(columns) < 2:
        return 0, 0
    gaps = np.diff(columns)
    widest = int(gaps.argmax())
    return (int(columns[widest]) + 1, int(columns[widest + 1])) if gaps[widest] > 1 else (0, 0)


def _size(strip: tuple[int, int]) -> int:
    return strip[1] - strip[0]


def _columns(zone: list[_Run], letter: float) -> list[Box]:
    """The zone's boxes: one, or the left column's and then the right one's (again parted if need be)."""
    filled = np.logical_or.reduce([run.filled for run in zone])
    columns = np.flatnonzero(filled)
    if not len(columns):
        return []
    left, right = int(columns[0]), int(columns[-1]) + 1
    valley = _widest_valley(filled)
    tall = zone[-1].bottom - zone[0].top
    beside = any(run.filled[: valley[0]].any() and run.filled[valley[1] :].any() for run in zone)
    if beside and _size(valley) >= (_VALLEY if tall > 2.6 * letter else _LONE_VALLEY) * letter:
        halves = (_masked(zone, 0, valley[0]), _masked(zone, valley[1], len(filled)))
        return [box for half in halves if half for box in _columns(half, letter)]
    return [(left, zone[0].top, right, zone[-1].bottom)]


def _masked(zone: list[_Run], first: int, last: int) -> list[_Run]:
    """The runs with only the columns between ``first`` and ``last``, those without ink there left out."""
    inside = np.zeros_like(zone[0].filled)
    inside[first:last] = True
    masked = [_Run(run.top, run.bottom, run.filled & inside) for run in zone]
    return [run for run in masked if run.filled.any()]


def _is_centred(line: Line, margins: Margins, letter: float) -> bool:
    before, after = line.left - margins.left, margins.right - line.right
    return min(before, after) > 2.5 * letter and abs(before - after) < _CENTRED * letter


def _centred_lines(lines: Sequence[Line], margins: Margins, letter: float) -> list[bool]:
    """For each line: is it centred; an indented line that happens to end as far from the right margin is not.

    A line from margin to margin counts as centred beside a centred one.
    """
    centred = [_is_centred(line, margins, letter) for line in lines]
    even = [abs((line.left - margins.left) - (margins.right - line.right)) < _CENTRED * letter for line in lines]
    close = [after.top - before.bottom < 1.6 * letter for before, after in pairwise(lines)]
    for at in range(len(lines) - 2, -1, -1):
        if centred[at] and close[at] and not centred[at + 1] and lines[at + 1].left < lines[at].left - letter:
            centred[at] = lines[at].text.isupper()
        if starts_item(lines[at].text):
            centred[at] = False
        elif even[at] and close[at] and centred[at + 1]:
            centred[at] = True
    for at in range(1, len(lines)):
        if even[at] and close[at - 1] and centred[at - 1] and lines[at - 1].text.isupper():
            centred[at] = True
    return centred


def _leaves_space(before: Line, line: Line, column: _Column) -> bool:
    return line.top - before.top > max(1.45 * column.pitch, 3.2 * column.letter)


def _begins(before: Line, line: Line, column: _Column) -> bool:
    """Does a paragraph begin with this line: space above, a list mark, an indent, or room left on the line before it."""
    if _leaves_space(before, line, column):
        return True
    ended = before.text.endswith(_ENDS)
    if starts_item(line.text) and ended:
        return True
    indented = line.left - column.edge > 1.3 * column.letter
    if indented and before.left - column.edge < 0.6 * column.letter:
        return True
    return _had_room(before, line, column) and (ended or not line.text[:1].islower())


def _had_room(before: Line, line: Line, column: _Column) -> bool:
    """Would the line's first word have fitted on the line before: then the line was broken on purpose.

    A word in quotes or brackets goes on with what stands before it.
    """
    if line.text.startswith(("«", "(", '"')):
        return False
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * len(word) / max(len(line.text), 1)
    return column.far - before.right > width + 1.5 * column.letter
