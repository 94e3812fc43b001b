"""Quarters, half-years, school years, and the period a report closes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.calendar.periods import (
    HalfYear,
    Quarter,
    SchoolYear,
    add_months,
    period_end,
    reporting_period_before,
    reporting_period_containing,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
STEPS = st.sampled_from(["week", "month", "quarter", "half-year", "year"])


@pytest.mark.parametrize(
    ("day", "every", "period"),
    [
        (date(2024, 10, 1), "quarter", "2024-Q3"),
        (date(2025, 1, 1), "quarter", "2024-Q4"),
        (date(2024, 9, 30), "quarter", "2024-Q3"),
        (date(2024, 9, 29), "quarter", "2024-Q2"),
        (date(2024, 7, 1), "half-year", "2024-H1"),
        (date(2024, 6, 30), "half-year", "2024-H1"),
        (date(2024, 1, 31), "half-year", "2023-H2"),
        (date(2024, 8, 25), "year", "2023"),
        (date(2024, 12, 31), "year", "2024"),
        (date(2024, 10, 5), "month", "2024-09"),
        (date(2024, 1, 7), "week", "2024-W01"),
        (date(2024, 1, 8), "week", "2024-W01"),
    ],
)
def test_the_period_a_report_closes(day: date, every: str, period: str) -> None:
    assert reporting_period_before(day, every) == period


@given(DAYS, STEPS)
def test_the_closed_period_is_the_last_one_that_has_ended(day: date, every: str) -> None:
    closed = reporting_period_before(day, every)
    ends = period_end(day, every)
    if ends == day:
        assert closed == reporting_period_containing(day, every)
    else:
        start = day
        while reporting_period_containing(start, every) == reporting_period_containing(day, every):
            start -= timedelta(days=1)
        assert closed == reporting_period_containing(start, every)


@given(DAYS)
def test_a_day_lies_in_its_quarter_half_year_and_school_year(day: date) -> None:
    for period in (Quarter.of(day), HalfYear.of(day), SchoolYear.of(day)):
        assert period.start <= day <= period.end
    assert Quarter.of(day).end == period_end(day, "quarter")
    assert HalfYear.of(day).end == period_end(day, "half-year")


def test_a_school_year_spans_two_years() -> None:
    assert (SchoolYear(2024).start, SchoolYear(2024).end) == (date(2024, 9, 1), date(2025, 8, 31))
    assert str(SchoolYear(2024)) == "2024/2025"


@given(DAYS, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_last_one(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


@pytest.mark.parametrize("months", [-12 * 3000, 12 * 9000])
def test_months_outside_the_calendar_overflow(months: int) -> None:
    with pytest.raises(OverflowError):
        add_months(date(2024, 1, 1), months)


def test_an_unknown_step_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="decade"):
        reporting_period_before(date(2024, 1, 1), "decade")
