"""What a centre's page asks: its milestones and those of its wave, its people, its documents."""

from __future__ import annotations

import datetime

from django.db.models import Q

from vekha_portal.accounts.models import RoleAssignment
from vekha_portal.centres.models import Centre
from vekha_portal.execution.models import Evidence, Milestone
from vekha_portal.journal.scope import Scope
from vekha_portal.overview.queries.reach import AROUND, seen

#: Documents and people shown; a school has few.
SHOWN = 20


def find_centre(scope: Scope, number: int) -> Centre | None:
    """The centre, where the role sees it."""
    rows = Centre.objects.visible_to(scope)
    if scope.programmes:
        rows = rows.filter(programme_id__in=scope.programmes)
    around = (
        "organisation__municipality",
        "organisation__parent",
        "region",
        "programme",
        "wave__list_order",
        "successor",
    )
    return rows.filter(pk=number).select_related(*around).first()


def milestones_of(scope: Scope, centre: Centre) -> list[Milestone]:
    """The centre's milestones and those its whole wave shares, by date; those that wait come last. One query."""
    rows = seen(scope).filter(Q(centre=centre) | Q(wave_id=centre.wave_id, centre=None))
    return list(rows.select_related(*AROUND).order_by("due_on", "measure__position", "item", "pk"))


def people_of(scope: Scope, centre: Centre, *, day: datetime.date) -> list[RoleAssignment]:
    """Who holds a role in the centre's school on a day. One query."""
    held = RoleAssignment.objects.visible_to(scope).in_force_on(day).filter(organisation_id=centre.organisation_id)
    return list(held.filter(person__is_active=True).select_related("person").order_by("person__surname", "pk")[:SHOWN])


def documents_of(scope: Scope, centre: Centre) -> list[Evidence]:
    """The newest documents handed in for the centre's milestones. One query."""
    rows = Evidence.objects.visible_to(scope).filter(
        proofs__milestone__centre=centre, proofs__recalled_at=None, replaced_by=None
    )
    return list(rows.select_related("file").distinct().order_by("-added_at", "-pk")[:SHOWN])
