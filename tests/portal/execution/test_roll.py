"""The horizon rolls on by itself: repetitions always exist fifteen months ahead, whatever was killed in between."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.people import Country, make_country
from tests.portal.plans import amend, apply, dates, make_plan, make_wave
from vekha_portal.execution.actions.roll import roll_horizons
from vekha_portal.execution.models import Application, Milestone, Progress
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

QUARTERLY = "1 октября 2026 г., далее – ежеквартально"


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def night(year: int, month: int) -> datetime.datetime:
    return datetime.datetime(year, month, 1, 2, 23, tzinfo=datetime.UTC)


def test_nothing_is_done_while_the_horizon_is_far(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        application = apply(country, make_plan(country, [QUARTERLY]), make_wave(country))
        assert roll_horizons(at=night(2026, 9)) == 0
        assert Application.objects.get().horizon_on == application.horizon_on == datetime.date(2027, 12, 31)


@pytest.mark.parametrize(("year", "month"), [(2026, 10), (2027, 3), (2028, 12), (2035, 1)])
def test_repetitions_exist_fifteen_months_ahead(country: Country, year: int, month: int) -> None:
    """After any pause; each quarter once, and no quarter left out."""
    with use_scope(SYSTEM_SCOPE):
        phrases = [QUARTERLY, "постоянно", "1 сентября 2026 г., далее – ежегодно"]
        application = apply(country, make_plan(country, phrases), make_wave(country))
        assert roll_horizons(at=night(year, month)) == 1
        quarters = [period for _, period, _ in dates(application, position=1)]
        months = year * 12 + month - 1 + 15
        last = Milestone.objects.filter(measure__position=1).order_by("-due_on")[0].due_on
        assert last is not None and last.year * 12 + last.month - 1 >= months - 3
        assert len(quarters) == len(set(quarters)) == (last.year - 2026) * 4 + (last.month - 10) // 3 + 1
        assert {day[:4] for day, _, _ in dates(application, position=2)} == {
            str(each) for each in range(2026, last.year + 1)
        }


def test_a_second_run_finds_nothing_to_do(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        apply(country, make_plan(country, [QUARTERLY]), make_wave(country))
        assert roll_horizons(at=night(2027, 3)) == 1
        before = Milestone.objects.count()
        assert roll_horizons(at=night(2027, 3)) == 0
        assert Milestone.objects.count() == before
        assert Entry.objects.filter(kind="horizon-rolled").count() == 1


def test_so_many_at_once(country: Country) -> None:
    """A killed worker loses one transaction; the next run goes on with the rest."""
    with use_scope(SYSTEM_SCOPE):
        for year in (2024, 2025, 2026):
            apply(country, make_plan(country, [QUARTERLY]), make_wave(country, year=year, schools=0))
        assert [roll_horizons(at=night(2027, 3), limit=2) for _ in range(2)] == [2, 1]
        with CaptureQueriesContext(connection) as captured:
            assert roll_horizons(at=night(2027, 3), limit=2) == 0
        assert len(captured) <= 4


def test_rolling_on_changes_nothing_behind_the_old_horizon(country: Country) -> None:
    """An amendment that nobody applied yet, dates that were extended, what was withdrawn: all as it was."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, [QUARTERLY, "1 марта 2026 г."])
        application = apply(country, revision, make_wave(country))
        Milestone.objects.filter(period="2026-Q3").update(due_on=datetime.date(2026, 11, 1), progress=Progress.ACCEPTED)
        Milestone.objects.filter(period="2026-Q4").update(withdrawn_at=night(2026, 9), withdrawn_because="ошибка")
        amend(country, revision, {2: "1 мая 2026 г."})
        before = {row["pk"]: row for row in Milestone.objects.values("pk", "due_on", "progress", "withdrawn_at", "version")}
        assert roll_horizons(at=night(2027, 3)) == 1
        after = {row["pk"]: row for row in Milestone.objects.values("pk", "due_on", "progress", "withdrawn_at", "version")}
        assert {pk: after[pk] for pk in before} == before
        assert len(after) == len(before) + 4 and application.revision == revision


def test_a_closed_wave_rests(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country)
        apply(country, make_plan(country, [QUARTERLY]), wave)
        type(wave).objects.filter(pk=wave.pk).update(closed_on=datetime.date(2026, 12, 1))
        assert roll_horizons(at=night(2027, 3)) == 0
