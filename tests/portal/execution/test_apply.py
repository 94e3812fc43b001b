"""Applying a roadmap to a wave in bulk; who may; twice; applying again after an amendment or other settings."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country
from tests.portal.plans import amend, apply, dates, fill_wave, make_plan, make_wave, many_schools
from tests.portal.works import make_measure, make_order, make_revision, make_schools
from vekha_portal.centres.models import Wave
from vekha_portal.execution.actions.apply import apply_roadmap, newest_revision, preview_again, reapply_roadmap
from vekha_portal.execution.differences import Difference
from vekha_portal.execution.models import Application, Milestone, Progress
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import DeadlineSettings, Revision

THIRTEEN = ["1 марта 2026 г."] * 12 + ["1 октября 2026 г., далее – ежеквартально"]


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def again(country: Country, application: Application, revision: Revision, **given: Any) -> Difference:
    """Apply the newest revision again, as the coordinator who has just looked."""
    known = Application.objects.select_related("wave__programme", "wave__organisation").get(pk=application.pk)
    fresh = newest_revision(revision.roadmap)
    assert fresh is not None
    values: dict[str, Any] = {"version": known.version, "scope": SYSTEM_SCOPE, **given}
    return reapply_roadmap(
        application=known, revision=fresh, reaches={}, by=country.people["coordinator"], at=AT, **values
    )


def test_three_hundred_centres_take_as_many_statements_as_three(country: Country) -> None:
    counts, made = [], []
    with use_scope(SYSTEM_SCOPE):
        schools = many_schools(country, 300)
        for programme, size in (("growth-point", 3), ("school-quantorium", 300)):
            revision = make_plan(country, THIRTEEN, reach=Reach.CENTRE, programme=programme)
            wave = make_wave(country, schools=0, programme=programme)
            fill_wave(country, wave, schools[:size])
            with CaptureQueriesContext(connection) as captured:
                application = apply(country, revision, wave)
            counts.append(len(captured))
            made.append(Milestone.objects.filter(application=application).count())
    assert made == [3 * 17, 300 * 17]
    assert counts[1] - counts[0] <= 1, "one more batch of rows"
    assert counts[0] <= 22


def test_a_second_click_finds_it_done(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, THIRTEEN, reach=Reach.CENTRE), make_wave(country)
        first = apply(country, revision, wave)
        assert apply(country, revision, wave) == first
        assert Milestone.objects.count() == 17
        assert Entry.objects.filter(kind="roadmap-applied").count() == 1


def test_other_reaches_are_not_a_second_click(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, THIRTEEN), make_wave(country)
        apply(country, revision, wave)
        keys = {str(each.key): "centre" for each in revision.measures.all()}
        with pytest.raises(Refused, match="уже применена"):
            apply_roadmap(
                revision=revision, wave=wave, reaches=keys, by=country.people["coordinator"], scope=SYSTEM_SCOPE, at=AT
            )


def test_what_was_chosen_counts_and_nonsense_does_not(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, ["1 марта 2026 г.", "1 марта 2026 г."]), make_wave(country, schools=2)
        first, second = revision.measures.order_by("position")
        application = apply_roadmap(
            revision=revision,
            wave=wave,
            reaches={str(first.key): "centre", str(second.key): "everywhere", "x": "once"},
            by=country.people["coordinator"],
            scope=SYSTEM_SCOPE,
            at=AT,
        )
        assert application.reaches == {str(first.key): "centre", str(second.key): "once"}
        assert Milestone.objects.filter(application=application).count() == 3


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"programme_id": "it-cube"}, "программы"),
        ({"closed_on": datetime.date(2026, 3, 1)}, "завершена"),
        ({}, "не утверждена"),
    ],
)
def test_what_cannot_be_applied_says_why(country: Country, spoil: dict[str, Any], words: str) -> None:
    with use_scope(SYSTEM_SCOPE):
        if spoil:
            revision = make_plan(country, THIRTEEN)
        else:
            revision = make_revision(country, make_order(country))
            make_measure(revision, 1, "Мера", deadline="1 марта 2026 г.", stage="other")
        wave = make_wave(country)
        Wave.objects.filter(pk=wave.pk).update(**spoil or {"version": 2})
        wave = Wave.objects.select_related("programme", "organisation").get(pk=wave.pk)
        with pytest.raises(Refused, match=words):
            apply(country, revision, wave)
        assert not Application.objects.exists()


MAY = {
    "body02": {"admin", "coordinator", "centre"},
    "town02": {"admin", "coordinator", "centre", "town"},
    "school02": {"admin", "coordinator", "centre", "town", "school"},
}
ALL = ("admin", "operator", "ministry", "coordinator", "centre", "town", "school", "controller", "stranger")


@pytest.mark.parametrize("body", MAY)
@pytest.mark.parametrize("name", ALL)
def test_who_applies_whose_roadmap(country: Country, body: str, name: str) -> None:
    """The verb refuses whom the rule refuses, and lets through whom the database lets through."""
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, THIRTEEN, reach=Reach.CENTRE, body=body), make_wave(country)
        wave = Wave.objects.select_related("programme", "organisation").get(pk=wave.pk)
    scope = country.scope(name)
    given: dict[str, Any] = {"revision": revision, "wave": wave, "reaches": {}, "by": country.people[name], "scope": scope, "at": AT}
    with use_scope(scope):
        if name not in MAY[body]:
            with pytest.raises(NotAllowed):
                apply_roadmap(**given)
        else:
            assert Milestone.objects.filter(application=apply_roadmap(**given)).count() == 17


@pytest.mark.parametrize("name", ["operator", "ministry", "controller", "stranger", "town", "school"])
def test_the_database_refuses_too(country: Country, name: str) -> None:
    """A regional application written past the verb by a role that may not."""
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, THIRTEEN), make_wave(country)
    row = Application(
        wave=wave,
        roadmap=revision.roadmap,
        revision=revision,
        organisation=revision.organisation,
        region_id="02",
        horizon_on=datetime.date(2027, 12, 31),
        applied_at=AT,
        applied_by=country.people[name],
    )
    with use_scope(country.scope(name)), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save()


def test_an_amendment_keeps_what_was_done(country: Country) -> None:
    """Dates move, accepted ones stay, a new measure comes, one that is out is withdrawn with the reason."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г.", "1 апреля 2026 г.", "1 мая 2026 г.", "1 июня 2026 г."])
        application = apply(country, revision, make_wave(country))
        first, second, third, _fourth = Milestone.objects.order_by("measure__position")
        Milestone.objects.filter(pk=first.pk).update(progress=Progress.ACCEPTED)
        Milestone.objects.filter(pk=second.pk).update(progress=Progress.SUBMITTED)
        amend(
            country,
            revision,
            {1: "1 сентября 2026 г.", 2: "1 октября 2026 г.", 3: None},
            more=["1 ноября 2026 г."],
        )
        fresh = newest_revision(revision.roadmap)
        assert fresh is not None
        shown = preview_again(application=application, revision=fresh, reaches={}).difference
        assert [(str(each.row.due_on), str(each.due_on)) for each in shown.moved] == [("2026-04-01", "2026-10-01")]
        assert Milestone.objects.get(pk=third.pk).withdrawn_at is None, "looking changes nothing"
        done = again(country, application, revision)
        assert done.counts == {"сделано": 1, "перенесено": 1, "возвращено": 0, "снято": 1, "осталось": 3}
        assert dates(application) == [
            ("2026-03-01", "", ""),
            ("2026-10-01", "", ""),
            ("2026-06-01", "", ""),
            ("2026-11-01", "", ""),
        ]
        gone = Milestone.objects.get(pk=third.pk)
        assert gone.withdrawn_because.startswith("изменение: ") and gone.withdrawn_by == country.people["coordinator"]
        kept = Milestone.objects.get(pk=second.pk)
        assert kept.measure.revision == fresh and kept.planned_on == datetime.date(2026, 10, 1)
        untouched = Milestone.objects.get(pk=first.pk)
        assert untouched.measure.revision == revision and untouched.due_on == datetime.date(2026, 3, 1)


