"""A scanned page made straight and even: light, size of letters, quarter turns, skew.

Works on greyscale arrays (0 black … 255 white). Knows nothing of lines, tables or recognition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from vekha.intake.readers.scan_ocr import Grey

LETTER = 22
"""Points of a small letter's height that pages are scaled to: 11–12 point print at 300 dpi, where Tesseract reads best."""

_MAX_POINTS = 30_000_000
"""Points of a page that is worked on: a sheet of twice A4 at 390 dpi; more is scaled down."""

_CONTRAST = 0.25
_GRAIN = 11.0
"""Difference of neighbouring points, on a quarter of the page or more, above which the page is too grainy to be read."""

_MAX_SKEW = 10.0


@dataclass(frozen=True, slots=True)
class StraightPage:
    """An even, straight page: ``grey`` on white, ``ink`` 255 where there is ink, ``letter`` the height of a small letter."""

    grey: Grey
    ink: Grey
    letter: float


@dataclass(frozen=True, slots=True)
class _Marks:
    """Boxes of the connected marks that may be letters, as arrays of equal length, and how many specks lie beside them."""

    left: npt.NDArray[np.float64]
    top: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]
    bottom: npt.NDArray[np.float64]
    specks: int

    @property
    def count(self) -> int:
        return len(self.left)


def straighten(grey: Grey) -> StraightPage:
    """The page evened, scaled to the usual size of letters, turned by quarters to horizontal lines and deskewed (up to 10°).

    A page upside down stays so (letters must be recognised to tell); a page turned by a quarter may come out upside down.
    """
    even = _even_light(_quiet(_fitted(grey)))
    marks = _marks(even)
    letter = _letter_height(marks)
    if letter and not 0.75 * LETTER <= letter <= 1.9 * LETTER:
        even = _resized(even, LETTER / letter)
        marks = _marks(even)
        letter = _letter_height(marks)
    if marks.specks > 4 * marks.count + 400:
        even = np.asarray(cv2.medianBlur(even, 3), dtype=np.uint8)
    turned, angle = _direction(marks, even.shape)
    if turned:
        even = np.ascontiguousarray(np.rot90(even))
    even = _rotated(even, _fine_angle(even, angle))
    return StraightPage(even, _ink(even), letter or LETTER)


def upside_down(page: StraightPage) -> StraightPage:
    """The same page turned by half a circle."""
    return replace(
        page, grey=np.ascontiguousarray(page.grey[::-1, ::-1]), ink=np.ascontiguousarray(page.ink[::-1, ::-1])
    )


def _quiet(grey: Grey) -> Grey:
    """The page without its grain, if it has much; a little grain does no harm, and taking it out would soften the letters."""
    steps = np.abs(np.diff(grey[::3].astype(np.int16), axis=1))
    grain = float(np.percentile(steps, 75)) if steps.size else 0.0
    if grain <= _GRAIN:
        return grey
    calm = cv2.medianBlur(grey, 3 if grain <= 2.5 * _GRAIN else 5)
    return np.asarray(cv2.GaussianBlur(calm, (0, 0), 0.8), dtype=np.uint8)


