"""Jobs of execution: the horizon of repetitions rolls on every night."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from vekha_portal.execution.actions.roll import roll_horizons
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

log = structlog.get_logger(__name__)


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="execution.roll_all_horizons")
def roll_all_horizons(timestamp: int) -> None:
    """Date repetitions further on, some applications in a transaction; begun again after a kill it goes on where it stood."""
    rolled = 0
    while True:
        with use_scope(SYSTEM_SCOPE):
            count = roll_horizons(at=timezone.now())
        if not count:
            break
        rolled += count
    if rolled:
        log.info("horizons-rolled", count=rolled)
