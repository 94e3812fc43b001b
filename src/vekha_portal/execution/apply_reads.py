"""What the pages of applying show: each measure with its dates before anything is made, and a difference in few lines."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.bridge import Due, list_dues, stage_title
from vekha_portal.execution.differences import Difference
from vekha_portal.execution.models import Application, Milestone, Waiting
from vekha_portal.execution.permissions import can_apply_here
from vekha_portal.execution.plans import Ground, parts_of
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision, Roadmap

#: Days of one measure that are written out; the rest is counted.
SHOWN_DAYS = 4
_FIELD = "reach-"


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """A measure before it is applied: its dates, how many milestones it would make, what to look at."""

    measure: Measure
    stage: str
    reach: str
    proposed: str
    days: tuple[Due, ...]
    more: int
    waiting: tuple[str, ...]
    count: int
    days_off: int
    past: int
    is_on_demand: bool

    @property
    def field(self) -> str:
        """The name of its choice in the form."""
        return f"{_FIELD}{self.measure.key}"


def read_reaches(given: Mapping[str, str]) -> dict[str, str]:
    """The choices of a form: measure's key → once or every centre."""
    return {
        name.removeprefix(_FIELD): value
        for name, value in given.items()
        if name.startswith(_FIELD) and value in Reach.values
    }


def show_measures(ground: Ground, *, day: datetime.date) -> list[ShownMeasure]:
    """Every measure of a plan with its dates; what one centre gets is what all get, schedules apart."""
    return [_show(ground, measure, day) for measure in ground.measures]


def _show(ground: Ground, measure: Measure, day: datetime.date) -> ShownMeasure:
    dues = [
        due
        for part in parts_of(measure, ground.terms)
        for due in list_dues(
            measure.deadline,
            ground.terms,
            known=ground.book.find(measure.key, part.stage, None),
            part=part.phrase_part,
        )
    ]
    reach = ground.reach_of(measure)
    places = len(ground.centres) if reach == Reach.CENTRE else 1
    dated = [due for due in dues if due.due is not None]
    return ShownMeasure(
        measure=measure,
        stage=stage_title(measure.stage),
        reach=reach,
        proposed=measure.reach,
        days=tuple(dated[:SHOWN_DAYS]),
        more=max(0, len(dated) - SHOWN_DAYS),
        waiting=tuple(dict.fromkeys(Waiting(due.waiting).label for due in dues if due.waiting)),
        count=len(dues) * places,
        days_off=sum(1 for due in dated if due.is_day_off),
        past=sum(1 for due in dated if due.due is not None and due.due < day),
        is_on_demand=not dues,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A change in words: of which measure, what was, what will be, at how many places."""

    measure: str
    before: str
    after: str
    count: int


@dataclass(slots=True)
class ShownDifference:
    """A difference in few lines: the same change at many centres is one line."""

    moved: list[Line] = field(default_factory=list)
    restored: list[Line] = field(default_factory=list)
    new: list[Line] = field(default_factory=list)
    withdrawn: list[Line] = field(default_factory=list)


def show_difference(difference: Difference, revisions: Sequence[Revision]) -> ShownDifference:
    """Group what would change by measure and dates. One query for the measures' names."""
    rows = Measure.objects.filter(revision__in=revisions).order_by("revision__number")
    names: dict[UUID, str] = {measure.key: str(measure) for measure in rows}
    return ShownDifference(
        moved=_lines(
            (
                names[each.planned.measure_key],
                _day(each.row.due_on, each.row.waiting_for),
                _day(each.due_on, each.planned.waiting_for),
            )
            for each in difference.moved
        ),
        restored=_lines(
            (names[each.planned.measure_key], "", _day(each.due_on, each.planned.waiting_for))
            for each in difference.restored
        ),
        new=_lines((names[each.measure_key], "", _day(each.due_on, each.waiting_for)) for each in difference.new),
        withdrawn=_lines(
            (names.get(row.measure_key, "мероприятие прежней редакции"), _day(row.due_on, row.waiting_for), "")
            for row in difference.withdrawn
        ),
    )


def _day(day: datetime.date | None, waiting: str) -> str:
    if day is not None:
        return f"{day:%d.%m.%Y}"
    return f"ждёт {Waiting(waiting).label}" if waiting else "без срока"


def _lines(changes: Iterable[tuple[str, str, str]]) -> list[Line]:
    return [Line(*change, count) for change, count in Counter(changes).items()]


def list_applicable(scope: Scope, wave: Wave) -> list[Roadmap]:
    """The roadmaps of the wave's programme, approved and not yet applied to it, that the role may apply."""
    applied = Application.objects.filter(wave=wave).values("roadmap_id")
    rows = (
        Roadmap.objects.visible_to(scope)
        .filter(
            Q(region_id=wave.region_id) | Q(region=None),
            Q(subsidy_year=wave.subsidy_year) | Q(subsidy_year=None),
            programme_id=wave.programme_id,
            order__withdrawn_at=None,
            revisions__approved_at__isnull=False,
        )
        .exclude(pk__in=applied)
        .select_related("organisation", "order", "programme")
        .distinct()
        .order_by("-order__signed_on", "pk")
    )
    return [roadmap for roadmap in rows if can_apply_here.test(scope, (roadmap, wave))]


def list_fitting_waves(scope: Scope, roadmap: Roadmap) -> list[Wave]:
    """The open waves a roadmap can be applied to, with ``centres_now``."""
    rows = Wave.objects.visible_to(scope).filter(programme_id=roadmap.programme_id, closed_on=None)
    if roadmap.region_id:
        rows = rows.filter(region_id=roadmap.region_id)
    rows = rows.annotate(centres_now=Count("centres", filter=Q(centres__removed_at=None)))
    rows = rows.select_related("programme", "region", "organisation").order_by("-subsidy_year", "region_id")
    return [wave for wave in rows if can_apply_here.test(scope, (roadmap, wave))]


def count_by_centre(wave: Wave, day: datetime.date, centres: Sequence[Centre]) -> dict[int, tuple[int, int, int]]:
    """Centre → milestones in force, accepted, overdue. One query."""
    rows = (
        Milestone.objects.in_force()
        .filter(wave=wave, centre__in=[each.pk for each in centres])
        .order_by()
        .values("centre_id")
        .annotate(
            all=Count("pk"),
            done=Count("pk", filter=Q(progress__in=("accepted", "not_applicable"))),
            late=Count("pk", filter=Q(due_on__lt=day) & ~Q(progress__in=("accepted", "not_applicable", "submitted"))),
        )
    )
    return {row["centre_id"]: (row["all"], row["done"], row["late"]) for row in rows}
