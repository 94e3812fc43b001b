"""The horizon rolls on by itself: repetitions are always dated at least fifteen months ahead."""

from __future__ import annotations

import datetime

from django.db import transaction

from vekha_portal.execution.actions.milestones import insert_planned, lock_wave
from vekha_portal.execution.actions.superior import link_superiors
from vekha_portal.execution.differences import compare, read_rows
from vekha_portal.execution.models import Application
from vekha_portal.execution.plans import MONTHS_AHEAD, horizon_for, plan, read_ground
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds

name_kinds({"horizon-rolled": "Сроки рассчитаны дальше"})

#: Applications of one transaction: a region's coordinator never waits long for the locks of their waves.
AT_ONCE = 20


def list_due_applications(day: datetime.date) -> list[int]:
    """The applications whose repetitions end too soon, in waves that are not closed."""
    soon = day.year * 12 + day.month - 1 + MONTHS_AHEAD
    limit = datetime.date(soon // 12, soon % 12 + 1, 1)
    rows = Application.objects.filter(horizon_on__lt=limit, wave__closed_on=None).select_related("wave__programme")
    return [each.pk for each in rows.order_by("wave_id", "pk") if horizon_for(each.wave, day) > each.horizon_on]


@transaction.atomic
def roll_horizons(*, at: datetime.datetime, limit: int = AT_ONCE) -> int:
    """Date the repetitions of some applications further on; zero when none is left. Asked by the program itself."""
    day = at.date()
    chosen = list_due_applications(day)[:limit]
    for pk in chosen:
        _roll(pk, day, at)
    return len(chosen)


def _roll(pk: int, day: datetime.date, at: datetime.datetime) -> None:
    """Only what lies behind the old horizon is made: other differences are for a person to look at."""
    application = Application.objects.select_related("wave__programme", "wave__organisation").get(pk=pk)
    lock_wave(application.wave_id)
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("wave__programme", "wave__organisation", "revision__roadmap__organisation")
        .get(pk=pk)
    )
    before, until = application.horizon_on, horizon_for(application.wave, day)
    if until <= before:
        return
    ground = read_ground(
        wave=application.wave, revision=application.revision, reaches=application.reaches, until=until
    )
    later = [each for each in plan(ground) if each.due_on is not None and each.due_on > before]
    missing = compare(later, read_rows(application.pk, keys={each.measure_key for each in later})).new
    application.horizon_on = until
    application.save(update_fields=["horizon_on"])
    made = insert_planned(application, [each for each in missing if each.period])
    if made:
        link_superiors(application)
    record("horizon-rolled", by=None, about=application, at=at, data={"сроки по": until, "контрольных точек": made})
