"""Character codes of a PDF's text layer made readable, and the verdict whether they are text at all.

A font without a Unicode map gives anything: private codes, the bytes of cp1251 read as Latin, arbitrary marks.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_HYPHEN_AT_LINE_END = 0x02
_PLAIN_TEXT = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u00ff\u0400-\u04ff\u2010-\u2026№]*")
_SUBSTITUTES = (
    dict.fromkeys(range(32), "\ufffd")
    | {
        _HYPHEN_AT_LINE_END: "-",
        0xFFFE: "-",
        0x00AD: "\u00ad",
        0xF0B7: "•",
        0xF0A7: "•",
        0xF0D8: "•",
        0xF0FC: "•",
        0xF076: "•",
        0xF02D: "–",
        0xF0BE: "–",
        0xFEFF: "",
        0x200B: "",
    }
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)

_STRANGE = re.compile(
    "[^ -~\u00a0-\u00fe\u0100-\u024f\u0300-\u036f\u0370-\u04ff\u2000-\u22ff\u2500-\u27bf\u0660-\u0669]"
)
_HIGH_LATIN = re.compile("[\u00a8\u00aa\u00ac-\u00af\u00b2-\u00b6\u00b8-\u00ba\u00bc-\u00ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_VOWEL = re.compile("[аеёиоуыэюяaeiouy]", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]")
_MIN_JUDGED = 12
"""A page with fewer characters is not judged: a stamp or a page number says nothing about its fonts."""


class LayerQuality(StrEnum):
    """What a text layer is worth: text, text whose bytes were read in a wrong code page, or nothing readable."""

    TEXT = "text"
    WRONG_CODE_PAGE = "wrong-code-page"
    GARBAGE = "garbage"


def characters(codes: NDArray[np.uint32]) -> str:
    """One character for each code; what is no character becomes U+FFFD."""
    valid = (codes < 0xD800) | ((codes >= 0xE000) & (codes <= 0x10FFFF))
    return np.where(valid, codes, 0xFFFD).astype("<u4").tobytes().decode("utf-32-le")


def readable(text: str) -> str:
    """Typesetter's hyphens, list marks of symbol fonts and ligatures as plain characters; control codes as U+FFFD.

    >>> readable("\uf0b7 \ufb01")
    '• fi'
    """
    return text if _PLAIN_TEXT.fullmatch(text) else text.translate(_SUBSTITUTES)


def judge_layer(text: str) -> LayerQuality:
    """Whether the letters of a page are Russian (or other) text, repairable, or garbage.

    >>> judge_layer("Ðàñïîðÿæåíèå Àäìèíèñòðàöèè").value
    'wrong-code-page'
    >>> judge_layer("Распоряжение Администрации").value
    'text'
    """
    letters = "".join(text.split())
    if len(letters) < _MIN_JUDGED:
        return LayerQuality.TEXT
    strange = len(letters) - len(_STRANGE.sub("", letters))
    high_latin = len(letters) - len(_HIGH_LATIN.sub("", letters))
    cyrillic = len(letters) - len(_CYRILLIC.sub("", letters))
    if high_latin > len(letters) / 3 and high_latin > 2 * cyrillic:
        fixed = repair_code_page(letters)
        return LayerQuality.WRONG_CODE_PAGE if _sounds(fixed) else LayerQuality.GARBAGE
    if strange > 0.2 * len(letters):
        return LayerQuality.GARBAGE
    if cyrillic < 0.02 * len(letters) and len(letters) > 3 * _MIN_JUDGED and not _is_latin_text(letters):
        return LayerQuality.GARBAGE
    return LayerQuality.TEXT if _sounds(letters) or cyrillic < 3 * _MIN_JUDGED else LayerQuality.GARBAGE


def repair_code_page(text: str) -> str:
    """Text whose cp1251 bytes were taken for Latin letters, as it was meant.

    >>> repair_code_page("Ïðèêàç ¹ 5")
    'Приказ № 5'
    """
    return "".join(
        char.encode("latin-1").decode("cp1251", errors="replace") if "\u0080" <= char <= "\u00ff" else char
        for char in text
    )


def _sounds(text: str) -> bool:
    """Whether the share of vowels among letters is that of a language."""
    letters = _NO_LETTER.sub("", text)
    vowels = len(letters) - len(_VOWEL.sub("", letters))
    return bool(letters) and 0.22 <= vowels / len(letters) <= 0.62


def _is_latin_text(letters: str) -> bool:
    """Foreign text and columns of figures are no garbage."""
    figures = sum(char.isdigit() for char in letters)
    words = [char for char in letters if char.isalpha()]
    if figures > 0.4 * len(letters):
        return True
    return len(words) > 0.6 * len(letters) and _sounds("".join(words))
