"""The list of milestones: filters, an honest count that never reads the whole country, rows for a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from vekha_portal.execution.models import Milestone, MilestoneQuerySet, Progress, State
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Measure
from vekha_portal.overview.folding import has_key
from vekha_portal.overview.queries.reach import (
    OPEN,
    in_state,
    load,
    of_territory,
    own_condition,
    seen,
    to_decide,
    unfinished,
)
from vekha_portal.registry.models import Organisation

#: What the list may be asked for besides the states of a milestone: not handed in, whatever its day; returned, late or not;
#: not handed in and without a day.
OWED, RETURNED, UNDATED = "owed", "with-return", "undated"
#: Beyond so many rows a list says «more than» instead of counting.
COUNTED = 5_000
#: A spreadsheet holds at most so many.
EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty means any. ``whose`` is own, territory or all the role sees."""

    words: tuple[str, ...] = ()
    state: str = ""
    stage: str = ""
    region: str = ""
    municipality: int | None = None
    programme: str = ""
    year: int | None = None
    wave: int | None = None
    centre: int | None = None
    organisation: int | None = None
    measure: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    whose: str = ""
    is_open: bool = False


def list_milestones(scope: Scope, filters: Filters, *, day: datetime.date) -> MilestoneQuerySet:
    """Milestones that fit; one query more where they are looked for by words or by whose they are."""
    match filters.whose:
        case "own":
            rows = seen(scope).filter(own_condition(scope))
        case "territory":
            rows = of_territory(scope)
        case "decide":
            rows = to_decide(scope)
        case _:
            rows = seen(scope)
    exact = {
        "stage": filters.stage,
        "region_id": filters.region,
        "organisation__municipality_id": filters.municipality,
        "wave__programme_id": filters.programme,
        "wave__subsidy_year": filters.year,
        "wave_id": filters.wave,
        "centre_id": filters.centre,
        "organisation_id": filters.organisation,
        "measure_id": filters.measure,
        "due_on__gte": filters.since,
        "due_on__lte": filters.until,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.state in set(State):
        rows = rows.filter(in_state(State(filters.state), day))
    elif filters.state == OWED:
        rows = rows.filter(progress__in=OPEN)
    elif filters.state == RETURNED:
        rows = rows.filter(progress=Progress.RETURNED)
    elif filters.state == UNDATED:
        rows = rows.filter(progress__in=OPEN, due_on=None)
    if filters.is_open:
        rows = unfinished(rows)
    for word in filters.words:
        rows = rows.filter(_about(scope, word))
    return rows


def _about(scope: Scope, word: str) -> Q:
    """The word stands in the measure or in the name of who carries it out."""
    measures = Measure.objects.visible_to(scope).filter(has_key(word)).values("pk")
    places = Organisation.objects.visible_to(scope).filter(sort_key__contains=word).values("pk")
    return Q(measure_id__in=measures) | Q(organisation_id__in=places)


class Counted:
    """Rows of a list for a paginator: counted to `COUNTED`, no further."""

    def __init__(self, rows: MilestoneQuerySet) -> None:
        self._rows = rows
        self._count: int | None = None

    def count(self) -> int:
        """How many rows there are to turn through. One query."""
        if self._count is None:
            self._count = min(self._rows.order_by().values("pk")[: COUNTED + 1].count(), COUNTED + 1)
        return min(self._count, COUNTED)

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        self.count()
        return (self._count or 0) > COUNTED

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Milestone]:
        return load(self._rows, part)


class Exported(NamedTuple):
    """One row of a file; a named tuple because a file has thousands of them."""

    pk: int
    region: str
    municipality: str | None
    school: str | None
    organisation: str
    programme: str
    year: int
    stage: str
    number: str
    text: str
    items: Any
    item: int | None
    deadline: str
    period: str
    planned_on: datetime.date | None
    due_on: datetime.date | None
    waiting_for: str
    state: str
    accepted_at: datetime.datetime | None


_EXPORTED_FIELDS = (
    "pk", "region_id", "organisation__municipality__name", "centre__organisation__name", "organisation__name",
    "wave__programme__name", "wave__subsidy_year", "stage", "measure__number", "measure__text", "measure__items", "item",
    "measure__deadline", "period", "planned_on", "due_on", "waiting_for", "state", "accepted_at",
)  # fmt: skip


def rows_for_export(rows: MilestoneQuerySet, *, day: datetime.date) -> Iterator[Exported]:
    """Plain values in the order of the list, at most `EXPORTED`. One query."""
    return map(Exported._make, rows.with_state(day).values_list(*_EXPORTED_FIELDS)[:EXPORTED].iterator(chunk_size=2000))
