"""A wave's list of schools with what follows from it: added centres get their milestones, removed ones lose the open ones.

The list itself is kept by `centres.actions`; pages call these verbs, so that list and milestones never part.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.centres import actions as centres
from vekha_portal.centres.actions.lists import KEPT_BY
from vekha_portal.centres.lists import plan_list
from vekha_portal.centres.models import Centre, ListImport, Wave
from vekha_portal.centres.permissions import can_change_list
from vekha_portal.execution.actions.milestones import insert_planned, lock_wave, withdraw
from vekha_portal.execution.actions.schedule import list_applications
from vekha_portal.execution.actions.superior import link_superiors
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.plans import list_own_centres, plan, read_ground
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.sheets import read_sheet


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
    return _withdraw_of(
        closed, Q(due_on=None) | Q(due_on__gt=on), f"{words} с {on:%d.%m.%Y}: {reason.strip()}", by=by, at=at
    )


def _withdraw_of(centre: Centre, which: Q, reason: str, *, by: Person, at: datetime.datetime) -> int:
    rows = Milestone.objects.in_force().filter(which, centre=centre)
    return withdraw(list(rows.values_list("pk", flat=True)), reason=reason, by=by, at=at)


@transaction.atomic
def carry_out_list(
    *, kept: ListImport, decisions: Mapping[str, str], by: Person, scope: Scope, at: datetime.datetime
) -> int:
    """Put the schools of a kept table on the list, wholly or not at all; a second click finds it done. How many were added."""
    if not can_change_list.test(scope, kept.wave):
        raise NotAllowed(KEPT_BY)
    kept = ListImport.objects.visible_to(scope).select_for_update(of=("self",)).select_related("wave").get(pk=kept.pk)
    if kept.applied_at is not None:
        return int(kept.outcome.get("школ", 0))
    plan = plan_list(read_sheet(bytes(kept.content)), wave=kept.wave, scope=scope, decisions=decisions)
    if not plan.is_ready:
        raise Refused(
            f"Не загружено ничего: ошибок {len(plan.errors)}, нерешённых строк {len(plan.questions)}. "
            "Исправьте таблицу или решите строки."
        )
    added = add_schools(wave=kept.wave, schools=plan.schools, by=by, scope=scope, at=at)
    kept.applied_at, kept.outcome = at, {"школ": len(added)}
    kept.save(update_fields=["applied_at", "outcome"])
    return len(added)
