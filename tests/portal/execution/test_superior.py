"""Municipal milestones under the regional ones, whichever roadmap was applied first; and what is later below than above."""

from __future__ import annotations

import datetime
import uuid

import pytest

from tests.portal.people import AT, Country, make_country
from tests.portal.plans import amend, apply, fill_wave, make_plan, make_wave
from tests.portal.works import approve, make_measure, make_schools
from vekha_portal.execution.actions.apply import newest_revision, reapply_roadmap
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.execution.superior_reads import children_later_than_parent, children_of
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision

PHRASES = ["1 марта 2026 г.", "1 октября 2026 г., далее – ежеквартально"]
LATER = ["15 марта 2026 г.", "1 октября 2026 г., далее – ежеквартально"]


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def pair(country: Country) -> tuple[Revision, Revision]:
    """A regional revision and the municipal one under it, measure by measure."""
    region = make_plan(country, PHRASES, reach=Reach.CENTRE)
    above = {each.position: each.key for each in region.measures.all()}
    town = make_plan(country, [], body="town02")
    town.roadmap.superior = region.roadmap
    town.roadmap.save()
    draft = amend_under(country, town, above)
    return region, draft


def amend_under(country: Country, town: Revision, above: dict[int, uuid.UUID]) -> Revision:
    """The municipal measures, each under its superior's."""
    draft = Revision.objects.create(
        roadmap=town.roadmap,
        organisation=town.organisation,
        region_id=town.region_id,
        number=2,
        basis=town.basis,
        created_at=AT,
        created_by=country.people["coordinator"],
    )
    for position, phrase in enumerate(LATER, 1):
        made = make_measure(draft, position, f"Мероприятие {position}", deadline=phrase, stage="other", reach=Reach.CENTRE)
        Measure.objects.filter(pk=made.pk).update(superior_key=above[position])
    approve(draft, country)
    return draft


@pytest.mark.parametrize("town_first", [False, True])
def test_either_may_be_applied_first(country: Country, town_first: bool) -> None:  # noqa: FBT001 — a parameter of a test
    with use_scope(SYSTEM_SCOPE):
        region, town = pair(country)
        wave = make_wave(country, schools=0)
        fill_wave(country, wave, make_schools(country, 2))
        for revision in (town, region) if town_first else (region, town):
            apply(country, revision, wave)
        below = Milestone.objects.filter(application__roadmap=town.roadmap).select_related("superior")
        assert below.count() == 12
        for each in below:
            assert each.superior is not None
            assert (each.superior.centre_id, each.superior.period) == (each.centre_id, each.period)


def test_what_is_later_below_is_seen(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        region, town = pair(country)
        wave = make_wave(country, schools=1)
        apply(country, region, wave)
        apply(country, town, wave)
        later = children_later_than_parent(SYSTEM_SCOPE, wave=wave.pk)
        assert [(str(each.due_on), str(each.superior.due_on)) for each in later] == [("2026-03-15", "2026-03-01")]  # type: ignore[union-attr]
        above = Milestone.objects.filter(application__roadmap=region.roadmap)
        states = children_of(SYSTEM_SCOPE, above, day=datetime.date(2026, 4, 1))
        assert [each.state for each in states] == ["overdue", *["ahead"] * 5]
    with use_scope(country.scope("stranger")):
        assert not children_later_than_parent(country.scope("stranger"))


def test_an_amendment_above_hangs_what_is_below_anew(country: Country) -> None:
    """What was withdrawn above is nobody's superior any more once it is back with another key."""
    with use_scope(SYSTEM_SCOPE):
        region, town = pair(country)
        wave = make_wave(country, schools=1)
        application = apply(country, region, wave)
        apply(country, town, wave)
        amend(country, region, {1: "20 марта 2026 г."})
        fresh = newest_revision(region.roadmap)
        known = Application.objects.select_related("wave__programme", "wave__organisation").get(pk=application.pk)
        assert fresh is not None
        reapply_roadmap(
            application=known,
            revision=fresh,
            reaches={},
            version=1,
            by=country.people["coordinator"],
            scope=SYSTEM_SCOPE,
            at=AT,
        )
        assert not children_later_than_parent(SYSTEM_SCOPE, wave=wave.pk)
