"""Dates of deadlines: repetitions, horizons, settings, what is awaited, the edges of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vekha.deadlines.trees import deadlines
from vekha.calendar.working_days import official_calendar
from vekha.deadlines import Conventions, Deadline, Waiting, parse_deadline, resolution_to_json, resolve
from vekha.deadlines.conventions import explain
from vekha.deadlines.resolve import count_from
from vekha.deadlines.syntax import Every, OnDate, Repeat, Unit

CALENDAR = official_calendar()


def days_of(phrase: str, **known: Any) -> list[str]:
    deadline, _ = parse_deadline(phrase)
    return [day.due.isoformat() for day in resolve(deadline, calendar=CALENDAR, **known).dates]


@given(
    deadlines,
    st.integers(2000, 2050),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2200, 1, 1))),
)
@settings(max_examples=300, deadline=None)
def test_dates_are_in_order_inside_the_horizon_and_stand_between_working_days(
    deadline: Deadline, year: int, day: date, until: date | None
) -> None:
    found = resolve(deadline, calendar=CALENDAR, subsidy_year=year, year=year, schedule=day, event=day, until=until)
    listed = [each.due for each in found.dates]
    assert listed == sorted(listed)
    repeated = deadline.repeat is not None and deadline.repeat.every is not None and not deadline.repeat.if_needed
    if repeated and until is not None and not deadline.parts:
        assert all(each <= until for each in listed)
    if listed:
        assert found.waiting_for is None
        assert listed[-1].year <= listed[0].year + 60 or deadline.parts
    for each in found.dates:
        assert each.previous_workday <= each.due <= each.next_workday
        assert each.day_off == (each.previous_workday != each.due) == (each.next_workday != each.due)


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.sampled_from([Every.MONTH, Every.QUARTER, Every.HALF_YEAR]))
@settings(deadline=None)
def test_a_repetition_keeps_its_day_or_takes_the_last_one_of_the_month(first: date, every: Every) -> None:
    found = resolve(Deadline("", OnDate(first), repeat=Repeat(every)), calendar=CALENDAR)
    for each in found.dates:
        assert each.due.day == first.day or (each.due + timedelta(days=1)).day == 1
        assert each.period is not None


@pytest.mark.parametrize(
    ("phrase", "waiting"),
    [
        ("1 марта года получения субсидии", Waiting.SUBSIDY_YEAR),
        ("31 января", Waiting.YEAR),
        ("I квартал", Waiting.YEAR),
        ("ежеквартально", Waiting.YEAR),
        ("согласно графику", Waiting.SCHEDULE),
        ("согласно графику, далее – ежегодно", Waiting.SCHEDULE),
        ("в течение месяца со дня открытия", Waiting.EVENT),
        ("после открытия", Waiting.EVENT),
        ("по запросу", Waiting.NEED),
        ("ежегодно (по необходимости)", Waiting.NEED),
        ("1 октября года получения субсидии, далее – ежеквартально", Waiting.SUBSIDY_YEAR),
    ],
)
def test_without_a_date_it_says_what_it_waits_for(phrase: str, waiting: Waiting) -> None:
    found = resolve(parse_deadline(phrase)[0], calendar=CALENDAR)
    assert (found.dates, found.waiting_for) == ((), waiting)


def test_one_order_drives_several_waves() -> None:
    phrase = "27 ноября года, предшествующего году получения субсидии"
    assert [days_of(phrase, subsidy_year=year) for year in (2021, 2022)] == [["2020-11-27"], ["2021-11-27"]]


def test_until_bounds_a_recurrence_even_before_its_first_date() -> None:
    phrase = "1 октября 2024 года, далее – ежеквартально"
    assert days_of(phrase, until=date(2025, 1, 1)) == ["2024-10-01", "2025-01-01"]
    assert days_of(phrase, until=date(2024, 9, 30)) == []
    assert days_of("1 октября 2024 года", until=date(2024, 9, 30)) == ["2024-10-01"]


def test_a_hostile_horizon_is_cut_and_said_so() -> None:
    deadline, _ = parse_deadline("1 октября 2024 года, далее – ежемесячно")
    found = resolve(deadline, calendar=CALENDAR, until=date.max)
    assert len(found.dates) == 12 * 50 + 3
    assert "horizon-cut" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    ("phrase", "known"),
    [
        ("1 марта года, следующего за годом получения субсидии", {"subsidy_year": 9999}),
        ("1 марта X − 5 года", {"subsidy_year": 3}),
        ("в течение 10000 лет со дня открытия", {"event": date(2024, 1, 1)}),
        ("за 9999 недель до открытия", {"event": date(100, 1, 1)}),
        ("учебный год", {"year": 9999}),
    ],
)
def test_beyond_the_calendar_is_a_problem_not_a_crash(phrase: str, known: dict[str, Any]) -> None:
    deadline, _ = parse_deadline(phrase)
    found = resolve(deadline, calendar=CALENDAR, **known)
    assert found.dates == ()
    assert [problem.code for problem in found.problems] == ["date-out-of-range"]


@pytest.mark.parametrize("year", [1, 9998, 9999])
@pytest.mark.parametrize("phrase", ["ежеквартально", "ежемесячно до 31 числа", "еженедельно по пятницам", "ежегодно"])
def test_recurrences_at_the_edges_of_the_calendar_end(phrase: str, year: int) -> None:
    found = resolve(parse_deadline(phrase)[0], calendar=CALENDAR, year=year, until=date.max)
    assert all(each.due.year >= year for each in found.dates)


def test_counting_from_an_event_begins_on_the_next_day() -> None:
    assert count_from(date(2024, 1, 31), 1, Unit.MONTH, CALENDAR) == date(2024, 2, 29)
    assert count_from(date(2024, 2, 29), 1, Unit.YEAR, CALENDAR) == date(2025, 2, 28)
    assert count_from(date(2024, 1, 1), 1, Unit.QUARTER, CALENDAR) == date(2024, 4, 1)
    assert count_from(date(2024, 4, 26), 1, Unit.WORKDAY, CALENDAR) == date(2024, 4, 27)
    assert count_from(date(2024, 4, 26), 0, Unit.WORKDAY, CALENDAR) == date(2024, 4, 26)
    assert count_from(date(2024, 3, 31), -1, Unit.MONTH, CALENDAR) == date(2024, 2, 29)


def test_whether_do_includes_its_day_is_a_setting() -> None:
    deadline, _ = parse_deadline("до 1 февраля 2024 года")
    strict = Conventions(before_includes_day=False)
    assert resolve(deadline, calendar=CALENDAR).dates[0].due == date(2024, 2, 1)
    assert resolve(deadline, calendar=CALENDAR, conventions=strict).dates[0].due == date(2024, 1, 31)
    assert explain(strict)[0] == "«До 1 февраля» означает не позднее 31 января."
    _, problems = parse_deadline("до 1 февраля 2024 года", conventions=strict)
    assert "не входит" in problems[0].message


def test_the_end_of_a_long_period_is_announced_before() -> None:
    year = resolve(parse_deadline("в течение 2024 года")[0], calendar=CALENDAR).dates[0]
    month = resolve(parse_deadline("сентябрь 2024 года")[0], calendar=CALENDAR).dates[0]
    assert (year.due, year.warn_on, month.warn_on) == (date(2024, 12, 31), date(2024, 12, 1), None)
    later = resolve(parse_deadline("2024 год")[0], calendar=CALENDAR, conventions=Conventions(warning_days=60))
    assert later.dates[0].warn_on == date(2024, 11, 1)


def test_reports_of_a_stated_window_are_due_after_each_of_its_quarters() -> None:
    phrase = "ежеквартально в течение 2024 года до 10 числа месяца, следующего за отчетным кварталом"
    assert days_of(phrase) == ["2024-04-10", "2024-07-10", "2024-10-10", "2025-01-10"]


def test_a_cell_with_stages_lists_every_date() -> None:
    assert days_of("до 1 июня 2024 года – отчёт; до 1 марта 2024 года – проект") == ["2024-03-01", "2024-06-01"]


def test_json_of_a_resolution_has_the_contract_keys() -> None:
    found = resolution_to_json(resolve(parse_deadline("1 сентября 2024 года")[0], calendar=CALENDAR))
    assert found == {
        "dates": [
            {
                "due": "2024-09-01",
                "period": None,
                "day_off": True,
                "previous_workday": "2024-08-30",
                "next_workday": "2024-09-02",
            }
        ],
        "waiting_for": None,
    }
