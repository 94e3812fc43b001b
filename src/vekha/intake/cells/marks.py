"""List marks inside a cell: «1.», «2)», «1.1.», «а)», «–», «•», wherever a line begins or a list clearly goes on inside a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
BULLETS = "-–—−•·▪◦●○■□♦➢►✓*"
LINE_MARK = re.compile(
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})(?P<stop>[.)])(?=\s|[А-ЯЁA-Zа-яё«\"(]|$)|"
    rf"(?P<deep>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}})?)(?=\s)|"
    rf"(?P<letter>[{LETTERS}])\)\s?|"
    rf"(?P<bullet>[{re.escape(BULLETS)}])(?:\s+|(?=[А-ЯЁа-яё«\"]))"
)
INLINE_MARK = re.compile(
    rf"(?:(?<=[\s:;.,>)])|^)(?:(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})(?P<stop>[.)])\s*(?=[А-ЯЁA-Zа-яё«\"(])|"
    rf"(?P<letter>[{LETTERS}])\)\s*(?=[А-ЯЁA-Zа-яё«\"(]))|"
    rf"(?P<bullet>(?<=[:;.,] )[{re.escape(BULLETS)}]\s+|(?<=[:;])[{re.escape(BULLETS)}]\s*(?=[А-ЯЁа-яё«\"]))"
)
ABBREVIATED = re.compile(r"(?:\b(?:п|пп|ст|ч|г|гг|№|стр|приложени[еюя]|пункт\w*|от|раздел\w*)\.?\s*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark: its style («1.», «1)», «1.1.», «а)», «-»), its value (position in its list, ``None`` for a bullet), where it stands."""

    style: str
    value: tuple[int, ...] | None
    start: int
    end: int
    opens_line: bool


def find_marks(text: str) -> tuple[Mark, ...]:
    """The marks of the lists in a cell, in order; figures that only look like marks («п. 3.») are left out.

    A numbered or lettered style counts only where it runs on from its first member; a bullet inside a line only after «:» or «;».

    >>> [mark.style for mark in find_marks("Утверждены: 1. положение; 2. перечень, в том числе: - школ; - классов")]
    ['1.', '1.', '-', '-']
    >>> find_marks("согласно п. 3. приказа")
    ()
    """
    return tuple(_in_sequence(_candidates(text)))


def _candidates(text: str) -> Iterator[Mark]:
    offset = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        opening = LINE_MARK.match(line, indent)
        searched_from = indent
        if opening:
            yield _build(opening, offset, opens_line=True)
            searched_from = opening.end()
        for found in INLINE_MARK.finditer(line, searched_from):
            if found["number"] and ABBREVIATED.search(line, max(0, found.start() - 16), found.start()):
                continue
            yield _build(found, offset, opens_line=False)
        offset += len(line) + 1


def _build(found: re.Match[str], offset: int, *, opens_line: bool) -> Mark:
    groups = found.groupdict()
    number = groups.get("number") or groups.get("deep")
    start, end = found.start() + offset, found.end() + offset
    if number:
        value = tuple(int(part) for part in number.split("."))
        style = "1" + ".1" * (len(value) - 1) + (groups.get("stop") or ".")
        return Mark(style, value, start, end, opens_line)
    letter = groups.get("letter")
    if letter:
        return Mark("а)", (LETTERS.index(letter) + 1,), start, end, opens_line)
    return Mark("-", None, start, end, opens_line)


def _in_sequence(candidates: Iterator[Mark]) -> Iterator[Mark]:
    """Only the marks that belong to a list: members that follow on, and lists of at least two (bullets of one are kept too)."""
    last: dict[str, tuple[int, ...]] = {}
    kept: list[Mark] = []
    for mark in candidates:
        if mark.value is None:
            kept.append(mark)
        elif _follows(last.get(mark.style), mark.value):
            last[mark.style] = mark.value
            kept.append(mark)
    lists = _count_lists(kept)
    yield from (mark for mark in kept if mark.value is None or lists.get(mark.style, 0) > 1 or mark.value[-1] != 1)


def _count_lists(marks: Sequence[Mark]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for mark in marks:
        counted[mark.style] = counted.get(mark.style, 0) + 1
    return counted


def _follows(before: tuple[int, ...] | None, value: tuple[int, ...]) -> bool:
    if value[-1] == 1:
        return True
    return before is not None and before[:-1] == value[:-1] and value[-1] == before[-1] + 1