def _even_light(grey: Grey) -> Grey:
    """Shadows, tinted paper and shaded cells made white: every point divided by the lightest ground near it."""
    height, width = grey.shape
    if min(height, width) < 64:
        return grey
    small = cv2.resize(grey, (max(width // 16, 1), max(height // 16, 1)), interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(np.asarray(cv2.dilate(small, np.ones((5, 5), np.uint8)), dtype=np.uint8), 5)
    if ground.min() > 244:
        return grey
    ground = cv2.resize(np.maximum(ground, 40), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, ground, scale=255), dtype=np.uint8)


def _fitted(grey: Grey) -> Grey:
    return _resized(grey, (_MAX_POINTS / grey.size) ** 0.5) if grey.size > _MAX_POINTS else grey


def _resized(grey: Grey, factor: float) -> Grey:
    height, width = grey.shape
    factor = min(factor, 4.0, (_MAX_POINTS / grey.size) ** 0.5)
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def _ink(grey: Grey) -> Grey:
    """255 where a point is darker than its neighbourhood, and has a quarter of the contrast of the page's letters."""
    block = 41 if min(grey.shape) > 41 else 3
    ink = np.asarray(
        cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 16), dtype=np.uint8
    )
    inked = grey[ink > 0]
    if inked.size:
        dark = float(np.percentile(inked, 20))
        ink[grey > 255 - _CONTRAST * (255 - dark)] = 0
    return ink


def _marks(grey: Grey) -> _Marks:
    """The marks on the page at half size (quick, and specks fade), in full-size points."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(width // 2, 1), max(height // 2, 1)), interpolation=cv2.INTER_AREA)
    _, _, stats, _ = cv2.connectedComponentsWithStats(_ink(np.asarray(small, dtype=np.uint8)), connectivity=8)
    boxes = np.asarray(stats[1:], dtype=np.float64) * 2
    tall, wide, area = boxes[:, 3], boxes[:, 2], boxes[:, 4] / 2 * 4
    letters = (tall >= 8) & (wide >= 4) & (tall <= 160) & (wide <= 240) & (area >= 40) & (area >= 0.08 * tall * wide)
    kept = boxes[letters]
    specks = int(np.count_nonzero((tall <= 4) & (wide <= 4)))
    return _Marks(kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3], specks)


def _letter_height(marks: _Marks) -> float:
    """The height of most letters, 0 where there are too few to tell; the smaller side, so that turned pages count too."""
    if marks.count < 12:
        return 0.0
    return float(np.median(np.minimum(marks.bottom - marks.top, 1.35 * (marks.right - marks.left))))


def _direction(marks: _Marks, shape: tuple[int, ...]) -> tuple[bool, float]:
    """Whether lines of text run upwards or downwards, and their angle to the axis in degrees, counter-clockwise positive.

    Letters of one line share their lower edge, so at the right angle the edges gather at few positions.
    """
    if marks.count < 12:
        return False, 0.0
    across, along = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    angles = np.arange(-_MAX_SKEW, _MAX_SKEW + 0.01, 0.5)
    level = max((max(_gathered(edge, across, angle) for edge in (marks.bottom, marks.top)), angle) for angle in angles)
    upright = max(
        (max(_gathered(edge, along, -angle) for edge in (marks.right, marks.left)), angle) for angle in angles
    )
    if upright[0] > 1.25 * level[0]:
        return True, float(upright[1])
    return False, float(level[1])


def _gathered(edge: npt.NDArray[np.float64], along: npt.NDArray[np.float64], angle: float) -> float:
    """How much the edges gather once turned by the angle: the sum of squares of a histogram of 4-point bins."""
    turned = edge + along * np.tan(np.radians(angle))
    counts = np.bincount(((turned - turned.min()) / 4).astype(np.int64))
    return float(np.square(counts).sum())


def _fine_angle(grey: Grey, angle: float) -> float:
    """The angle to 0.02 degrees near a rough one, from dark points of the half-size page (letters and table lines alike)."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(width // 2, 1), max(height // 2, 1)), interpolation=cv2.INTER_AREA)
    rows, columns = np.nonzero(np.asarray(small) < 140)
    if len(rows) < 200:
        return 0.0
    step = max(1, len(rows) // 40_000)
    down, along = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    for reach, pace in ((0.6, 0.1), (0.1, 0.02)):
        angle = max(
            np.arange(angle - reach, angle + reach + pace / 2, pace), key=lambda at: _sharpness(down, along, at)
        )
    return float(angle)


def _sharpness(down: npt.NDArray[np.float64], along: npt.NDArray[np.float64], angle: float) -> float:
    turned = down + along * np.tan(np.radians(angle))
    counts = np.bincount((turned - turned.min()).astype(np.int64))
    return float(np.square(np.diff(counts.astype(np.float64))).sum())


def _rotated(grey: Grey, angle: float) -> Grey:
    """The page turned back from an angle, on a sheet large enough that no corner is lost."""
    if abs(angle) < 0.04:
        return grey
    height, width = grey.shape
    turn = np.radians(abs(angle))
    wide = int(width * np.cos(turn) + height * np.sin(turn)) + 1
    high = int(height * np.cos(turn) + width * np.sin(turn)) + 1
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    return np.asarray(
        cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderValue=255), dtype=np.uint8
    )
