"""A wave's list of schools with what follows from it: added centres get their milestones, removed ones lose the open ones.

The list itself is kept by `centres.actions`; pages call these verbs, so that list and milestones never part.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.centres import actions as centres
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.actions.milestones import insert_planned, lock_wave, withdraw
from vekha_portal.execution.actions.schedule import list_applications
from vekha_portal.execution.actions.superior import link_superiors
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.plans import list_own_centres, plan, read_ground
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation


@transaction.atomic
def add_schools(
    *, wave: Wave, schools: Sequence[Organisation], by: Person, scope: Scope, at: datetime.datetime
) -> list[Centre]:
    """Put schools on the list and make the milestones they lack from every roadmap applied to the wave."""
    lock_wave(wave.pk)
    added = centres.add_centres(wave=wave, schools=schools, by=by, scope=scope, at=at)
    if not added:
        return added
    new = {centre.pk for centre in added}
    for application in list_applications(wave):
        own = [each for each in list_own_centres(wave, application.revision.roadmap.organisation) if each.pk in new]
        ground = read_ground(
            wave=application.wave,
            revision=application.revision,
            reaches=application.reaches,
            until=application.horizon_on,
            centres=own,
        )
        made = insert_planned(application, [each for each in plan(ground) if each.centre_id is not None])
        if made:
            link_superiors(application)
    return added


@transaction.atomic
def remove_school(*, centre: Centre, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> int:
    """Take a centre off the list; its open milestones are withdrawn, visibly, with the reason. How many were."""
    lock_wave(centre.wave_id)
    removed = centres.remove_centre(centre=centre, reason=reason, by=by, scope=scope, at=at)
    return _withdraw_of(removed, Q(), f"исключена из перечня: {reason.strip()}", by=by, at=at)


@transaction.atomic
def close_centre(
    *,
    centre: Centre,
    on: datetime.date,
    reason: str,
    version: int,
    successor: Centre | None = None,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> int:
    """Close a centre, or merge it into another; what was due before the day stays owed, the rest is withdrawn. How many were."""
    lock_wave(centre.wave_id)
    closed = centres.close_centre(
        centre=centre, on=on, reason=reason, version=version, successor=successor, by=by, scope=scope, at=at
    )
    words = "центр закрыт" if successor is None else f"центр продолжает работу как «{successor}»"
    return _withdraw_of(closed, Q(due_on=None) | Q(due_on__gt=on), f"{words} с {on:%d.%m.%Y}: {reason.strip()}", by=by, at=at)


def _withdraw_of(centre: Centre, which: Q, reason: str, *, by: Person, at: datetime.datetime) -> int:
    rows = Milestone.objects.in_force().filter(which, centre=centre)
    return withdraw(list(rows.values_list("pk", flat=True)), reason=reason, by=by, at=at)
