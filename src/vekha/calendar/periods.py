"""Periods officials report on: quarter, half-year, school year; month arithmetic that respects short months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""The length in months of every reporting step but the week: "week", "month", "quarter", "half-year", "year"."""


def last_day_of_month(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_day_of_month(2024, 2)
    datetime.date(2024, 2, 29)
    """
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int, *, keep_day: int | None = None) -> date:
    """The same day so many months later, or the last day of a shorter month; ``keep_day`` is the day wanted instead.

    Raises ``OverflowError`` outside the years 1…9999.

    >>> add_months(date(2024, 2, 29), 1, keep_day=31)
    datetime.date(2024, 3, 31)
    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is outside the calendar")
    return date(year, month, min(keep_day or day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year, ``number`` 1…4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in.

        >>> Quarter.of(date(2024, 10, 1))
        Quarter(year=2024, number=4)
        """
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return last_day_of_month(self.year, self.number * 3)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """A half of a calendar year, ``number`` 1 or 2."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        """The half-year a day lies in.

        >>> HalfYear.of(date(2024, 7, 1))
        HalfYear(year=2024, number=2)
        """
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 6 - 5, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return last_day_of_month(self.year, self.number * 6)

    def __str__(self) -> str:
        return f"{self.year:04d}-H{self.number}"


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year, from 1 September of its ``first_year``; it is taken to end on 31 August of the next year."""

    first_year: int

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year a day lies in.

        >>> str(SchoolYear.of(date(2024, 8, 31)))
        '2023/2024'
        """
        return cls(day.year if day.month >= 9 else day.year - 1)

    @property
    def start(self) -> date:
        """1 September."""
        return date(self.first_year, 9, 1)

    @property
    def end(self) -> date:
        """31 August of the next year."""
        return date(self.first_year + 1, 8, 31)

    def __str__(self) -> str:
        return f"{self.first_year}/{self.first_year + 1}"


def _period_name(day: date, every: str) -> str:
    match every:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return str(Quarter.of(day))
        case "half-year":
            return str(HalfYear.of(day))
        case "year":
            return f"{day.year:04d}"
        case _:
            raise ValueError(f"unknown reporting step: {every!r}")


def _period_start(day: date, every: str) -> date:
    match every:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return Quarter.of(day).start
        case "half-year":
            return HalfYear.of(day).start
        case "year":
            return date(day.year, 1, 1)
        case _:
            raise ValueError(f"unknown reporting step: {every!r}")


def period_end(day: date, every: str) -> date:
    """The last day of the week, month, quarter, half-year or year a day lies in.

    >>> period_end(date(2024, 2, 10), "quarter")
    datetime.date(2024, 3, 31)
    """
    if every == "week":
        return day + timedelta(days=6 - day.weekday())
    return add_months(_period_start(day, every), MONTHS_IN[every] - 1, keep_day=31)


def reporting_period_containing(day: date, every: str) -> str:
    """The name of the period a day lies in: "2024-W05", "2024-09", "2024-Q3", "2024-H1" or "2023".

    >>> reporting_period_containing(date(2024, 10, 1), "quarter")
    '2024-Q4'
    """
    return _period_name(day, every)


def reporting_period_before(day: date, every: str) -> str:
    """The name of the period a report due on this day closes: the one before it, or the one that ends on the day.

    >>> reporting_period_before(date(2024, 10, 1), "quarter")
    '2024-Q3'
    >>> reporting_period_before(date(2024, 9, 30), "quarter")
    '2024-Q3'
    >>> reporting_period_before(date(2024, 8, 25), "half-year"), reporting_period_before(date(2024, 8, 25), "year")
    ('2024-H1', '2023')
    """
    if day == date.max or day + timedelta(days=1) == _period_start(day + timedelta(days=1), every):
        return _period_name(day, every)
    start = _period_start(day, every)
    return _period_name(start - timedelta(days=1) if start > date.min else start, every)
