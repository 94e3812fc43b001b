"""From the role a person acts in to the scope of a request."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists

from vekha_portal.accounts.models import Deputy, Person, RoleAssignment
from vekha_portal.accounts.roles import Role, reach_of
from vekha_portal.journal.scope import NOBODY, Reach, Scope
from vekha_portal.registry.models import OrganisationKind

_ID_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Chair:
    """A role a person may act in now: an own one, or that of somebody the person deputises for."""

    assignment: RoleAssignment
    deputising: Deputy | None = None

    @property
    def label(self) -> str:
        """What the switch of roles calls it."""
        own = str(self.assignment)
        if self.deputising is None:
            return own
        return f"{own} — за {self.assignment.person}, по {self.deputising.until:%d.%m.%Y}"


def list_chairs(person: Person, day: datetime.date) -> list[Chair]:
    """Every role the person may act in on a day, own ones first. One query, and two more for who deputises.

    Asked before any scope is in force, so under the program's own: the organisations of the roles are not yet visible.
    """
    deputising = Deputy.objects.filter(deputy_id=person.pk, since__lte=day, until__gte=day, principal__is_active=True)
    held = RoleAssignment.objects.in_force_on(day).select_related("organisation", "person", "programme").order_by("pk")
    own = list(held.filter(person_id=person.pk).annotate(person_deputises=Exists(deputising)))
    chairs = [Chair(assignment) for assignment in own]
    if not own or own[0].person_deputises:  # type: ignore[attr-defined]  # annotated above
        absent = {each.principal_id: each for each in deputising}
        others = held.filter(person_id__in=absent).exclude(person_id=person.pk) if absent else ()
        chairs += [Chair(assignment, absent[assignment.person_id]) for assignment in others]
    return chairs


def choose_chair(chairs: Sequence[Chair], wanted: int | None) -> Chair | None:
    """The chair a session asks for, else the first; a role that ended is simply not among them."""
    return next((chair for chair in chairs if chair.assignment.pk == wanted), chairs[0] if chairs else None)


def scope_of(person: Person, chair: Chair | None) -> Scope:
    """The scope of a person in a role; without a role only the person is known, and nothing is seen."""
    if chair is None:
        return Scope(role="none", person=person.pk)
    assignment = chair.assignment
    organisation = assignment.organisation
    role = Role(assignment.role)
    reach = reach_of(role, region=assignment.region_id, kind=OrganisationKind(organisation.kind))
    return Scope(
        role=role.value,
        reach=reach,
        regions=frozenset({assignment.region_id} if assignment.region_id and reach is not Reach.COUNTRY else ()),
        organisations=(organisation.pk,),
        path=organisation.path,
        ancestors=ancestors_of(organisation.path),
        programmes=frozenset({assignment.programme_id} if assignment.programme_id else ()),
        person=person.pk,
        assignment=assignment.pk,
        acting_for=None if chair.deputising is None else assignment.person_id,
    )


def ancestors_of(path: str) -> tuple[int, ...]:
    """The ids above an organisation, from its path.

    >>> ancestors_of("000000000100000000020000000003")
    (1, 2)
    """
    ids = [int(path[start : start + _ID_WIDTH]) for start in range(0, len(path), _ID_WIDTH)]
    return tuple(ids[:-1])


__all__ = ["NOBODY", "Chair", "Scope", "ancestors_of", "choose_chair", "list_chairs", "scope_of"]
