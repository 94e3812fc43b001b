"""Every wave that is not over is checked every night."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vekha_portal.centres.models import Wave
from vekha_portal.findings.models import Occasion
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.oversight.queries import list_open_waves
from vekha_portal.oversight.runs import check_now

log = structlog.get_logger(__name__)


@app.task
def check_wave(wave_id: int) -> None:
    """Check one wave; to do it twice finds the same."""
    with use_scope(SYSTEM_SCOPE):
        wave = Wave.objects.filter(pk=wave_id, closed_on=None).first()
        if wave is None:
            return
        day = timezone.localdate()
        run = check_now(wave=wave, occasion=Occasion.NIGHTLY, day=day, by=None, at=timezone.now())
    if run.crashes:
        log.error("rules-crashed", wave=wave_id, rules=[each["rule"] for each in run.crashes])


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="oversight.check_waves")
def check_waves(timestamp: int) -> None:
    """At night: defer a check of every wave."""
    with use_scope(SYSTEM_SCOPE):
        for wave_id in list_open_waves():
            try:
                with transaction.atomic():
                    check_wave.configure(queueing_lock=f"oversight.check:{wave_id}").defer(wave_id=wave_id)
            except AlreadyEnqueued:
                log.debug("check-already-waits", wave=wave_id)
