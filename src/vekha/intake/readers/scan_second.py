"""A second look at lines that were recognised with doubt, numbers above all.

A number alone in its cell gives Tesseract no measure of its letters: «7.» is read as «Я:». Beside a word of the same page that
was read with certainty it is read right. Longer lines are looked at again at another size. Knows pictures and words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import TypeVar

import cv2
import numpy as np

from vekha.intake.readers.scan_ocr import Grey, Word, recognise_pictures

DOUBT = 0.88
"""Confidence of a word under which its line is looked at again."""

DOUBT_OF_NUMBERS = 0.94
"""The same for a short line with digits, where one wrong sign is a wrong number."""

_SHORT = 8.0
"""Of a small letter's height: the width up to which a line is set beside an anchor."""

_ANCHOR_GAP = 0.9
_LARGER = 1.3
_MARGIN = 16
_AROUND = 3
_MOST_LINES = 120
"""Lines of one page that are looked at again: a page of which nothing is certain will not get better."""

_ANCHOR = re.compile(r"[абвегиклмностхчшыьэюя]{4,8}\Z")
"""Words whose letters all stand on the line, so that they can be set on a common ground with a number."""

_FLAT = re.compile(r"[авегиклмностхчшыьэюяпжз]{3,}\Z")
_NO_GAP = 0.32
"""Of a small letter's height: white narrower than this is not a space between words (spaces are about 0.55)."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class _Anchor:
    text: str
    picture: Grey


@dataclass(frozen=True, slots=True)
class _Look:
    """A line looked at again: its picture, and how its points lie in the first picture (scale, and the corner's place)."""

    picture: Grey
    scale: float
    left: float
    top: float
    anchor: str


def look_again(
    pictures: Mapping[Key, Grey], words: Mapping[Key, Sequence[Word]], *, letter: float
) -> dict[Key, tuple[Word, ...]]:
    """The words of each picture, with the doubtful lines' words replaced where the second look was surer.

    ``pictures`` and ``words`` have the same keys; ``letter`` is the height of a small letter in points.
    """
    answers = {key: join_split_words(pictures[key], found, letter=letter) for key, found in words.items()}
    doubtful = [(key, line) for key, found in answers.items() for line in _lines(found) if _is_doubtful(line, letter)][
        :_MOST_LINES
    ]
    if not doubtful:
        return answers
    anchor = _find_anchor(pictures, words)
    looks = [_look(pictures[key], line, anchor, letter) for key, line in doubtful]
    for (key, line), look, found in zip(
        doubtful, looks, recognise_pictures([look.picture for look in looks]), strict=True
    ):
        better = _better(line, look, found)
        if better is not None:
            kept = [word for word in answers[key] if word.line != line[0].line]
            answers[key] = (*kept, *better)
    return answers


def _is_doubtful(line: Sequence[Word], letter: float) -> bool:
    short = max(word.right for word in line) - min(word.left for word in line) <= _SHORT * letter
    digits = any(sign.isdigit() for word in line for sign in word.text)
    return min(word.confidence for word in line) < (DOUBT_OF_NUMBERS if short and digits else DOUBT)


def join_split_words(picture: Grey, words: Sequence[Word], *, letter: float) -> tuple[Word, ...]:
    """The words with the parts of one word joined where the picture shows no gap between them («финанс овое»)."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before is not None and before.line == word.line and _is_split(picture, before, word, letter):
            joined[-1] = _joined(before, word)
        else:
            joined.append(word)
    return tuple(joined)


def letter_height(words: Iterable[Word], *, guess: float) -> float:
    """The height of a small letter, from words that have neither strokes above nor under the line; else the guess."""
    heights = [word.bottom - word.top for word in words if word.confidence > 0.8 and _FLAT.match(word.text)]
    return float(median(heights)) if len(heights) >= 3 else guess


def _is_split(picture: Grey, before: Word, word: Word, letter: float) -> bool:
    if not -0.3 * letter < word.left - before.right < _NO_GAP * letter:
        return False
    if not (before.text[-1:] in "/-" or before.text[-1:].isalpha()) or not word.text[:1].islower():
        return False
    reach = round(1.4 * letter)
    top, bottom = max(min(before.top, word.top), 0), max(before.bottom, word.bottom)
    strip = picture[top:bottom, max(before.right - reach, 0) : word.left + reach]
    inked = np.flatnonzero((strip < 150).any(axis=0))
    return len(inked) > 1 and int(np.diff(inked).max()) < _NO_GAP * letter


def _joined(before: Word, word: Word) -> Word:
    return Word(
        before.text + word.text,
        before.left,
        min(before.top, word.top),
        word.right,
        max(before.bottom, word.bottom),
        before.line,
        min(before.confidence, word.confidence),
    )


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _find_anchor(pictures: Mapping[Key, Grey], words: Mapping[Key, Sequence[Word]]) -> _Anchor | None:
    """The word of the page read with most certainty among those without strokes under the line."""
    best: tuple[float, Key, Word] | None = None
    for key, found in words.items():
        for word in found:
            if word.confidence > 0.9 and _ANCHOR.match(word.text) and (best is None or word.confidence > best[0]):
                best = word.confidence, key, word
    if best is None:
        return None
    _, key, word = best
    return _Anchor(word.text, _cut(pictures[key], word.left, word.top, word.right, word.bottom))


def _look(picture: Grey, line: Sequence[Word], anchor: _Anchor | None, letter: float) -> _Look:
    left, right = min(word.left for word in line) - _AROUND, max(word.right for word in line) + _AROUND
    top, bottom = min(word.top for word in line) - _AROUND, max(word.bottom for word in line) + _AROUND
    left, top = max(left, 0), max(top, 0)
    cut = picture[top:bottom, left:right]
    if anchor is not None and right - left <= _SHORT * letter:
        return _beside(cut, anchor, left, top, letter)
    larger = np.asarray(cv2.resize(cut, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    return _Look(_framed(larger), _LARGER, left - _MARGIN / _LARGER, top - _MARGIN / _LARGER, "")


def _beside(cut: Grey, anchor: _Anchor, left: int, top: int, letter: float) -> _Look:
    """The line's ink set on one ground with the anchor's, a word's space after it."""
    rows = np.flatnonzero((cut < 140).any(axis=1))
    if not len(rows):
        rows = np.array([0, cut.shape[0] - 1])
    first, last = int(rows[0]), int(rows[-1]) + 1
    height = max(anchor.picture.shape[0], last - first)
    gap = round(_ANCHOR_GAP * letter)
    word, ink = anchor.picture, cut[first:last]
    parts = [
        np.pad(word, ((height - word.shape[0], 0), (0, gap)), constant_values=255),
        np.pad(ink, ((height - ink.shape[0], 0), (0, 0)), constant_values=255),
    ]
    start = left - _MARGIN - word.shape[1] - gap
    return _Look(_framed(np.hstack(parts)), 1.0, start, top + first - _MARGIN - (height - ink.shape[0]), anchor.text)


def _better(line: Sequence[Word], look: _Look, found: Sequence[Word]) -> list[Word] | None:
    """The second reading in the first picture's coordinates, or ``None`` if it is not surer than the first."""
    read = sorted(found, key=lambda word: word.left)
    if look.anchor:
        if not read or read[0].text != look.anchor:
            return None
        read = read[1:]
    if not read or _sureness(read) <= _sureness(line):
        return None
    return [
        replace(
            word,
            left=round(look.left + word.left / look.scale),
            right=round(look.left + word.right / look.scale),
            top=round(look.top + word.top / look.scale),
            bottom=round(look.top + word.bottom / look.scale),
            line=line[0].line,
        )
        for word in read
    ]


def _sureness(words: Sequence[Word]) -> float:
    return (fmean(word.confidence for word in words) + min(word.confidence for word in words)) / 2


def _cut(picture: Grey, left: int, top: int, right: int, bottom: int) -> Grey:
    """The part of the picture without white rows above and below."""
    cut = picture[max(top, 0) : bottom, max(left - 1, 0) : right + 1]
    rows = np.flatnonzero((cut < 140).any(axis=1))
    return cut[rows[0] : rows[-1] + 1] if len(rows) else cut


def _framed(picture: Grey) -> Grey:
    return np.pad(picture, _MARGIN, constant_values=255)
