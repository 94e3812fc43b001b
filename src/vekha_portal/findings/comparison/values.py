"""What comparisons show, as plain values: lines of two roadmaps side by side, and one stage across regions."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """A measure of one of the two roadmaps; without ``due``, ``waiting`` says why."""

    number: str
    text: str
    deadline: str
    due: datetime.date | None
    responsibles: str
    documents: str


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on both sides, or on one; ``days`` is by how many the second is later (earlier where negative)."""

    stage: str
    a: Side | None
    b: Side | None
    changes: tuple[str, ...] = ()
    days: int | None = None
    note: str = ""

    @property
    def apart(self) -> int:
        """By how many days the two differ, whichever is later."""
        return abs(self.days or 0)

    @property
    def verdict(self) -> str:
        """What happened to the measure, in words."""
        if self.a is None:
            return "появилось"
        if self.b is None:
            return "исчезло"
        return ", ".join(self.changes) if self.changes else "без изменений"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two roadmaps aligned; ``shift`` is by how many years the first was moved so that both speak of the same wave."""

    a_title: str
    b_title: str
    lines: tuple[Line, ...]
    shift: int = 0

    @property
    def changed(self) -> int:
        """Measures on both sides that differ."""
        return sum(bool(line.a and line.b and line.changes) for line in self.lines)

    @property
    def only_a(self) -> int:
        """Measures only the first has."""
        return sum(line.b is None for line in self.lines)

    @property
    def only_b(self) -> int:
        """Measures only the second has."""
        return sum(line.a is None for line in self.lines)

    @property
    def later(self) -> int:
        """Deadlines that are later in the second."""
        return sum((line.days or 0) > 0 for line in self.lines)

    @property
    def earlier(self) -> int:
        """Deadlines that are earlier in the second."""
        return sum((line.days or 0) < 0 for line in self.lines)


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region's deadline of a stage; ``gap`` is by how many days it is later than the median."""

    region: str
    code: str
    roadmap: str
    revision_id: int
    phrase: str
    due: datetime.date | None
    measure: str
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The earliest, the middle and the latest day of the regions that name one."""

    earliest: datetime.date
    median: datetime.date
    latest: datetime.date
    count: int


def spread_of(days: Sequence[datetime.date]) -> Spread | None:
    """The spread of some days; nothing of none. Of an even number the earlier of the two in the middle is taken.

    >>> day = datetime.date
    >>> spread_of([day(2026, 3, 1), day(2026, 2, 1), day(2026, 9, 1)]).median
    datetime.date(2026, 3, 1)
    """
    if not days:
        return None
    middle = statistics.median_low(day.toordinal() for day in days)
    return Spread(min(days), datetime.date.fromordinal(middle), max(days), len(days))
