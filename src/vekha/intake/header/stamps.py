"""Stamps of annexes («УТВЕРЖДЕН распоряжением … от … № …», «Приложение № 2 к приказу …»): where they stand and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vekha.intake.header.lines import Line
from vekha.intake.header.requisites import FoundDate, find_dates, is_requisites, read_requisites
from vekha.intake.header.words import (
    ACT_WORD,
    AMENDING_VERB,
    ANNEX_STAMP,
    ANNEX_TAIL,
    HEADING_WORD,
    ITEM,
    LONGEST_NAME,
    POST_WORD,
    STAMP_WORD,
)  # fmt: skip
from vekha.text.normalise import fold

_MOST_LINES = 9
_NUMBER = re.compile(r"приложени[ея]\s*(?:№|n)?\s*(\d{1,3}(?:\.\d{1,2})?)")
_SENTENCE_END = (".", ":", ";", "!", "?", ")")


@dataclass(frozen=True, slots=True)
class AnnexStamp:
    """One annex stamp: lines ``[start, end)``, the annex's number, and the act it names as far as it does."""

    start: int
    end: int
    number: str | None
    act_text: str
    act_number: str | None
    act_date: date | None
    blank: FoundDate | None


def is_annex_stamp(lines: Sequence[Line], position: int) -> bool:
    """Whether an annex stamp begins here; «Утвержден» over a person's post is an approval, and an item's wrapped line is none."""
    line = lines[position]
    key = line.key[:LONGEST_NAME]
    if not STAMP_WORD.match(key) or len(line.text) > LONGEST_NAME or not ANNEX_STAMP.match(key):
        return False
    if (
        not line.text.lstrip('*"«( ')[:1].isupper()
        or AMENDING_VERB.search(key)
        or (key.endswith((":", ";")) and " " in key)
    ):
        return False
    if key.startswith("утвержд"):
        return _names_an_act(lines, position)
    return line.gap or position == 0 or _is_closed(lines[position - 1])


def _names_an_act(lines: Sequence[Line], position: int) -> bool:
    key = lines[position].key
    if ACT_WORD.search(key[:120]):
        return True
    following = lines[position + 1] if position + 1 < len(lines) else None
    if following is None or following.table is not None:
        return True
    return not POST_WORD.match(following.key)


def _is_closed(line: Line) -> bool:
    """Whether a new thing may begin under a line: it ends a sentence, or is too short to be a wrapped one."""
    return line.table is not None or line.text.endswith(_SENTENCE_END) or len(line.text) < 45


def read_annex_stamp(lines: Sequence[Line], start: int) -> AnnexStamp:
    """The stamp that begins at ``start``; its end is after its requisites and whatever repeats or amends them."""
    end = _stamp_end(lines, start)
    text = " ".join(line.text for line in lines[start:end])
    plain = _without_annex_number(text)
    requisites = read_requisites(plain)
    number = _NUMBER.search(fold(text))
    blank = next((found for found in find_dates(plain) if found.blank), None)
    return AnnexStamp(
        start,
        end,
        number.group(1) if number else None,
        text,
        requisites.number.value if requisites.number else None,
        requisites.date.day if requisites.date else None,
        blank,
    )


def _without_annex_number(text: str) -> str:
    return re.sub(r"(?i)приложени[ея]\s*(?:№|N)?\s*\d{1,3}(?:\.\d{1,2})?", " ", text)


def _stamp_end(lines: Sequence[Line], start: int) -> int:
    closing = _requisites_line(lines, start)
    position = start + 1 if closing is None else closing + 1
    limit = min(len(lines), start + 2 * _MOST_LINES)
    while (
        position < limit and lines[position].table is None and _continues(lines, position, closed=closing is not None)
    ):
        position += 1
    return position


def _requisites_line(lines: Sequence[Line], start: int) -> int | None:
    """The first line of the stamp that holds its act's date or number (both, or one of them on each of two lines)."""
    for position in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[position]
        if line.table is not None or (position > start and _is_title(line)):
            return None
        if position > start and is_annex_stamp(lines, position) and not line.key.startswith("утвержд"):
            return None
        found = read_requisites(_without_annex_number(line.text))
        if found.date is not None:
            return position
    return None


def _is_title(line: Line) -> bool:
    return bool(HEADING_WORD.match(line.key)) and not ANNEX_STAMP.match(line.key[:LONGEST_NAME])


def _continues(lines: Sequence[Line], position: int, *, closed: bool) -> bool:
    line = lines[position]
    if _is_title(line) or len(line.text) > 200 or ITEM.match(line.text):
        return is_requisites(line.text)
    if is_requisites(line.text) or re.match(r"\(\s*(?:приложение|в\s+ред)", line.key):
        return True
    if closed:
        return is_annex_stamp(lines, position) and not lines[position].key.startswith("приложени")
    return bool(ANNEX_TAIL.match(line.key)) or line.text[:1].islower()


def find_annex_stamps(lines: Sequence[Line]) -> list[AnnexStamp]:
    """Every annex stamp of a document, in order."""
    stamps: list[AnnexStamp] = []
    position = 0
    while position < len(lines):
        if lines[position].table is None and is_annex_stamp(lines, position):
            stamps.append(read_annex_stamp(lines, position))
            position = stamps[-1].end
        else:
            position += 1
    return stamps
