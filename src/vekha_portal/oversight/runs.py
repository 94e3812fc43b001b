"""A run of all rules over a wave, kept among the findings."""

from __future__ import annotations

import datetime

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Wave
from vekha_portal.findings.models import CheckRun, Occasion
from vekha_portal.findings.runs import Target, record_run
from vekha_portal.oversight.bridge import rules_version
from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.queries import read_wave
from vekha_portal.oversight.rule import run_wave_rules


@transaction.atomic
def check_now(
    *, wave: Wave, occasion: Occasion, day: datetime.date, by: Person | None, at: datetime.datetime
) -> CheckRun:
    """Check a wave as it stands on a day and keep the run; rows are written only where something changed."""
    outcome = run_wave_rules(read_wave(wave, day=day), WAVE_RULES, version=rules_version())
    target = Target(wave.organisation_id, wave.region_id, wave=wave.pk)
    return record_run(target=target, outcome=outcome, occasion=occasion, by=by, at=at)
