"""Milestones of the waves, their days by the deadlines of the roadmap, and what had become of each by the day of loading.

The days are worked out once for a measure and a wave; for every centre chance decides how early or late it is.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from vekha_portal.accounts.roles import Role
from vekha_portal.examples.country.measures import DocumentRow, MeasureRow
from vekha_portal.examples.country.people import People
from vekha_portal.examples.country.proofs import Hand, Proofs
from vekha_portal.examples.country.roadmaps import CentreRow, WaveRows
from vekha_portal.examples.country.size import Size
from vekha_portal.examples.rows import Numbers, insert
from vekha_portal.execution.bridge import Due, Known, Terms, list_dues
from vekha_portal.execution.models import Milestone, Progress, Schedule, ScheduleKind, ScheduleLine
from vekha_portal.orders.measures import Reach

_DAY = datetime.timedelta(days=1)
_MILESTONE = (
    "id", "region", "wave", "application", "measure", "measure_key", "item", "centre", "organisation", "stage", "period",
    "ordinal", "planned_on", "due_on", "warn_on", "is_day_off", "waiting_for", "progress", "documented_on", "submitted_at",
    "accepted_at", "version",
)  # fmt: skip
_SCHEDULE = (
    "id", "wave", "region", "organisation", "kind", "stage", "letter_number", "letter_on", "entered_at", "entered_by"
)  # fmt: skip
_SCHEDULED = "infrastructure-list"
_HISTORY = """
INSERT INTO execution_milestoneevent (pgh_created_at, pgh_label, pgh_obj_id, due_on, measure_id, organisation_id, progress,
    region_id, version, waiting_for)
SELECT coalesce(e.happened_at, least(m.due_on + interval '9 hours', now())), 'update', m.id, m.due_on, m.measure_id,
    m.organisation_id, e.progress, m.region_id, e.version, m.waiting_for
FROM execution_milestone m CROSS JOIN LATERAL (VALUES
    (m.submitted_at, 'submitted', 2, m.submitted_at IS NOT NULL),
    (m.accepted_at, 'accepted', 3, m.accepted_at IS NOT NULL),
    (NULL, m.progress, 2, m.progress IN ('part', 'returned', 'not_applicable'))
) e (happened_at, progress, version, happened)
WHERE m.region_id = %s AND e.happened
"""
_VERSIONS = {Progress.NOTHING: 1, Progress.ACCEPTED: 3}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a measure is carried out: at a centre, or once for the wave; who hands in, and how late they usually are."""

    organisation: int
    centre: int | None
    by: int
    lateness: float


@dataclass(frozen=True, slots=True)
class Fate:
    """What had become of a milestone by the day."""

    progress: Progress = Progress.NOTHING
    submitted_at: datetime.datetime | None = None
    decided_at: datetime.datetime | None = None


_NOTHING = Fate()


