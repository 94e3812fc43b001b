"""«(далее – X)»: what a document calls a thing from there on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vekha.text.normalise import collapse

_DEFINITION = re.compile(
    r"\(\s?(?:далее|в\s+дальнейшем)(?:\s+по\s+тексту)?(?:\s+именуе\w+)?\s*(?:[-–—:,]|соответственно)?"
    r"\s*(?:[-–—]\s*)?(?P<short>[^()]{1,200}?)\s?\)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[;:.()]\s|(?<=[а-яё»]),\s(?=(?:ответственн|котор|а\s+также))|\s[-–—]\s")
_LEADING = re.compile(
    r"^(?:\d+[.)]\s*|[-–—•]\s*|и\s|о\s|об\s|в\s|с\s|по\s|на\s|за\s|для\s|утвердить\s|определить\s|назначить\s|создать\s|прилагаем\w+\s|создание\s+и\s+функционирование\s)+",
    re.IGNORECASE,
)
_LONGEST_LONG = 400


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Long form → short form of every «(далее – X)», the long form reaching back to the beginning of its phrase.

    >>> find_abbreviations(["Департамент образования Энской области (далее – Департамент) назначить"])
    {'Департамент образования Энской области': 'Департамент'}
    """
    found: dict[str, str] = {}
    for text in texts:
        if "далее" not in text.lower() and "дальнейшем" not in text.lower():
            continue
        position = 0
        for match in _DEFINITION.finditer(text):
            long = _long_form(text[max(position, match.start() - _LONGEST_LONG) : match.start()])
            short = collapse(match["short"]).strip(" ,;–—-")
            position = match.end()
            if long and short:
                found.setdefault(long, short)
    return found


def _long_form(before: str) -> str:
    cuts = list(_BOUNDARY.finditer(before.rstrip() + " "))
    inside = [cut for cut in cuts if cut.end() < len(before.rstrip())]
    start = inside[-1].end() if inside else 0
    return _LEADING.sub("", collapse(before[start:])).strip(" ,;:–—-")
