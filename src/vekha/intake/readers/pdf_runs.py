"""The text of one PDF page as runs: pieces of words with exact positions, font size and weight.

Reads pdfium's characters through its raw interface, positions into one array. It makes no lines and no words:
:mod:`vekha.intake.readers.pdf_lines` does. Coordinates everywhere in the PDF reader: points, y grows downwards, the
page laid so that its text stands upright whatever /Rotate says.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from vekha.intake.readers import pdf_calls as calls
from vekha.intake.readers.pdf_letters import characters, readable

Boxes = NDArray[np.float64]
"""Rows of left, top, right, bottom."""

_MAX_CHARS = 400_000
"""More characters on one page are no document; the rest is left unread, and that is said."""

_WORD_GAP = 0.17
"""Share of the font size from which a gap parts words: half a narrow space, twice the widest kerning."""

_WHITE_FROM = 245
_STRIDE = 4
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_FORCE_BOLD = 1 << 18
_SPACES = np.array((0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), dtype=np.uint32)
_MATRIX = calls.Slots(ctypes.c_float, 6)
_COLOUR = calls.Slots(ctypes.c_uint, 4)


@dataclass(slots=True)
class Run:
    """A piece of text without gaps in one font; edges, baseline and size are those of the text laid upright.

    ``spaced``: the file has a space before it. ``turn``: its direction against the page's, in quarters of a circle
    (1 is read upwards, 3 downwards). ``box`` is where it stands on the page (left, top, right, bottom).
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    white: bool
    spaced: bool
    turn: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text layer; ``turn`` lays the page upright, ``hidden`` of its ``chars`` are not drawn.

    ``slanted`` are inscriptions across the page (watermarks); ``cut`` says that the page had more than could be read.
    """

    runs: list[Run]
    turn: int
    chars: int
    hidden: int
    slanted: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share; ``origin`` is where its baseline begins (y downwards)."""

    size: float
    turn: int
    origin: tuple[float, float]
    slanted: bool
    bold: bool
    white: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Chars:
    """The characters of a page as parallel arrays; ``owners`` are the text objects (0 for pdfium's own insertions)."""

    text: str
    spaces: NDArray[np.bool_]
    owners: NDArray[np.uint64]
    boxes: Boxes


def turned(boxes: Boxes, turn: int) -> Boxes:
    """The boxes on a page laid so that text read in the direction ``turn`` stands upright."""
    left, top, right, bottom = boxes.T
    match turn % 4:
        case 1:
            sides = (-bottom, left, -top, right)
        case 2:
            sides = (-right, -bottom, -left, -top)
        case 3:
            sides = (top, -right, bottom, -left)
        case _:
            sides = (left, top, right, bottom)
    return np.stack(sides, axis=1)


def read_text(text_page: Any, *, keep_hidden: bool = False) -> PageText:
    """The runs of a page from pdfium's raw text page, in the order of the file.

    Invisible text (the layer that OCR programs put under a picture) is left out unless ``keep_hidden``.
    """
    handle = calls.address_of(text_page)
    total = calls.count_chars(handle)
    chars = _read_chars(handle, max(0, min(total, _MAX_CHARS)))
    places = np.flatnonzero(~chars.spaces & (chars.owners != 0))
    names, firsts, objects = np.unique(chars.owners[places], return_index=True, return_inverse=True)
    fonts: dict[int, bool] = {}
    styles = [
        _style(handle, index, owner, chars.boxes, fonts)
        for index, owner in zip(places[firsts].tolist(), names.tolist(), strict=True)
    ]
    turns: Counter[int] = Counter()
    for style, count in zip(styles, np.bincount(objects, minlength=len(styles)).tolist(), strict=True):
        turns[style.turn] += 0 if style.slanted else count
    turn = turns.most_common(1)[0][0] if turns else 0
    hidden = np.array([style.hidden for style in styles], dtype=bool)[objects] if styles else np.zeros(0, dtype=bool)
    kept = np.ones_like(hidden) if keep_hidden else ~hidden
    runs, slanted = _runs(chars, places[kept], objects[kept], styles, turn)
    return PageText(runs, turn, len(places), int(hidden.sum()), slanted, cut=total > len(chars.text))


def _read_chars(handle: int, count: int) -> _Chars:
    char_code, char_box = calls.char_code, calls.char_box
    codes = np.fromiter(map(char_code, repeat(handle), range(count)), dtype=np.uint32, count=count)
    owners = _owners(handle, count)
    raw = np.zeros((count, 4), dtype=np.float32)
    start = raw.ctypes.data
    deque(map(char_box, repeat(handle), range(count), range(start, start + 16 * count, 16)), maxlen=0)
    left, top, right, bottom = raw.astype(np.float64).T
    boxes = np.stack((left, -top, right, -bottom), axis=1)
    return _Chars(characters(codes), np.isin(codes, _SPACES), owners, boxes)


def _owners(handle: int, count: int) -> NDArray[np.uint64]:
    """The text object of every character; asked of every fourth one where both ends of the four are of one object."""
    char_object = calls.char_object
    known = [char_object(handle, index) or 0 for index in range(0, count, _STRIDE)]
    owners = np.repeat(np.array(known, dtype=np.uint64), _STRIDE)[:count]
    parted = [place for place, pair in enumerate(pairwise([*known, -1])) if pair[0] != pair[1] or not pair[0]]
    for place in parted:
        for index in range(place * _STRIDE + 1, min(count, (place + 1) * _STRIDE)):
            owners[index] = char_object(handle, index) or 0
    return owners


