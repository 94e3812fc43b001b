"""Two revisions of one roadmap side by side: which measures came, went and changed, and in which words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vekha_portal.orders.dates.bridge import Understanding, date_phrase, evidence_title, stage_title
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.orders.reads import list_indicators, list_measures, settings_for
from vekha_portal.ui.components import Difference
from vekha_portal.ui.russian import long_day
from vekha_portal.ui.tones import State, Tone

ADDED = State("новое", Tone.GOOD, "plus")
GONE = State("исключено", Tone.BAD, "minus")
CHANGED = State("изменено", Tone.ATTENTION, "edit")
SAME = State("без изменений", Tone.QUIET, "equal")
_SHOWN_DAYS = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure (or an indicator) in both revisions, under the key it keeps; only fields that differ."""

    key: uuid.UUID
    title: str
    state: State
    fields: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two revisions compared: what differs first in the order of the newer one, and how many measures stayed as they were."""

    changed: tuple[Compared, ...]
    same: int
    indicators: tuple[Compared, ...] = ()

    @property
    def counts(self) -> tuple[tuple[State, int], ...]:
        """How many measures of each kind."""
        found = {state: sum(each.state is state for each in self.changed) for state in (ADDED, CHANGED, GONE)}
        return tuple((state, count) for state, count in (*found.items(), (SAME, self.same)) if count)


def compare_revisions(before: Revision, after: Revision) -> Comparison:
    """What an amendment changed; measures are the same where their keys are."""
    understanding = settings_for(after.organisation)
    old, new = list_measures(before), list_measures(after)
    compared = list(_compare_measures(old, new, after, understanding))
    indicators = tuple(each for each in _compare_indicators(before, after) if each.state is not SAME)
    changed = tuple(each for each in compared if each.state is not SAME)
    return Comparison(changed, len(compared) - len(changed), indicators)


def _compare_measures(
    old: Sequence[Measure], new: Sequence[Measure], after: Revision, understanding: Understanding
) -> Iterator[Compared]:
    before = {each.key: each for each in old}
    kept = {each.key for each in new}
    for each in new:
        was = before.get(each.key)
        if was is None:
            yield Compared(each.key, str(each), ADDED, _fields(None, each, after, understanding))
        else:
            fields = _fields(was, each, after, understanding)
            yield Compared(each.key, str(each), CHANGED if fields else SAME, fields)
    for each in old:
        if each.key not in kept:
            yield Compared(each.key, str(each), GONE, _fields(each, None, after, understanding))


def _fields(
    old: Measure | None, new: Measure | None, after: Revision, understanding: Understanding
) -> tuple[Difference, ...]:
    first, second = (_texts(each, after, understanding) if each else {} for each in (old, new))
    labels = dict.fromkeys([*second, *first])
    pairs = (Difference(label, first.get(label, ""), second.get(label, "")) for label in labels)
    return tuple(each for each in pairs if each.before != each.after)


def _texts(measure: Any, revision: Revision, understanding: Understanding) -> dict[str, str]:
    """The fields of a measure as people read them; the phrase of a deadline with the days it means."""
    return {
        "№": measure.number,
        "Раздел": measure.section,
        "Мероприятие": measure.text,
        "Срок": _deadline(measure, revision, understanding),
        "Ответственные": "; ".join(each.name for each in measure.responsibles_now),
        "Документы": "; ".join(
            each.text or f"{evidence_title(each.evidence_type)} (по этапу)" for each in measure.documents_now
        ),
        "Этап": stage_title(measure.stage),
        "Охват": measure.get_reach_display(),
    }


def _deadline(measure: Measure, revision: Revision, understanding: Understanding) -> str:
    if not measure.deadline:
        return ""
    year, region = revision.roadmap.subsidy_year, revision.region_id or ""
    dated = date_phrase(measure.deadline, subsidy_year=year, understanding=understanding, region=region)
    days = [long_day(day.due) for day in dated.days]
    more = f" и ещё {len(days) - _SHOWN_DAYS}" if len(days) > _SHOWN_DAYS else ""
    told = ", ".join(days[:_SHOWN_DAYS]) + more if days else dated.waiting_words
    return f"{measure.deadline} → {told}" if told else measure.deadline


def _compare_indicators(before: Revision, after: Revision) -> Iterator[Compared]:
    old = {each.key: each for each in list_indicators(before)}
    new = {each.key: each for each in list_indicators(after)}
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        first, second = (_indicator_texts(each) if each else {} for each in (was, now))
        pairs = (
            Difference(label, first.get(label, ""), second.get(label, "")) for label in dict.fromkeys([*second, *first])
        )
        fields = tuple(each for each in pairs if each.before != each.after)
        state = ADDED if was is None else GONE if now is None else CHANGED if fields else SAME
        yield Compared(key, str(now or was), state, fields)


def _indicator_texts(indicator: Any) -> dict[str, str]:
    def figure(value: Any) -> str:
        return "" if value is None else f"{value.normalize():f}"

    return {
        "№": indicator.number,
        "Показатель": indicator.name,
        "Единица": indicator.unit,
        "В год открытия": figure(indicator.opening_year),
        "В последующие годы": figure(indicator.following_years),
        "Цель словами": indicator.target,
    }
