"""A wave as the rules see it: plain values of one day, without tables, a clock or an engine."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

#: What `execution` calls the ends of a milestone.
ACCEPTED, NOT_APPLICABLE = "accepted", "not_applicable"
LETTER_OUT, LETTER_IN = "letter-out", "letter-in"
ACTS = frozenset({"region-act", "education-body-order", "school-act"})
LAUNCH, INSTALLED, PROCUREMENT = "launch", "equipment-installed", "procurement"


@dataclass(frozen=True, slots=True)
class Expected:
    """A document that is required: so many pieces of a type."""

    key: uuid.UUID
    type: str
    text: str
    minimum: int = 1
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """A document that was handed in and not recalled; the same ``evidence`` may prove many things."""

    evidence: int
    type: str
    name: str
    submitted_on: datetime.date
    dated_on: datetime.date | None = None
    sha256: str = ""
    outcome: str = ""
    expected: uuid.UUID | None = None

    @property
    def is_returned(self) -> bool:
        """Sent back: it proves nothing."""
        return self.outcome == "returned"


@dataclass(frozen=True, slots=True)
class Answerable:
    """A person a measure names: the last day of their role, if it ends."""

    person: int
    name: str
    role_until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away, somebody else acts; both days included."""

    person: int
    since: datetime.date
    until: datetime.date
    deputy: str


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone; ``place`` is the centre's school, empty for the whole wave; ``before_due`` is the superior's day."""

    id: int
    measure: uuid.UUID
    number: str
    text: str
    stage: str
    organisation: int
    place: str = ""
    centre: int | None = None
    period: str = ""
    period_words: str = ""
    planned_on: datetime.date | None = None
    due_on: datetime.date | None = None
    superior_due_on: datetime.date | None = None
    progress: str = "nothing"
    documented_on: datetime.date | None = None
    required: tuple[Expected, ...] = ()
    documents: tuple[Handed, ...] = ()
    people: tuple[Answerable, ...] = ()

    @property
    def is_done(self) -> bool:
        """Nobody has to work on it any more."""
        return self.progress in (ACCEPTED, NOT_APPLICABLE)

    @property
    def name(self) -> str:
        """The measure as messages name it."""
        text = self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"
        return f"№ {self.number} «{text}»" if self.number else f"«{text}»"

    @property
    def at(self) -> str:
        """Where, as messages end: «в центре …», or nothing for the wave."""
        return f" ({self.place})" if self.place else ""


@dataclass(frozen=True, slots=True)
class WaveFacts:
    """A wave on a day. ``of_centre`` are its milestones by centre, with ``None`` for those of the whole wave.

    ``before`` says for each stage which others the order of work puts before it.
    """

    id: int
    day: datetime.date
    points: tuple[Point, ...]
    absences: Mapping[int, tuple[Absence, ...]] = field(default_factory=dict)
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of_centre: Mapping[int | None, tuple[Point, ...]] = field(default_factory=dict)

    def around(self, centre: int | None) -> tuple[Point, ...]:
        """What concerns a centre: its own milestones and those of the whole wave."""
        whole = self.of_centre.get(None, ())
        return whole if centre is None else (*self.of_centre.get(centre, ()), *whole)


def group_points(points: tuple[Point, ...]) -> dict[int | None, tuple[Point, ...]]:
    """Milestones by centre."""
    groups: dict[int | None, list[Point]] = {}
    for point in points:
        groups.setdefault(point.centre, []).append(point)
    return {centre: tuple(group) for centre, group in groups.items()}
