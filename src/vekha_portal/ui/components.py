"""The values that components show: tabs, steps of a timeline, documents, differences between two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from vekha_portal.ui.tones import State, Tone

#: Longer texts are compared as wholes: word by word it would take too long and help nobody.
WORDS_COMPARED = 2000


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab is a link to a page of its own; ``count`` is what waits there."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a timeline; ``when`` is in words already."""

    title: str
    state: State
    when: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A document that is expected or handed in."""

    kind: str
    state: State
    title: str = ""
    number: str = ""
    dated: date | None = None
    issuer: str = ""
    file_url: str = ""
    file_name: str = ""
    file_size: str = ""
    remark: str = ""
    remark_by: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and after."""

    label: str
    before: str
    after: str

    @property
    def state(self) -> State:
        """What happened to the field, in a word."""
        if self.before == self.after:
            return State("без изменений", Tone.QUIET, "equal")
        if not self.before:
            return State("добавлено", Tone.GOOD, "plus")
        return State("изменено", Tone.ATTENTION, "edit") if self.after else State("исключено", Tone.BAD, "minus")

    @property
    def old(self) -> tuple[Piece, ...]:
        """The text before, what is gone marked."""
        return tuple(piece for piece in compare_words(self.before, self.after) if piece.kind != "new")

    @property
    def new(self) -> tuple[Piece, ...]:
        """The text after, what is new marked."""
        return tuple(piece for piece in compare_words(self.before, self.after) if piece.kind != "gone")


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as runs of words that stayed, went and came.

    >>> [(piece.kind, piece.text) for piece in compare_words("до 1 марта", "до 15 марта")]
    [('same', 'до '), ('gone', '1'), ('new', '15'), ('same', ' марта')]
    """
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    if len(old) + len(new) > WORDS_COMPARED:
        return (Piece("same", before),) if before == after else (Piece("gone", before), Piece("new", after))
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(old[start:end]))
            continue
        if start < end:
            yield Piece("gone", "".join(old[start:end]))
        if new_start < new_end:
            yield Piece("new", "".join(new[new_start:new_end]))


@dataclass(frozen=True, slots=True)
class Series:
    """A row of figures of a chart; ``kind`` is ``bar`` or ``line``."""

    name: str
    values: tuple[float, ...]
    kind: str = "bar"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is also a table: one figure of each series for each label."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def data(self) -> dict[str, object]:
        """What the browser draws."""
        series = [{"name": each.name, "kind": each.kind, "values": list(each.values)} for each in self.series]
        return {"labels": list(self.labels), "series": series}

    @property
    def rows(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """The same as rows of a table."""
        return tuple(
            (label, tuple(each.values[index] for each in self.series)) for index, label in enumerate(self.labels)
        )


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A day or, with ``until`` (that day included), a stretch of days in a calendar."""

    title: str
    day: date
    until: date | None = None
    url: str = ""

    @property
    def data(self) -> dict[str, str]:
        """What the browser draws; it counts the end as the first day after."""
        known = {"title": self.title, "start": self.day.isoformat(), "url": self.url}
        if self.until:
            known["end"] = (self.until + timedelta(1)).isoformat()
        return {key: value for key, value in known.items() if value}
