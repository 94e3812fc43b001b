"""What the page of the country asks: counts by region and stage, from kept sums where the country is large.

A country of some thirty thousand milestones is counted row by row, exactly as of now. A larger one is read from `Tally`, which a
job keeps; after midnight and until the job has run it is counted row by row again, since what is overdue depends on the day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.dateparse import parse_datetime

from vekha_portal.centres.models import Centre
from vekha_portal.journal.scope import Scope
from vekha_portal.operations.models import Fact
from vekha_portal.overview.models import Tally
from vekha_portal.overview.queries.reach import seen
from vekha_portal.overview.queries.region import Cell, Choice, cell_of, counted

FACT = "overview-tally"
#: Up to so many milestones are counted row by row while somebody waits.
COUNTED_LIVE = 30_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by region and stage; ``counted_at`` is empty where they were counted just now."""

    cells: dict[tuple[str, str], Cell]
    counted_at: datetime.datetime | None = None


def count_country(scope: Scope, choice: Choice, *, day: datetime.date) -> Counts:
    """How it stands in every region and stage. Two queries."""
    kept = _kept_on(day)
    if kept is None:
        rows: Any = (
            seen(scope).filter(**choice.of_wave).order_by().values("region_id", "stage").annotate(**counted(day))
        )
        return Counts({(each["region_id"], each["stage"]): cell_of(each) for each in rows})
    tallies = Tally.objects.visible_to(scope).filter(**choice.conditions)
    if scope.programmes:
        tallies = tallies.filter(programme_id__in=scope.programmes)
    groups = tallies.order_by().values("region_id", "stage")
    sums: Any = list(groups.annotate(**{f"{name}_sum": Sum(name) for name in Cell.__slots__}))
    cells = {
        (each["region_id"], each["stage"]): Cell(*(each[f"{name}_sum"] for name in Cell.__slots__)) for each in sums
    }
    return Counts({key: cell for key, cell in cells.items() if cell.total}, kept)


def _kept_on(day: datetime.date) -> datetime.datetime | None:
    """When the sums were counted, if that was on this day and there are enough of them to need it."""
    fact = Fact.objects.filter(name=FACT).first()
    if fact is None or fact.value["day"] != day.isoformat() or fact.value["milestones"] <= COUNTED_LIVE:
        return None
    return parse_datetime(fact.value["counted_at"])


def centres_by_region(scope: Scope, choice: Choice, *, day: datetime.date) -> dict[str, tuple[int, int]]:
    """Centres in the lists and those that opened, by region. One query."""
    rows = Centre.objects.visible_to(scope).in_list().filter(**choice.of_wave)
    if scope.programmes:
        rows = rows.filter(programme_id__in=scope.programmes)
    groups = rows.order_by().values("region_id")
    found = groups.annotate(all=Count("pk"), opened=Count("pk", filter=Q(opened_on__lte=day)))
    return {each["region_id"]: (each["all"], each["opened"]) for each in found}
