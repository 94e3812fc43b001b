"""A milestone as pages show it: its text, where it leads, its state and its day in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from vekha_portal.execution.looks import STATES
from vekha_portal.execution.models import Milestone, Progress, Waiting
from vekha_portal.overview.bridge import stage_title, working_days_around
from vekha_portal.ui.deadlines import DayOff, ShownDeadline
from vekha_portal.ui.tones import State as Shown


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone in a list."""

    milestone: Milestone
    title: str
    stage: str
    place: str
    place_url: str
    url: str
    state: Shown
    deadline: ShownDeadline
    note: str = ""

    @property
    def tells_left(self) -> bool:
        """Whether the day is still somebody's to keep: what was handed in waits for another."""
        return self.milestone.progress != Progress.SUBMITTED

    @property
    def wave(self) -> str:
        """The programme and its year."""
        return f"{self.milestone.wave.programme}, {self.milestone.wave.subsidy_year}"


def show_rows(
    milestones: Iterable[Milestone], *, today: datetime.date, notes: Mapping[int, str] | None = None
) -> list[Row]:
    """Rows of a list; ``notes`` by the milestone's number, such as why it was returned."""
    known = notes or {}
    return [show_row(each, today=today, note=known.get(each.pk, "")) for each in milestones]


def show_row(milestone: Milestone, *, today: datetime.date, note: str = "") -> Row:
    """One row; the milestone came with what `queries.reach.AROUND` names."""
    state = milestone.state_on(today)
    centre = milestone.centre
    place = milestone.organisation if centre is None else centre
    return Row(
        milestone=milestone,
        title=title_of(milestone),
        stage=stage_title(milestone.stage),
        place=str(milestone.organisation) if centre is None else str(centre.organisation),
        place_url=reverse("registry_card", args=[place.pk]) if centre is None else reverse("centre", args=[place.pk]),
        url=milestone_url(milestone),
        state=STATES[state],
        deadline=show_deadline(milestone, today=today),
        note=note,
    )


def title_of(milestone: Milestone) -> str:
    """The measure with its number; of a composite one, the item."""
    measure = milestone.measure
    items = measure.items
    text = measure.text
    if milestone.item is not None and isinstance(items, list) and milestone.item < len(items):
        text = f"{text}: {items[milestone.item]}"
    return f"{measure.number}. {text}" if measure.number else text


def show_deadline(milestone: Milestone, *, today: datetime.date) -> ShownDeadline:
    """The day with the phrase it comes from."""
    day_off = DayOff(*working_days_around(milestone.due_on)) if milestone.is_day_off and milestone.due_on else None
    planned = milestone.planned_on
    moved = planned if planned and milestone.due_on and milestone.due_on != planned else None
    return ShownDeadline(
        milestone.measure.deadline,
        milestone.due_on,
        today,
        day_off=day_off,
        waiting=waits_for(milestone.waiting_for),
        done=milestone.is_done,
        extended_from=moved,
    )


def waits_for(kind: str) -> str:
    """What a milestone without a date waits for, in words."""
    return f"ждёт {Waiting(kind).label}" if kind in set(Waiting) and kind else "срок не указан"


def milestone_url(milestone: Milestone) -> str:
    """Its own page; the centre's or the list of its organisation where that page is not installed."""
    own = find_url("execution_milestone", milestone.pk)
    if own:
        return own
    if milestone.centre_id is not None:
        return reverse("centre", args=[milestone.centre_id])
    return f"{reverse('milestones')}?organisation={milestone.organisation_id}"


def find_url(name: str, *arguments: Any) -> str:
    """The address of a page by name; empty where no app has it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
