"""Reads of the page «Дорожная карта»: a revision's measures with the state of their milestones, in one grouped query.

A roadmap that is applied to no wave shows the days its phrases mean for its year.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count

from vekha_portal.execution.looks import STATES
from vekha_portal.execution.models import DONE, Application, Milestone, State
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import (
    DatedPhrase,
    DueDay,
    Understanding,
    calendar_of,
    date_phrase,
    stage_title,
    waiting_words,
)
from vekha_portal.orders.models import Measure, Revision, Roadmap
from vekha_portal.orders.proposals import SaidNames, said_of
from vekha_portal.orders.reads import list_measures, list_revisions, revision_in_force, settings_for
from vekha_portal.ui import tones
from vekha_portal.ui.deadlines import DayOff, ShownDeadline
from vekha_portal.ui.russian import days_left
from vekha_portal.ui.tones import Tone

PLANNED = tones.State("по плану", Tone.QUIET)
#: What people must see first; a day shows the worst of its milestones.
WORST = (
    State.OVERDUE,
    State.RETURNED,
    State.PART,
    State.SOON,
    State.SUBMITTED,
    State.WAITING,
    State.AHEAD,
    State.ACCEPTED,
    State.NOT_APPLICABLE,
)
_CLOSED = frozenset({*(State(each.value) for each in DONE), State.SUBMITTED})


@dataclass(frozen=True, slots=True)
class Slot:
    """So many milestones of a measure that are due on one day and in one state."""

    key: uuid.UUID
    due: datetime.date | None
    state: State
    count: int
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day of a measure with the worst state of what is due, and how many milestones it is about."""

    due: datetime.date
    state: tones.State
    count: int
    is_day_off: bool
    period: str = ""
    start: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class PlannedDeadline(ShownDeadline):
    """A day of a roadmap that no wave carries out: it may have passed, but nobody is late."""

    @property
    def tone(self) -> Tone:
        """Nothing is asked of anybody."""
        return Tone.QUIET if self.due else Tone.WAITING

    @property
    def left(self) -> str:
        """How far it is, or that it has passed."""
        if self.due is None:
            return ""
        return days_left(self.due, today=self.today) if self.due >= self.today else "день прошёл"


