"""What is at risk and why: a late stage holds up those that must follow it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vekha_portal.overview.bridge import STAGES, stage_title, stages_before
from vekha_portal.overview.heat import count_points, list_url
from vekha_portal.overview.queries.region import Choice, Strand
from vekha_portal.ui.russian import counted, near_day
from vekha_portal.ui.tones import State, Tone

#: A stage whose day is further away than this is not yet threatened.
HORIZON = 120
_CENTRES = ("центра", "центров", "центров")
_DAYS = ("день", "дня", "дней")


@dataclass(frozen=True, slots=True)
class Risk:
    """One thing that is late, waits or is held up, and why."""

    state: State
    wave: str
    stage: str
    why: str
    url: str
    weight: int


def find_risks(
    strands: Sequence[Strand], *, waves: Mapping[int, str], region: str, choice: Choice, today: datetime.date
) -> list[Risk]:
    """Late stages with what they hold up, and stages that wait for a date; the heaviest first."""
    by_wave: dict[int, dict[str, Strand]] = {}
    for strand in strands:
        by_wave.setdefault(strand.wave, {})[strand.stage] = strand
    risks: list[Risk] = []
    for wave, stages in by_wave.items():
        name = waves.get(wave, "")
        for stage in STAGES:
            if stage.key in stages:
                risks += _risks_of(stages[stage.key], stages, name, region, today)
    return sorted(risks, key=lambda risk: -risk.weight)


def _risks_of(strand: Strand, stages: Mapping[str, Strand], wave: str, region: str, today: datetime.date) -> list[Risk]:
    found = []
    same = {"region": region, "wave": strand.wave, "stage": strand.stage}
    title = stage_title(strand.stage)
    if strand.overdue and strand.oldest:
        late = (today - strand.oldest).days
        why = f"просрочено: {count_points(strand.overdue)}, старшая — на {counted(late, *_DAYS)}"
        held = _held_up(strand, stages, today)
        why = f"{why}; под угрозой {held}" if held else why
        url = list_url(Choice(), **same, state="overdue")
        found.append(
            Risk(State("просрочено", Tone.BAD), wave, title, why, url, strand.overdue * 10 + (100 if held else 0))
        )
    if strand.waiting:
        why = f"срок неизвестен: {count_points(strand.waiting)}; внесите график оператора, когда он придёт"
        url = list_url(Choice(), **same, state="undated")
        found.append(Risk(State("ждёт срока", Tone.WAITING), wave, title, why, url, strand.waiting))
    return found


def _held_up(strand: Strand, stages: Mapping[str, Strand], today: datetime.date) -> str:
    """The stages that must wait for this one and are due soon, in the order of work."""
    held = []
    for stage in STAGES:
        other = stages.get(stage.key)
        if other is None or strand.stage not in stages_before(stage.key) or other.next_on is None:
            continue
        if (other.next_on - today).days <= HORIZON:
            centres = f" у {counted(other.centres, *_CENTRES)}" if other.centres else ""
            held.append(f"«{stage.title}» {near_day(other.next_on, today=today)}{centres}")
    return ", ".join(held)