@dataclass(slots=True)
class Teller:
    """Tells the story of one region's milestones and keeps their rows until they are written."""

    people: People
    size: Size
    numbers: Numbers
    proofs: Proofs
    rows: list[tuple[object, ...]] = field(default_factory=list)
    schedules: list[tuple[object, ...]] = field(default_factory=list)
    days: list[tuple[object, ...]] = field(default_factory=list)

    def tell(self, waves: Sequence[WaveRows]) -> int:
        """Write the milestones of the waves of one region with all that proves them; how many there are."""
        for rows in (self.rows, self.schedules, self.days):
            rows.clear()
        for wave in waves:
            self._tell_wave(wave, random.Random(f"{self.size.seed}:milestones:{wave.owner[1]}:{wave.plan}"))
        insert(Schedule, _SCHEDULE, self.schedules)
        insert(ScheduleLine, ("schedule", "region", "day"), self.days)
        count = insert(Milestone, _MILESTONE, self.rows)
        self.proofs.write()
        if waves:
            with connection.cursor() as cursor:
                cursor.execute(_HISTORY, [waves[0].owner[1]])
        return count

    def _tell_wave(self, wave: WaveRows, chance: random.Random) -> None:
        terms = Terms(wave.plan.year, wave.plan.year, wave.horizon_on, wave.owner[1])
        known = self._schedule(wave, chance)
        whole = Place(
            wave.region.body,
            None,
            self.people.by_place[wave.region.operator, Role.REGIONAL_OPERATOR],
            chance.gauss(-1, 3),
        )
        places = [self._place(centre, chance) for centre in wave.centres]
        for measure in wave.measures:
            dues = list_dues(measure.words.deadline, terms, known=known)
            for item, stage, documents in measure.points():
                for due in dues:
                    self.proofs.begin(wave, due.due)
                    for place in (whole,) if measure.reach is Reach.ONCE else places:
                        self._add(wave, measure, item, stage, due, place, documents, chance)

    def _place(self, centre: CentreRow, chance: random.Random) -> Place:
        by = self.people.by_place[centre.school.id, Role.SCHOOL]
        return Place(centre.school.id, centre.id, by, chance.gauss(0, 4) + (15 if chance.random() < 0.05 else 0))

    def _schedule(self, wave: WaveRows, chance: random.Random) -> Known | None:
        """The operator's schedule; for half of next year's waves it has not come yet."""
        day = datetime.date(wave.plan.year - 1, 11, 1) + datetime.timedelta(days=chance.randrange(0, 40))
        late = wave.plan.year > self.size.day.year and chance.random() < 0.5
        if late or not any(measure.words.stage == _SCHEDULED for measure in wave.measures):
            return None
        letter = wave.signed_on + datetime.timedelta(days=chance.randrange(10, 30))
        number = self.proofs.schedules.take()
        entered = datetime.datetime.combine(letter + _DAY, datetime.time(8), datetime.UTC)
        row = (
            number, wave.wave, wave.owner[1], wave.owner[0], str(ScheduleKind.SCHEDULE), _SCHEDULED,
            f"ФО-{chance.randrange(100, 999)}", letter, entered, wave.coordinator,
        )  # fmt: skip
        self.schedules.append(row)
        self.days.append((number, wave.owner[1], day))
        return Known(day)

    def _add(
        self, wave: WaveRows, measure: MeasureRow, item: int | None, stage: str, due: Due, place: Place,
        documents: Sequence[DocumentRow], chance: random.Random,
    ) -> None:  # fmt: skip
        fate = _NOTHING if due.due is None else self._fate(due.due, place.lateness, len(documents), chance)
        number = self.numbers.take()
        proved = None
        if fate is not _NOTHING:
            hand = Hand(number, place.organisation, place.by, wave.coordinator, place.centre is not None)
            proved = self.proofs.add(hand, documents, fate.progress, fate.submitted_at, fate.decided_at)
        is_accepted = fate.progress is Progress.ACCEPTED
        is_proved = fate.progress in (Progress.SUBMITTED, Progress.ACCEPTED)
        self.rows.append((
            number, wave.owner[1], wave.wave, wave.application, measure.id, measure.key, item, place.centre,
            place.organisation, stage, due.period, due.ordinal, None if stage == _SCHEDULED else due.due, due.due,
            due.warn_on, due.is_day_off, due.waiting, str(fate.progress), proved if is_proved else None,
            fate.submitted_at if is_proved else None, fate.decided_at if is_accepted else None,
            _VERSIONS.get(fate.progress, 2),
        ))  # fmt: skip

    def _fate(self, due: datetime.date, lateness: float, documents: int, chance: random.Random) -> Fate:
        luck = chance.random()
        if luck < 0.003:
            return _NOTHING  # forgotten: overdue for good
        handed = due + datetime.timedelta(days=round(lateness + chance.gauss(-5, 6)))
        if luck > 0.996 and due < self.size.day:
            return Fate(Progress.NOT_APPLICABLE, decided_at=_moment(min(handed, self.size.day - _DAY), luck))
        if handed >= self.size.day:
            is_begun = documents > 1 and handed < self.size.day + 20 * _DAY and luck < 0.25
            return Fate(Progress.PART, _moment(self.size.day - 3 * _DAY, luck)) if is_begun else _NOTHING
        submitted = _moment(handed, luck)
        decided = submitted + datetime.timedelta(days=1 + chance.expovariate(0.25))
        if decided.date() < self.size.day:
            return Fate(Progress.RETURNED if luck > 0.99 else Progress.ACCEPTED, submitted, decided)
        if luck > 0.85:
            return Fate(Progress.RETURNED, submitted, min(decided, _moment(self.size.day - _DAY, 1.0)))
        return Fate(Progress.SUBMITTED, submitted)


def _moment(day: datetime.date, luck: float) -> datetime.datetime:
    """Some time of a working day."""
    return datetime.datetime(day.year, day.month, day.day, 6, 0, tzinfo=datetime.UTC) + datetime.timedelta(
        hours=9 * luck
    )


def list_by_region(waves: Sequence[WaveRows]) -> Iterator[tuple[str, list[WaveRows]]]:
    """The waves of one region after the other."""
    found: dict[str, list[WaveRows]] = {}
    for wave in waves:
        found.setdefault(wave.owner[1], []).append(wave)
    yield from found.items()
