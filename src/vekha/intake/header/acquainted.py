"""«Ознакомлены»: who signed that they read the order; names as written, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vekha.intake.header.lines import Line
from vekha.intake.header.people import LONGEST_PERSON_LINE, begins_with_post, is_executor, is_ink, names_in, without_ink
from vekha.intake.header.words import ACQUAINTED_WORD, HEADING_WORD, ITEM, STAMP_WORD
from vekha.text.normalise import fold

_CAPTION = re.compile(
    r"(?:№|n|п/п|фио|ф\.\s?и\.\s?о\.?|фамилия|должность|подпись|дата|[\s,.|/()]|ознакомлени\w+\b"
    r"|сотрудник\w*\b|работник\w*\b|имя|отчество)+\Z"
)
_LONGEST_OPENING = 250


@dataclass(frozen=True, slots=True)
class AcquaintanceList:
    """Lines ``[start, end)`` of one list, and the people in it."""

    start: int
    end: int
    names: tuple[str, ...]


def is_acquaintance(line: Line) -> bool:
    """Whether an «Ознакомлены» list begins here."""
    if line.table is not None or len(line.text) > _LONGEST_OPENING:
        return False
    if not ACQUAINTED_WORD.match(line.key) or ITEM.match(line.text):
        return False
    return line.text.lstrip('«"(* ')[:1].isupper()


def read_acquaintance(lines: Sequence[Line], start: int) -> AcquaintanceList:
    """The list that begins at ``start``; it goes on while lines hold names, posts, dates or places for signatures."""
    names = [name.written for name in names_in(without_ink(lines[start].text))]
    position = start + 1
    end = position
    idle = 0
    while position < len(lines) and idle < 4 and not _ends(lines[position]):
        line = lines[position]
        found = names_in(without_ink(line.text)) if len(line.text) <= 5 * LONGEST_PERSON_LINE else ()
        names.extend(name.written for name in found)
        position += 1
        if found or _belongs(line):
            end, idle = position, 0
        else:
            idle += 1
    return AcquaintanceList(start, end, tuple(names))


def _ends(line: Line) -> bool:
    if line.table is not None or is_executor(line):
        return True
    if line.key.startswith("ознакомлен") or is_acquaintance(line):
        return True
    return bool(STAMP_WORD.match(line.key)) or bool(HEADING_WORD.match(line.key))


def _belongs(line: Line) -> bool:
    """A line without a name that is still part of the list: a caption, a date, ink, a post."""
    return is_ink(line) or bool(_CAPTION.match(fold(line.text))) or (begins_with_post(line) and len(line.text) < 120)
