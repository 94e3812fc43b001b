"""Which two names may be one organisation: legal forms, quotes, numbers and abbreviations made equal, the rest compared.

A finding is a question to a person, never a decision.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from vekha_portal.registry.bridge import fold

#: From this likeness (0…100) of two names with the same numbers they are shown as possible doubles.
LIKE = 88.0

_OWNERS = r"(?:муниципальн\w+|государственн\w+|областн\w+|краев\w+|городск\w+|федеральн\w+|частн\w+)"
_FORMS = r"(?:бюджетн\w+|автономн\w+|казенн\w+)"
_SCHOOL = r"(?:обще\s?образовательн\w+|образовательн\w+)"
_LEGAL = re.compile(rf"\b(?:{_OWNERS} )*(?:{_FORMS} )?(?:{_SCHOOL} )?(?:учреждени\w+|организаци\w+)\b(?: {_OWNERS})*")
_SHORT_LEGAL = re.compile(r"\b(?:[мгок]|гк|фг)?[бак]н?оу(?: дод?)?\b|\b[чм]оу\b")
_KINDS = (
    (re.compile(r"\bсредн\w+ (?:обще\s?образовательн\w+ )?школ\w+\b|\bсш\b"), "сош"),
    (re.compile(r"\bосновн\w+ (?:обще\s?образовательн\w+ )?школ\w+\b"), "оош"),
    (re.compile(r"\bначальн\w+ (?:обще\s?образовательн\w+ )?школ\w+\b"), "нош"),
    (re.compile(r"\b(?:имени|им)\b\.?"), ""),
    (re.compile(r"\bгород\w*\b|\bг\b\.?"), "г"),
    (re.compile(r"\b(?:село|села|селе)\b|\bс\b\.?"), "с"),
    (re.compile(r"\bрайон\w*\b|\bр-н\w*\b"), "р-н"),
    (re.compile(r"\b(?:поселок|поселка)\b|\bпос\b\.?|\bп\b\.?"), "п"),
)
_NUMBER = re.compile(r"(?:№|\bn|\bномер)\s*(\d+)")
_JUNK = re.compile(r"[^\w№-]+")
_DIGITS = re.compile(r"\d+")


def match_key(name: str) -> str:
    """The name as a key for finding doubles: without legal form, quotes and look-alike letters.

    >>> match_key("МБОУ «СОШ № 5» г. Зареченска")
    'сош №5 г зареченска'
    """
    text = _NUMBER.sub(r" №\1 ", fold(name).replace('"', " "))
    text = " ".join(_JUNK.sub(" ", text).split())
    text = _SHORT_LEGAL.sub(" ", _LEGAL.sub(" ", text))
    for pattern, short in _KINDS:
        text = pattern.sub(short, text)
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Known:
    """A name to compare with, with its key and where it is."""

    id: int
    key: str
    municipality: int | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A known name that may be the same organisation, with the likeness of 0…100."""

    known: Known
    score: float


class Names:
    """Known names, kept by the numbers in them: «№ 5» is never a double of «№ 6»."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_numbers: dict[tuple[str, ...], list[Known]] = defaultdict(list)
        for each in known:
            self._by_numbers[_numbers(each.key)].append(each)

    def find_alike(self, key: str, *, municipality: int | None = None, limit: int = 3) -> tuple[Alike, ...]:
        """The likest names, the likest first. A school of another municipality has to be named exactly so."""
        found = sorted(self._alike(key, municipality), key=lambda each: -each.score)
        return tuple(found[:limit])

    def _alike(self, key: str, municipality: int | None) -> Iterator[Alike]:
        if not key:
            return
        for each in self._by_numbers.get(_numbers(key), ()):
            elsewhere = None not in (municipality, each.municipality) and municipality != each.municipality
            score = 100.0 if each.key == key else fuzz.token_sort_ratio(key, each.key, score_cutoff=LIKE)
            if score >= LIKE and not (elsewhere and score < 100):
                yield Alike(each, score)


def _numbers(key: str) -> tuple[str, ...]:
    return tuple(sorted(_DIGITS.findall(key)))


def find_doubles(known: Sequence[Known]) -> tuple[tuple[Known, Alike], ...]:
    """Every pair of known names that may be one organisation, each pair once."""
    names = Names(known)
    pairs = [
        (each, alike)
        for each in known
        for alike in names.find_alike(each.key, municipality=each.municipality, limit=10)
        if each.id < alike.known.id
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair[1].score))
