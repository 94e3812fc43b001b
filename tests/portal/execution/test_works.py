"""Milestones as rows: their state on a day is the same in the database and in the program; closed revisions stay closed."""

from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, transaction

from tests.portal.people import Country, make_country
from tests.portal.works import Works, make_works
from vekha_portal.execution.models import Milestone, Progress, State
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import ExpectedDocument, Measure, Responsible

DAYS = [datetime.date(2026, 5, day) for day in (17, 18, 31)] + [datetime.date(2026, 6, day) for day in (1, 2)]


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


@pytest.fixture
def works(country: Country) -> Works:
    return make_works(country)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_database_and_the_program_say_the_same_state(works: Works, day: datetime.date) -> None:
    with use_scope(SYSTEM_SCOPE):
        for number, progress in enumerate(Progress):
            Milestone.objects.filter(pk__in=[each.pk for each in works.milestones[number :: len(Progress)]]).update(
                progress=progress
            )
        rows = list(Milestone.objects.with_state(day))
        assert rows and [row.state for row in rows] == [row.state_on(day).value for row in rows]


def test_the_day_itself_is_not_late(works: Works) -> None:
    milestone = works.of("training")[0]
    assert milestone.due_on == datetime.date(2026, 6, 1)
    assert [milestone.state_on(day) for day in DAYS] == [State.AHEAD, State.SOON, State.SOON, State.SOON, State.OVERDUE]


@pytest.mark.parametrize(
    "change",
    [
        lambda works: Measure.objects.filter(pk=works.measures["list"].pk).update(text="другое"),
        lambda works: ExpectedDocument.objects.filter(measure=works.measures["list"]).update(text="другое"),
        lambda works: Responsible.objects.filter(measure=works.measures["list"]).update(name="другой"),
        lambda works: type(works.revision).objects.filter(pk=works.revision.pk).update(number=7),
    ],
)
def test_an_approved_revision_does_not_change(works: Works, change: object) -> None:
    with use_scope(SYSTEM_SCOPE), pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        change(works)  # type: ignore[operator]


def test_who_a_responsible_is_may_still_be_said(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        mine = Responsible.objects.filter(measure=works.measures["list"])
        assert mine.update(mapped_organisation=country.organisations["body02"]) == 1


SEES = {"admin": 17, "ministry": 17, "coordinator": 17, "controller": 17, "town": 17, "school": 7, "stranger": 0}


@pytest.mark.parametrize("name", SEES)
def test_who_sees_which_milestones(works: Works, country: Country, name: str) -> None:
    """All the region; a school its own five and the two of its superior; the database says the same as the program."""
    scope = country.scope(name)
    with use_scope(scope):
        seen = set(Milestone.objects.visible_to(scope).values_list("pk", flat=True))
        assert seen == set(Milestone.objects.values_list("pk", flat=True))
        assert len(seen) == SEES[name]
