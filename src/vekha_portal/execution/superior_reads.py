"""Superior milestones and those below them: who is late below, and what dates below are later than above."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import F

from vekha_portal.execution.models import Milestone, MilestoneQuerySet
from vekha_portal.journal.scope import Scope


def children_later_than_parent(scope: Scope, *, wave: int | None = None) -> MilestoneQuerySet:
    """Milestones in force that are due later than the one above them: the municipality promised later than the region."""
    rows = Milestone.objects.visible_to(scope).in_force()
    if wave is not None:
        rows = rows.filter(wave_id=wave)
    return rows.filter(superior__withdrawn_at=None, due_on__gt=F("superior__due_on")).select_related(
        "superior", "organisation", "measure", "superior__measure"
    )


def children_of(scope: Scope, milestones: Iterable[Milestone], *, day: datetime.date) -> MilestoneQuerySet:
    """The milestones below these, with their state on a day, by organisation. One query for any number of superiors."""
    rows = Milestone.objects.visible_to(scope).in_force().filter(superior__in=[each.pk for each in milestones])
    return rows.with_state(day).select_related("organisation", "measure").order_by("superior", "organisation__sort_key", "pk")
