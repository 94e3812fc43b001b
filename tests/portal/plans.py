"""Applying in tests: a wave with schools and a roadmap of given phrases, approved; and what milestones came of it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Sequence

from tests.portal.people import AT, Country
from tests.portal.works import approve, make_measure, make_order, make_revision, make_schools
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.actions.apply import apply_roadmap
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.registry.models import Organisation, OrganisationKind, Region

DAY = datetime.date


def make_wave(
    country: Country, *, year: int = 2026, schools: int = 1, programme: str = "growth-point", region: str = "02"
) -> Wave:
    """A wave with so many schools on its list; to be called inside a scope that may."""
    wave = Wave.objects.create(
        programme_id=programme,
        region=Region.objects.get(pk=region),
        organisation=country.organisations[f"body{region}"],
        subsidy_year=year,
        created_at=AT,
        created_by=country.people["coordinator"],
    )
    if schools:
        fill_wave(country, wave, make_schools(country, schools, town=f"town{region}"))
    return wave


def fill_wave(country: Country, wave: Wave, schools: Sequence[Organisation]) -> list[Centre]:
    """Centres at these schools."""
    return Centre.objects.bulk_create(
        Centre(
            wave=wave,
            region_id=wave.region_id,
            programme_id=wave.programme_id,
            organisation=school,
            added_at=AT,
            added_by=country.people["coordinator"],
        )
        for school in schools
    )


def make_plan(
    country: Country,
    phrases: Iterable[str],
    *,
    reach: Reach = Reach.ONCE,
    stage: str = "other",
    body: str = "body02",
    programme: str = "growth-point",
    subsidy_year: int | None = None,
) -> Revision:
    """An approved revision with a measure for each phrase."""
    revision = make_revision(country, make_order(country, body=body), programme=programme)
    if revision.roadmap.subsidy_year != subsidy_year:
        revision.roadmap.subsidy_year = subsidy_year
        revision.roadmap.save(update_fields=["subsidy_year"])
    for number, phrase in enumerate(phrases, 1):
        make_measure(revision, number, f"Мероприятие {number}", deadline=phrase, stage=stage, reach=reach)
    approve(revision, country)
    return revision


def amend(
    country: Country,
    revision: Revision,
    phrases: dict[int, str | None],
    *,
    more: Iterable[str] = (),
    more_keys: Sequence[uuid.UUID] = (),
) -> Revision:
    """The next approved revision: position → new phrase, ``None`` takes the measure out; keys go on."""
    nxt = Revision.objects.create(
        roadmap=revision.roadmap,
        organisation=revision.organisation,
        region_id=revision.region_id,
        number=revision.number + 1,
        basis=revision.basis,
        previous=revision,
        created_at=AT,
        created_by=country.people["coordinator"],
    )
    measures = list(revision.measures.order_by("position"))
    for measure in measures:
        phrase = phrases.get(measure.position, measure.deadline)
        if phrase is None:
            continue
        copied = make_measure(
            nxt,
            measure.position,
            measure.text,
            deadline=phrase,
            stage=measure.stage,
            reach=Reach(measure.reach),
            items=list(zip(measure.items, measure.item_stages or [], strict=False)),
        )
        Measure.objects.filter(pk=copied.pk).update(key=measure.key)
    for number, phrase in enumerate(more, len(measures) + 1):
        made = make_measure(nxt, number, f"Мероприятие {number}", deadline=phrase, stage="other")
        if more_keys:
            Measure.objects.filter(pk=made.pk).update(key=more_keys[number - len(measures) - 1])
    approve(nxt, country)
    return nxt


def apply(country: Country, revision: Revision, wave: Wave, *, horizon_on: DAY | None = None) -> Application:
    """Apply as the program itself, on behalf of the coordinator."""
    return apply_roadmap(
        revision=revision,
        wave=wave,
        reaches={},
        by=country.people["coordinator"],
        scope=SYSTEM_SCOPE,
        at=AT,
        horizon_on=horizon_on,
    )


def dates(application: Application, *, position: int | None = None) -> list[tuple[str, str, str]]:
    """Day, period and what is awaited of the milestones in force, in order."""
    rows = Milestone.objects.filter(application=application, withdrawn_at=None)
    if position is not None:
        rows = rows.filter(measure__position=position)
    rows = rows.order_by("measure__position", "item", "centre_id", "due_on", "ordinal")
    return [(str(row.due_on or ""), row.period, row.waiting_for) for row in rows]


def many_schools(country: Country, count: int, *, town: str = "town02") -> list[Organisation]:
    """So many schools at once, without the ceremony of the registry; called once in a test."""
    above = country.organisations[town]
    return Organisation.objects.bulk_create(
        Organisation(
            kind=OrganisationKind.SCHOOL,
            region_id=above.region_id,
            municipality_id=above.municipality_id,
            parent=above,
            name=f"МБОУ «СОШ № {number}»",
            sort_key=f"мбоу сош № {number:04}",
            match_key=f"сош №{number}",
            path=f"{above.path}~{number}",
        )
        for number in range(1001, 1001 + count)
    )
