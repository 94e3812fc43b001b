"""Reads of people: the list with their roles, a constant number of queries however many."""

from __future__ import annotations

import datetime

from django.db.models import Prefetch, Q

from vekha_portal.accounts.models import Person, PersonQuerySet, RoleAssignment
from vekha_portal.journal.scope import Scope


def list_people(
    scope: Scope, *, day: datetime.date, text: str = "", role: str = "", organisation: int | None = None
) -> PersonQuerySet:
    """People the scope sees, with ``roles_now``: those of their roles that hold on the day and that it sees."""
    people: PersonQuerySet = Person.objects.visible_to(scope)
    for word in text.split()[:4]:
        people = people.filter(
            Q(surname__istartswith=word) | Q(given_name__istartswith=word) | Q(email__icontains=word)
        )
    if role or organisation is not None:
        held = RoleAssignment.objects.visible_to(scope).in_force_on(day)
        held = held.filter(role=role) if role else held
        held = held.filter(organisation_id=organisation) if organisation is not None else held
        people = people.filter(pk__in=held.values("person_id"))
    roles = (
        RoleAssignment.objects.visible_to(scope)
        .in_force_on(day)
        .select_related("organisation", "programme")
        .order_by("pk")
    )
    return people.prefetch_related(Prefetch("assignments", roles, to_attr="roles_now")).order_by(
        "surname", "given_name", "pk"
    )
