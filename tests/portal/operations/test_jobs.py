"""A job whose worker was killed is begun again."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext

from vekha_portal.operations.jobs import _requeue_stalled, remove_done


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_worker_that_died_is_requeued_and_a_living_workers_is_not() -> None:
    left, kept = (remove_done.configure(lock=name, queueing_lock=name).defer(timestamp=1) for name in ("left", "kept"))
    with connection.cursor() as cursor:
        for job, silent in ((left, "10 minutes"), (kept, "1 second")):
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
                [silent],
            )
            worker = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job]
            )

    connector = app.connector
    assert isinstance(connector, DjangoConnector)

    async def requeue() -> int:
        with app.replace_connector(connector.get_worker_connector()) as working:
            async with working.open_async():
                context = JobContext(app=working, job=None, start_timestamp=0, abort_reason=lambda: None)  # type: ignore[arg-type]  # only the app is asked
                return await _requeue_stalled(context)

    assert asyncio.run(requeue()) == 1
    assert {job.pk: job.status for job in ProcrastinateJob.objects.all()} == {left: "todo", kept: "doing"}
