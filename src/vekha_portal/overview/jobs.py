"""The job that keeps the sums of the country."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.overview.actions import count_milestones

log = structlog.get_logger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="overview.count_country")
def count_country(timestamp: int) -> None:
    """Count the milestones of the country again."""
    with use_scope(SYSTEM_SCOPE):
        total = count_milestones(day=timezone.localdate(), at=timezone.now())
    log.info("country-counted", milestones=total)
