"""Dates and periods as the grammar holds them: a year may still be missing, or be counted from the subsidy year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from vekha.deadlines.syntax import MonthDay
from vekha.deadlines.years import NO_YEAR, ImpossibleDate, Year

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SCHOOL_START, SCHOOL_END = MonthDay(9, 1), MonthDay(8, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """A day (``is_day``) or a stretch from ``first`` to ``last``, which is ``None`` where the end is open.

    A workday other than 0 is the n-th working day of the stretch, counted from its end if negative.
    """

    first: MonthDay
    last: MonthDay | None
    year: Year = NO_YEAR
    last_year: Year | None = None
    is_day: bool = False
    workday: int = 0

    @property
    def is_single_day(self) -> bool:
        """Whether it is one day, not the beginning of an open period."""
        return self.is_day and self.last is not None


def day_span(month: int, day: int, year: Year = NO_YEAR, *, quote: str = "") -> Span:
    """One day; raises ``ImpossibleDate`` where no year, or not this one, has it."""
    if not 1 <= month <= 12 or not 1 <= day <= LONGEST[month - 1]:
        raise ImpossibleDate(quote)
    if year.number is not None and month == 2 and day == 29 and not is_leap(year.number):
        raise ImpossibleDate(quote)
    here = MonthDay(month, day)
    return Span(here, here, year, is_day=True)


def month_span(first: int, last: int, year: Year = NO_YEAR) -> Span:
    """From the first day of one month to the last day of another."""
    return Span(MonthDay(first, 1), MonthDay(last, LONGEST[last - 1]), year)


def join_spans(first: Span, last: Span) -> Span:
    """From the beginning of one span to the end of another; a missing year is taken from the other one."""
    year, last_year = first.year, last.year
    wraps = last.last is not None and last.last < first.first
    if year.is_open and not last_year.is_open:
        year = _shift(last_year, -1) if wraps else last_year
    elif last_year.is_open and not year.is_open:
        last_year = _shift(year, 1) if wraps else year
    return Span(first.first, last.last, year, last_year=last_year if last_year != year else None)


def _shift(year: Year, by: int) -> Year:
    if year.number is not None:
        return replace(year, number=year.number + by)
    return replace(year, offset=(year.offset or 0) + by)


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def make_date(day: MonthDay, year: int) -> date:
    """A day of a year, the 29 February that closes a period being 28 in a common year; raises ``ValueError``."""
    if day == (2, 29) and not is_leap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day)
