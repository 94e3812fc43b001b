"""An invented roadmap, approved and applied in region 02: rows written directly, so that every app's tests can begin from them.

Measures (short names): ``basis`` once, «до 1 марта 2026 г.»; ``list`` once, by the operator's schedule; ``training`` in every
centre, «до 1 июня 2026 г.», composite of training and launch; ``report`` in every centre, quarterly. Milestones are those that applying
makes. Call everything inside a scope that may: `use_scope(SYSTEM_SCOPE)`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.portal.people import AT, Country, make_organisation
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import ExpectedDocument, Measure, Order, Responsible, Revision, Roadmap
from vekha_portal.registry.models import Organisation, OrganisationKind, Programme, Region

YEAR = 2026
QUARTERS = (
    ("2026-Q1", datetime.date(2026, 4, 1)),
    ("2026-Q2", datetime.date(2026, 7, 1)),
    ("2026-Q3", datetime.date(2026, 10, 1)),
)


@dataclass
class Works:
    """What was made, by short names."""

    order: Order
    roadmap: Roadmap
    revision: Revision
    wave: Wave
    application: Application
    measures: dict[str, Measure] = field(default_factory=dict)
    centres: list[Centre] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)

    def of(self, name: str, centre: Centre | None = None) -> list[Milestone]:
        """The milestones of a measure (at one centre), in the order they were made."""
        found = [each for each in self.milestones if each.measure_id == self.measures[name].pk]
        return [each for each in found if centre is None or each.centre_id == centre.pk]


def make_order(country: Country, *, body: str = "body02", number: str = "15-р", title: str = "Об утверждении комплекса мер") -> Order:
    """An order of an organisation, entered by the region's coordinator."""
    organisation = country.organisations[body]
    return Order.objects.create(
        organisation=organisation,
        region_id=organisation.region_id,
        kind="распоряжение",
        issuer=organisation.name,
        number=number,
        signed_on=datetime.date(2025, 12, 20),
        title=title,
        created_at=AT,
        created_by=country.people["coordinator"],
    )


def make_revision(country: Country, order: Order, *, programme: str = "growth-point", position: int = 1) -> Revision:
    """A roadmap of the order with its first revision, still a draft."""
    roadmap = Roadmap.objects.create(
        order=order,
        organisation=order.organisation,
        region_id=order.region_id,
        programme=Programme.objects.get(pk=programme),
        position=position,
        title="Комплекс мер по созданию центров",
        subsidy_year=YEAR,
    )
    return Revision.objects.create(
        roadmap=roadmap,
        organisation=order.organisation,
        region_id=order.region_id,
        number=1,
        basis=order,
        created_at=AT,
        created_by=country.people["coordinator"],
    )


def make_measure(
    revision: Revision, position: int, text: str, *, deadline: str, stage: str, reach: Reach = Reach.ONCE,
    items: Iterable[tuple[str, str]] = (), documents: Iterable[tuple[str, str]] = (), responsible: str = "Департамент образования",
) -> Measure:  # fmt: skip
    """A measure of a draft: ``items`` are texts with their stages, ``documents`` are types with their texts."""
    items = list(items)
    owned = {"organisation_id": revision.organisation_id, "region_id": revision.region_id}
    measure = Measure.objects.create(
        revision=revision,
        **owned,
        position=position,
        number=str(position),
        text=text,
        items=[item for item, _ in items],
        item_stages=[item_stage for _, item_stage in items] or None,
        stage=stage,
        reach=reach,
        deadline=deadline,
    )
    Responsible.objects.create(measure=measure, **owned, position=1, name=responsible, kind="body", is_lead=True)
    for place, (kind, words) in enumerate(documents, start=1):
        ExpectedDocument.objects.create(measure=measure, **owned, position=place, text=words, evidence_type=kind)
    return measure


def approve(revision: Revision, country: Country) -> None:
    """Approve a draft, as the coordinator."""
    revision.approved_at, revision.approved_by = AT, country.people["coordinator"]
    revision.save(update_fields=["approved_at", "approved_by"])


