"""The plan's value: days by wave, what waits, and problems beside what the source says."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import (
    by_schedule,
    growth_point_file,
    measure,
    on_date,
    on_demand,
    order_file,
    problem,
    relative,
    roadmap,
)
from vekha.calendar.working_days import official_calendar
from vekha.deadlines.syntax import After, Deadline, Every, NotUnderstood, Period, Permanent, Repeat, Unit, YearlessDate
from vekha.documents.plan.build import QUOTED_LINES, build_plan
from vekha.documents.plan.model import NoDay
from vekha.problems import Place

CALENDAR = official_calendar()


def only_row(deadline, *, year=None, waves=()):
    """The row of a plan with one measure."""
    plan = build_plan(order_file(roadmap(measure(deadline=deadline), year=year)), calendar=CALENDAR, subsidy_years=waves)
    (row,) = plan.rows
    return row


def test_every_wave_has_its_own_days():
    row = only_row(relative(1, 3), waves=(2022, 2021))
    assert [(day.due, day.wave) for day in row.days] == [(date(2021, 3, 1), 2021), (date(2022, 3, 1), 2022)]
    assert row.no_day is None


def test_what_is_dated_by_itself_is_the_same_for_all_waves():
    row = only_row(on_date(2024, 3, 1), waves=(2023, 2024))
    assert [(day.due, day.wave) for day in row.days] == [(date(2024, 3, 1), None)]


def test_the_year_a_roadmap_states_is_its_wave_unless_another_is_asked_for():
    assert [day.due.year for day in only_row(relative(1, 3), year=2024).days] == [2024]
    assert [day.due.year for day in only_row(relative(1, 3), year=2024, waves=(2026,)).days] == [2026]


@pytest.mark.parametrize(
    ("deadline", "no_day"),
    [
        (relative(1, 3), NoDay.SUBSIDY_YEAR),
        (by_schedule(), NoDay.SCHEDULE),
        (Deadline("в течение 10 дней после отбора", After(10, Unit.DAY, "отбора")), NoDay.EVENT),
        (Deadline("31 января", YearlessDate(31, 1)), NoDay.YEAR),
        (on_demand(), NoDay.NEED),
        (Deadline("постоянно", Permanent()), NoDay.PERMANENT),
        (Deadline("когда получится", NotUnderstood()), NoDay.NOT_UNDERSTOOD),
        (None, NoDay.NOT_STATED),
    ],
)
def test_what_has_no_day_says_why(deadline, no_day):
    row = only_row(deadline)
    assert row.days == ()
    assert row.no_day is no_day


def test_days_off_are_flagged_with_both_neighbours_and_never_moved():
    (day,) = only_row(on_date(2024, 4, 29)).days
    assert (day.due, day.day_off) == (date(2024, 4, 29), True)
    assert (day.previous_workday, day.next_workday) == (date(2024, 4, 27), date(2024, 5, 2))


def test_a_period_knows_its_beginning_and_recurring_days_their_periods():
    (day,) = only_row(Deadline("в течение 2024 года", Period(date(2024, 1, 1), date(2024, 12, 31)))).days
    assert day.start == date(2024, 1, 1)
    days = only_row(relative(1, 10, repeat=Repeat(Every.QUARTER)), waves=(2024,)).days
    assert [day.period for day in days][:2] == ["2024-Q3", "2024-Q4"]
    assert {day.wave for day in days} == {2024}


def test_keys_are_unique_and_a_measure_without_number_is_named_by_its_place():
    twice = roadmap(measure(None), measure(None), measure("1"))
    plan = build_plan(order_file(twice, twice), calendar=CALENDAR)
    assert len({row.key for row in plan.rows}) == 6
    assert [row.label for row in plan.rows][:3] == ["(1)", "(2)", "1"]


def test_a_problem_of_a_text_stands_beside_its_lines():
    lines = [f"строка {number}" for number in range(1, 40)]
    (quoted,) = build_plan(growth_point_file(), calendar=CALENDAR, source_lines=lines).problems
    assert quoted.where == "строка 28"
    assert [(line.number, line.text) for line in quoted.quote] == [(28, "строка 28")]


def test_a_long_quotation_is_cut_in_the_middle():
    lines = ["слово"] * 100
    file = order_file(problems=[problem(place=Place(lines=(1, 100)))])
    (quoted,) = build_plan(file, calendar=CALENDAR, source_lines=lines).problems
    assert len(quoted.quote) == QUOTED_LINES + 1
    assert [line.number for line in quoted.quote][-1] == 100


def test_a_problem_outside_the_text_or_without_a_place_is_still_shown():
    file = order_file(problems=[problem(place=Place(lines=(500, 501))), problem(place=None)])
    beyond, nowhere = build_plan(file, calendar=CALENDAR, source_lines=["одна"]).problems
    assert beyond.quote == nowhere.quote == ()
    assert (beyond.where, nowhere.where) == ("строки 500–501", "")


def test_a_problem_of_a_table_stands_beside_the_cells_of_its_row():
    there = measure(text="Проведён отбор", deadline=by_schedule("по графику"), place=Place(page=2, table=1, rows=(3, 4)))
    elsewhere = measure(text="Другое", place=Place(page=1, table=1, rows=(3, 4)))
    file = order_file(roadmap(elsewhere, there), problems=[problem(place=Place(page=2, table=1, rows=(4, 4), column=5))])
    (quoted,) = build_plan(file, calendar=CALENDAR).problems
    assert quoted.where == "стр. 2, таблица 1, строка 4, столбец 5"
    (line,) = quoted.quote
    assert "Проведён отбор" in line.text
    assert "по графику" in line.text
