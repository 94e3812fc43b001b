"""The sub-items of a measure: the leaves of the list that its cell contains, without their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vekha.intake.cells.marks import Mark, find_marks
from vekha.text.normalise import collapse

LEAST_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A leaf of the list: its text, and the headings above it («Утверждение:»), outermost first."""

    text: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """What stands before the list, and its leaves; no list gives the whole cell as ``lead`` and no items."""

    lead: str
    items: tuple[Item, ...]


def read_items(text: str) -> ItemList:
    """The list of a cell; a list inside a list gives its leaves, the inner list's own heading staying with them.

    >>> read_items("Утверждены: 1. положение; 2. перечень: - школ; - классов").items[1]
    Item(text='школ', headings=('перечень',))
    >>> read_items("Закупка, доставка и наладка").items
    ()
    """
    marks = find_marks(text)
    if len(marks) < LEAST_ITEMS:
        return ItemList(collapse(text), ())
    lead = text[: marks[0].start]
    entries = [
        (mark, trim_item(text[mark.end : marks[index + 1].start if index + 1 < len(marks) else len(text)]))
        for index, mark in enumerate(marks)
    ]
    items = _leaves(entries)
    if len(items) < LEAST_ITEMS:
        return ItemList(collapse(text), ())
    return ItemList(collapse(lead), items)


def trim_item(text: str) -> str:
    """One line without the separator that only parts it from the next item; a stop that closes an abbreviation stays."""
    line = collapse(text).rstrip(" ;,")
    if line.endswith(".") and not _closes_abbreviation(line):
        line = line.rstrip(". ;,")
    return line.rstrip(":").rstrip()


def _closes_abbreviation(line: str) -> bool:
    last = line[:-1].rsplit(maxsplit=1)[-1] if line[:-1].split() else ""
    return last in {"г", "гг", "др", "пр", "т.д", "т.п", "д", "п", "обл", "ул", "руб", "тыс", "млн"} or (
        1 <= len(last.replace(".", "")) <= 2 and last.replace(".", "").isupper()
    )


def _leaves(entries: Sequence[tuple[Mark, str]]) -> tuple[Item, ...]:
    levels: list[str] = []
    headings: list[str] = []
    leaves: list[Item] = []
    for index, (mark, text) in enumerate(entries):
        depth = _depth(levels, mark)
        del headings[depth:]
        deeper = index + 1 < len(entries) and _opens_deeper(levels, entries[index + 1][0])
        if deeper:
            headings.append(text)
        elif text:
            leaves.append(Item(text, tuple(headings)))
    return tuple(leaves)


def _depth(levels: list[str], mark: Mark) -> int:
    """The level of the mark's style; a style not seen yet opens a new level below the last, a known one closes those below it."""
    if mark.style in levels:
        del levels[levels.index(mark.style) + 1 :]
    else:
        levels.append(mark.style)
    return len(levels) - 1


def _opens_deeper(levels: Sequence[str], following: Mark) -> bool:
    return following.style not in levels and (following.value is None or following.value[-1] == 1)
