"""Counting the milestones of the country into kept sums, set by set, in one statement."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection, transaction

from vekha_portal.execution.models import DONE, Progress
from vekha_portal.journal.actions import record
from vekha_portal.journal.chain import Break, Verification
from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.scope import Scope
from vekha_portal.operations.models import Fact
from vekha_portal.overview.permissions import can_administer
from vekha_portal.overview.queries.country import FACT
from vekha_portal.overview.queries.reach import OPEN
from vekha_portal.registry.models import Region

_COUNT = """
with counted as materialized (
  select m.region_id, m.wave_id, w.programme_id, w.subsidy_year, m.stage, count(*) as total,
    count(*) filter (where m.progress = any(%(done)s)) as done,
    count(*) filter (where m.progress = %(submitted)s) as submitted,
    count(*) filter (where m.progress = any(%(open)s) and m.due_on < %(day)s) as overdue,
    count(*) filter (where m.progress = any(%(open)s) and m.due_on is null) as waiting
  from execution_milestone m join centres_wave w on w.id = m.wave_id
  where m.withdrawn_at is null group by 1, 2, 3, 4, 5
), emptied as (
  update overview_tally t set total = 0, done = 0, submitted = 0, overdue = 0, waiting = 0
  where t.total > 0 and (t.wave_id, t.stage) not in (select c.wave_id, c.stage from counted c)
), kept as (
  insert into overview_tally as t
    (region_id, wave_id, programme_id, subsidy_year, stage, total, done, submitted, overdue, waiting)
  select * from counted
  on conflict (wave_id, stage) do update set
    total = excluded.total, done = excluded.done, submitted = excluded.submitted,
    overdue = excluded.overdue, waiting = excluded.waiting
  where (t.total, t.done, t.submitted, t.overdue, t.waiting)
    is distinct from (excluded.total, excluded.done, excluded.submitted, excluded.overdue, excluded.waiting)
)
select coalesce(sum(total), 0) from counted
"""


@transaction.atomic
def count_milestones(*, day: datetime.date, at: datetime.datetime) -> int:
    """Count every milestone in force as it stands on a day, and remember when; returns how many there are.

    To be run by the program itself. Two at once wait for each other; only sums that changed are written.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [FACT])
        values: dict[str, Any] = {
            "done": [each.value for each in DONE],
            "open": [each.value for each in OPEN],
            "submitted": Progress.SUBMITTED.value,
            "day": day,
        }
        cursor.execute(_COUNT, values)
        total = int(cursor.fetchone()[0])
    value = {"day": day.isoformat(), "counted_at": at.isoformat(), "milestones": total}
    Fact.objects.update_or_create(name=FACT, defaults={"value": value})
    return total


def verify_journal(*, region: Region, by: Any, scope: Scope, at: datetime.datetime) -> tuple[int, list[Break]]:
    """Check the chain of one region's journal; how many entries it has and where it does not hold."""
    if not can_administer.test(scope) or not (scope.is_country or region.code == scope.region):
        raise NotAllowed("Журнал проверяет администратор — своего субъекта или всей страны.")
    check = Verification(connection.connection, shard=region.code)
    breaks = list(check.breaks())
    data = {"записей": check.count, "нарушений": len(breaks)}
    record("journal-verified", by=by, about=region, at=at, data=data)
    return check.count, breaks
