"""What the page of a region asks; one GROUP BY for each picture, over the rows of one region."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.models import DONE, Milestone, MilestoneQuerySet, Progress
from vekha_portal.journal.scope import Scope
from vekha_portal.overview.queries.reach import OPEN, seen
from vekha_portal.registry.models import Organisation

LAUNCH = "launch"
#: Organisations shown with what they still owe.
BUSIEST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """Which waves a page is about; empty means all."""

    programme: str = ""
    year: int | None = None

    @property
    def conditions(self) -> dict[str, Any]:
        """For rows that have these columns themselves."""
        known = {"programme_id": self.programme, "subsidy_year": self.year}
        return {name: value for name, value in known.items() if value}

    @property
    def of_wave(self) -> dict[str, Any]:
        """For rows that have a wave."""
        return {f"wave__{name}": value for name, value in self.conditions.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """How it stands with the milestones of one stage in one place."""

    total: int = 0
    done: int = 0
    submitted: int = 0
    overdue: int = 0
    waiting: int = 0

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.total + other.total,
            self.done + other.done,
            self.submitted + other.submitted,
            self.overdue + other.overdue,
            self.waiting + other.waiting,
        )

    @property
    def share(self) -> int:
        """Percent done; whole only when everything is."""
        return self.done * 100 // self.total if self.total else 0


def counted(day: datetime.date) -> dict[str, Count]:
    """The figures of a :class:`Cell` over milestones in force."""
    unfinished = Q(progress__in=OPEN)
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=Q(progress__in=DONE)),
        "submitted": Count("pk", filter=Q(progress=Progress.SUBMITTED)),
        "overdue": Count("pk", filter=unfinished & Q(due_on__lt=day)),
        "waiting": Count("pk", filter=unfinished & Q(due_on=None)),
    }


def cell_of(values: Any) -> Cell:
    """The figures of one group."""
    return Cell(**{name: values[name] for name in Cell.__slots__})


def rows_of(scope: Scope, region: str, choice: Choice) -> MilestoneQuerySet:
    """The milestones a page of a region is about."""
    return seen(scope).filter(region_id=region, **choice.of_wave)


_SUMS = ", ".join(f"sum(c.{name})::bigint AS {name}" for name in Cell.__slots__)
_FIGURES = ", ".join(f"p.{name}" for name in Cell.__slots__)
_HEAT = f"""
WITH counted AS MATERIALIZED ({{rows}}),
placed AS MATERIALIZED (
    SELECT o.municipality_id AS municipality, c.stage, {_SUMS} FROM counted c
    JOIN registry_organisation o ON o.id = c.organisation_id GROUP BY 1, 2
)
SELECT p.municipality, m.name, m.sort_key, p.stage, {_FIGURES} FROM placed p
LEFT JOIN registry_municipality m ON m.id = p.municipality ORDER BY m.sort_key NULLS FIRST, p.municipality
"""
#: The planned day is looked up once for each centre, not once in each figure.
_CENTRES = """
WITH each AS MATERIALIZED ({rows})
SELECT wave_id, count(*), count(*) FILTER (WHERE opened_on <= %s), count(*) FILTER (WHERE opened_on <= planned_on),
    count(*) FILTER (WHERE opened_on > planned_on OR (opened_on IS NULL AND planned_on < %s))
FROM each GROUP BY wave_id
"""


def heat_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[dict[str, Any]]:
    """Counts by municipality and stage, in the order of the municipalities; the region's own row has none. One query.

    Counted by organisation first and joined then: under the policies the planner expects few rows and would join each one.
    """
    names = tuple(Cell.__slots__)
    groups = rows_of(scope, region, choice).order_by().values("organisation_id", "stage").annotate(**counted(day))
    return _ask(_HEAT, groups, ("municipality", "name", "sort_key", "stage", *names))


def _ask(around: str, rows: QuerySet[Any, Any], columns: Sequence[str], *more: datetime.date) -> list[dict[str, Any]]:
    """What a statement makes of the rows that stand in it as ``{rows}``; ``more`` are its own values."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(around.format(rows=sql), (*values, *more))
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Strand:
    """One stage of one wave: how much of it is late and when the next of it is due."""

    wave: int
    stage: str
    overdue: int
    oldest: datetime.date | None
    open: int
    next_on: datetime.date | None
    centres: int
    waiting: int


def strands_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[Strand]:
    """What is unfinished, by wave and stage. One query."""
    late = Q(due_on__lt=day)
    groups: Any = (
        rows_of(scope, region, choice)
        .filter(progress__in=OPEN)
        .order_by()
        .values("wave_id", "stage")
        .annotate(
            overdue=Count("pk", filter=late),
            oldest=Min("due_on", filter=late),
            open=Count("pk"),
            next_on=Min("due_on", filter=Q(due_on__gte=day)),
            centres=Count("centre_id", distinct=True),
            waiting=Count("pk", filter=Q(due_on=None)),
        )
    )
    return [Strand(wave=each.pop("wave_id"), **each) for each in groups]


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave of a region: its centres, how many opened, and how many of those in time."""

    wave: Wave
    centres: int
    opened: int
    in_time: int
    late: int
    cell: Cell


def waves_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[WaveLine]:
    """The waves of a region with their centres and milestones, the newest first. Three queries."""
    waves = Wave.objects.visible_to(scope).filter(region_id=region, **choice.conditions)
    if scope.programmes:
        waves = waves.filter(programme_id__in=scope.programmes)
    found = list(waves.select_related("programme").order_by("-subsidy_year", "programme__name", "pk"))
    centres = _centres_by_wave(scope, region, choice, day=day)
    cells = {
        each["wave_id"]: cell_of(each)
        for each in rows_of(scope, region, choice).order_by().values("wave_id").annotate(**counted(day))
    }
    nothing = {"centres": 0, "opened": 0, "in_time": 0, "late": 0}
    return [WaveLine(wave=wave, **centres.get(wave.pk, nothing), cell=cells.get(wave.pk, Cell())) for wave in found]


def _centres_by_wave(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> dict[int, dict[str, int]]:
    """Centres of each wave: all, opened, opened by the planned day, and those whose day has passed unopened or later."""
    planned = (
        Milestone.objects.filter(centre_id=OuterRef("pk"), stage=LAUNCH, withdrawn_at=None)
        .order_by()
        .values("centre_id")
        .annotate(last=Max("due_on"))
        .values("last")
    )
    rows = Centre.objects.visible_to(scope).in_list().filter(region_id=region, **choice.of_wave)
    each_planned = rows.order_by().values("wave_id", "opened_on", planned_on=Subquery(planned))
    names = ("centres", "opened", "in_time", "late")
    found = _ask(_CENTRES, each_planned, ("wave_id", *names), day, day)
    return {each.pop("wave_id"): each for each in found}


def busiest_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[dict[str, Any]]:
    """The organisations that are latest with most. Two queries: their names are read when they are few."""
    groups: Any = (
        rows_of(scope, region, choice)
        .filter(progress__in=OPEN)
        .order_by()
        .values("organisation_id")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)))
        .order_by("-overdue", "-open", "organisation_id")[:BUSIEST]
    )
    listed = list(groups)
    numbers = [each["organisation_id"] for each in listed]
    names = {
        each["pk"]: each for each in Organisation.objects.filter(pk__in=numbers).values("pk", "name", "short_name")
    }
    return [{**names[each["organisation_id"]], **each} for each in listed if each["organisation_id"] in names]
