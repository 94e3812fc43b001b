"""Jobs of files: bytes that no row names are removed."""

from __future__ import annotations

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from vekha_portal.files.orphans import remove_orphans

log = structlog.get_logger(__name__)

#: Younger bytes may belong to an upload that is still going on.
AGE = 24 * 60 * 60


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="files.sweep_orphans")
def sweep_orphans(timestamp: int) -> None:
    """Remove bytes older than a day that no row names: their transaction was rolled back."""
    removed = remove_orphans(before=timezone.now().timestamp() - AGE)
    if removed:
        log.info("orphan-files-removed", count=removed)
