"""Orders, approved roadmaps and waves: the packs' reference roadmaps, as every region would approve them for a year."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from vekha_portal.accounts.roles import Role
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.examples.country.measures import MeasureRow, list_measures
from vekha_portal.examples.country.people import People
from vekha_portal.examples.country.registry import RegionRows, SchoolRow
from vekha_portal.examples.country.size import ENVIRONMENT, GROWTH_POINT, QUANTORIUM, Size, WavePlan
from vekha_portal.examples.rows import insert, reserve
from vekha_portal.execution.models import Application
from vekha_portal.execution.plans import horizon_for
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import ExpectedDocument, Measure, Order, Responsible, Revision, Roadmap
from vekha_portal.registry.models import Programme

_WORDS = {
    GROWTH_POINT: "центров образования «Точка роста»",
    QUANTORIUM: "детских технопарков «Кванториум»",
    ENVIRONMENT: "цифровой образовательной среды",
}
#: So many regions in a hundred approve thirteen measures for the growth points instead of ten.
_THOROUGH = 64
#: How long after its subsidy year a wave is monitored.
MONITORED_YEARS = 2
_ORDER = (
    "id", "organisation", "region", "kind", "issuer", "number", "signed_on", "title", "coordinator", "annexes_declared",
    "annexes_found", "created_at", "created_by",
)  # fmt: skip
_ROADMAP = ("id", "order", "organisation", "region", "programme", "title", "subsidy_year")
_REVISION = ("id", "roadmap", "organisation", "region", "number", "basis", "created_at", "created_by")
_MEASURE = (
    "id", "revision", "organisation", "region", "key", "position", "number", "text", "items", "item_stages", "stage",
    "reach", "deadline",
)  # fmt: skip
_RESPONSIBLE = (
    "measure", "organisation", "region", "position", "name", "kind", "is_lead", "mapped_organisation", "mapped_role",
    "is_each_centre",
)  # fmt: skip
_DOCUMENT = (
    "measure", "organisation", "region", "key", "position", "item", "text", "evidence_type", "is_inferred"
)  # fmt: skip
_WAVE = (
    "id",
    "programme",
    "region",
    "organisation",
    "subsidy_year",
    "list_order",
    "created_at",
    "created_by",
    "closed_on",
)
_CENTRE = (
    "id", "wave", "region", "programme", "organisation", "name", "enrolment", "enrolment_on", "opened_on", "added_at",
    "added_by",
)  # fmt: skip
_APPLICATION = (
    "id", "wave", "roadmap", "revision", "organisation", "region", "reaches", "horizon_on", "applied_at", "applied_by"
)  # fmt: skip
_APPROVE = """
UPDATE orders_revision r SET approved_at = r.created_at + interval '3 days', approved_by_id = r.created_by_id, version = 2
WHERE r.id = ANY (%s)
"""


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A centre of a wave; without a day it is not open yet."""

    id: int
    school: SchoolRow
    opened_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class WaveRows:
    """A wave with what is applied to it, by numbers."""

    plan: WavePlan
    region: RegionRows
    wave: int
    order: int
    roadmap: int
    revision: int
    application: int
    coordinator: int
    signed_on: datetime.date
    horizon_on: datetime.date
    closed_on: datetime.date | None
    measures: tuple[MeasureRow, ...]
    centres: tuple[CentreRow, ...]

    @property
    def entered_at(self) -> datetime.datetime:
        """When the order was entered; three days later its roadmap was approved and applied."""
        return datetime.datetime.combine(self.signed_on, datetime.time(7, 30), datetime.UTC)

    @property
    def owner(self) -> tuple[int, str]:
        """The body that leads the wave, and its region."""
        return self.region.body, self.region.plan.code


def add_waves(regions: Sequence[RegionRows], people: People, size: Size) -> list[WaveRows]:
    """Every wave with its order, its roadmap approved, its list of schools, and the application of one to the other."""
    waves = [wave for region in regions for wave in _number(region, people, size)]
    _insert_orders(waves)
    _insert_measures(waves)
    with connection.cursor() as cursor:
        cursor.execute(_APPROVE, [[wave.revision for wave in waves]])
    _insert_waves(waves)
    return waves


def _number(region: RegionRows, people: People, size: Size) -> Iterator[WaveRows]:
    plan = region.plan
    chance = random.Random(f"{size.seed}:waves:{plan.code}")
    thorough = chance.randrange(100) < _THOROUGH or any(wave.centres >= 100 for wave in plan.waves)
    schools = iter(chance.sample(region.schools, len(region.schools)))
    waves, orders, roadmaps, revisions, applications = (
        iter(reserve(model, len(plan.waves))) for model in (Wave, Order, Roadmap, Revision, Application)
    )
    centres = iter(reserve(Centre, plan.schools))
    horizons = {year: _horizon(year, size.day) for year in size.years}
    for wave in plan.waves:
        until = datetime.date(wave.year + MONITORED_YEARS, 12, 31)
        yield WaveRows(
            wave,
            region,
            wave=next(waves),
            order=next(orders),
            roadmap=next(roadmaps),
            revision=next(revisions),
            application=next(applications),
            coordinator=people.coordinators[plan.code],
            signed_on=datetime.date(wave.year - 1, 8, 1) + datetime.timedelta(days=chance.randrange(10, 28)),
            horizon_on=until if until < size.day else horizons[wave.year],
            closed_on=until if until < size.day else None,
            measures=list_measures(wave, chance, thorough=thorough),
            centres=tuple(
                CentreRow(next(centres), next(schools), _opening(wave, size, chance)) for _ in range(wave.centres)
            ),
        )