def make_schools(country: Country, count: int, *, town: str = "town02") -> list[Organisation]:
    """So many more schools of a town, after the one that is there."""
    above = country.organisations[town]
    first = country.organisations[town.replace("town", "school")]
    named = [f"МБОУ «СОШ № {number}» г. Зареченска" for number in range(101, 100 + count)]
    more = [
        make_organisation(name, OrganisationKind.SCHOOL, region=above.region_id, parent=above, town="Зареченск")
        for name in named
    ]
    return [first, *more]


def make_works(country: Country, *, schools: int = 3) -> Works:
    """The approved roadmap, a wave with its centres, and all their milestones."""
    with use_scope(SYSTEM_SCOPE):
        order = make_order(country)
        revision = make_revision(country, order)
        measures = _make_measures(revision)
        approve(revision, country)
        body = country.organisations["body02"]
        coordinator = country.people["coordinator"]
        wave = Wave.objects.create(
            programme_id="growth-point",
            region=Region.objects.get(pk="02"),
            organisation=body,
            subsidy_year=YEAR,
            created_at=AT,
            created_by=coordinator,
        )
        application = Application.objects.create(
            wave=wave,
            roadmap=revision.roadmap,
            revision=revision,
            organisation=body,
            region_id="02",
            reaches={str(measure.key): measure.reach for measure in measures.values()},
            horizon_on=datetime.date(2026, 12, 31),
            applied_at=AT,
            applied_by=coordinator,
        )
        centres = [
            Centre.objects.create(
                wave=wave, region_id="02", programme_id="growth-point", organisation=school, added_at=AT, added_by=coordinator
            )
            for school in make_schools(country, schools)
        ]
        works = Works(order, revision.roadmap, revision, wave, application, measures, centres)
        works.milestones = Milestone.objects.bulk_create(_milestones(works, body))
    return works


def _make_measures(revision: Revision) -> dict[str, Measure]:
    return {
        "basis": make_measure(
            revision, 1, "Утвердить перечень школ и показатели", deadline="до 1 марта 2026 г.", stage="legal-basis",
            documents=[("region-act", "распоряжение")],
        ),
        "list": make_measure(
            revision, 2, "Согласовать инфраструктурный лист", deadline="согласно графику федерального оператора", stage="infrastructure-list",
            documents=[("letter-out", "письмо оператору"), ("letter-in", "письмо оператора"), ("education-body-order", "приказ")],
        ),
        "training": make_measure(
            revision, 3, "Обучить педагогов и открыть центр", deadline="до 1 июня 2026 г.", stage="staff-training", reach=Reach.CENTRE,
            items=[("обучить педагогов", "staff-training"), ("открыть центр", "launch")],
            documents=[("certificate", "удостоверения"), ("media-publication", "публикация")],
            responsible="Общеобразовательные организации",
        ),
        "report": make_measure(
            revision, 4, "Представить отчёт о показателях", deadline="1 апреля 2026 г., далее – ежеквартально", stage="indicator-monitoring",
            reach=Reach.CENTRE, documents=[("report", "отчёт")], responsible="Общеобразовательные организации",
        ),
    }  # fmt: skip


def _milestones(works: Works, body: Organisation) -> Iterable[Milestone]:
    measures = works.measures
    yield _milestone(works, measures["basis"], body, due_on=datetime.date(2026, 3, 1), is_day_off=True)
    yield _milestone(works, measures["list"], body, waiting_for="schedule")
    for centre in works.centres:
        place = {"centre": centre}
        for item, stage in enumerate(("staff-training", "launch")):
            due = {"due_on": datetime.date(2026, 6, 1), "item": item, "stage": stage}
            yield _milestone(works, measures["training"], centre.organisation, **place, **due)
        for ordinal, (period, day) in enumerate(QUARTERS, start=1):
            due = {"due_on": day, "period": period, "ordinal": ordinal}
            yield _milestone(works, measures["report"], centre.organisation, **place, **due)


def _milestone(works: Works, measure: Measure, organisation: Organisation, **values: object) -> Milestone:
    given = {"stage": measure.stage, "planned_on": values.get("due_on"), **values}
    return Milestone(
        region_id="02",
        wave=works.wave,
        application=works.application,
        measure=measure,
        measure_key=measure.key,
        organisation=organisation,
        **given,
    )
