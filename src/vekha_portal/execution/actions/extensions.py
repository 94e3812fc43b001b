"""Extensions: asked with a date and a reason, granted or refused by somebody else; the day of the order stays beside the new one."""

from __future__ import annotations

import datetime

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.execution.actions.points import demand_reason, lock_to_decide, lock_to_submit, write_down
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.names import names_of
from vekha_portal.execution.proof import Extension
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import calendar_of


@transaction.atomic
def ask_extension(
    *, milestone: Milestone, wanted_on: datetime.date, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> Extension:
    """Ask for a later day; one request at a time."""
    reason = demand_reason(reason, "Напишите, почему нужен другой срок.")
    found = lock_to_submit([milestone.pk], scope)[milestone.pk]
    if found.is_done:
        raise Refused("Контрольная точка уже исполнена или не требуется: продлевать нечего.")
    if found.due_on is None:
        raise Refused("У контрольной точки ещё нет срока: продлевать нечего.")
    if wanted_on <= found.due_on:
        raise Refused(f"Новый срок должен быть позже нынешнего, {found.due_on:%d.%m.%Y}.")
    if Extension.objects.filter(milestone=found, decided_at=None).exists():
        raise Refused("Просьба о продлении уже ждёт ответа. Обновите страницу.")
    made = Extension.objects.create(
        region_id=found.region_id,
        organisation_id=found.organisation_id,
        milestone=found,
        due_on=found.due_on,
        wanted_on=wanted_on,
        reason=reason,
        asked_at=at,
        asked_by=by,
    )
    data = {"срок": f"{found.due_on:%d.%m.%Y}", "просят до": f"{wanted_on:%d.%m.%Y}"}
    write_down("extension-asked", found, by=by, at=at, reason=reason, data=data)
    return made


@transaction.atomic
def grant_extension(
    *,
    extension: Extension,
    granted_on: datetime.date,
    reason: str = "",
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Extension:
    """A new day, the one that was asked for or another; the warning moves with it."""
    milestone, found = _open_request(extension, by, scope)
    old = milestone.due_on
    if old is None or granted_on <= old:
        raise Refused("Новый срок должен быть позже нынешнего. Обновите страницу: срок мог измениться.")
    if granted_on <= found.due_on:
        raise Refused(f"Новый срок должен быть позже того, о котором просили, {found.due_on:%d.%m.%Y}.")
    _answer(found, by, at, granted_on=granted_on, reason=reason.strip())
    if milestone.warn_on is not None:
        milestone.warn_on += granted_on - old
    milestone.due_on = granted_on
    milestone.is_day_off = calendar_of(milestone.region_id).is_day_off(granted_on)
    milestone.version += 1
    milestone.save(update_fields=["due_on", "warn_on", "is_day_off", "version"])
    data = {"срок": {"было": f"{old:%d.%m.%Y}", "стало": f"{granted_on:%d.%m.%Y}"}}
    write_down("extension-granted", milestone, by=by, at=at, reason=reason, data=data)
    return found


@transaction.atomic
def refuse_extension(
    *, extension: Extension, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> Extension:
    """The day stays as it is, for a reason."""
    reason = demand_reason(reason, "Напишите, почему отказано: это увидит исполнитель.")
    milestone, found = _open_request(extension, by, scope)
    _answer(found, by, at, granted_on=None, reason=reason)
    write_down("extension-refused", milestone, by=by, at=at, reason=reason)
    return found


def _open_request(extension: Extension, by: Person, scope: Scope) -> tuple[Milestone, Extension]:
    milestone = lock_to_decide([extension.milestone_id], scope)[extension.milestone_id]
    found = Extension.objects.get(pk=extension.pk)
    if found.decided_by_id is not None:
        who = names_of([found.decided_by_id])[found.decided_by_id]
        raise Refused(f"На эту просьбу уже ответили, решение принял(а) {who}. Обновите страницу.")
    if found.asked_by_id in (by.pk, scope.person, scope.acting_for):
        raise Refused("О продлении просите вы. Отвечает на просьбу другой человек.")
    return milestone, found


def _answer(
    extension: Extension, by: Person, at: datetime.datetime, *, granted_on: datetime.date | None, reason: str
) -> None:
    extension.decided_at, extension.decided_by = at, by
    extension.granted_on, extension.decision_reason = granted_on, reason
    extension.save(update_fields=["decided_at", "decided_by", "granted_on", "decision_reason"])
