"""What is drawn on a PDF page besides text: lines as strokes, dark areas, and how much of the page is a picture.

Lines come as lines, thin rectangles, sides of rectangles, thin pictures, also inside forms (XObjects); curves and
slanted lines are no borders. Coordinates as in :mod:`vekha.intake.readers.pdf_runs`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from vekha.intake.readers import pdf_calls as calls
from vekha.intake.readers.pdf_runs import Boxes, turned
from vekha.intake.readers.ruled_grid import Box, Stroke

_THIN = 3.0
"""Points up to which a rectangle is a line."""

_MAX_OBJECTS = 200_000
_MAX_SEGMENTS = 400_000
_MAX_DEPTH = 6
_WHITE_FROM = 250
_DARK_TO = 170

_Matrix = tuple[float, float, float, float, float, float]
_POINT = calls.Slots(ctypes.c_float, 2)
_SIDES = calls.Slots(ctypes.c_float, 4)
_MATRIX = calls.Slots(ctypes.c_float, 6)
_COLOUR = calls.Slots(ctypes.c_uint, 4)
_MODE = calls.Slots(ctypes.c_int, 2)
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """The strokes of a page, its dark filled boxes, and the boxes of its pictures."""

    horizontals: list[Stroke]
    verticals: list[Stroke]
    dark: list[Box]
    pictures: list[Box]


@dataclass(slots=True)
class _Collected:
    """Boxes in the page's own space (y downwards) as they are met."""

    lines: list[Box] = field(default_factory=list)
    dark: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    segments: int = 0


def read_drawing(page: Any, *, turn: int) -> PageDrawing:
    """The drawing of a page from pdfium's raw page, laid upright by ``turn``."""
    found = _Collected()
    handle = calls.address_of(page)
    for index in range(calls.count_objects(handle)):
        _collect(calls.page_object(handle, index), _IDENTITY, 0, found)
    horizontals: list[Stroke] = []
    verticals: list[Stroke] = []
    for left, top, right, bottom in _laid(found.lines, turn):
        if right - left >= bottom - top:
            horizontals.append(Stroke((top + bottom) / 2, left, right))
        else:
            verticals.append(Stroke((left + right) / 2, top, bottom))
    return PageDrawing(horizontals, verticals, _laid(found.dark, turn), _laid(found.pictures, turn))


def _laid(boxes: list[Box], turn: int) -> list[Box]:
    if not boxes:
        return []
    rows: Boxes = turned(np.array(boxes, dtype=np.float64), turn)
    return [(row[0], row[1], row[2], row[3]) for row in rows.tolist()]


def _collect(item: int, matrix: _Matrix, depth: int, found: _Collected) -> None:
    found.objects += 1
    if found.objects > _MAX_OBJECTS or found.segments > _MAX_SEGMENTS:
        return
    kind = calls.object_kind(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _collect_path(item, matrix, found)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        _collect_picture(_bounds(item, matrix), found)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = _product(_matrix(item), matrix)
        for index in range(max(0, calls.count_form_objects(item))):
            _collect(calls.form_object(item, index), inner, depth + 1, found)


def _collect_picture(box: Box, found: _Collected) -> None:
    left, top, right, bottom = box
    if min(right - left, bottom - top) <= _THIN < max(right - left, bottom - top):
        found.lines.append(box)
    else:
        found.pictures.append(box)


def _collect_path(item: int, matrix: _Matrix, found: _Collected) -> None:
    filled, stroked = _paint(item)
    if not filled and not stroked:
        return
    box = _bounds(item, matrix)
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        if max(box[2] - box[0], box[3] - box[1]) > _THIN:
            found.lines.append(box)
        return
    count = calls.count_segments(item)
    found.segments += count
    if count < 2 or found.segments > _MAX_SEGMENTS:
        return
    own = _product(_matrix(item), matrix)
    for points, is_straight in _pieces(item, count, own):
        if filled and is_straight and len(points) > 3:
            _collect_area(_hull(points), filled, found)
        if stroked or filled:
            _collect_sides(points, is_straight=is_straight, stroked=stroked, found=found)


def _collect_area(box: Box, fill: str, found: _Collected) -> None:
    left, top, right, bottom = box
    if min(right - left, bottom - top) > _THIN and fill == "dark":
        found.dark.append(box)


def _collect_sides(points: list[tuple[float, float]], *, is_straight: bool, stroked: bool, found: _Collected) -> None:
    """The straight sides of a piece of a path; of an area that is only filled, no more than a thin one is a line."""
    box = _hull(points)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= _THIN:
        if max(width, height) > _THIN:
            found.lines.append(box)
        return
    if not stroked or not is_straight:
        return
    for (x0, y0), (x1, y1) in pairwise(points):
        if (abs(x0 - x1) <= 1) != (abs(y0 - y1) <= 1):
            found.lines.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _pieces(item: int, count: int, matrix: _Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The unbroken pieces of a path as points in page space, and whether they have no curves."""
    points: list[tuple[float, float]] = []
    straight = True
    a, b, c, d, e, f = matrix
    for index in range(count):
        segment = calls.path_segment(item, index)
        kind = calls.segment_kind(segment)
        calls.segment_point(segment, *_POINT.addresses)
        x, y = _POINT.values
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, straight
            points, straight = [], True
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            straight = False
        points.append((a * x + c * y + e, -(b * x + d * y + f)))
        if calls.segment_closes(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points, straight


def _hull(points: list[tuple[float, float]]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _paint(item: int) -> tuple[str, bool]:
    """How a path is filled ("", "light", "dark") and whether it is stroked; white and clear paint do not count."""
    if not calls.draw_mode(item, *_MODE.addresses):
        return "", False
    fill, stroke = _MODE.values
    filled = _tone(item, calls.fill_colour) if fill else ""
    return filled, bool(stroke) and bool(_tone(item, calls.stroke_colour))


def _tone(item: int, read_colour: calls.Call) -> str:
    if not read_colour(item, *_COLOUR.addresses):
        return "light"
    red, green, blue, alpha = _COLOUR.values
    if alpha == 0 or min(red, green, blue) >= _WHITE_FROM:
        return ""
    return "dark" if red + green + blue <= 3 * _DARK_TO else "light"


def _matrix(item: int) -> _Matrix:
    if not calls.object_matrix(item, _MATRIX.addresses[0]):
        return _IDENTITY
    a, b, c, d, e, f = _MATRIX.values
    return a, b, c, d, e, f


def _product(first: _Matrix, second: _Matrix) -> _Matrix:
    """The matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _bounds(item: int, matrix: _Matrix) -> Box:
    calls.object_bounds(item, *_SIDES.addresses)
    left, bottom, right, top = _SIDES.values
    if matrix is _IDENTITY:
        return left, -top, right, -bottom
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    return _hull([(a * x + c * y + e, -(b * x + d * y + f)) for x, y in corners])
