"""What is done «по необходимости»: nothing is due before somebody calls for it, with a reason."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Centre
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.milestones import lock_wave
from vekha_portal.execution.bridge import calendar_of
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.execution.plans import once_by, parts_of, read_ground
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure

name_kinds({"measure-called-for": "Мероприятие понадобилось"})


@transaction.atomic
def call_for(
    *,
    application: Application,
    measure: Measure,
    centre: Centre | None = None,
    due_on: datetime.date,
    reason: str,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Milestone:
    """Make the next milestone of a measure because it is needed; the same call twice gives the first one back."""
    wave, roadmap = application.wave, application.roadmap
    if not permissions.can_apply_here.test(scope, (roadmap, wave)):
        raise NotAllowed("Назначает исполнение по необходимости тот, чья дорожная карта.")
    reason = reason.strip()
    if not reason:
        raise Refused("Укажите, зачем понадобилось мероприятие: это увидит исполнитель.")
    if due_on < at.date():
        raise Refused(f"Срок {due_on:%d.%m.%Y} уже прошёл: назначьте день не раньше сегодняшнего.")
    if measure.revision_id != application.revision_id or measure.removed_at is not None:
        raise Refused("Этого мероприятия нет в действующей редакции карты.")
    lock_wave(wave.pk)
    ground = read_ground(
        wave=wave, revision=application.revision, reaches=application.reaches, until=application.horizon_on
    )
    is_for_centres = ground.reach_of(measure) == Reach.CENTRE
    if is_for_centres and (centre is None or centre.pk not in dict(ground.centres)):
        raise Refused("Мероприятие выполняют в каждом центре: выберите центр из перечня волны.")
    same = Milestone.objects.filter(
        application=application, measure_key=measure.key, centre=centre if is_for_centres else None
    )
    known = same.filter(called_because=reason, due_on=due_on, withdrawn_at=None).first()
    if known is not None:
        return known
    part = parts_of(measure, ground.terms)[0]
    last = same.filter(item=part.item, period="").aggregate(last=Max("ordinal"))["last"] or 0
    made = Milestone.objects.create(
        region_id=wave.region_id,
        wave=wave,
        application=application,
        measure=measure,
        measure_key=measure.key,
        item=part.item,
        centre=centre if is_for_centres else None,
        organisation_id=centre.organisation_id if is_for_centres and centre else once_by(ground, measure),
        stage=part.stage,
        ordinal=last + 1,
        planned_on=due_on,
        due_on=due_on,
        is_day_off=calendar_of(wave.region_id).is_day_off(due_on),
        called_because=reason,
    )
    record("measure-called-for", by=by, about=made, reason=reason, at=at, data={"срок": due_on})
    return made
