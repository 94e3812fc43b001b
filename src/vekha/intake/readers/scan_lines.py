"""The drawn lines of a straight page: found as strokes for the table grids, and painted out so that only letters are left.

Lines may be thin, faint, broken or a little bent; underlines and dashes come along, the grids ignore them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from vekha.intake.readers.ruled_grid import RuledGrid, Stroke, build_grids, merge_strokes
from vekha.intake.readers.scan_ocr import Grey
from vekha.intake.readers.scan_page import StraightPage

_TOLERANCE = 0.55
"""Of a letter's height: the distance under which line ends meet (12 points at 300 dpi, 1/25 inch)."""

_FOLD = 110
"""A fold is painted out only where it is lighter than this: print that it crosses is darker, and stays whole."""


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A page taken apart: table grids in points of ``letters``, and the page with its lines painted out.

    ``underlines`` are the level lines outside the grids: underlined words, blanks to fill in; ``letter`` is the height of a
    small letter.
    """

    letters: Grey
    ink: Grey
    grids: tuple[RuledGrid, ...]
    underlines: tuple[Stroke, ...]
    letter: float


def take_lines(page: StraightPage) -> RuledPage:
    """The page's grids (frames of a single cell left out), and the page without lines and frames."""
    ink = page.ink.copy()
    down, across = ink.shape
    letter = page.letter
    flat = _runs(ink, piece=1.6 * letter, gap=0.6 * letter, length=3.6 * letter, level=True)
    steep = _runs(ink, piece=1.8 * letter, gap=0.6 * letter, length=2.3 * letter, level=False)
    flat_boxes, steep_boxes = _boxes(flat), _boxes(steep)
    flat_strokes = [Stroke(top + high / 2, left, left + wide) for left, top, wide, high in flat_boxes]
    steep_strokes = [Stroke(left + wide / 2, top, top + high) for left, top, wide, high in steep_boxes]
    level, plumb = _ruling(flat_strokes, across, letter), _ruling(steep_strokes, down, letter)
    found = build_grids(_tied(level, plumb, letter), _tied(plumb, level, letter), tolerance=_TOLERANCE * letter)
    grids = tuple(grid for grid in found if len(grid.cells) > 1)
    plain_flat, flat_folds = _without_folds(flat, level, flat_strokes, flat_boxes)
    plain_steep, steep_folds = _without_folds(
        _drawn(steep, steep_boxes, grids, letter), plumb, steep_strokes, steep_boxes
    )
    around = np.ones((5, 5), np.uint8)
    gone = cv2.dilate(cv2.bitwise_or(plain_flat, plain_steep), around) > 0
    gone |= (cv2.dilate(cv2.bitwise_or(flat_folds, steep_folds), around) > 0) & (page.grey > _FOLD)
    ink[gone] = 0
    ink = np.asarray(cv2.medianBlur(ink, 3), dtype=np.uint8)
    letters = page.grey.copy()
    letters[gone | (cv2.dilate(ink, np.ones((7, 7), np.uint8)) == 0)] = 255
    underlines = tuple(
        Stroke(top + high / 2, left, left + wide)
        for left, top, wide, high in flat_boxes
        if not any(_inside(left, top, grid, letter) for grid in grids)
    )
    return RuledPage(letters, ink, grids, underlines, letter)


def _without_folds(
    runs: Grey, kept: Sequence[Stroke], strokes: Sequence[Stroke], boxes: Sequence[tuple[int, int, int, int]]
) -> tuple[Grey, Grey]:
    """The runs of one direction without those whose strokes were not kept, and these alone."""
    plain, folds, known = runs.copy(), np.zeros_like(runs), set(kept)
    for stroke, (left, top, wide, high) in zip(strokes, boxes, strict=True):
        if stroke not in known:
            place = slice(top, top + high), slice(left, left + wide)
            folds[place], plain[place] = runs[place], 0
    return plain, folds


def _ruling(strokes: Sequence[Stroke], sheet: int, letter: float) -> list[Stroke]:
    """The strokes without folds of the paper: one or two lines that run from edge to edge of the whole sheet."""
    near, edge = _TOLERANCE * letter, max(0.03 * sheet, 2 * letter)
    reach: dict[float, tuple[float, float]] = {}
    for stroke in merge_strokes(strokes, tolerance=near):
        first, last = reach.get(stroke.at, (stroke.start, stroke.end))
        reach[stroke.at] = min(first, stroke.start), max(last, stroke.end)
    folds = [at for at, (first, last) in reach.items() if first <= edge and last >= sheet - edge]
    if not 0 < len(folds) <= 2:
        return list(strokes)
    return [stroke for stroke in strokes if not any(abs(stroke.at - fold) <= near for fold in folds)]


def _tied(strokes: Sequence[Stroke], crossing: Sequence[Stroke], letter: float) -> list[Stroke]:
    """The strokes without short ones that do not meet crossing strokes at their ends: arcs of stamps, bars of large letters."""
    kept = []
    for stroke in merge_strokes(strokes, tolerance=_TOLERANCE * letter):
        length = stroke.end - stroke.start
        ends = sum(_meets(stroke.at, end, crossing, 0.8 * letter) for end in (stroke.start, stroke.end))
        if ends >= (2 if length < 6 * letter else 1 if length < 10 * letter else 0):
            kept.append(stroke)
    return kept


def _meets(at: float, end: float, crossing: Sequence[Stroke], near: float) -> bool:
    return any(abs(other.at - end) <= near and other.start - near <= at <= other.end + near for other in crossing)


def _runs(ink: Grey, *, piece: float, gap: float, length: float, level: bool) -> Grey:
    """The straight runs of ink in one direction: pieces first, then gaps between pieces closed, then long ones kept.

    Closing before the pieces are found would chain the serifs of a line of text into a drawn line.
    """

    def bar(size: float) -> Grey:
        return np.ones((1, max(round(size), 3)) if level else (max(round(size), 3), 1), np.uint8)

    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(piece))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, bar(gap))
    return np.asarray(cv2.morphologyEx(runs, cv2.MORPH_OPEN, bar(length)), dtype=np.uint8)


def _boxes(mask: Grey) -> list[tuple[int, int, int, int]]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(left), int(top), int(wide), int(high)) for left, top, wide, high, _ in stats[1:]]


def _drawn(steep: Grey, boxes: Sequence[tuple[int, int, int, int]], grids: Sequence[RuledGrid], letter: float) -> Grey:
    """The vertical runs that are lines: long ones, and those on the boundaries of a grid; stems of large letters are not."""
    kept = steep.copy()
    for left, top, wide, high in boxes:
        middle = left + wide / 2
        if high < 6 * letter and not any(_on_boundary(middle, top + high / 2, grid, letter) for grid in grids):
            kept[top : top + high, left : left + wide] = 0
    return kept


def _inside(across: float, down: float, grid: RuledGrid, letter: float) -> bool:
    left, top, right, bottom = grid.box
    return left - letter <= across <= right + letter and top - letter <= down <= bottom + letter


def _on_boundary(across: float, down: float, grid: RuledGrid, letter: float) -> bool:
    if not grid.rows[0] - letter <= down <= grid.rows[-1] + letter:
        return False
    return any(abs(across - column) <= letter for column in grid.columns)
