"""The official calendar: every day of 2019–2027 as `holidays` states it, decree days, overlays, other years."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from holidays.countries.russia import Russia
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import HANG
from vekha.calendar.overlay import DayKind, Overlay, SpecialDay, read_overlay
from vekha.calendar.working_days import official_calendar

CALENDAR = official_calendar()
DECREED = {
    *(date(2020, 3, 30) + timedelta(days=step) for step in range(32)),
    date(2020, 5, 6),
    date(2020, 5, 7),
    date(2020, 5, 8),
    date(2020, 6, 24),
    date(2020, 7, 1),
    *(date(2021, 5, 4) + timedelta(days=step) for step in range(4)),
    *(date(2021, 10, 30) + timedelta(days=step) for step in range(9)),
}


@pytest.mark.parametrize("year", range(2019, 2028))
def test_every_day_is_as_the_package_holidays_states_it(year: int) -> None:
    build: Any = Russia
    table = build(years=year)
    day = date(year, 1, 1)
    while day.year == year:
        works = day in table.weekend_workdays or (day.weekday() < 5 and day not in table)
        assert CALENDAR.is_day_off(day) == (not works or day in DECREED), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        (date(2024, 4, 29), True),
        (date(2024, 4, 27), False),
        (date(2024, 12, 28), False),
        (date(2024, 12, 31), True),
        (date(2020, 4, 15), True),
        (date(2020, 7, 1), True),
        (date(2021, 5, 5), True),
        (date(2021, 11, 3), True),
        (date(2022, 3, 5), False),
        (date(2023, 5, 8), True),
        (date(2025, 11, 1), False),
        (date(2026, 1, 9), True),
        (date(2027, 2, 20), False),
    ],
)
def test_days_known_from_decrees(day: date, *, off: bool) -> None:
    assert CALENDAR.is_day_off(day) is off


def test_the_neighbours_of_a_day_off() -> None:
    assert CALENDAR.previous_workday(date(2024, 4, 29)) == date(2024, 4, 27)
    assert CALENDAR.next_workday(date(2024, 4, 29)) == date(2024, 5, 2)
    assert CALENDAR.previous_workday(date(2024, 5, 2)) == date(2024, 5, 2)
    assert CALENDAR.next_workday(date(2020, 3, 28)) == date(2020, 5, 12)
    assert CALENDAR.next_workday(date(2024, 12, 29)) == date(2025, 1, 9)


def test_counting_working_days_goes_both_ways() -> None:
    assert CALENDAR.add_workdays(date(2024, 2, 1), 10) == date(2024, 2, 15)
    assert CALENDAR.add_workdays(date(2024, 9, 2), -5) == date(2024, 8, 26)
    assert CALENDAR.add_workdays(date(2024, 4, 28), 0) == date(2024, 4, 28)
    with pytest.raises(OverflowError):
        CALENDAR.add_workdays(date(9999, 12, 30), 5)


def test_the_nth_working_day_of_a_period() -> None:
    january = date(2024, 1, 1), date(2024, 1, 31)
    assert CALENDAR.find_workday(*january, 1) == date(2024, 1, 9)
    assert CALENDAR.find_workday(*january, 17) == date(2024, 1, 31)
    assert CALENDAR.find_workday(*january, 18) is None
    assert CALENDAR.find_workday(*january, -17) == date(2024, 1, 9)
    assert CALENDAR.find_workday(date(2024, 1, 1), date(2024, 1, 8), 1) is None


@given(st.dates(date(2019, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_going_forth_and_back_over_working_days_meets(day: date, count: int) -> None:
    there = CALENDAR.add_workdays(day, count)
    assert not CALENDAR.is_day_off(there)
    assert CALENDAR.add_workdays(there, -count) == CALENDAR.previous_workday(day)


def test_a_year_without_a_decree_is_provisional() -> None:
    assert not any(CALENDAR.is_provisional(year) for year in range(2000, 2028))
    assert CALENDAR.is_provisional(2150)
    assert not official_calendar([Overlay(complete_years=frozenset({2150}))]).is_provisional(2150)


def test_years_outside_every_table_have_their_weekends() -> None:
    for year in (1, 1800, 1990, 2500, 9999):
        sundays = [date(year, 12, day) for day in range(1, 32) if date(year, 12, day).weekday() == 6]
        assert all(CALENDAR.is_day_off(day) for day in sundays)
    assert CALENDAR.previous_workday(date.min) == date.min
    assert CALENDAR.next_workday(date.max) == date.max


def test_years_before_the_shipped_table_come_from_the_package() -> None:
    assert CALENDAR.is_day_off(date(2018, 4, 30))
    assert not CALENDAR.is_day_off(date(2018, 4, 28))


def test_a_reason_names_the_decree() -> None:
    assert CALENDAR.reason(date(2021, 5, 5)) == "нерабочие дни (Указ Президента от 23.04.2021 № 242)"
    assert "1314" in CALENDAR.reason(date(2024, 4, 27))
    assert CALENDAR.reason(date(2024, 4, 28)) == "выходной"
    assert CALENDAR.reason(date(2024, 4, 26)) == ""
    assert CALENDAR.reason(date(2024, 5, 9)).startswith("нерабочий праздничный")


def test_an_overlay_adds_days_off_and_working_days_for_its_region() -> None:
    text = """
        complete_years = [2028]
        [[day]]
        from = 2028-06-21
        to = 2028-06-22
        kind = "off"
        name = "Ысыах"
        region = "14"
        decree = { issuer = "Указ главы", number = "7", date = 2028-01-10 }
        [[day]]
        date = 2028-06-24
        kind = "working"
        name = "рабочая суббота"
    """
    overlay, problems = read_overlay(text)
    assert problems == ()
    here, elsewhere = official_calendar([overlay], region="14"), official_calendar([overlay])
    assert here.is_day_off(date(2028, 6, 22))
    assert not elsewhere.is_day_off(date(2028, 6, 22))
    assert not elsewhere.is_day_off(date(2028, 6, 24))
    assert not here.is_provisional(2028)
    assert here.reason(date(2028, 6, 21)) == "Ысыах (Указ главы от 10.01.2028 № 7)"


def test_a_later_overlay_wins() -> None:
    day = date(2024, 6, 14)
    off = Overlay((SpecialDay(day, DayKind.OFF, "праздник"),))
    working = Overlay((SpecialDay(day, DayKind.WORKING, "перенос"),))
    assert official_calendar([off]).is_day_off(day)
    assert not official_calendar([off, working]).is_day_off(day)


@pytest.mark.parametrize(
    "text",
    [
        "это не TOML",
        "[[day]]\nkind = 'off'",
        "[[day]]\ndate = 'завтра'\nkind = 'off'",
        "[[day]]\ndate = 2028-01-01T00:00:00\nkind = 'off'",
        "[[day]]\ndate = 2028-01-01\nkind = 'праздник'",
        "[[day]]\nfrom = 2028-01-02\nto = 2028-01-01\nkind = 'off'",
        "[[day]]\nfrom = 2028-01-01\nto = 2999-01-01\nkind = 'off'",
        "[[day]]\ndate = 2028-01-01\nkind = 'off'\ndecree = 5",
        "day = 5",
        "complete_years = ['2028']",
    ],
)
def test_a_flaw_of_an_overlay_is_a_problem(text: str) -> None:
    overlay, problems = read_overlay(text)
    assert overlay == Overlay()
    assert [problem.code for problem in problems] == ["calendar-overlay"]
    assert problems[0].hint


def test_a_flawed_day_does_not_spoil_the_others() -> None:
    overlay, problems = read_overlay("[[day]]\nkind='off'\n[[day]]\ndate=2028-01-10\nkind='off'")
    assert [special.day for special in overlay.days] == [date(2028, 1, 10)]
    assert len(problems) == 1


def test_asking_about_known_years_does_not_import_the_package_holidays() -> None:
    code = (
        "import sys; from datetime import date; from vekha.calendar.working_days import official_calendar;"
        "official_calendar().is_day_off(date(2024, 5, 1)); sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=HANG).returncode == 0
