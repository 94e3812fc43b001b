"""Deeds on thousands of rows, done by people through the actions of the pages, under the role of the pages."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.accounts.scope import Chair, scope_of
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.examples.rows import insert
from vekha_portal.execution import progress
from vekha_portal.execution.actions.apply import apply_roadmap
from vekha_portal.execution.actions.bulk import accept_many, attach_to_many
from vekha_portal.execution.actions.evidence import Card
from vekha_portal.execution.models import Application, Milestone, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, Scope, use_scope
from vekha_portal.orders.actions.order import NewRoadmap, Requisites, enter_order
from vekha_portal.orders.actions.revision import approve_revision
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.orders.reference.bridge import read_reference
from vekha_portal.registry.models import Organisation, OrganisationKind, Programme, Region

SCHOOLS = 300
_REFERENCE = "school-quantorium-2024"
_CENTRE = ("wave", "region", "programme", "organisation", "added_at", "added_by")
Done = TypeVar("Done")


def carry_out() -> dict[str, Any]:
    """Apply, hand in, accept, derive, apply to everybody: seconds and numbers of each."""
    now = timezone.now()
    coordinators = {code: (person, scope) for code, person, scope in _coordinators()}
    with use_scope(SYSTEM_SCOPE):
        sizes = Centre.objects.values_list("region_id").annotate(size=Count("pk")).order_by("-size", "region_id")
        regions = [code for code, _ in sizes]
    biggest, middle = regions[0], regions[len(regions) // 2]
    answer: dict[str, Any] = {"regions": len(regions)}
    person, scope = coordinators[biggest]
    with use_scope(scope):
        prepared = _prepare(biggest, "mobile-quantorium", SCHOOLS, person, scope, now)
        answer["apply"] = _timed(lambda: _apply(*prepared, person, scope, now, everywhere=True))
        wave = prepared[1]
    answer["apply"]["made"] = _count(wave)
    answer |= _accept(wave, person, scope, now)
    answer["derive_biggest"], answer["derive_middle"] = _derive(biggest), _derive(middle)
    answer["country"] = _apply_to_country(coordinators, now)
    return answer


def _coordinators() -> Iterator[tuple[str, Person, Scope]]:
    with use_scope(SYSTEM_SCOPE):
        rows = RoleAssignment.objects.filter(role=Role.REGIONAL_COORDINATOR).select_related("organisation", "person")
        for each in rows:
            yield str(each.region_id), each.person, scope_of(each.person, Chair(each))


def _prepare(
    code: str, programme: str, schools: int | None, person: Person, scope: Scope, at: datetime.datetime
) -> tuple[Revision, Wave]:
    """An approved roadmap of thirteen measures and a wave with its list, ready to be applied."""
    body = Organisation.objects.get(region_id=code, kind=OrganisationKind.REGIONAL_BODY)
    year = at.year + 1
    order = enter_order(
        organisation=body,
        requisites=Requisites(kind="распоряжение", number=f"{programme}-{code}", signed_on=at.date(), title="О мерах"),
        roadmaps=[NewRoadmap(Programme.objects.get(pk=programme), year, "", read_reference(_REFERENCE))],
        by=person,
        scope=scope,
        at=at,
    )
    revision = Revision.objects.get(basis=order)
    approve_revision(revision=revision, version=revision.version, is_knowing=True, by=person, scope=scope, at=at)
    wave = Wave.objects.create(
        programme_id=programme, region=Region.objects.get(pk=code), organisation=body, subsidy_year=year, created_at=at, created_by=person
    )  # fmt: skip
    chosen = Organisation.objects.filter(region_id=code, kind=OrganisationKind.SCHOOL).order_by("pk")
    numbers = chosen.values_list("pk", flat=True)[:schools]
    insert(Centre, _CENTRE, [(wave.pk, code, programme, number, at, person.pk) for number in numbers])
    return Revision.objects.select_related("roadmap__organisation", "roadmap__order").get(pk=revision.pk), wave


def _apply(
    revision: Revision, wave: Wave, person: Person, scope: Scope, at: datetime.datetime, *, everywhere: bool
) -> Application:
    keys = Measure.objects.filter(revision=revision).values_list("key", flat=True) if everywhere else ()
    reaches = {str(key): str(Reach.CENTRE) for key in keys}
    return apply_roadmap(revision=revision, wave=wave, reaches=reaches, by=person, scope=scope, at=at)


def _accept(wave: Wave, person: Person, scope: Scope, at: datetime.datetime) -> dict[str, Any]:
    """One document closes three hundred milestones; another official accepts them all at once."""
    with use_scope(SYSTEM_SCOPE):
        other = RoleAssignment.objects.filter(role=Role.REGIONAL_OPERATOR, region_id=wave.region_id)
        assignment = other.select_related("organisation", "person").get()
    hand = scope_of(assignment.person, Chair(assignment))
    with use_scope(hand):
        rows = Milestone.objects.filter(wave=wave, stage="staff-training").order_by("pk").values_list("pk", flat=True)
        points = list(rows[:SCHOOLS])
        card = Card("filled-form", at.date(), title="Сведения об обучении", reference="дело № 1")
        handed = _timed(
            lambda: attach_to_many(milestone_ids=points, card=card, by=assignment.person, scope=hand, at=at)
        )
    with use_scope(scope):
        proofs = list(Proof.objects.filter(milestone_id__in=points).values_list("pk", flat=True))
        accepted = _timed(lambda: accept_many(proof_ids=proofs, by=person, scope=scope, at=at))
        done = Milestone.objects.filter(pk__in=points, progress="accepted").count()
    return {"attach": {**handed, "made": len(proofs)}, "accept": {**accepted, "made": done}}


def _derive(code: str) -> dict[str, Any]:
    with use_scope(SYSTEM_SCOPE):
        points = list(Milestone.objects.filter(region_id=code).values_list("pk", flat=True))
    return {**_timed(lambda: progress.refresh(points)), "made": len(points)}


def _apply_to_country(coordinators: dict[str, tuple[Person, Scope]], at: datetime.datetime) -> dict[str, Any]:
    """Every region applies thirteen measures to all its schools; lists and roadmaps are ready beforehand."""
    ready = []
    for code, (person, scope) in coordinators.items():
        with use_scope(scope):
            ready.append((_prepare(code, "it-cube", None, person, scope, at), person, scope))
    seconds, made = 0.0, 0
    for (revision, wave), person, scope in ready:
        with use_scope(scope):
            seconds += _timed(lambda: _apply(revision, wave, person, scope, at, everywhere=False))["seconds"]  # noqa: B023 — called at once
        made += _count(wave)
    return {"seconds": seconds, "made": made}


def _count(wave: Wave) -> int:
    with use_scope(SYSTEM_SCOPE):
        return Milestone.objects.filter(wave=wave).count()


def _timed(deed: Callable[[], Done]) -> dict[str, Any]:
    """Seconds of a deed with everything the end of its transaction would check."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    began = time.perf_counter()
    deed()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return {"seconds": time.perf_counter() - began}
