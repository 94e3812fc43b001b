"""The only door of this app to the engines: the phrase of a measure as the milestones it makes, and their days."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from vekha.deadlines import Conventions, Deadline, parse_deadline, resolve
from vekha.deadlines.resolve import Resolution
from vekha.deadlines.resolve import Waiting as Awaited
from vekha.deadlines.syntax import After, OnDemand, Permanent
from vekha_portal.orders.dates.bridge import calendar_of, period_name, stage_title

__all__ = [
    "Due",
    "Known",
    "Terms",
    "calendar_of",
    "count_parts",
    "event_of",
    "list_dues",
    "may_be_needed",
    "period_name",
    "stage_title",
]

#: What a milestone waits for when the phrase gives no day and nothing is awaited that could be named.
UNKNOWN = "unknown"
_LAST = datetime.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the days of a wave are counted from; ``year`` is meant where a date states none."""

    subsidy_year: int
    year: int
    until: datetime.date
    region: str = ""
    before_includes_day: bool = True
    warning_days: int = 30

    @property
    def conventions(self) -> Conventions:
        """The settings, for the engines."""
        return Conventions(before_includes_day=self.before_includes_day, warning_days=self.warning_days)


@dataclass(frozen=True, slots=True)
class Known:
    """A day that became known: set by a schedule, or the day of an event."""

    day: datetime.date
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One milestone's day, or what it waits for; ``ordinal`` counts the days of the same reporting period."""

    due: datetime.date | None
    period: str = ""
    ordinal: int = 1
    warn_on: datetime.date | None = None
    is_day_off: bool = False
    waiting: str = ""


@lru_cache(maxsize=4096)
def _parse(phrase: str, year: int, conventions: Conventions) -> Deadline:
    return parse_deadline(phrase, year=year, conventions=conventions)[0]


def count_parts(phrase: str, terms: Terms) -> int:
    """How many deadlines a cell states.

    >>> terms = Terms(2026, 2026, datetime.date(2027, 12, 31))
    >>> count_parts("1 марта 2026 г.", terms)
    1
    """
    return len(_parse(phrase, terms.year, terms.conventions).parts) or 1


def may_be_needed(phrase: str, terms: Terms) -> bool:
    """Whether a phrase makes milestones when somebody calls for them.

    >>> terms = Terms(2026, 2026, datetime.date(2027, 12, 31))
    >>> may_be_needed("30 декабря 2026 г., далее – по необходимости", terms), may_be_needed("1 марта 2026 г.", terms)
    (True, False)
    """
    deadline = _parse(phrase, terms.year, terms.conventions)
    return any(
        isinstance(each.when, OnDemand) or (each.repeat is not None and each.repeat.if_needed)
        for each in (*deadline.parts, deadline)
    )


def event_of(phrase: str, terms: Terms) -> str:
    """The event after which a phrase counts its days, in the case of the phrase; empty where there is none.

    >>> event_of("в течение 10 дней после утверждения плана", Terms(2026, 2026, datetime.date(2027, 12, 31)))
    'утверждения плана'
    """
    deadline = _parse(phrase, terms.year, terms.conventions)
    found = (each.when for each in (*deadline.parts, deadline))
    return next((when.event or "" for when in found if isinstance(when, After)), "")


def list_dues(phrase: str, terms: Terms, *, known: Known | None = None, part: int | None = None) -> tuple[Due, ...]:
    """The milestones of a phrase: a day each, or one that waits. «По необходимости» makes none before somebody asks.

    ``part`` chooses one of several deadlines of a cell. What is done permanently is due on the last day of every year.

    >>> terms = Terms(2026, 2026, datetime.date(2026, 12, 31))
    >>> [due.period for due in list_dues("1 апреля 2026 г., далее – ежеквартально", terms)]
    ['2026-Q1', '2026-Q2', '2026-Q3']
    >>> [due.waiting for due in list_dues("согласно графику, направляемому федеральным оператором", terms)]
    ['schedule']
    """
    deadline = _parse(phrase, terms.year, terms.conventions)
    parts = deadline.parts or (deadline,)
    if part is not None and part < len(parts):
        parts = (parts[part],)
    counted: Counter[str] = Counter()
    dues = []
    for each in parts:
        for due in _dues_of(each, terms, known):
            counted[due.period] += 1
            dues.append(replace(due, ordinal=counted[due.period]))
    return tuple(dues)


def _dues_of(deadline: Deadline, terms: Terms, known: Known | None) -> Iterator[Due]:
    if isinstance(deadline.when, Permanent):
        yield from _every_year(deadline.when, terms)
        return
    found = _resolve(deadline, terms, known, terms.until)
    if not found.dates and found.waiting_for is None and deadline.repeat is not None:
        first = _resolve(
            deadline, terms, known, None
        )  # a repetition that begins after the horizon still has its first day
        found = Resolution(first.dates[:1], first.waiting_for)
    for day in found.dates:
        yield Due(day.due, day.period or "", 1, day.warn_on, day.day_off)
    if found.dates or found.waiting_for is Awaited.NEED:
        return
    if known is not None and not known.is_event:
        yield Due(known.day, is_day_off=calendar_of(terms.region).is_day_off(known.day))
    else:
        yield Due(None, waiting=found.waiting_for.value if found.waiting_for else UNKNOWN)


def _resolve(deadline: Deadline, terms: Terms, known: Known | None, until: datetime.date | None) -> Resolution:
    return resolve(
        deadline,
        calendar=calendar_of(terms.region),
        subsidy_year=terms.subsidy_year,
        year=terms.year,
        until=until,
        schedule=known.day if known and not known.is_event else None,
        event=known.day if known and known.is_event else None,
        conventions=terms.conventions,
    )


def _every_year(when: Permanent, terms: Terms) -> Iterator[Due]:
    """What is done all the time is proved once a year, like «в течение года»: on 31 December, announced before."""
    first = when.start.year if when.start else terms.year
    last = min(when.end or _LAST, terms.until)
    calendar = calendar_of(terms.region)
    for year in range(first, max(last.year, first) + 1):
        day = min(datetime.date(year, 12, 31), when.end or _LAST)
        warn = day - datetime.timedelta(days=terms.warning_days)
        yield Due(day, str(year), 1, warn, calendar.is_day_off(day))
