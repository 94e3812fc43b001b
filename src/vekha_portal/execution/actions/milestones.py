"""Many milestones written at once: the statements under applying, rolling on, scheduling and changing a list.

Called inside the transaction of a verb that has locked the wave and checked the right; row-level security still decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from vekha_portal.accounts.models import Person
from vekha_portal.execution.differences import Change, Difference
from vekha_portal.execution.models import Application
from vekha_portal.execution.plans import Planned

#: Rows of one statement.
BATCH = 5000
#: The advisory locks of waves, apart from those of others.
_WAVES = 0x76656B68

_INSERT = """
INSERT INTO execution_milestone (region_id, wave_id, application_id, measure_id, measure_key, item, centre_id, organisation_id,
  stage, period, ordinal, planned_on, due_on, warn_on, is_day_off, waiting_for, called_because, progress, withdrawn_because, version)
SELECT %s, %s, %s, measure_id, measure_key, item, centre_id, organisation_id, stage, period, ordinal, due_on, due_on, warn_on,
  is_day_off, waiting_for, '', 'nothing', '', 1
FROM unnest(%s::bigint[], %s::uuid[], %s::smallint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::smallint[],
  %s::date[], %s::date[], %s::boolean[], %s::text[])
  AS t(measure_id, measure_key, item, centre_id, organisation_id, stage, period, ordinal, due_on, warn_on, is_day_off, waiting_for)
ON CONFLICT DO NOTHING
"""

_CHANGE = """
UPDATE execution_milestone AS m SET measure_id = t.measure_id, organisation_id = t.organisation_id, stage = t.stage,
  period = t.period, ordinal = t.ordinal, planned_on = t.planned_on, due_on = t.due_on, warn_on = t.warn_on,
  is_day_off = t.is_day_off, waiting_for = t.waiting_for, withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawn_because = '',
  version = m.version + 1
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::smallint[], %s::date[], %s::date[], %s::date[],
  %s::boolean[], %s::text[])
  AS t(id, measure_id, organisation_id, stage, period, ordinal, planned_on, due_on, warn_on, is_day_off, waiting_for)
WHERE m.id = t.id AND m.progress NOT IN ('accepted', 'not_applicable')
"""

_WITHDRAW = """
UPDATE execution_milestone SET withdrawn_at = %s, withdrawn_by_id = %s, withdrawn_because = %s, version = version + 1
WHERE id = ANY(%s) AND withdrawn_at IS NULL AND progress NOT IN ('accepted', 'not_applicable')
"""


def lock_wave(wave: int) -> None:
    """Whoever changes the milestones of a wave goes after those who are at it, until the end of the transaction.

    Not a row lock: a municipality applies its own roadmap to a wave that it may not change.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_WAVES, wave % 2**31])


@contextmanager
def joined_by_hash() -> Iterator[None]:
    """Join large tables by hash: right after thousands of rows were made, the planner still believes that there are few."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def insert_planned(application: Application, planned: Sequence[Planned]) -> int:
    """Make milestones; those that are there already are left as they are. How many were made."""
    made = 0
    owned: list[Any] = [application.region_id, application.wave_id, application.pk]
    with connection.cursor() as cursor:
        for start in range(0, len(planned), BATCH):
            columns: list[Any] = [list(column) for column in zip(*planned[start : start + BATCH], strict=True)]
            cursor.execute(_INSERT, [*owned, *columns])
            made += cursor.rowcount
    return made


def write_changes(changes: Sequence[Change]) -> int:
    """Give milestones what the plan says. How many were changed."""
    written = 0
    with joined_by_hash(), connection.cursor() as cursor:
        for start in range(0, len(changes), BATCH):
            rows = [_values(each) for each in changes[start : start + BATCH]]
            columns: list[Any] = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(_CHANGE, columns)
            written += cursor.rowcount
    return written


def _values(change: Change) -> tuple[Any, ...]:
    row, planned = change.row, change.planned
    is_extended = change.due_on != planned.due_on
    return (
        row.pk,
        planned.measure_id,
        planned.organisation_id,
        planned.stage,
        change.period,
        change.ordinal,
        planned.due_on,
        change.due_on,
        planned.warn_on,
        row.is_day_off if is_extended else planned.is_day_off,
        "" if change.due_on is not None else planned.waiting_for,
    )


def withdraw(milestones: Sequence[int], *, reason: str, by: Person | None, at: datetime.datetime) -> int:
    """Take back milestones that are no longer wanted; accepted ones stay. How many were taken back."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, [at, None if by is None else by.pk, reason, list(milestones)])
        return int(cursor.rowcount)


def write_difference(
    application: Application, difference: Difference, *, reason: str, by: Person | None, at: datetime.datetime
) -> None:
    """Write all that a comparison found."""
    if difference.withdrawn:
        withdraw([row.pk for row in difference.withdrawn], reason=reason, by=by, at=at)
    if difference.changes:
        write_changes(difference.changes)
    if difference.new:
        insert_planned(application, difference.new)
