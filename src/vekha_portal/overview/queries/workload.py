"""Who carries what on which day: the open milestones of a period by day, by organisation and by person."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q

from vekha_portal.accounts.models import Deputy
from vekha_portal.accounts.roles import Role
from vekha_portal.execution.models import MilestoneQuerySet
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.overview.queries.reach import of_territory, unfinished
from vekha_portal.registry.models import Organisation

#: Days, organisations and people shown; the rest is in the list they lead to.
MOST_DAYS = 400
MOST_ORGANISATIONS = 40
MOST_PEOPLE = 40


@dataclass(frozen=True, slots=True)
class Span:
    """The days a page is about, both ends in it; and the region, where the whole country is seen."""

    since: datetime.date
    until: datetime.date
    region: str = ""


@dataclass(frozen=True, slots=True)
class LoadedDay:
    """A day on which something falls due."""

    day: datetime.date
    count: int
    organisations: int


def rows_of(scope: Scope, span: Span) -> MilestoneQuerySet:
    """What falls due in the days and is not accepted yet."""
    rows = unfinished(of_territory(scope)).filter(due_on__gte=span.since, due_on__lte=span.until)
    return rows.filter(region_id=span.region) if span.region else rows


def days_of(scope: Scope, span: Span) -> list[LoadedDay]:
    """Every day with what falls due on it. One query."""
    groups: Any = rows_of(scope, span).order_by().values("due_on")
    found = groups.annotate(count=Count("pk"), organisations=Count("organisation_id", distinct=True))
    return [
        LoadedDay(each["due_on"], each["count"], each["organisations"]) for each in found.order_by("due_on")[:MOST_DAYS]
    ]


def regions_of(scope: Scope, span: Span) -> list[dict[str, Any]]:
    """Every region with what falls due in the days, the fullest first. One query."""
    groups: Any = rows_of(scope, span).order_by().values("region_id", name=F("region__name"))
    return list(groups.annotate(count=Count("pk"), first=Min("due_on")).order_by("-count", "region_id"))


def organisations_of(scope: Scope, span: Span) -> list[dict[str, Any]]:
    """The organisations with most to hand in in the days. One query."""
    groups: Any = (
        rows_of(scope, span)
        .order_by()
        .values("organisation_id", name=F("organisation__name"), short_name=F("organisation__short_name"))
    )
    found = groups.annotate(count=Count("pk"), days=Count("due_on", distinct=True), first=Min("due_on"))
    return list(found.order_by("-count", "organisation_id")[:MOST_ORGANISATIONS])


@dataclass(frozen=True, slots=True)
class Carrier:
    """A person or a role that measures name, with what falls due for it in the days."""

    person: int | None
    name: str
    count: int
    days: int
    first: datetime.date


def carriers_of(scope: Scope, span: Span) -> list[Carrier]:
    """People and roles to whom responsibles of measures are mapped, the most loaded first. One query."""
    rows = rows_of(scope, span).filter(measure__responsibles__removed_at=None).filter(
        Q(measure__responsibles__mapped_person__isnull=False) | ~Q(measure__responsibles__mapped_role="")
    )  # fmt: skip
    groups: Any = rows.order_by().values(
        person=F("measure__responsibles__mapped_person_id"),
        surname=F("measure__responsibles__mapped_person__surname"),
        given_name=F("measure__responsibles__mapped_person__given_name"),
        patronymic=F("measure__responsibles__mapped_person__patronymic"),
        role=F("measure__responsibles__mapped_role"),
    )
    found = groups.annotate(
        count=Count("pk", distinct=True), days=Count("due_on", distinct=True), first=Min("due_on")
    ).order_by("-count", "person", "role")[:MOST_PEOPLE]
    return [Carrier(each["person"], _name(each), each["count"], each["days"], each["first"]) for each in found]


def _name(each: dict[str, Any]) -> str:
    if each["surname"]:
        initials = " ".join(f"{part[0]}." for part in (each["given_name"], each["patronymic"]) if part)
        return f"{each['surname']} {initials}".strip()
    role = each["role"]
    if role:
        return f"роль: {Role(role).label.lower()}"
    return "человек вне вашей территории"


def absences_of(scope: Scope, span: Span) -> list[Deputy]:
    """Absences in the days and who stands in, of the role's part of the tree. One query."""
    rows = Deputy.objects.filter(since__lte=span.until, until__gte=span.since)
    match scope.reach:
        case Reach.COUNTRY:
            rows = rows.filter(region_id=span.region) if span.region else rows
        case Reach.REGION:
            rows = rows.filter(region_id=scope.region)
        case _:
            own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
            rows = rows.filter(principal__assignments__organisation_id__in=own).distinct()
    return list(rows.select_related("principal", "deputy").order_by("since", "pk")[:50])
