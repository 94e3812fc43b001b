"""Lines to paragraphs: which lines were wrapped by the typesetter, and where the author began anew.

Works on the lines of one column: a cell, or a column of the page. An author's break shows by a larger gap, an indent, a
list mark, or a line that ended although the next word would have fitted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from vekha.intake.readers.pdf_hyphens import Hyphenation
from vekha.intake.readers.pdf_lines import Line
from vekha.text.lemmas import is_word

_USUAL_LEADING = 1.15
_LARGER_GAP = 1.2
_INDENT = 0.8
_FULL = 4.0
_SLACK = 0.6
"""Font sizes of room beyond the next word from which a line counts as ended by its author."""

_SURE_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s)|[•▪●◦·‣]|[а-яёa-z]\))\s*\S")
_LIKELY_MARK = re.compile(r"(?:\d{1,2}\.(?=\s|[А-ЯЁа-яё«])|[–—−-](?=\s)|[IVX]{1,4}\.)\s*\S")
_REFERENCE = re.compile(r"(?:п|пп|пункт\w*|ст|ч|стать\w*|част\w*|№|от|г|до|с|на|в|и)\.?$", re.IGNORECASE)
_LETTERS = re.compile(r"[а-яё]+")
_LONG_WORD = 9
_WHOLE_ENDING = re.compile(r"(?:ской|ского|скому|ском|ских|скую|ская|ский|ские|ским|ова|ева|ина)$")
_TOLD = 4
_LETTER = 0.75
"""Font sizes that the widest usual letter takes: with less room than that a word was cut, not wrapped."""
_SHORT_WORDS = frozenset(
    [
        "а",
        "в",
        "и",
        "к",
        "о",
        "с",
        "у",
        "я",
        "во",
        "до",
        "за",
        "из",
        "ко",
        "на",
        "не",
        "ни",
        "но",
        "об",
        "от",
        "по",
        "со",
    ]
)
ACT_NAME = re.compile(r"(?:РАСПОРЯЖЕНИЕ|ПОСТАНОВЛЕНИЕ|ПРИКАЗ|РЕШЕНИЕ|УКАЗ|ПРОТОКОЛ|ПРИЛОЖЕНИЕ)")
_PREAMBLE = re.compile(
    r"(?:В связи с|В целях|В соответствии с|Во исполнение|На основании|В рамках|Руководствуясь|Рассмотрев)\s"
)
_SHORT_WORD = re.compile(r"(?:\w{1,3}[.,]?|№|[А-ЯЁ]\.(?:[А-ЯЁ]\.)?)$")


class Break(Enum):
    """What stands between two lines: nothing (one was wrapped), a hard break, the end of a paragraph."""

    WRAPPED = 0
    HARD = 1
    PARAGRAPH = 2


@dataclass(frozen=True, slots=True)
class Column:
    """The room that lines have: left and right edges of the writing, and the usual distance of lines in font sizes."""

    left: float
    right: float
    leading: float


def usual_leading(columns: Iterable[Sequence[Line]], right: float | None = None) -> float:
    """The most frequent distance between lines, in font sizes, over several columns.

    ``right``: the edge of the page's writing; the lines that reach it tell, where there are any.
    """
    steps: Counter[float] = Counter()
    full: Counter[float] = Counter()
    for lines in columns:
        for before, line in pairwise(lines):
            step = (line.baseline - before.baseline) / max(before.size, line.size)
            if 0.8 < step < 2.6:
                steps[round(step, 1)] += 1
                full[round(step, 1)] += right is not None and before.right > right - _FULL * before.size
    steps = +full or steps
    if not steps:
        return _USUAL_LEADING
    best = max(steps.values())
    return max(_USUAL_LEADING, min(step for step, count in steps.items() if 3 * count >= best) + 0.05)


def cell_text(lines: Sequence[Line], column: Column, hyphens: Hyphenation) -> str:
    """The text of a cell: wrapped lines joined, ``\\n`` where the author began anew."""
    parts = [[line] for line in lines[:1]]
    for line, kind in _breaks(lines, column):
        if kind is Break.WRAPPED:
            parts[-1].append(line)
        else:
            parts.append([line])
    return "\n".join(text for part in parts if (text := wrapped_text(part, column, hyphens)))


def wrapped_text(lines: Sequence[Line], column: Column, hyphens: Hyphenation) -> str:
    """The text of lines that were only wrapped, also where a word too long for its column was cut without a hyphen."""
    if len(lines) == 1 and "\u00ad" not in lines[0].text:
        return lines[0].text
    texts = [lines[0].text]
    for before, line in pairwise(lines):
        if _is_cut_word(before, line, column):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return hyphens.join(texts)


def _is_cut_word(before: Line, line: Line, column: Column) -> bool:
    """Whether the line before is the beginning of one word that fills the column, and this line begins with its end.

    A typesetter that does not hyphenate gives a word longer than its column a line of its own and cuts it where the room ends:
    then the pieces together are a word, or the first is none by itself.
    """
    words, tail = before.text.split(), _LETTERS.match(line.text)
    room = column.right - before.right
    if not tail or not words or not before.text[-1].isalpha() or room > before.size:
        return False
    start = words[-1].lstrip('«("').rpartition("-")[2]
    if len(words) == 1 and room < _LETTER * before.size:
        return is_word(start + tail[0]) or (
            len(start) > _TOLD and not is_word(start) and not _stands_alone(start, tail[0])
        )
    if len(words) > 1 and len(start) < _LONG_WORD:
        return False
    return is_word(start + tail[0]) and not (is_word(start) and is_word(tail[0]))


def _stands_alone(start: str, tail: str) -> bool:
    """Whether what begins the line is a word after a word unknown to the dictionary (a name, an abbreviation)."""
    unknown_name = not start[:1].islower() and (len(start) < _LONG_WORD or _WHOLE_ENDING.search(start) is not None)
    return tail in _SHORT_WORDS or (unknown_name and len(tail) > _TOLD and is_word(tail))


def split_paragraphs(lines: Sequence[Line], column: Column) -> list[list[list[Line]]]:
    """Paragraphs, each a list of parts between hard breaks, each a list of wrapped lines."""
    paragraphs = [[[line]] for line in lines[:1]]
    for line, kind in _breaks(lines, column):
        match kind:
            case Break.WRAPPED:
                paragraphs[-1][-1].append(line)
            case Break.HARD if not _is_new_sentence(paragraphs[-1][-1][-1], line):
                paragraphs[-1].append([line])
            case _:
                paragraphs.append([[line]])
    return paragraphs


def _is_new_sentence(before: Line, line: Line) -> bool:
    """Whether, after a line its author ended, a new paragraph begins that nothing else sets apart."""
    if line.text.startswith("Приложение"):
        return True
    return before.text.endswith((".", ";", ":")) and line.text[:1].isupper() and before.text[-3:-2] != "."


def is_centred(line: Line, column: Column) -> bool:
    """Whether the line stands in the middle of its column, with room on both sides."""
    room = min(line.left - column.left, column.right - line.right)
    off = abs(line.middle - (column.left + column.right) / 2)
    return room > 1.5 * line.size and off < max(0.6 * line.size, 0.02 * (column.right - column.left))


def _breaks(lines: Sequence[Line], column: Column) -> Iterable[tuple[Line, Break]]:
    begun = 0
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        kind = _break(before, line, after, column, first=lines[begun] if index - 1 == begun else None)
        if kind is not Break.WRAPPED:
            begun = index
        yield line, kind


def _break(before: Line, line: Line, after: Line | None, column: Column, *, first: Line | None) -> Break:
    """``first`` is given when ``before`` is the first line of its paragraph."""
    size = max(before.size, line.size)
    centred = _are_centred(before, line, column)
    if line.baseline - before.baseline > _LARGER_GAP * column.leading * size or line.mark:
        return Break.PARAGRAPH
    if centred and (ACT_NAME.fullmatch(line.text) or ACT_NAME.fullmatch(before.text)):
        return Break.PARAGRAPH
    if abs(before.size - line.size) > 0.15 * size or (before.bold != line.bold and line.text[:1].isupper()):
        return Break.PARAGRAPH
    if _begins_item(before, line, column) or (_PREAMBLE.match(line.text) and not before.text.endswith((",", "-"))):
        return Break.PARAGRAPH
    if not centred and _is_indented(before, line, after, hanging=first is not None):
        return Break.PARAGRAPH
    return Break.HARD if _ended_early(before, line, column) else Break.WRAPPED


def _are_centred(before: Line, line: Line, column: Column) -> bool:
    """Whether two lines are centred: in the middle of the column, or (too long to tell) over each other's middle."""
    if is_centred(before, column) and is_centred(line, column):
        return True
    size = max(before.size, line.size)
    return abs(before.middle - line.middle) < 0.3 * size and abs(before.left - line.left) > 0.5 * size


