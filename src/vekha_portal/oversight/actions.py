"""Writes by people: a check of a wave that somebody asks for."""

from __future__ import annotations

import datetime

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Wave
from vekha_portal.findings.models import CheckRun, Occasion
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.scope import Scope
from vekha_portal.oversight.permissions import can_check_wave
from vekha_portal.oversight.runs import check_now


@transaction.atomic
def ask_check(*, wave: Wave, day: datetime.date, by: Person, scope: Scope, at: datetime.datetime) -> CheckRun:
    """Check a wave because somebody asks for it now."""
    if not can_check_wave.test(scope, wave):
        raise NotAllowed("Проверить волну может тот, кто её ведёт.")
    run = check_now(wave=wave, occasion=Occasion.ASKED, day=day, by=by, at=at)
    record("check-asked", by=by, about=wave, at=at, data={"run": run.pk, "findings": run.total})
    return run
