"""The days of a repetition: the same day of later months, or the day that every month, quarter or year names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from vekha.calendar.periods import (
    MONTHS_IN,
    add_months,
    last_day_of_month,
    period_end,
    reporting_period_before,
    reporting_period_containing,
)
from vekha.calendar.working_days import WorkCalendar
from vekha.deadlines.syntax import Anchor, Every, Repeat


def steps_after(first: date, every: Every, *, keep_day: int) -> Iterator[date]:
    """The dates after the first one at every step, in order, to the end of the calendar.

    The 29th–31st falls on the last day of a shorter month; 29 February of a yearly repetition exists in leap years only.

    >>> days = steps_after(date(2024, 1, 31), Every.MONTH, keep_day=31)
    >>> next(days), next(days)
    (datetime.date(2024, 2, 29), datetime.date(2024, 3, 31))
    """
    if every is Every.WEEK:
        for ordinal in range(first.toordinal() + 7, date.max.toordinal() + 1, 7):
            yield date.fromordinal(ordinal)
        return
    months, step = MONTHS_IN[every.value], 1
    leap_only = every is Every.YEAR and (first.month, first.day, keep_day) == (2, 29, 29)
    while first.year * 12 + first.month - 1 + months * step < 10_000 * 12:
        day = add_months(first, months * step, keep_day=keep_day)
        step += 1
        if not leap_only or day.day == 29:
            yield day


def dates_of_cycle(every: Every, anchor: Anchor | None, start: date, calendar: WorkCalendar) -> Iterator[date]:
    """The day the anchor names in every cycle, from the one ``start`` lies in, in order; a few may lie before ``start``.

    Without an anchor it is the last day of the cycle. A month without such a day gives its last one; a day a leap year alone
    has is left out of the others.
    """
    if anchor is None:
        last = period_end(start, every.value)
        yield last
        yield from steps_after(last, every, keep_day=31)
    elif every is Every.WEEK:
        yield from _days_of_weeks(anchor, start, calendar)
    else:
        months = MONTHS_IN[every.value]
        opening = add_months(period_end(start, every.value), 1 - months, keep_day=1)
        while True:
            day = _day_of_cycle(anchor, every, opening, calendar)
            if day is not None:
                yield day
            if opening.year * 12 + opening.month - 1 + months >= 9999 * 12:
                return
            opening = add_months(opening, months, keep_day=1)


def _days_of_weeks(anchor: Anchor, start: date, calendar: WorkCalendar) -> Iterator[date]:
    monday = start.toordinal() - start.weekday()
    for ordinal in range(max(monday, 1), date.max.toordinal() - 7, 7):
        opening = date.fromordinal(ordinal)
        if anchor.workday:
            found = calendar.find_workday(opening, opening + timedelta(days=6), anchor.day)
            if found is not None:
                yield found
        else:
            yield opening + timedelta(days=6 if anchor.day == -1 else anchor.day - 1)


def _day_of_cycle(anchor: Anchor, every: Every, opening: date, calendar: WorkCalendar) -> date | None:
    """The anchored day inside the cycle that begins on ``opening``; the month after the previous one is its first month."""
    month = add_months(opening, (anchor.month or anchor.month_of_period or 1) - 1)
    last = last_day_of_month(month.year, month.month)
    if anchor.workday:
        return calendar.find_workday(month, last, anchor.day)
    if anchor.month == 2 and anchor.day == 29 and last.day == 28:
        return None
    return last if anchor.day == -1 else month.replace(day=min(anchor.day, last.day))


def period_bounds(repeat: Repeat, start: date, end: date | None, *, bounded: bool) -> tuple[date, date | None]:
    """The first and last day a recurrence may be due on inside a stated window.

    Reports are due in the month after their period: those of a stated window therefore begin and end one cycle later.
    """
    anchor, every = repeat.at, repeat.every
    follows = anchor is not None and anchor.month is None and anchor.month_of_period is None
    if not bounded or not follows or every in (None, Every.WEEK):
        return start, end
    opening = period_end(start, every.value) + timedelta(days=1)
    return opening, None if end is None else add_months(end, 1, keep_day=31)


def closed_period(day: date, repeat: Repeat | None) -> str | None:
    """The reporting period a recurring date closes: the one before it, or its own if it is the last (working) day of it.

    >>> closed_period(date(2024, 10, 1), Repeat(Every.QUARTER))
    '2024-Q3'
    >>> closed_period(date(2024, 3, 29), Repeat(Every.MONTH, at=Anchor(-1, workday=True)))
    '2024-03'
    """
    if repeat is None or repeat.every is None:
        return None
    every, anchor = repeat.every, repeat.at
    if anchor is not None and anchor.day == -1:
        own_month = anchor.month if every is Every.YEAR and anchor.month else anchor.month_of_period
        if every in (Every.WEEK, Every.MONTH) or own_month == MONTHS_IN[every.value]:
            return reporting_period_containing(day, every.value)
    return reporting_period_before(day, every.value)
