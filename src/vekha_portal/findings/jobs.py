"""Checks that run by themselves: a draft that changed, a revision that was approved, everything when the rules changed."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vekha_portal.findings import bridge, queries
from vekha_portal.findings.models import Occasion
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Revision

log = structlog.get_logger(__name__)

#: So many at a time; the next minute takes the next.
BATCH = 100


@app.task
def check_revision(revision_id: int, occasion: str = Occasion.CHANGE.value) -> None:
    """Check one revision; to do it twice finds the same."""
    with use_scope(SYSTEM_SCOPE):
        if not Revision.objects.filter(pk=revision_id, withdrawn_at=None).exists():
            return
        run = check_now(revision_id=revision_id, occasion=Occasion(occasion), by=None, at=timezone.now())
    if run.crashes:
        log.error("rules-crashed", revision=revision_id, rules=[each["rule"] for each in run.crashes])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="findings.check_changed")
def check_changed(timestamp: int) -> None:
    """Every minute: defer a check of whatever changed since it was checked."""
    with use_scope(SYSTEM_SCOPE):
        for revision in queries.list_unchecked(bridge.rules_version(), limit=BATCH):
            occasion = Occasion.CHANGE if revision.approved_at is None else Occasion.APPROVAL
            defer_check(revision.pk, occasion)


def defer_check(revision_id: int, occasion: Occasion = Occasion.CHANGE) -> None:
    """Ask for a check after this transaction; one that already waits is enough."""
    task = check_revision.configure(queueing_lock=f"findings.check:{revision_id}")
    try:
        with transaction.atomic():
            task.defer(revision_id=revision_id, occasion=occasion.value)
    except AlreadyEnqueued:
        log.debug("check-already-waits", revision=revision_id)
