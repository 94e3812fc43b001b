"""What is planned beside what is there: which milestones stay, get another date, are new, are no longer wanted.

A milestone is known by its measure's key, item, centre and reporting period; its progress follows it. What is accepted is not
touched, and what somebody called for is not the plan's.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from vekha_portal.execution.models import DONE, Milestone
from vekha_portal.execution.plans import Planned

_DONE = frozenset(each.value for each in DONE)


class Row(NamedTuple):
    """A milestone as it stands in the database."""

    pk: int
    measure_id: int
    measure_key: uuid.UUID
    item: int | None
    centre_id: int | None
    organisation_id: int
    stage: str
    period: str
    ordinal: int
    planned_on: datetime.date | None
    due_on: datetime.date | None
    warn_on: datetime.date | None
    is_day_off: bool
    waiting_for: str
    progress: str
    withdrawn_at: datetime.datetime | None
    called_because: str

    @property
    def is_done(self) -> bool:
        """Whether nobody has to work on it any more."""
        return self.progress in _DONE


class Change(NamedTuple):
    """A milestone that gets what the plan says; ``due_on`` is later than planned where an extension was granted."""

    row: Row
    planned: Planned
    period: str
    ordinal: int
    due_on: datetime.date | None


@dataclass(slots=True)
class Difference:
    """What a plan would change; ``quiet`` ones only follow their measure into the new revision."""

    new: list[Planned] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    restored: list[Change] = field(default_factory=list)
    quiet: list[Change] = field(default_factory=list)
    withdrawn: list[Row] = field(default_factory=list)
    kept: int = 0
    untouched: int = 0

    @property
    def changes(self) -> list[Change]:
        """Everything that is written into rows that are there."""
        return [*self.moved, *self.restored, *self.quiet]

    @property
    def is_empty(self) -> bool:
        """Whether nobody would notice it."""
        return not (self.new or self.moved or self.restored or self.withdrawn)

    @property
    def counts(self) -> dict[str, int]:
        """For the journal and for messages."""
        return {
            "сделано": len(self.new),
            "перенесено": len(self.moved),
            "возвращено": len(self.restored),
            "снято": len(self.withdrawn),
            "осталось": self.kept,
        }


def read_rows(application: int, *, keys: Iterable[uuid.UUID] | None = None) -> list[Row]:
    """The milestones of an application, of these measures alone if they are named. One query.

    A centre that was closed or taken off the list is nobody's plan any more: what it still owes stays as it is.
    """
    own = Q(centre=None) | Q(centre__removed_at=None, centre__closed_on=None)
    rows = Milestone.objects.filter(own, application_id=application)
    if keys is not None:
        rows = rows.filter(measure_key__in=list(keys))
    return [Row(*values) for values in rows.order_by("ordinal", "pk").values_list(*_columns())]


def _columns() -> Sequence[str]:
    return ("pk", *Row._fields[1:])


def compare(planned: Sequence[Planned], rows: Sequence[Row]) -> Difference:
    """Pair what is planned with what is there, by period first, then what waits with what got its date."""
    found = Difference()
    free = [row for row in rows if not row.called_because]
    taken = {_whole_key(row, row.period, row.ordinal) for row in rows}
    pairs, left = _pair(list(planned), free, lambda each: (*_place(each), each.period, each.ordinal))
    paired = {row.pk for _, row in pairs}
    open_rows = [row for row in free if row.withdrawn_at is None and row.pk not in paired]
    more, left = _pair(left, open_rows, lambda each: (*_place(each), each.period))
    paired |= {row.pk for _, row in more}
    waiting = [row for row in open_rows if row.due_on is None and row.pk not in paired]
    others, left = _pair(left, waiting, _place)
    paired |= {row.pk for _, row in others}
    pairs += [*more, *others]
    for wanted, row in pairs:
        _sort_pair(found, wanted, row, taken)
    found.withdrawn = [row for row in free if row.pk not in paired and row.withdrawn_at is None and not row.is_done]
    gone = [row for row in free if row.pk not in paired and row.withdrawn_at is None and row.is_done]
    found.untouched += len(gone)
    found.new = [_with_free_ordinal(each, taken) for each in left]
    return found


_Place = tuple[uuid.UUID, int | None, int | None]


def _place(each: Planned | Row) -> _Place:
    return each.measure_key, each.item, each.centre_id


def _whole_key(each: Planned | Row, period: str, ordinal: int) -> tuple[object, ...]:
    return (*_place(each), period, ordinal)


def _pair(
    planned: list[Planned], rows: Sequence[Row], key: Callable[[Planned | Row], object]
) -> tuple[list[tuple[Planned, Row]], list[Planned]]:
    """Pairs of the same key in order, and the planned ones without a row."""
    by_key: dict[object, list[Row]] = defaultdict(list)
    for row in reversed(rows):
        by_key[key(row)].append(row)
    pairs, left = [], []
    for each in planned:
        same = by_key.get(key(each))
        if same:
            pairs.append((each, same.pop()))
        else:
            left.append(each)
    return pairs, left


def _sort_pair(found: Difference, planned: Planned, row: Row, taken: set[tuple[object, ...]]) -> None:
    if row.withdrawn_at is None:
        found.kept += 1
    if row.is_done and row.withdrawn_at is None:
        found.untouched += 1
        return
    period, ordinal = row.period, row.ordinal
    if period != planned.period:
        moved = _with_free_ordinal(planned, taken)
        period, ordinal = moved.period, moved.ordinal
    change = Change(row, planned, period, ordinal, _due_in_force(planned, row))
    if row.withdrawn_at is not None:
        found.restored.append(change)
    elif (change.due_on, planned.due_on, _waits(change)) != (row.due_on, row.planned_on, row.waiting_for):
        found.moved.append(change)
    elif _is_other(change):
        found.quiet.append(change)


def _waits(change: Change) -> str:
    return "" if change.due_on is not None else change.planned.waiting_for


def _is_other(change: Change) -> bool:
    row, planned = change.row, change.planned
    wanted = (planned.measure_id, planned.organisation_id, planned.stage, planned.warn_on, change.period)
    return wanted != (row.measure_id, row.organisation_id, row.stage, row.warn_on, row.period) or (
        change.due_on == planned.due_on and planned.is_day_off != row.is_day_off
    )


def _due_in_force(planned: Planned, row: Row) -> datetime.date | None:
    """The planned day; a later one that was granted by an extension stays in force."""
    if row.due_on is None or row.due_on == row.planned_on:
        return planned.due_on
    if row.planned_on is None and planned.due_on is not None:
        return planned.due_on
    return row.due_on if planned.due_on is None else max(row.due_on, planned.due_on)


def _with_free_ordinal(planned: Planned, taken: set[tuple[object, ...]]) -> Planned:
    ordinal = planned.ordinal
    while _whole_key(planned, planned.period, ordinal) in taken:
        ordinal += 1
    taken.add(_whole_key(planned, planned.period, ordinal))
    return planned._replace(ordinal=ordinal)