@dataclass(frozen=True, slots=True)
class Named:
    """A responsible as it is written, and who that is."""

    name: str
    said: str
    is_lead: bool


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as the page shows it."""

    measure: Measure
    stage: str
    deadline: ShownDeadline
    days: tuple[MarkedDay, ...]
    counts: tuple[tuple[tones.State, int, str], ...]
    responsibles: tuple[Named, ...]
    documents: tuple[Any, ...]
    waiting: str = ""

    @property
    def total(self) -> int:
        """How many milestones there are."""
        return sum(count for _, count, _ in self.counts)


@dataclass(frozen=True)
class RoadmapView:
    """A roadmap on a day: its revision, the wave it is looked at in (if any), and its measures."""

    roadmap: Roadmap
    revision: Revision
    application: Application | None
    newest: Revision | None
    understanding: Understanding
    today: datetime.date
    measures: tuple[MeasureView, ...]
    gone: int = 0

    @property
    def year(self) -> int | None:
        """The subsidy year the days are of."""
        return self.application.wave.subsidy_year if self.application else self.roadmap.subsidy_year

    @cached_property
    def counts(self) -> tuple[tuple[tones.State, int], ...]:
        """How many milestones of each state there are in all."""
        found: dict[tones.State, int] = defaultdict(int)
        for each in self.measures:
            for state, count, _ in each.counts:
                found[state] += count
        return tuple((STATES[state], found[STATES[state]]) for state in WORST if found[STATES[state]])

    @property
    def is_behind(self) -> bool:
        """Whether a newer revision is approved that the wave does not follow yet."""
        return self.application is not None and self.newest is not None and self.newest.number > self.revision.number


def list_applications(scope: Scope, roadmap: Roadmap) -> list[Application]:
    """The waves a roadmap is applied to, the latest year first."""
    rows = Application.objects.visible_to(scope).filter(roadmap=roadmap)
    rows = rows.select_related("wave__programme", "wave__region", "revision")
    return list(rows.order_by("-wave__subsidy_year", "wave__region__name", "pk"))


def choose_application(applications: Sequence[Application], wanted: str) -> Application | None:
    """The application an address asks for, else the latest."""
    return next((each for each in applications if str(each.pk) == wanted), applications[0] if applications else None)


def choose_revision(
    scope: Scope, roadmap: Roadmap, application: Application | None
) -> tuple[Revision | None, Revision | None]:
    """The revision to show (the wave's, else the one in force, else a draft that is seen) and the newest approved one."""
    known = list_revisions(scope, roadmap)
    newest = revision_in_force(known)
    if application is not None:
        return application.revision, newest
    usual = [each for each in known if each.withdrawn_at is None]
    return newest or next(iter(usual or known), None), newest


def read_slots(scope: Scope, application: Application, *, day: datetime.date) -> list[Slot]:
    """Every measure's milestones by day and state: one grouped query, however many milestones there are."""
    rows: Any = Milestone.objects.visible_to(scope).in_force().filter(application=application).with_state(day)
    grouped = rows.values("measure_key", "due_on", "state", "waiting_for").annotate(count=Count("pk"))
    return [
        Slot(each["measure_key"], each["due_on"], State(each["state"]), each["count"], each["waiting_for"])
        for each in grouped.order_by("due_on", "measure_key", "state", "waiting_for")
    ]


def read_roadmap(
    scope: Scope,
    roadmap: Roadmap,
    revision: Revision,
    newest: Revision | None,
    application: Application | None,
    *,
    day: datetime.date,
) -> RoadmapView:
    """The roadmap as it stands on a day."""
    understanding = settings_for(roadmap.organisation)
    measures: list[Any] = list(list_measures(revision))
    slots: dict[uuid.UUID, list[Slot]] = defaultdict(list)
    for slot in read_slots(scope, application, day=day) if application is not None else ():
        slots[slot.key].append(slot)
    names = SaidNames.of(person for each in measures for person in each.responsibles_now)
    year = application.wave.subsidy_year if application is not None else roadmap.subsidy_year
    region = application.region_id if application is not None else roadmap.region_id or ""
    views = []
    for each in measures:
        dated = date_phrase(each.deadline, subsidy_year=year, understanding=understanding, region=region)
        views.append(_view(each, dated, slots.pop(each.key, []), names, day, region, is_live=application is not None))
    gone = sum(slot.count for left in slots.values() for slot in left)
    return RoadmapView(roadmap, revision, application, newest, understanding, day, tuple(views), gone)


def _view(
    measure: Any,
    dated: DatedPhrase,
    slots: Sequence[Slot],
    names: SaidNames,
    today: datetime.date,
    region: str,
    *,
    is_live: bool,
) -> MeasureView:
    days = _live_days(slots, dated.days, region) if is_live else tuple(_planned(each) for each in dated.days)
    waiting = _waiting(slots) if is_live else dated.waiting_words
    return MeasureView(
        measure=measure,
        stage=stage_title(measure.stage),
        deadline=_deadline(measure, slots, days, waiting, today, region, is_live=is_live),
        days=days,
        counts=_counts(slots),
        responsibles=tuple(
            Named(each.name, said_of(each, names)[1], each.is_lead) for each in measure.responsibles_now
        ),
        documents=tuple(measure.documents_now),
        waiting=waiting if not days else "",
    )


def _planned(each: DueDay) -> MarkedDay:
    return MarkedDay(each.due, PLANNED, 1, each.is_day_off, each.period, each.start)


def _live_days(slots: Sequence[Slot], stated: Iterable[DueDay], region: str) -> tuple[MarkedDay, ...]:
    starts = {each.due: each.start for each in stated}
    by_day: dict[datetime.date, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.due is not None:
            by_day[slot.due].append(slot)
    calendar = calendar_of(region)
    return tuple(
        MarkedDay(
            due,
            STATES[min((slot.state for slot in found), key=WORST.index)],
            sum(slot.count for slot in found),
            calendar.is_day_off(due),
            "",
            starts.get(due),
        )
        for due, found in sorted(by_day.items())
    )


def _waiting(slots: Sequence[Slot]) -> str:
    return next((waiting_words(slot.waiting) for slot in slots if slot.due is None and slot.state not in _CLOSED), "")


def _counts(slots: Sequence[Slot]) -> tuple[tuple[tones.State, int, str], ...]:
    found: dict[State, int] = defaultdict(int)
    for slot in slots:
        found[slot.state] += slot.count
    return tuple((STATES[state], found[state], state.value) for state in WORST if found[state])


def _deadline(
    measure: Measure,
    slots: Sequence[Slot],
    days: Sequence[MarkedDay],
    waiting: str,
    today: datetime.date,
    region: str,
    *,
    is_live: bool,
) -> ShownDeadline:
    """The next day something is owed; without one, that all is done, that it is being looked at, or what it waits for."""
    if is_live:
        due = min((slot.due for slot in slots if slot.due and slot.state not in _CLOSED), default=None)
        is_done = bool(slots) and all(slot.state.value in {each.value for each in DONE} for slot in slots)
        if due is None and is_done:
            due = max((slot.due for slot in slots if slot.due), default=None)
            return ShownDeadline(measure.deadline, due, today, done=True)
        if due is None and not waiting:
            waiting = "подано, на проверке" if slots else waiting_words(_without_slots(measure))
    else:
        ahead = [each.due for each in days if each.due >= today]
        due = ahead[0] if ahead else (days[-1].due if days else None)
    kind = ShownDeadline if is_live else PlannedDeadline
    return kind(measure.deadline, due, today, _day_off(due, region), waiting if due is None else "")


def _without_slots(measure: Measure) -> str:
    return "need" if measure.deadline else "not-stated"


def _day_off(due: datetime.date | None, region: str) -> DayOff | None:
    calendar = calendar_of(region)
    if due is None or not calendar.is_day_off(due):
        return None
    return DayOff(calendar.previous_workday(due), calendar.next_workday(due), calendar.is_provisional(due.year))
