"""Writes of findings by people: a check asked for, who answers for leaving a finding."""

from __future__ import annotations

import datetime

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.findings import permissions
from vekha_portal.findings.models import CheckRun, Finding, Occasion, Waiver
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Revision

#: Nobody answers for a defect longer than this; then it is looked at again.
LONGEST_WAIVER = datetime.timedelta(days=366)


@transaction.atomic
def ask_check(*, revision: Revision, by: Person, scope: Scope, at: datetime.datetime) -> CheckRun:
    """Check because somebody asks for it now."""
    if not permissions.can_check.test(scope, revision):
        raise NotAllowed("Проверить может тот, кто ведёт это распоряжение.")
    run = check_now(revision_id=revision.pk, occasion=Occasion.ASKED, by=by, at=at)
    record("check-asked", by=by, about=revision, at=at, data={"run": run.pk, "findings": run.total})
    return run


@transaction.atomic
def waive(
    *, finding: Finding, reason: str, ends_on: datetime.date, day: datetime.date, by: Person, scope: Scope,
    at: datetime.datetime,
) -> Waiver:  # fmt: skip
    """Answer for leaving a finding until a day; it stays in every list, shown as answered for."""
    if not permissions.can_waive.test(scope, finding):
        raise NotAllowed("Принять замечание может тот, кто ведёт это распоряжение или эту волну.")
    row = Finding.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=finding.pk)
    reason = reason.strip()
    if not reason:
        raise Refused("Напишите, почему замечание остаётся: причину увидит каждый, кто откроет список.")
    if row.gone_at is not None:
        raise Refused("Этого замечания больше нет: последняя проверка его не нашла.")
    if ends_on < day:
        raise Refused("Срок уже прошёл: укажите сегодняшний или будущий день.")
    if ends_on > day + LONGEST_WAIVER:
        raise Refused("Принять замечание можно не больше чем на год: потом его стоит рассмотреть снова.")
    of = {"roadmap_id": row.roadmap_id, "wave_id": row.wave_id, "fingerprint": row.fingerprint}
    for before in Waiver.objects.select_for_update().filter(**of, revoked_at=None):
        if before.ends_on >= day:
            raise Refused(f"Замечание уже принято по {before.ends_on:%d.%m.%Y}. Чтобы изменить срок, сначала отмените.")
        before.revoked_at, before.revoked_by = at, by
        before.save(update_fields=["revoked_at", "revoked_by"])
    made = Waiver.objects.create(
        **of,
        organisation_id=row.organisation_id,
        region_id=row.region_id,
        rule=row.rule,
        message=row.message,
        reason=reason,
        ends_on=ends_on,
        made_at=at,
        made_by=by,
    )
    record("finding-waived", by=by, about=row, reason=reason, at=at, data={"waiver": made.pk, "ends_on": ends_on})
    return made


@transaction.atomic
def revoke_waiver(*, waiver: Waiver, by: Person, scope: Scope, at: datetime.datetime) -> Waiver:
    """Take a waiver back: the finding counts again."""
    if not permissions.can_waive.test(scope, waiver):
        raise NotAllowed("Отменить может тот, кто ведёт это распоряжение или эту волну.")
    row: Waiver = Waiver.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=waiver.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = at, by
        row.save(update_fields=["revoked_at", "revoked_by"])
        record("waiver-revoked", by=by, about=row, at=at, data={"rule": row.rule})
    return row
