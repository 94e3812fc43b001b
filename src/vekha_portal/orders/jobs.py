"""Jobs of orders: an uploaded file is read; pictures of pages that nobody looked at for long are removed."""

from __future__ import annotations

from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from vekha_portal.orders import progress
from vekha_portal.orders.source.pictures import remove_old_pictures

#: Pictures of pages are drawn again when they are wanted.
PICTURES_KEPT = 30 * 24 * 60 * 60


@app.task(retry=RetryStrategy(max_attempts=progress.MOST_ATTEMPTS, linear_wait=10))
def read_order(reading_id: int) -> None:
    """Read a file and make its draft; done once, however often the job is begun."""
    if not connection.in_atomic_block:
        close_old_connections()
    progress.carry_out(reading_id, now=timezone.now)


@app.periodic(cron="53 3 * * *")
@app.task(queueing_lock="orders.remove_pictures")
def remove_pictures(timestamp: int) -> None:
    """Remove pictures of pages that were drawn a month ago."""
    remove_old_pictures(before=timezone.now().timestamp() - PICTURES_KEPT)