def _horizon(year: int, day: datetime.date) -> datetime.date:
    """Up to which day a wave that is not closed has its dates: as applying and rolling on would have left it."""
    return horizon_for(Wave(subsidy_year=year, programme=Programme()), day)


def _opening(wave: WavePlan, size: Size, chance: random.Random) -> datetime.date | None:
    """Most open on the first of September of the subsidy year, some later, a few of this year's not yet."""
    late = chance.choice((7, 14, 30, 75, 120)) if chance.random() < 0.12 else 0
    day = datetime.date(wave.year, 9, 1) + datetime.timedelta(days=late)
    return day if day <= size.day else None


def _insert_orders(waves: Sequence[WaveRows]) -> None:
    def order(wave: WaveRows) -> tuple[object, ...]:
        words = f"О создании и функционировании {_WORDS[wave.plan.programme]} в {wave.plan.year} году"
        body = f"Департамент образования региона {wave.owner[1]} (пример)"
        number = f"{100 + wave.order % 900}-р"
        return (
            wave.order, *wave.owner, "распоряжение", body, number, wave.signed_on, words, body, 1, 1, wave.entered_at,
            wave.coordinator,
        )  # fmt: skip

    insert(Order, _ORDER, map(order, waves))
    insert(
        Roadmap,
        _ROADMAP,
        (
            (
                each.roadmap,
                each.order,
                *each.owner,
                each.plan.programme,
                f"Комплекс мер («дорожная карта») по созданию {_WORDS[each.plan.programme]} в {each.plan.year} году",
                each.plan.year,
            )
            for each in waves
        ),
    )
    insert(
        Revision,
        _REVISION,
        (
            (each.revision, each.roadmap, *each.owner, 1, each.order, each.entered_at, each.coordinator)
            for each in waves
        ),
    )


def _insert_measures(waves: Sequence[WaveRows]) -> None:
    pairs = [(wave, place, measure) for wave in waves for place, measure in enumerate(wave.measures, start=1)]
    insert(
        Measure,
        _MEASURE,
        (
            (
                each.id,
                wave.revision,
                *wave.owner,
                each.key,
                place,
                each.number,
                each.words.text,
                list(each.words.items),
                list(each.words.item_stages) or None,
                each.words.stage,
                str(each.reach),
                each.words.deadline,
            )
            for wave, place, each in pairs
        ),
    )
    insert(
        Responsible,
        _RESPONSIBLE,
        (
            (each.id, *wave.owner, 1, *each.responsible, True, wave.region.body, str(Role.REGIONAL_COORDINATOR), False)
            if each.reach is Reach.ONCE
            else (each.id, *wave.owner, 1, *each.responsible, True, None, "", True)
            for wave, _, each in pairs
        ),
    )
    insert(
        ExpectedDocument,
        _DOCUMENT,
        (
            (
                each.id,
                *wave.owner,
                document.key,
                place,
                document.item,
                document.text,
                document.type,
                document.is_inferred,
            )
            for wave, _, each in pairs
            for place, document in enumerate(each.documents, start=1)
        ),
    )


def _insert_waves(waves: Sequence[WaveRows]) -> None:
    insert(
        Wave,
        _WAVE,
        (
            (
                each.wave,
                each.plan.programme,
                each.owner[1],
                each.owner[0],
                each.plan.year,
                each.order,
                each.entered_at,
                each.coordinator,
                each.closed_on,
            )
            for each in waves
        ),
    )
    insert(
        Centre,
        _CENTRE,
        (
            (
                centre.id,
                each.wave,
                each.owner[1],
                each.plan.programme,
                centre.school.id,
                "",
                centre.school.enrolment,
                datetime.date(each.plan.year, 9, 1) if centre.opened_on else None,
                centre.opened_on,
                each.entered_at,
                each.coordinator,
            )
            for each in waves
            for centre in each.centres
        ),
    )
    insert(
        Application,
        _APPLICATION,
        (
            (
                each.application,
                each.wave,
                each.roadmap,
                each.revision,
                *each.owner,
                {str(measure.key): str(measure.reach) for measure in each.measures},
                each.horizon_on,
                each.entered_at + datetime.timedelta(days=3),
                each.coordinator,
            )
            for each in waves
        ),
    )
