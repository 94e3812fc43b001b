"""The tree of the deadline language: one frozen value for each class of phrase an order can state.

A phrase is kept beside its meaning and always shown. Units are never converted: a month is not thirty days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Bound(StrEnum):
    """How the phrase bounds its date: a bare date, «не позднее», «до» (inclusive by default, with a note)."""

    ON = "on"
    NOT_LATER_THAN = "not-later-than"
    BEFORE = "before"


class Unit(StrEnum):
    """A unit of counting from an event."""

    WORKDAY = "workday"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Every(StrEnum):
    """The step of a repetition."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


class ScheduleSource(StrEnum):
    """Whose schedule an external deadline follows, where the phrase says it."""

    FEDERAL_OPERATOR = "federal-operator"
    MINISTRY = "ministry"
    REGIONAL_COORDINATOR = "regional-coordinator"
    PROJECT_OFFICE = "project-office"


class Reason(StrEnum):
    """Why a phrase has no meaning: empty and «тот же срок» are for the table's reader to settle, the rest are flaws."""

    NOT_UNDERSTOOD = "not-understood"
    IMPOSSIBLE_DATE = "impossible-date"
    EMPTY = "empty"
    SAME_AS_ABOVE = "same-as-above"
    TOO_LONG = "too-long"


class MonthDay(NamedTuple):
    """A day of some year; (2, 29) closes a period with the last day of February, whatever the year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Which day of each cycle of a repetition is meant; without an anchor a cycle is due on its last day.

    ``day`` counts the days of a month, or its working days if ``workday``; −1 is the last one. ``month`` is the calendar
    month of a yearly repetition. ``month_of_period`` is the month inside the quarter, half-year or year (1 is the first);
    where both months are ``None`` the month after the reporting period is meant, for a monthly repetition every month.
    A weekly repetition counts its days from Monday, 1, to Sunday, 7.
    """

    day: int
    month: int | None = None
    workday: bool = False
    month_of_period: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """«далее – ежеквартально», «далее – по необходимости» (then ``every`` is ``None`` and ``if_needed`` true).

    ``at`` is the day of the following dates where the phrase states one of its own; ``until`` closes the repetition.
    """

    every: Every | None
    if_needed: bool = False
    at: Anchor | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class OnDate:
    """A calendar date: «1 марта 2024 года»."""

    day: date


@dataclass(frozen=True, slots=True)
class YearlessDate:
    """A date whose year neither the phrase nor its context states: «31 января»."""

    day: int
    month: int


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A date counted from the subsidy year: «27 ноября года, предшествующего году получения субсидии» (offset −1)."""

    day: int
    month: int
    year_offset: int


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, due on its last day: «I квартал 2024 года», «с 1 по 15 марта 2024 года».

    ``end`` is ``None`` where only the beginning is stated («не ранее 1 марта 2024 года»): then nothing is due.
    A ``workday`` other than 0 narrows the period to its n-th working day, counted from the end if negative («последний
    рабочий день …»).
    """

    start: date
    end: date | None
    workday: int = 0


@dataclass(frozen=True, slots=True)
class YearlessPeriod:
    """A period without a year: «I квартал», «учебный год»; an ``end`` before ``start`` lies in the next year."""

    start: MonthDay
    end: MonthDay | None
    workday: int = 0


@dataclass(frozen=True, slots=True)
class RelativePeriod:
    """A period counted from the subsidy year; an ``end`` before ``start`` lies in the year after ``year_offset``."""

    start: MonthDay
    end: MonthDay | None
    year_offset: int
    workday: int = 0


@dataclass(frozen=True, slots=True)
class External:
    """Somebody else's schedule or document sets it: «согласно графику, направляемому федеральным оператором»."""

    source: ScheduleSource | None = None


@dataclass(frozen=True, slots=True)
class After:
    """So many units after an event, or before it if ``count`` is negative; the day of the event itself is not counted.

    Zero is the day of the event. ``count`` and ``unit`` are ``None`` together where the phrase gives no length («после
    подписания соглашения»): then nothing is due. ``event`` is in the case of the phrase, ``None`` where it names no event.
    """

    count: int | None
    unit: Unit | None
    event: str | None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A bare recurrence without a first date («ежеквартально»), inside the stated dates if there are any.

    How often and on which day stands in the ``repeat`` of the deadline.
    """

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Permanent:
    """«постоянно», «весь период»: nothing is due."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class OnDemand:
    """«по мере необходимости», «по запросу»: nothing is due before somebody asks."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A phrase the language does not know, an impossible date («31 июня») or none at all: kept, never guessed."""

    reason: Reason = Reason.NOT_UNDERSTOOD


When = (
    OnDate
    | YearlessDate
    | RelativeDate
    | Period
    | YearlessPeriod
    | RelativePeriod
    | External
    | After
    | Recurring
    | Permanent
    | OnDemand
    | NotUnderstood
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline: the phrase as in the document (one line), what it means, and how it repeats.

    ``year_inferred`` is true where the year came from the title or the row above. ``parts`` holds the deadlines of a cell
    that states several by stages; the main object is then the last of them.
    """

    text: str
    when: When
    bound: Bound = Bound.ON
    repeat: Repeat | None = None
    year_inferred: bool = False
    parts: tuple[Deadline, ...] = ()


def meaning(deadline: Deadline) -> Deadline:
    """The deadline without its wording, so that two phrases can be compared for what they mean.

    >>> first = OnDate(date(2024, 3, 1))
    >>> meaning(Deadline("01.03.24", first)) == meaning(Deadline("1 марта 2024", first))
    True
    """
    return replace(deadline, text="", year_inferred=False, parts=tuple(meaning(part) for part in deadline.parts))
