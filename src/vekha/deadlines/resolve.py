"""A deadline as dates: with the reporting period each closes and the working days around it, or what it waits for.

Nothing is moved silently and nothing is read from a clock: the same arguments give the same dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, assert_never

from vekha.calendar.periods import add_months
from vekha.calendar.working_days import WorkCalendar
from vekha.deadlines import notes
from vekha.deadlines.conventions import DEFAULT, Conventions
from vekha.deadlines.cycles import closed_period, dates_of_cycle, period_bounds, steps_after
from vekha.deadlines.dates import read_span
from vekha.deadlines.lexer import Cursor
from vekha.deadlines.spans import make_date
from vekha.deadlines.syntax import (
    After,
    Bound,
    Deadline,
    Every,
    External,
    MonthDay,
    NotUnderstood,
    OnDate,
    OnDemand,
    Period,
    Permanent,
    Recurring,
    RelativeDate,
    RelativePeriod,
    Repeat,
    Unit,
    When,
    YearlessDate,
    YearlessPeriod,
)
from vekha.deadlines.years import ImpossibleDate
from vekha.problems import Problem


class Waiting(StrEnum):
    """What has to become known before a deadline has a date."""

    SCHEDULE = "schedule"
    EVENT = "event"
    SUBSIDY_YEAR = "subsidy-year"
    YEAR = "year"
    NEED = "need"


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date: ``period`` is the reporting period a recurring date closes ("2024-Q3"), else ``None``.

    ``previous_workday`` and ``next_workday`` are the day itself if it works. ``warn_on`` is when the end of a period of more
    than a month should be announced.
    """

    due: date
    period: str | None
    day_off: bool
    previous_workday: date
    next_workday: date
    warn_on: date | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The dates in order; ``waiting_for`` says why there is none yet."""

    dates: tuple[DueDate, ...] = ()
    waiting_for: Waiting | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the caller knows: the years, the end of the horizon, the date of the schedule and of the event."""

    calendar: WorkCalendar
    subsidy_year: int | None
    year: int | None
    until: date | None
    schedule: date | None
    event: date | None
    conventions: Conventions


class Undated(Exception):
    """No date can be given: because something is awaited, or because of a problem, or because nothing is due."""

    def __init__(self, waiting: Waiting | None = None, problem: Problem | None = None) -> None:
        super().__init__()
        self.waiting = waiting
        self.problem = problem


def resolve(
    deadline: Deadline,
    *,
    calendar: WorkCalendar,
    subsidy_year: int | None = None,
    year: int | None = None,
    until: date | None = None,
    schedule: date | None = None,
    event: date | None = None,
    conventions: Conventions = DEFAULT,
) -> Resolution:
    """The dates of a deadline up to ``until`` (31 December of the year after the first date, if not given).

    >>> from vekha.calendar.working_days import official_calendar
    >>> first = Deadline("…", OnDate(date(2024, 10, 1)), repeat=Repeat(Every.QUARTER))
    >>> [(day.due.isoformat(), day.period) for day in resolve(first, calendar=official_calendar()).dates][:2]
    [('2024-10-01', '2024-Q3'), ('2025-01-01', '2024-Q4')]
    """
    anchors = Anchors(calendar, subsidy_year, year, until, schedule, event, conventions)
    found = [_resolve_one(part, anchors) for part in deadline.parts or (deadline,)]
    dates = tuple(sorted((day for each in found for day in each.dates), key=_by_day))
    waiting = None if dates else next((each.waiting_for for each in reversed(found) if each.waiting_for), None)
    problems = tuple(dict.fromkeys(problem for each in found for problem in each.problems))
    return Resolution(dates, waiting, problems + _list_provisional(dates, calendar))


def resolution_to_json(resolution: Resolution) -> dict[str, Any]:
    """The dates and what is awaited as JSON; problems are left to the caller, who has those of reading too."""
    dates = [
        {
            "due": day.due.isoformat(),
            "period": day.period,
            "day_off": day.day_off,
            "previous_workday": day.previous_workday.isoformat(),
            "next_workday": day.next_workday.isoformat(),
            **({"warn_on": day.warn_on.isoformat()} if day.warn_on else {}),
        }
        for day in resolution.dates
    ]
    return {"dates": dates, "waiting_for": resolution.waiting_for.value if resolution.waiting_for else None}


def _list_provisional(dates: tuple[DueDate, ...], calendar: WorkCalendar) -> tuple[Problem, ...]:
    years = sorted({day.due.year for day in dates if calendar.is_provisional(day.due.year)})
    return (notes.provisional(years),) if years else ()


def _by_day(day: DueDate) -> date:
    return day.due