def _style(handle: int, index: int, owner: int, boxes: Boxes, fonts: dict[int, bool]) -> _Style:
    matrix = _MATRIX.values
    calls.char_matrix(handle, index, _MATRIX.addresses[0])
    a, b, c, d, e, f = matrix
    size = math.hypot(c, d) * calls.char_size(handle, index)
    if not 0.5 < size < 5_000:
        size = max(0.5, float(boxes[index][3] - boxes[index][1]))
    quarters = math.atan2(b, a) / (math.pi / 2)
    font = calls.text_font(owner) or 0
    if font not in fonts:
        fonts[font] = bool(font) and _is_bold(font)
    mode = calls.text_mode(owner)
    white, clear = _paint(owner)
    return _Style(
        size=size,
        turn=round(quarters) % 4,
        origin=(e, -f),
        slanted=abs(quarters - round(quarters)) > 0.08,
        bold=mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or fonts[font],
        white=white,
        hidden=clear or mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
    )


def _paint(owner: int) -> tuple[bool, bool]:
    """Whether a text object is filled with white, and whether it is fully transparent."""
    if not calls.fill_colour(owner, *_COLOUR.addresses):
        return False, False
    red, green, blue, alpha = _COLOUR.values
    return min(red, green, blue) >= _WHITE_FROM, alpha == 0


def _is_bold(font: int) -> bool:
    name = ctypes.create_string_buffer(200)
    calls.font_name(font, ctypes.addressof(name), 200)
    lowered = name.value.decode("latin-1").lower()
    return any(mark in lowered for mark in _BOLD_NAMES) or bool(calls.font_flags(font) & _FORCE_BOLD)


def _runs(
    chars: _Chars, places: NDArray[np.intp], objects: NDArray[np.intp], styles: Sequence[_Style], turn: int
) -> tuple[list[Run], tuple[str, ...]]:
    """The runs of the characters at ``places``, and the texts of the slanted objects."""
    if not len(places):
        return [], ()
    sizes = np.array([style.size for style in styles])[objects]
    own_turns = np.array([style.turn for style in styles])[objects]
    upright = _upright(chars.boxes[places], own_turns)
    starts = _piece_starts(places, objects, upright, sizes)
    edges = np.append(starts, len(places)).tolist()
    lefts, rights = _hulls(upright, starts)[:, (0, 2)].T.tolist()
    on_page = _hulls(turned(chars.boxes[places], turn), starts).tolist()
    before = places[starts] - 1
    spaced = ((before >= 0) & chars.spaces[before] & (chars.owners[before] != 0)).tolist()
    origins = np.array([style.origin * 2 for style in styles])
    baselines = _upright(origins, np.array([style.turn for style in styles]))[:, 1].tolist()
    firsts, owners = places[starts].tolist(), objects[starts].tolist()
    lasts = (places[np.array(edges[1:]) - 1] + 1).tolist()
    runs: list[Run] = []
    slanted: dict[int, str] = {}
    for index, owner in enumerate(owners):
        style, text = styles[owner], readable(chars.text[firsts[index] : lasts[index]])
        if style.slanted:
            slanted[owner] = slanted.get(owner, "") + text
            continue
        box = on_page[index]
        run = Run(
            text=text,
            left=lefts[index],
            right=rights[index],
            baseline=baselines[owner],
            size=style.size,
            bold=style.bold,
            white=style.white,
            spaced=spaced[index],
            turn=(style.turn - turn) % 4,
            box=(box[0], box[1], box[2], box[3]),
        )
        if text:
            runs.append(run)
    return runs, tuple(slanted.values())


def _hulls(boxes: Boxes, starts: NDArray[np.intp]) -> Boxes:
    """The common box of each piece of consecutive boxes."""
    low, high = np.minimum.reduceat(boxes[:, :2], starts), np.maximum.reduceat(boxes[:, 2:], starts)
    return np.hstack((low, high))


def _upright(boxes: Boxes, turns: NDArray[np.int_]) -> Boxes:
    """Every box turned by its own text's direction."""
    upright = boxes.copy()
    for turn in set(turns.tolist()) - {0}:
        chosen = turns == turn
        upright[chosen] = turned(boxes[chosen], turn)
    return upright


def _piece_starts(
    places: NDArray[np.intp], objects: NDArray[np.intp], upright: Boxes, sizes: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Where each run begins: at another object, after a space or a gap, at a step back."""
    same = (objects[1:] == objects[:-1]) & (np.diff(places) == 1)
    gaps = upright[1:, 0] - upright[:-1, 2]
    allowed = _WORD_GAP * sizes[1:]
    inside = np.bincount(objects[1:][same], minlength=1)
    spread = np.bincount(objects[1:][same & (gaps > allowed)], minlength=len(inside))
    for wide in np.flatnonzero((spread >= 3) & (spread >= 0.7 * inside)):
        chosen = same & (objects[1:] == wide)
        allowed[chosen] += np.median(gaps[chosen])
    parted = ~same | (gaps > allowed) | (upright[1:, 0] < upright[:-1, 0] - 0.3 * sizes[1:])
    return np.concatenate((np.zeros(1, dtype=np.intp), np.flatnonzero(parted) + 1))
