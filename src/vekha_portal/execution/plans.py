"""The milestones that a roadmap makes for a wave: computed as values, then compared with the rows that are there.

Applying, applying again, rolling the horizon on, entering a schedule and changing the list of schools all compute the same plan
and write only what differs.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.bridge import Due, Known, Terms, count_parts, list_dues
from vekha_portal.execution.models import Schedule, ScheduleKind, ScheduleLine
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Responsible, Revision
from vekha_portal.orders.reads import settings_for
from vekha_portal.registry.models import Organisation, OrganisationKind

#: Repetitions are dated at least so many months ahead.
MONTHS_AHEAD = 15
_LOCAL = (OrganisationKind.SCHOOL, OrganisationKind.MUNICIPAL_AUTHORITY)


class Planned(NamedTuple):
    """One milestone as the plan wants it."""

    measure_id: int
    measure_key: uuid.UUID
    item: int | None
    centre_id: int | None
    organisation_id: int
    stage: str
    period: str
    ordinal: int
    due_on: datetime.date | None
    warn_on: datetime.date | None
    is_day_off: bool
    waiting_for: str


class Part(NamedTuple):
    """What of a measure makes a milestone: the whole, or one item of another stage; ``phrase_part`` is its deadline's place."""

    item: int | None
    stage: str
    phrase_part: int | None