def test_a_measure_that_comes_back_finds_its_milestone(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г.", "1 апреля 2026 г."])
        application = apply(country, revision, make_wave(country))
        key = revision.measures.get(position=2).key
        before = Milestone.objects.get(measure_key=key)
        second = amend(country, revision, {2: None})
        again(country, application, revision)
        assert Milestone.objects.get(pk=before.pk).withdrawn_at is not None
        amend(country, second, {}, more=["1 мая 2026 г."], more_keys=[key])
        done = again(country, application, revision)
        back = Milestone.objects.get(pk=before.pk)
        assert (len(done.restored), len(done.new)) == (1, 0)
        assert (back.withdrawn_at, back.withdrawn_because, str(back.due_on)) == (None, "", "2026-05-01")


def test_an_extension_outlives_an_amendment_that_asks_for_less(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."])
        application = apply(country, revision, make_wave(country))
        Milestone.objects.update(due_on=datetime.date(2026, 5, 1))
        second = amend(country, revision, {1: "1 апреля 2026 г."})
        again(country, application, revision)
        row = Milestone.objects.get()
        assert (str(row.planned_on), str(row.due_on)) == ("2026-04-01", "2026-05-01")
        amend(country, second, {1: "1 июля 2026 г."})
        again(country, application, revision)
        row.refresh_from_db()
        assert (str(row.planned_on), str(row.due_on)) == ("2026-07-01", "2026-07-01")


def test_quarters_keep_their_periods_when_the_first_one_moves(country: Country) -> None:
    """A report that begins a quarter later loses that quarter, and no other quarter takes its progress."""
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 апреля 2026 г., далее – ежеквартально"])
        application = apply(country, revision, make_wave(country))
        Milestone.objects.filter(period="2026-Q2").update(progress=Progress.ACCEPTED)
        amend(country, revision, {1: "1 июля 2026 г., далее – ежеквартально"})
        done = again(country, application, revision)
        assert [row.period for row in done.withdrawn] == ["2026-Q1"] and not done.new and not done.moved
        assert Milestone.objects.get(progress=Progress.ACCEPTED).period == "2026-Q2"


def test_other_settings_are_seen_before_they_count(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["до 1 февраля 2026 г."])
        application = apply(country, revision, make_wave(country))
        DeadlineSettings.objects.create(
            organisation=country.organisations["body02"],
            region_id="02",
            before_includes_day=False,
            changed_at=AT,
            changed_by=country.people["coordinator"],
        )
        done = again(country, application, revision)
        assert [(str(each.row.due_on), str(each.due_on)) for each in done.moved] == [("2026-02-01", "2026-01-31")]


def test_a_second_click_after_an_amendment_changes_nothing(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."])
        application = apply(country, revision, make_wave(country))
        amend(country, revision, {1: "1 апреля 2026 г."})
        assert not again(country, application, revision, version=1).is_empty
        assert again(country, application, revision, version=1).is_empty
        assert Entry.objects.filter(kind="roadmap-applied-again").count() == 1


def test_who_looked_at_an_older_state_is_told(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г."])
        application = apply(country, revision, make_wave(country))
        second = amend(country, revision, {1: "1 апреля 2026 г."})
        again(country, application, revision, version=1)
        amend(country, second, {1: "1 мая 2026 г."})
        with pytest.raises(Refused, match="кто-то другой"):
            again(country, application, revision, version=1)


def test_from_once_to_every_centre(country: Country) -> None:
    """Another reach at an amendment withdraws the one milestone and makes one for each school."""
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, ["1 марта 2026 г."]), make_wave(country, schools=0)
        fill_wave(country, wave, make_schools(country, 2))
        application = apply(country, revision, wave)
        key = str(revision.measures.get().key)
        known = Application.objects.select_related("wave__programme", "wave__organisation").get(pk=application.pk)
        fresh = newest_revision(revision.roadmap)
        assert fresh is not None
        done = reapply_roadmap(
            application=known,
            revision=fresh,
            reaches={key: "centre"},
            version=1,
            by=country.people["coordinator"],
            scope=SYSTEM_SCOPE,
            at=AT,
        )
        assert (len(done.new), len(done.withdrawn)) == (2, 1)
