"""Slips of typists and scanners put right where that is certain; tried only on phrases that make no sense as they are.

«О1.ОЗ.2024» → «01.03.2024», «0 1 марта» → «01 марта», «20 24 года» → «2024 года», «годаполучения» → «года получения»,
«мар та» → «марта», «ежекваратльно» → «ежеквартально».
"""

from __future__ import annotations

import re
from functools import lru_cache

from vekha.deadlines.words import find_known_word, is_known, split_glued

_AS_DIGITS = str.maketrans("ОоOoЗзlIІі|бБ", "0000331111166")
_LIKE_DIGIT = r"[\dОоOoЗзlIІі|бБ]"
_MONTH = r"(?=[^\S\n]?(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))"
_SCANNED_DATE = re.compile(
    rf"(?<!\w){_LIKE_DIGIT}{{1,2}} ?[.,] ?{_LIKE_DIGIT}{{1,2}} ?[.,] ?{_LIKE_DIGIT}{{4}}(?![^\W\d_]{{3}}|\d)"
)
_SCANNED_DAY = re.compile(
    rf"(?<!\w)(?:[ОоOo]\d|[123lIЗз|][ОоOo]|[12][lIЗз|]|[lI|Зз]\d|[lI|])(?= ){_MONTH}", re.IGNORECASE
)
_SCANNED_YEAR = re.compile(r"(?<!\w)2[0ОоOo][123lIЗз|][\dОоOoЗзlI|](?!\d)(?= ?г)")
_SPLIT_DAY = re.compile(rf"(?<!\d)([0-3]) (\d)(?!\d){_MONTH}", re.IGNORECASE)
_SPLIT_YEAR = re.compile(r"(?<!\d)2 ?0 ?([12]) ?(\d)(?!\d)(?= ?г)")
_LONE_LETTERS = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,40}[^\W\d_](?!\w)")
_WORDS = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"([^\W\d_]{2,15})(?: ?- | )(?=([^\W\d_]{2,15})(?!\w))")


def repair(phrase: str) -> str:
    """The phrase with its certain slips put right; the phrase itself where there are none.

    >>> repair("О1.ОЗ.2024"), repair("0 1 марта 20 24 года"), repair("1 мар та 2024 года")
    ('01.03.2024', '01 марта 2024 года', '1 марта 2024 года')
    """
    for pattern in (_SCANNED_DATE, _SCANNED_DAY, _SCANNED_YEAR):
        phrase = pattern.sub(lambda match: _to_digits(match.group()), phrase)
    phrase = _SPLIT_DAY.sub(r"\1\2", phrase)
    phrase = _SPLIT_YEAR.sub(r"20\1\2", phrase)
    phrase = _LONE_LETTERS.sub(lambda match: match.group().replace(" ", ""), phrase)
    phrase = _BROKEN.sub(_join_broken, phrase)
    return _WORDS.sub(lambda match: _repair_word(match.group()), phrase)


def _to_digits(found: str) -> str:
    return (
        found.translate(_AS_DIGITS).replace(",", ".")
        if any(sign.isdigit() for sign in found) or len(found) == 1
        else found
    )


def _join_broken(match: re.Match[str]) -> str:
    """«мар та» → «марта», where the halves are no words of ours and the whole is."""
    first, second = match.group(1).lower(), match.group(2).lower()
    if is_known(first + second) and not (is_known(first) and is_known(second)):
        return match.group(1)
    return match.group()


def is_slip(word: str) -> bool:
    """Whether a word by itself would be repaired; numbers and single letters may be parts of something broken.

    >>> is_slip("ежекваратльно"), is_slip("проект"), is_slip("1")
    (True, False, True)
    """
    return len(word) < 3 or not word.isalpha() or _repair_word(word) != word


@lru_cache(maxsize=4096)
def _repair_word(word: str) -> str:
    folded = word.lower().replace("ё", "е")
    if len(folded) < 5 or is_known(folded):
        return word
    return split_glued(folded) or find_known_word(folded) or word
