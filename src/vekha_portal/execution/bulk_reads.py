"""What the page of work in bulk shows: the chosen milestones, what they lack, and the documents that wait for a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vekha_portal.execution import permissions
from vekha_portal.execution.models import DONE, Milestone
from vekha_portal.execution.proof import Evidence, Proof
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import evidence_title
from vekha_portal.orders.models import ExpectedDocument


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for a decision."""

    proof: Proof
    milestone: Milestone
    evidence: Evidence | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Milestones chosen in the grid."""

    milestones: tuple[Milestone, ...]
    waiting: tuple[Waiting, ...]
    lacking: tuple[tuple[str, str, int], ...]
    may_submit: bool
    may_decide: bool

    @property
    def ids(self) -> str:
        """For the forms of the page."""
        return ",".join(str(each.pk) for each in self.milestones)

    @property
    def decidable(self) -> str:
        """The documents shown that the reader may decide about; those that come later are not among them."""
        return ",".join(str(each.proof.pk) for each in self.waiting if not each.is_own)


def read_chosen(scope: Scope, milestone_ids: Iterable[int]) -> Chosen:
    """The chosen milestones that the scope sees; five queries, however many."""
    rows = Milestone.objects.visible_to(scope).in_force().filter(pk__in=set(milestone_ids))
    around = ("organisation", "measure", "wave", "centre")
    milestones = {
        each.pk: each
        for each in rows.select_related(*around).order_by("organisation__sort_key", "measure__position", "due_on", "pk")
    }
    pending = [
        each
        for each in Proof.objects.live().visible_to(scope).with_outcome().filter(milestone__in=milestones)
        if not each.outcome
    ]
    seen = Evidence.objects.visible_to(scope).filter(pk__in={each.evidence_id for each in pending})
    evidence = {each.pk: each for each in seen.select_related("file")}
    order = {pk: place for place, pk in enumerate(milestones)}
    pending.sort(key=lambda each: (order[each.milestone_id], each.pk))
    me = (scope.person, scope.acting_for)
    return Chosen(
        milestones=tuple(milestones.values()),
        waiting=tuple(
            Waiting(each, milestones[each.milestone_id], evidence.get(each.evidence_id), each.submitted_by_id in me)
            for each in pending
        ),
        lacking=tuple(_lacking(milestones.values())),
        may_submit=bool(milestones) and all(permissions.can_submit.test(scope, each) for each in milestones.values()),
        may_decide=bool(milestones) and all(permissions.can_decide.test(scope, each) for each in milestones.values()),
    )


def _lacking(milestones: Iterable[Milestone]) -> Iterable[tuple[str, str, int]]:
    """Types of documents with how many of the milestones still to be done ask for them, the most asked first."""
    open_ones = [each for each in milestones if each.progress not in DONE]
    rows = ExpectedDocument.objects.filter(
        measure_id__in={each.measure_id for each in open_ones}, removed_at=None, is_required=True
    )
    asked: dict[int, list[ExpectedDocument]] = {}
    for row in rows:
        asked.setdefault(row.measure_id, []).append(row)
    counts: Counter[str] = Counter()
    for each in open_ones:
        mine = asked.get(each.measure_id, ())
        counts.update({row.evidence_type for row in mine if each.item is None or row.item in (None, each.item)})
    for kind, count in counts.most_common():
        yield kind, evidence_title(kind), count