@dataclass(frozen=True, slots=True)
class DayBook:
    """The days that schedules and events have given to a wave; the last letter about a measure counts."""

    schedules: tuple[Schedule, ...] = ()
    days: Mapping[int, Mapping[int | None, datetime.date]] = field(default_factory=dict)

    def find(self, key: uuid.UUID, stage: str, centre: int | None) -> Known | None:
        """The day known for a measure at a centre, or for the whole wave."""
        for schedule in self.schedules:
            if str(key) not in schedule.measure_keys and schedule.stage != stage:
                continue
            days = self.days.get(schedule.pk, {})
            day = days.get(centre, days.get(None))
            if day is not None:
                return Known(day, is_event=schedule.kind == ScheduleKind.EVENT)
        return None


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the plan of one application depends on."""

    wave: Wave
    revision: Revision
    terms: Terms
    reaches: Mapping[str, str]
    measures: tuple[Measure, ...]
    leads: Mapping[int, Organisation]
    centres: tuple[tuple[int, int], ...]
    book: DayBook

    def reach_of(self, measure: Measure) -> str:
        """Once, or every centre: as chosen when the roadmap was applied, else as the revision proposes."""
        return self.reaches.get(str(measure.key), measure.reach)


def horizon_for(wave: Wave, day: datetime.date) -> datetime.date:
    """Up to which day repetitions are dated: the end of the year that lies fifteen months ahead, at least the year after the subsidy's.

    A programme that ended without a successor is dated to its end.

    >>> from vekha_portal.registry.models import Programme
    >>> wave = Wave(subsidy_year=2026, programme=Programme(code="x"))
    >>> [str(horizon_for(wave, datetime.date(2026, month, 1))) for month in (9, 10)]
    ['2027-12-31', '2028-12-31']
    """
    months = day.year * 12 + day.month - 1 + MONTHS_AHEAD
    year = max(months // 12, wave.subsidy_year + 1)
    ends = wave.programme.ends_on if wave.programme.successor_id is None else None
    return min(datetime.date(year, 12, 31), ends or datetime.date.max)


def terms_of(revision: Revision, wave: Wave, until: datetime.date) -> Terms:
    """From what days are counted: a date without a year is of the roadmap's year, else of the wave's. One query."""
    understanding = settings_for(revision.roadmap.organisation)
    return Terms(
        subsidy_year=wave.subsidy_year,
        year=revision.roadmap.subsidy_year or wave.subsidy_year,
        until=until,
        region=wave.region_id,
        before_includes_day=understanding.before_includes_day,
        warning_days=understanding.warning_days,
    )


def read_ground(
    *,
    wave: Wave,
    revision: Revision,
    reaches: Mapping[str, str],
    until: datetime.date,
    centres: Sequence[Centre] | None = None,
) -> Ground:
    """Read what a plan depends on: six queries, however many measures and centres."""
    measures = tuple(Measure.objects.filter(revision=revision, removed_at=None).order_by("position", "pk"))
    if centres is None:
        centres = list_own_centres(wave, revision.roadmap.organisation)
    return Ground(
        wave=wave,
        revision=revision,
        terms=terms_of(revision, wave, until),
        reaches=reaches,
        measures=measures,
        leads=_read_leads(revision),
        centres=tuple((each.pk, each.organisation_id) for each in centres),
        book=read_day_book(wave),
    )


def list_own_centres(wave: Wave, organisation: Organisation) -> list[Centre]:
    """The centres a roadmap drives: all of the wave, or those below the municipality or school whose roadmap it is."""
    rows = Centre.objects.filter(wave=wave, removed_at=None, closed_on=None).order_by("pk")
    if organisation.kind in _LOCAL:
        path = organisation.path
        rows = rows.filter(organisation__path__gte=path, organisation__path__lt=path + "~")
    return list(rows)


def _read_leads(revision: Revision) -> dict[int, Organisation]:
    """Measure → the organisation of its lead responsible, else of the first that is known."""
    rows = Responsible.objects.filter(
        measure__revision=revision, removed_at=None, mapped_organisation__isnull=False
    ).select_related("mapped_organisation")
    leads: dict[int, Organisation] = {}
    for row in sorted(rows, key=lambda row: (not row.is_lead, row.position, row.pk)):
        if row.mapped_organisation is not None:
            leads.setdefault(row.measure_id, row.mapped_organisation)
    return leads


def read_day_book(wave: Wave) -> DayBook:
    """The days known for a wave, the last letter first."""
    schedules = tuple(Schedule.objects.filter(wave=wave).order_by("-entered_at", "-pk"))
    days: dict[int, dict[int | None, datetime.date]] = defaultdict(dict)
    for line in ScheduleLine.objects.filter(schedule__wave=wave):
        days[line.schedule_id][line.centre_id] = line.day
    return DayBook(schedules, days)


# --- the plan ---------------------------------------------------------------------------------------------------------


def parts_of(measure: Measure, terms: Terms) -> tuple[Part, ...]:
    """The whole measure; or every item of one that joins different stages, with its own deadline where the cell states as many."""
    stages = measure.item_stages
    if not stages or len(stages) != len(measure.items):
        return (Part(None, measure.stage, None),)
    by_item = count_parts(measure.deadline, terms) == len(stages)
    return tuple(Part(item, stage or measure.stage, item if by_item else None) for item, stage in enumerate(stages))


def waiting_parts(measure: Measure, terms: Terms) -> list[Part]:
    """The parts of a measure that wait for a schedule, an event or a clearer word, whatever is known by now."""
    return [
        part
        for part in parts_of(measure, terms)
        if any(due.waiting for due in list_dues(measure.deadline, terms, part=part.phrase_part))
    ]


def plan(ground: Ground) -> list[Planned]:
    """Every milestone the revision makes for the wave up to the horizon."""
    return [each for measure in ground.measures for each in plan_measure(ground, measure)]


def plan_measure(ground: Ground, measure: Measure) -> Iterator[Planned]:
    """The milestones of one measure."""
    if ground.reach_of(measure) == Reach.CENTRE:
        places: Iterable[tuple[int | None, int]] = ground.centres
    else:
        places = ((None, once_by(ground, measure)),)
    for part in parts_of(measure, ground.terms):
        made: dict[Known | None, tuple[Due, ...]] = {}
        for centre, organisation in places:
            known = ground.book.find(measure.key, part.stage, centre)
            if known not in made:
                made[known] = list_dues(measure.deadline, ground.terms, known=known, part=part.phrase_part)
            for due in made[known]:
                yield Planned(
                    measure.pk,
                    measure.key,
                    part.item,
                    centre,
                    organisation,
                    part.stage,
                    due.period,
                    due.ordinal,
                    due.due,
                    due.warn_on,
                    due.is_day_off,
                    due.waiting,
                )


def once_by(ground: Ground, measure: Measure) -> int:
    """Who does what is done once: the lead responsible, else who leads the wave, else whose roadmap it is."""
    owner = ground.revision.roadmap.organisation
    for each in (ground.leads.get(measure.pk), ground.wave.organisation):
        if each is not None and _may_do(each, owner, ground.wave):
            return each.pk
    return owner.pk


def _may_do(organisation: Organisation, owner: Organisation, wave: Wave) -> bool:
    if owner.kind in _LOCAL:
        return organisation.path.startswith(owner.path)
    return organisation.region_id == wave.region_id
