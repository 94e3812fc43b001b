"""Who may do what with applied roadmaps and milestones: predicates over the scope in force and the object.

The same is said once more by the policies of the database (`migrations/0002_policies.py` and later).
"""

from __future__ import annotations

from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Reach, Scope
from vekha_portal.orders.models import Roadmap
from vekha_portal.registry.permissions import is_signed_in, is_within

_APPLY = frozenset({"administrator", "regional_coordinator", "regional_operator", "municipality", "school", SYSTEM})
_LEAD = frozenset({"administrator", "regional_coordinator", "regional_operator", SYSTEM})
_SCHEDULE = frozenset({*_LEAD, "federal_operator"})
_SUBMIT = frozenset({"regional_coordinator", "regional_operator", "municipality", "school", SYSTEM})
_DECIDE = frozenset({"regional_coordinator", "regional_operator", "municipality", "federal_operator", SYSTEM})
#: What the federal operator agrees or receives itself.
FEDERAL_STAGES = frozenset({"infrastructure-list", "design-project", "site-monitoring", "indicator-monitoring"})


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
def submits(scope: Scope) -> bool:
    """The role hands documents in."""
    return scope.role in _SUBMIT


@predicate
def decides(scope: Scope) -> bool:
    """The role accepts and returns documents."""
    return scope.role in _DECIDE


def _is_for_programme(scope: Scope, milestone: Milestone) -> bool:
    return not scope.programmes or milestone.wave.programme_id in scope.programmes


@predicate
def can_submit(scope: Scope, milestone: Milestone) -> bool:
    """Documents of this milestone: people of its organisation and those it answers to, within their part of the tree."""
    within = is_within.test(scope, milestone.organisation)
    return scope.role in _SUBMIT and within and _is_for_programme(scope, milestone)


@predicate
def can_decide(scope: Scope, milestone: Milestone) -> bool:
    """Decisions about this milestone, extensions and what is not applicable; who submitted a document is asked apart.

    A municipality decides about its schools, not about itself; the federal operator about the stages it agrees.
    """
    if scope.role not in _DECIDE or not _is_for_programme(scope, milestone):
        return False
    if scope.role == "federal_operator":
        return milestone.stage in FEDERAL_STAGES
    if scope.role == "municipality" and milestone.organisation.path == scope.path:
        return False
    return bool(is_within.test(scope, milestone.organisation))


can_view_milestones = is_signed_in
can_submit_documents = is_signed_in & submits
can_decide_documents = is_signed_in & decides
can_work_in_bulk = is_signed_in & (submits | decides)
can_apply = is_signed_in & applies
can_schedule = is_signed_in & schedules
can_keep_lists = is_signed_in & predicate(lambda scope: scope.role in _LEAD)
