"""The plan of one file: its roadmaps with every deadline as days, and what still has no day, apart from how it will look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vekha.orders.model import Measure, OrderFile, Roadmap
from vekha.problems import Problem


class NoDay(StrEnum):
    """Why a deadline has no day, or no further days: what it waits for, or that it never has one."""

    SUBSIDY_YEAR = "subsidy-year"
    YEAR = "year"
    SCHEDULE = "schedule"
    EVENT = "event"
    NEED = "need"
    PERMANENT = "permanent"
    NOT_STATED = "not-stated"
    NOT_UNDERSTOOD = "not-understood"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which a measure is due.

    ``wave`` is the subsidy year the day was counted from, ``None`` where the phrase itself is dated; ``start`` opens the period
    that ends on the day; ``period`` is the reporting period a recurring day closes. ``reason`` says in Russian why the day is
    off. The neighbours are the nearest working days, the day itself if it works.
    """

    due: date
    wave: int | None
    start: date | None
    period: str | None
    day_off: bool
    previous_workday: date
    next_workday: date
    reason: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A measure with its days in order; ``key`` is unique in the plan and names the row in links and identifiers."""

    key: str
    label: str
    measure: Measure
    days: tuple[DueDay, ...]
    no_day: NoDay | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PlanSection:
    """One roadmap of the file; ``number`` counts from 1."""

    number: int
    roadmap: Roadmap
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line of the source; ``number`` is its 1-based number in a text, ``None`` for the text of a cell."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class QuotedProblem:
    """A problem beside what the source says there; ``where`` is the place in Russian, empty for the whole file."""

    problem: Problem
    where: str
    quote: tuple[QuotedLine, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the three documents show; ``waves`` are the subsidy years that were asked for, in order."""

    order_file: OrderFile
    waves: tuple[int, ...]
    sections: tuple[PlanSection, ...]
    problems: tuple[QuotedProblem, ...]

    @property
    def days(self) -> tuple[DueDay, ...]:
        """Every day of every measure, in time."""
        return tuple(sorted((day for row in self.rows for day in row.days), key=lambda each: each.due))

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """The measures of all roadmaps in the order of the document."""
        return tuple(row for section in self.sections for row in section.rows)