def _resolve_one(deadline: Deadline, anchors: Anchors) -> Resolution:
    try:
        days, problems = _list_days(deadline, anchors)
        repeat = deadline.repeat if deadline.repeat and not deadline.repeat.if_needed else None
        shift = deadline.bound is Bound.BEFORE and not anchors.conventions.before_includes_day
        warn = _warning_of(deadline.when, anchors.conventions)
        dates = [_due(day - timedelta(days=shift), repeat, warn, anchors.calendar) for day in days]
        return Resolution(tuple(dates), problems=tuple(problems))
    except Undated as reason:
        return Resolution((), reason.waiting, (reason.problem,) if reason.problem else ())
    except (OverflowError, ValueError):
        return Resolution((), problems=(notes.out_of_range(deadline.text),))


def _due(day: date, repeat: Repeat | None, warn: timedelta | None, calendar: WorkCalendar) -> DueDate:
    off = calendar.is_day_off(day)
    return DueDate(
        due=day,
        period=closed_period(day, repeat),
        day_off=off,
        previous_workday=calendar.previous_workday(day) if off else day,
        next_workday=calendar.next_workday(day) if off else day,
        warn_on=day - warn if warn else None,
    )


def _warning_of(when: When, conventions: Conventions) -> timedelta | None:
    """How long before its end a period is announced, ``None`` for dates and periods of a month."""
    match when:
        case Period(start, end) if end is not None and (end - start).days > 31:
            return timedelta(days=conventions.warning_days)
        case YearlessPeriod(first, last) | RelativePeriod(first, last) if (
            last is not None and first.month != last.month
        ):
            return timedelta(days=conventions.warning_days)
        case _:
            return None


# --- which days ------------------------------------------------------------------------------------------------------


def _list_days(deadline: Deadline, anchors: Anchors) -> tuple[list[date], list[Problem]]:
    repeat = deadline.repeat
    if isinstance(deadline.when, Recurring):
        return _list_recurring(deadline, deadline.when, repeat or Repeat(None), anchors)
    first = _first_day(deadline, anchors)
    if repeat is None or repeat.every is None or repeat.if_needed:
        return [first], []
    until, problems = _horizon(first, repeat.until, anchors, deadline)
    following: Iterator[date]
    if repeat.at is not None:
        following = _later_days(first, repeat, repeat.every, anchors.calendar)
    else:
        following = _repeat_steps(deadline.when, first, repeat.every, anchors)
    return [first, *_take_until(following, until)] if first <= until else [], problems


def _later_days(first: date, repeat: Repeat, every: Every, calendar: WorkCalendar) -> Iterator[date]:
    """The repetition's own days after the first date; a period the first date has closed is not closed twice."""
    closed = closed_period(first, Repeat(every))
    for day in dates_of_cycle(every, repeat.at, first, calendar):
        if day > first and closed_period(day, repeat) != closed:
            yield day


def _repeat_steps(when: When, first: date, every: Every, anchors: Anchors) -> Iterator[date]:
    """The dates after the first one: the same day of later months; a period's last day stays the last of its month."""
    if isinstance(when, Period | YearlessPeriod | RelativePeriod):
        if when.workday:
            return _repeat_workdays(_dated_period(when, anchors), every, anchors.calendar)
        next_day = first + timedelta(days=1) if first < date.max else first
        return steps_after(first, every, keep_day=31 if next_day.day == 1 else first.day)
    return steps_after(first, every, keep_day=first.day)


def _repeat_workdays(period: Period, every: Every, calendar: WorkCalendar) -> Iterator[date]:
    if period.end is None:
        return
    starts = steps_after(period.start, every, keep_day=period.start.day)
    is_month_end = (period.end + timedelta(days=1)).day == 1
    ends = steps_after(period.end, every, keep_day=31 if is_month_end else period.end.day)
    for start, end in zip(starts, ends, strict=False):
        day = calendar.find_workday(start, end, period.workday)
        if day is not None:
            yield day


def _take_until(days: Iterator[date], until: date) -> Iterator[date]:
    for day in days:
        if day > until:
            return
        yield day


def _horizon(first: date, stated: date | None, anchors: Anchors, deadline: Deadline) -> tuple[date, list[Problem]]:
    """The last day to list dates up to, and a note where the caller asked for more than is sensible."""
    asked = anchors.until or date(min(first.year + 1, 9999), 12, 31)
    if stated is not None:
        asked = min(asked, stated)
    farthest = date(min(first.year + anchors.conventions.longest_horizon_years, 9999), 12, 31)
    if asked <= farthest:
        return asked, []
    return farthest, [notes.horizon_cut(deadline.text, farthest)]


