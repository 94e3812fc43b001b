"""The organisations of the country: federal ones, and in every region a body, an operator, municipal authorities and schools."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from vekha_portal.examples.country.size import RegionPlan, divide
from vekha_portal.examples.names import municipality_name, place_stems, school_names
from vekha_portal.examples.rows import insert, reserve
from vekha_portal.registry.bridge import fold
from vekha_portal.registry.likeness import match_key
from vekha_portal.registry.models import Municipality, Organisation, OrganisationKind, OrganisationName, School

_FOUNDED = datetime.date(2005, 9, 1)
_RENAMED = datetime.date(2022, 9, 1)
#: One school in so many had another name before.
_RENAMED_ONE_IN = 12
_ORGANISATION = (
    "id", "kind", "region", "municipality", "parent", "name", "short_name", "sort_key", "match_key", "opened_on"
)  # fmt: skip
_NAME = ("organisation", "region", "name", "short_name", "since", "basis")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school that was made."""

    id: int
    authority: int
    enrolment: int


@dataclass(slots=True)
class RegionRows:
    """The organisations of one region, by their numbers."""

    plan: RegionPlan
    body: int
    operator: int
    authorities: list[int] = field(default_factory=list)
    schools: list[SchoolRow] = field(default_factory=list)


@dataclass(slots=True)
class Federal:
    """Who stands above the regions."""

    operator: int
    ministry: int


def add_federal() -> Federal:
    """The federal operator and the ministry."""
    operator, ministry = reserve(Organisation, 2)
    rows = [
        (operator, OrganisationKind.FEDERAL_OPERATOR, None, "Федеральный оператор «Полюс»"),
        (ministry, OrganisationKind.MINISTRY, None, "Министерство общего образования (пример)"),
    ]
    _insert([_organisation(id_, kind, name, name) for id_, kind, _, name in rows])
    return Federal(operator, ministry)


def add_regions(plans: Sequence[RegionPlan], seed: int) -> list[RegionRows]:
    """Every organisation of the regions, from above to below."""
    ids = iter(reserve(Organisation, sum(2 + plan.municipalities + plan.schools for plan in plans)))
    regions = [RegionRows(plan, next(ids), next(ids)) for plan in plans]
    _insert(
        [
            _organisation(each.body, OrganisationKind.REGIONAL_BODY, *_body(each), region=each.plan.code)
            for each in regions
        ]
    )
    _insert(
        [
            _organisation(
                each.operator,
                OrganisationKind.REGIONAL_OPERATOR,
                *_operator(each),
                region=each.plan.code,
                parent=each.body,
            )
            for each in regions
        ]
    )
    _add_below(regions, ids, seed)
    return regions


def _add_below(regions: Sequence[RegionRows], ids: Iterator[int], seed: int) -> None:
    places, authorities, schools, cards = [], [], [], []
    numbers = iter(reserve(Municipality, sum(each.plan.municipalities for each in regions)))
    for each in regions:
        chance = random.Random(f"{seed}:registry:{each.plan.code}")
        code, count = each.plan.code, each.plan.municipalities
        shares = divide(each.plan.schools, [chance.uniform(0.5, 1.5) for _ in range(count)])
        for stem, share in zip(place_stems(chance, count), shares, strict=True):
            number, authority = next(numbers), next(ids)
            place = municipality_name(chance, stem)
            places.append((number, code, place, fold(place)))
            name = f"Управление образования ({place})"
            authorities.append(
                _organisation(
                    authority,
                    OrganisationKind.MUNICIPAL_AUTHORITY,
                    name,
                    name,
                    region=code,
                    parent=each.body,
                    place=number,
                )
            )
            each.authorities.append(authority)
            for school in islice(school_names(chance, stem), share):
                id_, enrolment = next(ids), chance.randint(40, 260) if school.is_rural else chance.randint(180, 1400)
                schools.append(
                    _organisation(
                        id_,
                        OrganisationKind.SCHOOL,
                        school.full,
                        school.short,
                        region=code,
                        parent=authority,
                        place=number,
                    )
                )
                cards.append((id_, code, school.is_rural, enrolment < 90, enrolment, _RENAMED))
                each.schools.append(SchoolRow(id_, authority, enrolment))
    insert(Municipality, ("id", "region", "name", "sort_key"), places)
    _insert(authorities)
    _insert(schools)
    insert(School, ("organisation", "region", "is_rural", "is_small", "enrolment", "enrolment_on"), cards)


def _body(region: RegionRows) -> tuple[str, str]:
    return f"Департамент образования региона {region.plan.code} (пример)", f"Департамент образования {region.plan.code}"


def _operator(region: RegionRows) -> tuple[str, str]:
    return (
        f"Институт развития образования региона {region.plan.code} (пример)",
        f"Институт развития образования {region.plan.code}",
    )


_Row = tuple[int, str, str | None, int | None, int | None, str, str, str, str, datetime.date]


def _organisation(
    id_: int, kind: OrganisationKind, name: str, short: str, *, region: str | None = None, parent: int | None = None,
    place: int | None = None,
) -> _Row:  # fmt: skip
    return (id_, str(kind), region, place, parent, name, short, fold(name), match_key(name), _FOUNDED)


def _insert(rows: Sequence[_Row]) -> None:
    insert(Organisation, _ORGANISATION, rows)
    insert(OrganisationName, _NAME, [name for row in rows for name in _names(row)])


def _names(row: _Row) -> Iterator[tuple[int, str | None, str, str, datetime.date, str]]:
    id_, kind, region, _, _, name, short, *_ = row
    if kind == OrganisationKind.SCHOOL and id_ % _RENAMED_ONE_IN == 0:
        yield id_, region, name.replace("бюджетное", "казённое"), short.replace("МБОУ", "МКОУ"), _FOUNDED, ""
        yield id_, region, name, short, _RENAMED, "изменение типа учреждения"
    else:
        yield id_, region, name, short, _FOUNDED, ""
