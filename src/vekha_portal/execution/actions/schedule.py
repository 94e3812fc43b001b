"""Days that somebody else sets: the operator's schedule, the day of an event; waiting milestones get their dates from them."""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Centre, ListImport, Wave
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.milestones import lock_wave, write_difference
from vekha_portal.execution.actions.superior import link_superiors
from vekha_portal.execution.differences import Difference, compare, read_rows
from vekha_portal.execution.models import Application, Milestone, Schedule, ScheduleKind, ScheduleLine
from vekha_portal.execution.plans import Ground, plan_measure, read_ground, waiting_parts
from vekha_portal.execution.schedule_tables import plan_days
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, Scope, use_scope
from vekha_portal.orders.models import Measure
from vekha_portal.registry.sheets import read_sheet

name_kinds({"schedule-entered": "Внесён график", "event-entered": "Внесён день события"})

CLOSED_DOOR = "Графики вносят федеральный оператор, региональный координатор и региональный оператор."
#: A letter older or a day farther than this is a slip of the pen.
EARLIEST, LATEST = datetime.date(2015, 1, 1), datetime.date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that sets the days: without one nobody can say later why a date is what it is."""

    number: str
    dated_on: datetime.date


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of a schedule: ``dated`` milestones got or changed their day, ``untouched`` were accepted already."""

    schedule: Schedule
    dated: int
    untouched: int


