"""A region at work, another beside it that must not be seen, and one fixed day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine

from tests.portal.people import AT, Country, make_country
from tests.portal.works import YEAR, Works, approve, make_measure, make_order, make_revision, make_works
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

#: A Monday; measure 1 and the first report are overdue, training is due in a week.
DAY = datetime.date(2026, 5, 25)
#: What stands in the other region only.
SECRET = "Согласовать тайный перечень соседей"


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    """Every test happens on this day."""
    with time_machine.travel(datetime.datetime(2026, 5, 25, 9, 0, tzinfo=datetime.UTC), tick=True):
        yield


@pytest.fixture
def country(db: None) -> Country:
    """Two regions and people in every role."""
    return make_country()


@pytest.fixture
def works(country: Country) -> Works:
    """Region 02 at work."""
    return make_works(country)


@pytest.fixture
def neighbour(country: Country) -> Milestone:
    """One overdue milestone of a school in region 01."""
    with use_scope(SYSTEM_SCOPE):
        order = make_order(country, body="body01", number="77-тайное", title="О тайном перечне")
        revision = make_revision(country, order)
        measure = make_measure(revision, 1, SECRET, deadline="до 1 марта 2026 г.", stage="legal-basis")
        approve(revision, country)
        body, by = country.organisations["body01"], country.people["stranger"]
        wave = Wave.objects.create(
            programme_id="growth-point",
            region_id="01",
            organisation=body,
            subsidy_year=YEAR,
            created_at=AT,
            created_by=by,
        )
        application = Application.objects.create(
            wave=wave, roadmap=revision.roadmap, revision=revision, organisation=body, region_id="01",
            horizon_on=datetime.date(2026, 12, 31), applied_at=AT, applied_by=by,
        )  # fmt: skip
        school = country.organisations["school01"]
        centre = Centre.objects.create(
            wave=wave, region_id="01", programme_id="growth-point", organisation=school, added_at=AT, added_by=by
        )
        return Milestone.objects.create(
            region_id="01", wave=wave, application=application, measure=measure, measure_key=measure.key, centre=centre,
            organisation=school, stage=measure.stage, due_on=datetime.date(2026, 3, 1), planned_on=datetime.date(2026, 3, 1),
        )  # fmt: skip


def put(milestone: Milestone, progress: str) -> None:
    """Set what people would have done, behind their backs."""
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk=milestone.pk).update(progress=progress)
