"""The dates that applying gives: every class of deadline, two subsidy years of one order, several stages in one cell."""

from __future__ import annotations

import datetime

import pytest

from tests.portal.people import Country, make_country
from tests.portal.plans import amend, apply, dates, fill_wave, make_plan, make_wave
from tests.portal.works import approve, make_measure, make_order, make_revision
from vekha_portal.execution.bridge import Terms, list_dues
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import DeadlineSettings, Responsible

TERMS = Terms(2026, 2026, datetime.date(2027, 12, 31), "02")


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("не позднее 1 марта 2026 г.", ["2026-03-01"]),
        ("15.02.2026", ["2026-02-15"]),
        ("31 января", ["2026-01-31"]),
        ("27 ноября года, предшествующего году получения субсидии", ["2025-11-27"]),
        ("1 марта года получения субсидии", ["2026-03-01"]),
        ("в течение 2026 года", ["2026-12-31"]),
        ("I квартал 2026 года", ["2026-03-31"]),
        ("с 1 по 15 марта 2026 года", ["2026-03-15"]),
        ("согласно графику, направляемому федеральным оператором", ["schedule"]),
        ("в течение 10 рабочих дней после подписания соглашения", ["event"]),
        ("1 октября 2026 года, далее – ежегодно", ["2026-10-01", "2027-10-01"]),
        ("30 декабря 2025 года, далее – по необходимости", ["2025-12-30"]),
        ("постоянно", ["2026-12-31", "2027-12-31"]),
        ("по мере необходимости", []),
        ("", ["unknown"]),
        ("когда-нибудь потом", ["unknown"]),
        ("не ранее 1 марта 2026 года", ["unknown"]),
        ("1 октября 2030 года, далее – ежеквартально", ["2030-10-01"]),
        ("1 марта 2026 года; 1 июня 2026 года", ["2026-03-01", "2026-06-01"]),
    ],
)
def test_every_class_of_deadline(phrase: str, found: list[str]) -> None:
    dues = list_dues(phrase, TERMS)
    assert [str(due.due) if due.due else due.waiting for due in dues] == found
    assert len({(due.period, due.ordinal) for due in dues}) == len(dues)


def test_a_period_is_announced_before_it_ends() -> None:
    assert list_dues("в течение 2026 года", TERMS)[0].warn_on == datetime.date(2026, 12, 1)
    assert list_dues("постоянно", TERMS)[0].warn_on == datetime.date(2026, 12, 1)


def test_a_day_off_is_marked_and_not_moved() -> None:
    due = list_dues("1 марта 2026 г.", TERMS)[0]
    assert (due.due, due.is_day_off) == (datetime.date(2026, 3, 1), True)
    assert list_dues("2 марта 2026 г.", TERMS)[0].is_day_off is False


def test_two_subsidy_years_of_one_order(country: Country) -> None:
    """One order drives several waves: relative deadlines move with the year, the others stay."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта года получения субсидии", "27 ноября года, предшествующего году получения субсидии"])
        first = apply(country, revision, make_wave(country, year=2025, schools=0))
        second = apply(country, revision, make_wave(country, year=2026, schools=0))
        assert [day for day, _, _ in dates(first)] == ["2025-03-01", "2024-11-27"]
        assert [day for day, _, _ in dates(second)] == ["2026-03-01", "2025-11-27"]


def test_a_date_without_a_year_is_of_the_roadmaps_year(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["31 января"], subsidy_year=2024)
        assert dates(apply(country, revision, make_wave(country, year=2026, schools=0)))[0][0] == "2024-01-31"


def test_quarters_come_up_to_the_horizon(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 октября 2026 г., далее – ежеквартально"], reach=Reach.CENTRE)
        wave = make_wave(country, schools=2)
        application = apply(country, revision, wave)
        assert application.horizon_on == datetime.date(2027, 12, 31)
        assert dates(application)[:6] == [
            ("2026-10-01", "2026-Q3", ""),
            ("2027-01-01", "2026-Q4", ""),
            ("2027-04-01", "2027-Q1", ""),
            ("2027-07-01", "2027-Q2", ""),
            ("2027-10-01", "2027-Q3", ""),
            ("2026-10-01", "2026-Q3", ""),
        ]
        assert Milestone.objects.filter(application=application).count() == 10


def test_a_composite_measure_makes_a_milestone_for_each_item(country: Country) -> None:
    """Each item has its own stage; where the cell states as many deadlines as there are items, each its own day."""
    items = [("обучить", "staff-training"), ("открыть", "launch")]
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country))
        make_measure(revision, 1, "Обучить и открыть", deadline="1 июня 2026 г.", stage="launch", items=items)
        make_measure(revision, 2, "Ещё раз", deadline="1 июня 2026 г.; 1 сентября 2026 г.", stage="launch", items=items)
        approve(revision, country)
        application = apply(country, revision, make_wave(country, schools=0))
        rows = Milestone.objects.filter(application=application).order_by("measure__position", "item")
        assert [(row.item, row.stage, str(row.due_on)) for row in rows] == [
            (0, "staff-training", "2026-06-01"),
            (1, "launch", "2026-06-01"),
            (0, "staff-training", "2026-06-01"),
            (1, "launch", "2026-09-01"),
        ]


def test_who_does_what(country: Country) -> None:
    """Every centre: its school. Once: the lead responsible, else who leads the wave."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country))
        for number, reach in enumerate((Reach.ONCE, Reach.ONCE, Reach.ONCE, Reach.CENTRE), 1):
            make_measure(revision, number, f"Мероприятие {number}", deadline="1 марта 2026 г.", stage="other", reach=reach)
        for position, name in ((1, "centre02"), (2, "body01")):
            Responsible.objects.filter(measure__revision=revision, measure__position=position).update(
                mapped_organisation=country.organisations[name]
            )
        approve(revision, country)
        application = apply(country, revision, make_wave(country, schools=1))
        rows = Milestone.objects.filter(application=application).order_by("measure__position")
        who = [row.organisation for row in rows]
        names = ("centre02", "body02", "body02", "school02")
        assert who == [country.organisations[name] for name in names]


def test_a_municipal_roadmap_takes_its_own_schools(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."], reach=Reach.CENTRE, body="town02")
        wave = make_wave(country, schools=2)
        elsewhere = country.organisations["centre02"]
        fill_wave(country, wave, [elsewhere])
        application = apply(country, revision, wave)
        rows = Milestone.objects.filter(application=application)
        assert rows.count() == 2 and elsewhere.pk not in set(rows.values_list("organisation_id", flat=True))


def test_settings_of_the_organisation_count(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        DeadlineSettings.objects.create(
            organisation=country.organisations["body02"],
            region_id="02",
            before_includes_day=False,
            warning_days=10,
            changed_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            changed_by=country.people["coordinator"],
        )
        revision = make_plan(country, ["до 1 февраля 2026 г.", "в течение 2026 года"], body="town02")
        application = apply(country, revision, make_wave(country, schools=0))
        rows = list(Milestone.objects.filter(application=application).order_by("measure__position"))
        assert str(rows[0].due_on) == "2026-01-31"
        assert str(rows[1].warn_on) == "2026-12-21"


def test_what_waits_beside_what_is_dated_in_one_cell_is_not_lost(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."])
        amended = amend(country, revision, {1: "1 марта 2026 г.; согласно графику, направляемому федеральным оператором"})
        application = apply(country, amended, make_wave(country, schools=0))
        assert sorted((day, waiting) for day, _, waiting in dates(application)) == [("", "schedule"), ("2026-03-01", "")]
