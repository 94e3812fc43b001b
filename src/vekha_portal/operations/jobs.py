"""Jobs that keep the jobs going: what a killed worker left half done is begun again, what is long done is removed."""

from __future__ import annotations

import structlog
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

log = structlog.get_logger(__name__)


async def _requeue_stalled(context: JobContext) -> int:
    stalled = list(await context.app.job_manager.get_stalled_jobs())
    for job in stalled:
        await context.app.job_manager.retry_job(job)
    return len(stalled)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="operations.requeue_stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Begin again what a worker that died was doing; jobs are written to bear it."""
    if count := await _requeue_stalled(context):
        log.warning("jobs-requeued", count=count)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="operations.remove_done", pass_context=True)
async def remove_done(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended a month ago; what they did stays in the journal."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * 30, remove_failed=False, remove_cancelled=True)