def _begins_item(before: Line, line: Line, column: Column) -> bool:
    """Whether the line begins with a list mark that is not the wrapped tail of a reference («п. 1)»)."""
    if _SURE_MARK.match(line.text):
        return not _REFERENCE.search(before.text) or before.text.endswith((";", ".", ":"))
    if not _LIKELY_MARK.match(line.text):
        return False
    return before.text.endswith((";", ".", ":", ",")) or _ended_early(before, line, column)


def _is_indented(before: Line, line: Line, after: Line | None, *, hanging: bool) -> bool:
    """A first line set in; not the second line of a paragraph whose first line hangs out."""
    shift = line.left - before.left
    if shift <= _INDENT * line.size:
        return False
    hangs = hanging and (after is None or abs(after.left - line.left) < 0.3 * line.size)
    marked = _SURE_MARK.match(before.text) or _LIKELY_MARK.match(before.text)
    return not (hangs and marked)


def _ended_early(before: Line, line: Line, column: Column) -> bool:
    """Whether the beginning of ``line`` would have fitted on the line before it."""
    if before.text.endswith(("-", "\u00ad")):
        return False
    head = _head(line.text)
    needed = len(head) * (line.right - line.left) / max(1, len(line.text)) + (0.25 + _SLACK) * line.size
    room = column.right - before.right
    if _are_centred(before, line, column):
        room += before.left - column.left
    return room > needed


def _head(text: str) -> str:
    """The first words, as many as may be bound together by no-break spaces («г. Заречья», «29 января»)."""
    words = text.split(" ")
    count = 1
    while count < len(words) and count < 4 and _SHORT_WORD.match(words[count - 1]):
        count += 1
    return " ".join(words[:count])