@transaction.atomic
def enter_schedule(
    *,
    wave: Wave,
    days: Mapping[int | None, datetime.date],
    letter: Letter,
    stage: str = "",
    measure_keys: Sequence[uuid.UUID] = (),
    kind: ScheduleKind = ScheduleKind.SCHEDULE,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Entered:
    """Enter the days of a stage or of measures: centre → day, ``None`` → the whole wave. What is accepted keeps its date.

    The last schedule about a measure counts; the same one entered twice changes nothing.
    """
    if not permissions.can_schedule_wave.test(scope, wave):
        raise NotAllowed(CLOSED_DOOR)
    _check(wave, days, letter, stage, measure_keys)
    lock_wave(wave.pk)
    keys = sorted(str(key) for key in measure_keys)
    known = _same_as_last(wave, days, letter, stage, keys, kind)
    if known is not None:
        return Entered(known, 0, 0)
    schedule = Schedule.objects.create(
        wave=wave,
        region_id=wave.region_id,
        organisation_id=wave.organisation_id,
        kind=kind,
        stage=stage,
        measure_keys=keys,
        letter_number=letter.number.strip(),
        letter_on=letter.dated_on,
        entered_at=at,
        entered_by=by,
    )
    ScheduleLine.objects.bulk_create(
        ScheduleLine(schedule=schedule, region_id=wave.region_id, centre_id=centre, day=day)
        for centre, day in days.items()
    )
    differences = [_redate(each, schedule, by=by, at=at) for each in list_applications(wave)]
    dated = sum(len(each.moved) + len(each.new) + len(each.restored) for each in differences)
    untouched = sum(each.untouched for each in differences)
    deed = "event-entered" if kind == ScheduleKind.EVENT else "schedule-entered"
    data = {"письмо": str(schedule), "дат": len(days), "контрольных точек": dated}
    record(deed, by=by, about=wave, at=at, data=data)
    return Entered(schedule, dated, untouched)


def _check(
    wave: Wave,
    days: Mapping[int | None, datetime.date],
    letter: Letter,
    stage: str,
    measure_keys: Sequence[uuid.UUID],
) -> None:
    if wave.closed_on is not None:
        raise Refused(f"Волна завершена {wave.closed_on:%d.%m.%Y}: сроки в ней больше не меняют.")
    if not days:
        raise Refused("Не указано ни одного дня: впишите день для волны или хотя бы для одного центра.")
    if not stage and not measure_keys:
        raise Refused("Выберите этап или мероприятия, которых касается график.")
    if not letter.number.strip():
        raise Refused("Укажите номер письма: по нему видно, откуда взялся срок.")
    wrong = [day for day in (*days.values(), letter.dated_on) if not EARLIEST <= day <= LATEST]
    if wrong:
        raise Refused(f"Дата {wrong[0]:%d.%m.%Y} невозможна: проверьте год.")
    named = {centre for centre in days if centre is not None}
    if named and named != set(Centre.objects.filter(wave=wave, pk__in=named).values_list("pk", flat=True)):
        raise Refused("В графике назван центр другой волны.")


def _same_as_last(
    wave: Wave,
    days: Mapping[int | None, datetime.date],
    letter: Letter,
    stage: str,
    keys: list[str],
    kind: ScheduleKind,
) -> Schedule | None:
    last = (
        Schedule.objects.filter(wave=wave, stage=stage, measure_keys=keys, kind=kind)
        .order_by("-entered_at", "-pk")
        .first()
    )
    if last is None or (last.letter_number, last.letter_on) != (letter.number.strip(), letter.dated_on):
        return None
    lines = dict(ScheduleLine.objects.filter(schedule=last).values_list("centre_id", "day"))
    return last if lines == dict(days) else None


def list_applications(wave: Wave) -> list[Application]:
    """Everything applied to a wave, locked."""
    rows = Application.objects.filter(wave=wave).select_related(
        "wave__programme", "wave__organisation", "revision__roadmap__organisation"
    )
    return list(rows.order_by("pk"))


def concerned(ground: Ground, schedule: Schedule) -> list[Measure]:
    """The measures a schedule speaks of, as far as they wait for somebody else's day."""
    return [
        measure
        for measure in ground.measures
        if any(
            part.stage == schedule.stage or str(measure.key) in schedule.measure_keys
            for part in waiting_parts(measure, ground.terms)
        )
    ]


def _redate(application: Application, schedule: Schedule, *, by: Person, at: datetime.datetime) -> Difference:
    """Give the measures a schedule speaks of its days; nothing else of the application changes."""
    ground = read_ground(
        wave=application.wave, revision=application.revision, reaches=application.reaches, until=application.horizon_on
    )
    measures = concerned(ground, schedule)
    planned = [each for measure in measures for each in plan_measure(ground, measure)]
    difference = compare(planned, read_rows(application.pk, keys=[measure.key for measure in measures]))
    difference.quiet.clear()
    with use_scope(
        SYSTEM_SCOPE
    ):  # the right was asked; the operator sets days of milestones that it may not make itself
        write_difference(application, difference, reason=f"график: {schedule}", by=by, at=at)
        if difference.new:
            link_superiors(application)
    return difference


@transaction.atomic
def set_dates(
    *,
    milestones: Sequence[Milestone],
    due_on: datetime.date,
    letter: Letter,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> int:
    """Give chosen waiting milestones a day, by a letter: a schedule for their measures and centres. How many were dated."""
    chosen: dict[tuple[int, uuid.UUID], dict[int | None, datetime.date]] = defaultdict(dict)
    waves = {each.wave_id: each.wave for each in milestones}
    scheduled = list(Schedule.objects.filter(wave__in=waves))
    for each in milestones:
        if each.due_on is not None and not _is_scheduled(each, scheduled):
            raise Refused(f"У контрольной точки «{each}» срок назван распоряжением: его продлевают, а не назначают.")
        chosen[each.wave_id, each.measure_key][each.centre_id] = due_on
    return sum(
        enter_schedule(wave=waves[wave], days=days, letter=letter, measure_keys=[key], by=by, scope=scope, at=at).dated
        for (wave, key), days in sorted(chosen.items(), key=lambda pair: (pair[0][0], str(pair[0][1])))
    )


def _is_scheduled(milestone: Milestone, schedules: Sequence[Schedule]) -> bool:
    """Whether its day came from a schedule and may be set again."""
    key, stage, wave = str(milestone.measure_key), milestone.stage, milestone.wave_id
    return any(each.wave_id == wave and (key in each.measure_keys or each.stage == stage) for each in schedules)


@transaction.atomic
def carry_out_table(*, kept: ListImport, by: Person, scope: Scope, at: datetime.datetime) -> int:
    """Enter the days of a kept table, wholly or not at all; a second click finds it done. How many milestones were dated."""
    if not permissions.can_schedule_wave.test(scope, kept.wave):
        raise NotAllowed(CLOSED_DOOR)
    kept = ListImport.objects.visible_to(scope).select_for_update(of=("self",)).select_related("wave").get(pk=kept.pk)
    if kept.applied_at is not None:
        return int(kept.outcome.get("сроков", 0))
    plan = plan_days(read_sheet(bytes(kept.content)), wave=kept.wave, scope=scope)
    if plan.errors:
        raise Refused(f"Не внесено ничего: ошибок {len(plan.errors)}. Исправьте таблицу и загрузите её снова.")
    entered = enter_schedule(
        wave=kept.wave,
        days=dict[int | None, datetime.date](plan.days.items()),
        letter=Letter(str(kept.asked["number"]), datetime.date.fromisoformat(kept.asked["dated_on"])),
        measure_keys=[uuid.UUID(each) for each in kept.asked["measures"]],
        kind=ScheduleKind(kept.asked["kind"]),
        by=by,
        scope=scope,
        at=at,
    )
    kept.applied_at, kept.outcome = at, {"сроков": entered.dated}
    kept.save(update_fields=["applied_at", "outcome"])
    return entered.dated
