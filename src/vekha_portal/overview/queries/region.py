"""What the page of a region asks; one GROUP BY for each picture, over the rows of one region."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.models import DONE, Milestone, MilestoneQuerySet, Progress
from vekha_portal.journal.scope import Scope
from vekha_portal.overview.queries.reach import OPEN, seen

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


def heat_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[dict[str, Any]]:
    """Counts by municipality and stage, in the order of the municipalities; the region's own row has none. One query."""
    rows = rows_of(scope, region, choice).order_by()
    # the names are not grouped by: sorting texts took four fifths of the time
    groups: Any = rows.values("stage", municipality=F("organisation__municipality_id")).annotate(
        name=Min("organisation__municipality__name"),
        sort_key=Min("organisation__municipality__sort_key"),
        **counted(day),
    )
    return list(groups.order_by(F("sort_key").asc(nulls_first=True)))


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
    groups: Any = (
        rows.annotate(planned_on=Subquery(planned))
        .order_by()
        .values("wave_id")
        .annotate(
            centres=Count("pk"),
            opened=Count("pk", filter=Q(opened_on__lte=day)),
            in_time=Count("pk", filter=Q(opened_on__lte=F("planned_on"))),
            late=Count("pk", filter=Q(opened_on__gt=F("planned_on")) | Q(opened_on=None, planned_on__lt=day)),
        )
    )
    return {each.pop("wave_id"): each for each in groups}


def busiest_of(scope: Scope, region: str, choice: Choice, *, day: datetime.date) -> list[dict[str, Any]]:
    """The organisations that are latest with most. One query."""
    groups: Any = (
        rows_of(scope, region, choice)
        .filter(progress__in=OPEN)
        .order_by()
        .values("organisation_id", name=F("organisation__name"), short_name=F("organisation__short_name"))
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=day)))
        .order_by("-overdue", "-open", "organisation_id")[:BUSIEST]
    )
    return list(groups)
