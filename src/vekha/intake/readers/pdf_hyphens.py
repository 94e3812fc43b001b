"""Hyphens at the ends of lines, decided by the document itself before the dictionary is asked.

A word that stands whole elsewhere in the file («организационно-методической») says whether its hyphen is its own; and where
next to no line ends with a hyphen, the typesetter did not hyphenate at all, so those that do are the words' own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vekha.text.lines import join_lines

_HYPHENS = "-\u2010\u2011"
_WORD = re.compile(r"\w[\w\u2010\u2011-]{3,}")
_LAST = re.compile(rf"(\w+(?:-\w+)*)[{_HYPHENS}]$")
_FIRST = re.compile(r"(\w+(?:-\w+)*)\S*")
_PLAIN = str.maketrans({"\u2010": "-", "\u2011": "-"})
_TOLD = 4
_SELDOM = 0.02
_MIN_LINES = 25


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """The words that stand whole in a document (sorted), and whether its typesetter hyphenates at all (unknown: yes)."""

    whole: tuple[str, ...] = ()
    usual: bool = True

    def join(self, lines: Sequence[str]) -> str:
        """One paragraph from wrapped lines.

        >>> Hyphenation(("план-график",)).join(["утверждён план-", "график"])
        'утверждён план-график'
        >>> Hyphenation(usual=False).join(["учебно-", "методический"])
        'учебно-методический'
        """
        joined = _with_percents(lines)
        if not any(line.endswith(tuple(_HYPHENS)) for line in joined[:-1]):
            return join_lines(joined)
        for index in range(len(joined) - 1):
            before, after = _LAST.search(joined[index]), _FIRST.match(joined[index + 1])
            if before is None or after is None:
                continue
            parts = before[1].casefold(), after[1].casefold()
            hyphened, plain = self._has("-".join(parts), parts[1]), self._has("".join(parts), parts[1])
            if (hyphened and not plain) or (not self.usual and not plain and parts[1].isalpha() and len(parts[0]) > 2):
                joined[index] += after[0]
                joined[index + 1] = joined[index + 1][after.end() :].lstrip()
            elif plain and not hyphened:
                joined[index] = joined[index][:-1] + "\u00ad"
        return join_lines(joined)

    def _has(self, word: str, tail: str) -> bool:
        """Whether the word stands in the document, in any of its forms if it is long enough to tell."""
        if len(tail) > _TOLD:
            word = word[: len(word) - len(tail) + _TOLD]
        place = bisect_left(self.whole, word)
        found = self.whole[place] if place < len(self.whole) else ""
        return found.startswith(word) if len(tail) > _TOLD else found == word


def _with_percents(lines: Sequence[str]) -> list[str]:
    """The lines, a percent sign that begins one put after the number before it: there was a space to wrap at."""
    joined = list(lines)
    for index in range(1, len(joined)):
        if joined[index].startswith("%") and joined[index - 1][-1:].isdigit():
            head, _, rest = joined[index].partition(" ")
            joined[index - 1], joined[index] = f"{joined[index - 1]} {head}", rest
    return joined


def study_hyphens(columns: Iterable[Sequence[str]]) -> Hyphenation:
    """What the lines of a whole document, given by cells and columns, say about its hyphens."""
    whole: set[str] = set()
    wrapped: set[str] = set()
    hyphened: set[tuple[str, str]] = set()
    for lines in columns:
        for index, line in enumerate(lines):
            words = _WORD.findall(line)
            ends = index + 1 < len(lines) and _LAST.search(line) is not None
            begins = index > 0 and lines[index - 1].endswith(tuple(_HYPHENS))
            if index + 1 < len(lines):
                wrapped.add(line)
            if ends and words:
                hyphened.add((words.pop(), lines[index + 1][:_TOLD]))
            whole.update(word.casefold().translate(_PLAIN) for word in words[1 if begins else 0 :])
    seldom = len(wrapped) >= _MIN_LINES and len(hyphened) < _SELDOM * len(wrapped)
    return Hyphenation(tuple(sorted(whole)), usual=not seldom)
