"""Lines that hold two things are cut in two: a stamp and the heading under it; bodies, the kind, requisites and the title.

Readers and typists join what stood on lines of its own («АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ РАСПОРЯЖЕНИЕ от 01.12.2020 № 5 О создании …»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from vekha.intake.header.lines import Line
from vekha.intake.header.requisites import find_dates, find_numbers, is_filler
from vekha.intake.header.words import HEADING_WORD, ORDER_KINDS, STAMP_WORD
from vekha.text.normalise import fold

_LONGEST = 4000
_HEAD_LINES = 120
_KIND_CAPITALS = re.compile(rf"(?<!\w)(?:{'|'.join(kind.upper() for kind in ORDER_KINDS)})(?!\w)")
_KIND_FIRST = re.compile(rf"(?:{'|'.join(ORDER_KINDS)})(?!\w)", re.IGNORECASE)
_TITLE = re.compile(r"(?:[\"«„“(]\s*)?(?:Об?|ОБ?|Обо|ОБО|O|Oб|OБ)\s+(?=[^\W\d_«\"]|[«\"])")
_CAPITAL_HEADING = re.compile(
    r"(?<=\s)(?:КОМПЛЕКСНЫЙ\s+ПЛАН|КОМПЛЕКС\s|ДОРОЖНАЯ\s|ПЛАН\s|ПЕРЕЧЕНЬ\s|ПОКАЗАТЕЛИ\s|ИНДИКАТОРЫ\s|Комплекс\s+мер|Дорожная\s+карта"
    r"|План\s+мероприятий|Перечень\s+показателей|Перечень\s+индикаторов|Показатели\s)"
)


def split_joined_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with every joined one cut; places stay those of the whole line."""
    result: list[Line] = []
    for position, line in enumerate(lines):
        if line.table is not None or len(line.text) > _LONGEST:
            result.append(line)
        elif STAMP_WORD.match(line.key):
            result.extend(_cut(line, _heading_cuts(line.text)))
        elif position < _HEAD_LINES:
            result.extend(_cut(line, _head_cuts(line.text)))
        else:
            result.append(line)
    return result


def _cut(line: Line, cuts: Sequence[int]) -> Iterator[Line]:
    edges = [0, *sorted(set(cuts)), len(line.text)]
    pieces = [piece for start, end in pairwise(edges) if (piece := line.text[start:end].strip())]
    if len(pieces) < 2:
        yield line
        return
    for order, piece in enumerate(pieces):
        yield replace(line, text=piece, key=fold(piece), columns=(piece,), gap=line.gap if order == 0 else False)


def _heading_cuts(text: str) -> list[int]:
    """After a stamp's requisites a heading may begin on the same line; so may one in capitals."""
    for match in _CAPITAL_HEADING.finditer(text):
        if find_dates(text[: match.start()]) or re.match(
            r"(?i)приложение\s*(?:№|N)?\s*\d*\s*$", text[: match.start()].strip()
        ):
            return [match.start()]
    return []


def _head_cuts(text: str) -> list[int]:
    """Where the kind, the requisites and the title of a letterhead begin inside one line."""
    kind = _kind_in(text)
    if kind is None:
        return _title_cut(text, 0)
    after = kind.end()
    rest = text[after:]
    if not rest.strip():
        return [kind.start()]
    return [kind.start(), after, *_title_cut(text, after)]


def _kind_in(text: str) -> re.Match[str] | None:
    """The kind of an act typed in capitals, or at the beginning of a line that goes on with its number or date.

    A kind after a preposition («О ВНЕСЕНИИ ИЗМЕНЕНИЙ В РАСПОРЯЖЕНИЕ …») is another act's.
    """
    if _TITLE.match(text):
        return None
    for match in _KIND_CAPITALS.finditer(text[:1500]):
        before = fold(text[: match.start()]).split(" ")[-1]
        if len(before) > 3 or match.start() == 0:
            return match
    first = _KIND_FIRST.match(text)
    if first is None:
        return None
    rest = text[first.end() :].lstrip()
    if not rest or rest[:1] in "№N" or re.match(r"от\s|\d|_|[«\"]\s?[\d_]", rest):
        return first
    return None


def _title_cut(text: str, start: int) -> list[int]:
    """After requisites that begin at ``start``, where «О …» begins."""
    dates = [(found.start, found.end) for found in find_dates(text[start : start + 300])]
    numbers = [(found.start, found.end) for found in find_numbers(text[start : start + 300])]
    ends = sorted(end for _, end in (*dates, *numbers))
    if not ends:
        margin = len(text[start:]) - len(text[start:].lstrip())
        return [start + margin] if start and _TITLE.match(text, start + margin) else []
    last = start + ends[-1]
    rest = text[last:]
    match = _TITLE.match(rest.lstrip(" .,г"))
    filler = text[start:last]
    for begin, end in sorted((*dates, *numbers), reverse=True):
        filler = filler[:begin] + " " + filler[end:]
    if match is None or not is_filler(filler):
        return []
    return [last + len(rest) - len(rest.lstrip(" .,г"))]


def begins_title(line: Line) -> bool:
    """Whether a line begins a title («О …», «Об …»)."""
    return bool(_TITLE.match(line.text))


def is_heading(line: Line) -> bool:
    """Whether a line begins the heading of an annex."""
    return bool(HEADING_WORD.match(line.key)) and line.text.lstrip('«"(* ')[:1].isupper()
