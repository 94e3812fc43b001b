"""Which milestones a page is about: everything the role sees, its own part of the tree, what is owed by it itself."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q

from vekha_portal.accounts.roles import Role
from vekha_portal.execution.models import DONE, SOON_DAYS, Milestone, MilestoneQuerySet, Progress, Proof, State
from vekha_portal.execution.permissions import FEDERAL_STAGES, decides
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Responsible
from vekha_portal.registry.models import Organisation

#: What pages need of the rows around a milestone.
AROUND = ("measure", "organisation", "centre__organisation", "wave__programme")
#: What somebody still has to hand in.
OPEN = (Progress.NOTHING, Progress.PART, Progress.RETURNED)
_REGIONAL_ROLES = frozenset({"regional_coordinator", "regional_operator"})


def seen(scope: Scope) -> MilestoneQuerySet:
    """Milestones in force that the role sees, the plan of its superiors too.

    The region is named besides, so that a municipality's question is answered by the index of its region.
    """
    return _narrowed(Milestone.objects.visible_to(scope).in_force(), scope)


def of_territory(scope: Scope) -> MilestoneQuerySet:
    """Milestones of the role's own part of the tree."""
    rows = seen(scope)
    if scope.reach is not Reach.SUBTREE:
        return rows
    own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
    return rows.filter(organisation_id__in=own)


def _narrowed(rows: MilestoneQuerySet, scope: Scope) -> MilestoneQuerySet:
    if scope.region:
        rows = rows.filter(region_id=scope.region)
    if scope.programmes:
        rows = rows.filter(wave__programme_id__in=scope.programmes)
    return rows


def own_condition(scope: Scope) -> Q:
    """What the role itself owes: its organisation's, and what a measure names this very person or role for. One query."""
    named = Q(mapped_person_id=scope.acting_for or scope.person)
    if scope.role in _REGIONAL_ROLES and scope.reach is Reach.REGION:
        named |= Q(mapped_role=scope.role, region_id=scope.region)
    measures = list(Responsible.objects.filter(named, removed_at=None).values_list("measure_id", flat=True)[:2000])
    own = Q(organisation_id__in=scope.organisations)
    return own | Q(measure_id__in=measures) if measures else own


def owed(scope: Scope) -> MilestoneQuerySet:
    """What the role itself still has to hand in."""
    return seen(scope).filter(own_condition(scope), progress__in=OPEN)


def answerable(scope: Scope) -> MilestoneQuerySet:
    """The milestones about which the role decides, as `execution.permissions.can_decide` says of each."""
    rows = of_territory(scope)
    if not decides.test(scope):
        return rows.none()
    if scope.role == Role.FEDERAL_OPERATOR:
        rows = rows.filter(stage__in=FEDERAL_STAGES)
    if scope.role == Role.MUNICIPALITY:
        rows = rows.exclude(organisation_id__in=scope.organisations)
    return rows


def to_decide(scope: Scope) -> MilestoneQuerySet:
    """What was handed in and waits for the role's word; not what the person handed in."""
    rows = answerable(scope).filter(progress=Progress.SUBMITTED)
    mine = Proof.objects.filter(milestone_id=OuterRef("pk"), submitted_by_id=scope.person, recalled_at=None)
    return rows.filter(~Exists(mine))


def in_state(state: State, day: datetime.date) -> Q:
    """The rows that `Milestone.state_on` puts into a state on a day, as a condition that indexes understand."""
    soon = day + datetime.timedelta(days=SOON_DAYS)
    unfinished = Q(progress__in=OPEN)
    in_time = Q(due_on=None) | Q(due_on__gte=day)
    conditions = {
        State.OVERDUE: unfinished & Q(due_on__lt=day),
        State.RETURNED: Q(progress=Progress.RETURNED) & in_time,
        State.PART: Q(progress=Progress.PART) & in_time,
        State.WAITING: Q(progress=Progress.NOTHING, due_on=None),
        State.SOON: Q(progress=Progress.NOTHING, due_on__gte=day, due_on__lte=soon),
        State.AHEAD: Q(progress=Progress.NOTHING, due_on__gt=soon),
    }
    return conditions[state] if state in conditions else Q(progress=state.value)


def load(rows: MilestoneQuerySet, part: slice) -> list[Milestone]:
    """Some rows of a list with all that pages show around them, in the list's order. Two queries.

    First the numbers, by an index; joined before they are few, the rows of a country would be joined all.
    """
    numbers = list(rows.values_list("pk", flat=True)[part])
    found = Milestone.objects.select_related(*AROUND).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def unfinished(rows: MilestoneQuerySet) -> MilestoneQuerySet:
    """Those nobody has accepted or excused; written as the partial index is."""
    return rows.exclude(progress__in=DONE)
