"""Where the fields of a measure stand in its document, and where its row goes on after a page break.

The engine says which rows a measure was read from; which cell is which field, and which rows of the next page were joined to
it, is found by comparing words. Nothing is guessed beyond that: what is not found is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Place = Mapping[str, Any]

_NOT_WORDS = re.compile(r"[\W_]+")
_LEAST = 3
_MOST_PARTS = 20


def squash(text: str) -> str:
    """Letters and digits alone: what stays equal when lines are joined and marks are left out.

    >>> squash("1) Приказ № 5,\\n осна-\\nщение")
    '1приказ5оснащение'
    """
    return _NOT_WORDS.sub("", text.casefold().replace("ё", "е"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table block: the block's number, its place, and its cells as (column, squashed text)."""

    block: int
    place: Place
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The squashed words of a measure by field."""

    by_field: Mapping[str, str]

    def field_of(self, words: str) -> str:
        """The one field these words stand in; empty where they stand in none. Short words only in a field that is no longer."""
        for field, whole in self.by_field.items():
            if words and (words == whole or (len(words) >= _LEAST and words in whole)):
                return field
        return ""


def is_within(place: Place, whole: Place) -> bool:
    """Whether a row lies within the place of a measure."""
    if "lines" in whole:
        return "lines" in place and whole["lines"][0] <= place["lines"][0] and place["lines"][1] <= whole["lines"][1]
    if "rows" not in whole or "rows" not in place:
        return False
    same = all(place.get(key) == whole.get(key) for key in ("table", "sheet", "page"))
    return same and whole["rows"][0] <= place["rows"][0] and place["rows"][1] <= whole["rows"][1]


def find_parts(
    entries: Sequence[Entry], own: Sequence[Entry], following: Entry | None, words: MeasureWords
) -> list[Entry]:
    """The rows after a page break that were joined to the measure: they come before the next measure and say what it says."""
    if not own:
        return []
    first = own[0].block
    inside = [entry for entry in own if entry.block != first]
    if inside:
        return [entry for entry in inside if _is_said(entry, words)]
    start = next(at for at, entry in enumerate(entries) if entry is own[-1]) + 1
    parts = []
    for entry in entries[start : start + _MOST_PARTS]:
        if entry is following or entry.block > own[-1].block + 8:
            break
        if entry.block != own[-1].block and _is_said(entry, words):
            parts.append(entry)
    return parts


def _is_said(entry: Entry, words: MeasureWords) -> bool:
    filled = [text for _, text in entry.cells if text]
    return bool(filled) and all(words.field_of(text) for text in filled)


def find_cells(
    entries: Sequence[Entry], place: Place, words: MeasureWords, lines: Sequence[str] | None
) -> dict[str, dict[str, Any]]:
    """By field: its column (from 1) in the rows of a table, or its lines in a text."""
    if lines is not None and "lines" in place:
        return _find_lines(place, words, lines)
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        for column, text in entry.cells:
            field = words.field_of(text)
            if field and field not in found:
                found[field] = {"column": column + 1}
    return found


def _find_lines(place: Place, words: MeasureWords, lines: Sequence[str]) -> dict[str, dict[str, Any]]:
    first, last = place["lines"]
    found: dict[str, dict[str, Any]] = {}
    for number in range(first, min(last, len(lines)) + 1):
        for piece in re.split(r"[\t|│]", lines[number - 1]):
            field = words.field_of(squash(piece))
            if field:
                known = found.setdefault(field, {"lines": [number, number]})
                known["lines"][1] = number
    return found
