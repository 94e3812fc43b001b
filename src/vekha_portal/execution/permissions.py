"""Who may do what with applied roadmaps and milestones: predicates over the scope in force and the object.

The same is said once more by the policies of the database (`migrations/0002_policies.py` and later).
"""

from __future__ import annotations

from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Reach, Scope
from vekha_portal.orders.models import Roadmap
from vekha_portal.registry.permissions import is_signed_in, is_within

_APPLY = frozenset({"administrator", "regional_coordinator", "regional_operator", "municipality", "school", SYSTEM})
_LEAD = frozenset({"administrator", "regional_coordinator", "regional_operator", SYSTEM})
_SCHEDULE = frozenset({*_LEAD, "federal_operator"})


@predicate
def applies(scope: Scope) -> bool:
    """The role applies roadmaps of its part of the tree."""
    return scope.role in _APPLY


@predicate
def schedules(scope: Scope) -> bool:
    """The role enters the dates that the federal operator or an event sets."""
    return scope.role in _SCHEDULE


def covers(scope: Scope, wave: Wave) -> bool:
    """The wave is of the scope's territory and programmes."""
    if scope.programmes and wave.programme_id not in scope.programmes:
        return False
    return scope.is_country or wave.region_id == scope.region


@predicate
def can_apply_here(scope: Scope, wanted: tuple[Roadmap, Wave]) -> bool:
    """This roadmap to this wave: a region applies federal roadmaps and its own, those below it their own."""
    roadmap, wave = wanted
    if scope.role not in _APPLY or not covers(scope, wave):
        return False
    if scope.reach is Reach.SUBTREE:
        return bool(is_within.test(scope, roadmap.organisation))
    return roadmap.region_id in (None, wave.region_id)


@predicate
def can_schedule_wave(scope: Scope, wave: Wave) -> bool:
    """Dates of the operator or of an event for this wave."""
    return scope.role in _SCHEDULE and covers(scope, wave)


@predicate
def can_change_list_of(scope: Scope, wave: Wave) -> bool:
    """Whose list of schools this is."""
    return scope.role in _LEAD and covers(scope, wave)


@predicate
def can_end_centre(scope: Scope, centre: Centre) -> bool:
    """Closing a centre, merging it, taking it out of the list."""
    return scope.role in _LEAD and covers(scope, centre.wave)


can_view_milestones = is_signed_in
can_apply = is_signed_in & applies
can_schedule = is_signed_in & schedules
can_change_list = is_signed_in & predicate(lambda scope: scope.role in _LEAD)