def _list_recurring(
    deadline: Deadline, when: Recurring, repeat: Repeat, anchors: Anchors
) -> tuple[list[date], list[Problem]]:
    if repeat.every is None or repeat.if_needed:
        raise Undated(Waiting.NEED)
    base = anchors.year if anchors.year is not None else anchors.subsidy_year
    if when.start is None and base is None and when.end is None:
        raise Undated(Waiting.YEAR)
    start = when.start or date(base if base is not None else (when.end or date.max).year, 1, 1)
    start, end = period_bounds(repeat, start, when.end, bounded=when.start is not None)
    days = (day for day in dates_of_cycle(repeat.every, repeat.at, start, anchors.calendar) if day >= start)
    first = next(days, None)
    if first is None:
        return [], []
    until, problems = _horizon(first, repeat.until, anchors, deadline)
    if end is not None:
        until = min(until, end) if anchors.until else end
        until = min(until, date(min(first.year + anchors.conventions.longest_horizon_years, 9999), 12, 31))
    return [first, *_take_until(days, until)] if first <= until else [], problems


def _first_day(deadline: Deadline, anchors: Anchors) -> date:
    """The date of a deadline, or of the first of its repetitions; raises ``Undated``."""
    when = deadline.when
    match when:
        case OnDate(day):
            return day
        case YearlessDate() | RelativeDate():
            return _day_of_year(deadline, when, anchors)
        case Period() | YearlessPeriod() | RelativePeriod():
            return _last_day(deadline, _dated_period(when, anchors), anchors.calendar)
        case External():
            if anchors.schedule is None:
                raise Undated(Waiting.SCHEDULE)
            return anchors.schedule
        case After():
            return _day_after(deadline, when, anchors)
        case OnDemand():
            raise Undated(Waiting.NEED)
        case Recurring() | Permanent() | NotUnderstood():
            raise Undated
        case _:
            assert_never(when)


def _day_after(deadline: Deadline, when: After, anchors: Anchors) -> date:
    event = anchors.event or _stated_day(when.event or "")
    if event is None:
        raise Undated(Waiting.EVENT)
    if when.count is None or when.unit is None:
        raise Undated(problem=notes.nothing_due(deadline.text, "не сказано, сколько времени отводится после события"))
    return count_from(event, when.count, when.unit, anchors.calendar)


def _stated_day(event: str) -> date | None:
    """The day that stands in place of an event: «за 10 дней до 1 сентября 2024 года»."""
    cursor = Cursor(event)
    try:
        span = read_span(cursor)
    except ImpossibleDate:
        return None
    if span is None or not span.is_single_day or span.year.number is None or cursor.kinds[cursor.pos] != "END":
        return None
    return date(span.year.number, span.first.month, span.first.day)


def count_from(event: date, count: int, unit: Unit, calendar: WorkCalendar) -> date:
    """The last day of so many units after an event; the next day is the first (art. 191 of the Civil Code).

    A negative count goes back from the event. A month that has no such day ends the term on its last day (art. 192).
    Raises ``OverflowError`` outside the years 1…9999.

    >>> from vekha.calendar.working_days import official_calendar
    >>> count_from(date(2024, 1, 31), 1, Unit.MONTH, official_calendar())
    datetime.date(2024, 2, 29)
    """
    match unit:
        case Unit.WORKDAY:
            return calendar.add_workdays(event, count) if count else event
        case Unit.DAY:
            return event + timedelta(days=count)
        case Unit.WEEK:
            return event + timedelta(weeks=count)
        case Unit.MONTH:
            return add_months(event, count)
        case Unit.QUARTER:
            return add_months(event, 3 * count)
        case Unit.YEAR:
            return add_months(event, 12 * count)


def _year_for(when: YearlessDate | RelativeDate | YearlessPeriod | RelativePeriod, anchors: Anchors) -> int:
    if isinstance(when, RelativeDate | RelativePeriod):
        if anchors.subsidy_year is None:
            raise Undated(Waiting.SUBSIDY_YEAR)
        return anchors.subsidy_year + when.year_offset
    if anchors.year is None:
        raise Undated(Waiting.YEAR)
    return anchors.year


def _day_of_year(deadline: Deadline, when: YearlessDate | RelativeDate, anchors: Anchors) -> date:
    year = _year_for(when, anchors)
    if (when.month, when.day) == (2, 29) and make_date(MonthDay(2, 29), year).day == 28:
        raise Undated(problem=notes.no_leap_day(deadline.text, year))
    return date(year, when.month, when.day)


def _dated_period(when: Period | YearlessPeriod | RelativePeriod, anchors: Anchors) -> Period:
    if isinstance(when, Period):
        return when
    year = _year_for(when, anchors)
    start = make_date(when.start, year)
    if when.end is None:
        return Period(start, None)
    return Period(start, make_date(when.end, year + (when.end < when.start)), when.workday)


def _last_day(deadline: Deadline, period: Period, calendar: WorkCalendar) -> date:
    if period.end is None:
        raise Undated(problem=notes.nothing_due(deadline.text, "указано только начало"))
    if not period.workday:
        return period.end
    day = calendar.find_workday(period.start, period.end, period.workday)
    if day is None:
        raise Undated(problem=notes.nothing_due(deadline.text, f"в периоде нет рабочего дня № {abs(period.workday)}"))
    return day
