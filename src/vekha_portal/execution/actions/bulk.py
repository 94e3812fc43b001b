"""Work on many milestones at once: one document closes many, many documents are accepted with exceptions or returned with one reason."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.execution.actions.decisions import Decided, decide_many
from vekha_portal.execution.actions.evidence import Card, Upload, add_evidence, owner_of, submit
from vekha_portal.execution.actions.points import MOST_AT_ONCE, lock_to_submit
from vekha_portal.execution.models import Milestone, Progress
from vekha_portal.execution.proof import Evidence, Outcome
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import ExpectedDocument


@dataclass(frozen=True, slots=True)
class Attached:
    """One document handed in for many milestones."""

    evidence: Evidence
    milestones: int


@transaction.atomic
def attach_to_many(
    *,
    milestone_ids: Iterable[int],
    card: Card,
    file: Upload | None = None,
    signature: Upload | None = None,
    as_additional: bool = False,
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Attached:
    """One document for many milestones: each takes it for what it asks of that type, or as an additional one if so chosen."""
    milestones = lock_to_submit(milestone_ids, scope)
    if any(each.progress == Progress.NOT_APPLICABLE for each in milestones.values()):
        raise Refused("Среди выбранных есть контрольные точки, которые не требуются. Снимите с них отметку.")
    targets: Mapping[int, uuid.UUID | None]
    if as_additional:
        targets = dict.fromkeys(milestones)
    else:
        targets = targets_of(milestones.values(), card.evidence_type)
        _demand_all(milestones, targets)
    owner = owner_of(milestones.values())
    several = any(each.organisation_id != owner.pk for each in milestones.values())
    evidence = add_evidence(
        card=card,
        organisation=owner,
        is_shared_below=several,
        file=file,
        signature=signature,
        by=by,
        scope=scope,
        at=at,
    )
    submit(evidence=evidence, targets=targets, by=by, scope=scope, at=at)
    return Attached(evidence, len(targets))


def targets_of(milestones: Iterable[Milestone], evidence_type: str) -> dict[int, uuid.UUID | None]:
    """Of each milestone, the first document of this type that it asks for; milestones that ask for none are left out.

    One that asks for no document in particular takes any.
    """
    milestones = list(milestones)
    rows = ExpectedDocument.objects.filter(
        measure_id__in={each.measure_id for each in milestones}, removed_at=None
    ).order_by("position", "pk")
    asked: dict[int, list[ExpectedDocument]] = {}
    for row in rows:
        asked.setdefault(row.measure_id, []).append(row)
    targets: dict[int, uuid.UUID | None] = {}
    for each in milestones:
        mine = [row for row in asked.get(each.measure_id, ()) if each.item is None or row.item in (None, each.item)]
        fitting = [row for row in mine if row.evidence_type == evidence_type]
        if fitting:
            targets[each.pk] = fitting[0].key
        elif not mine:
            targets[each.pk] = None
    return targets


def _demand_all(milestones: Mapping[int, Milestone], targets: Mapping[int, uuid.UUID | None]) -> None:
    without = [each for pk, each in milestones.items() if pk not in targets]
    if without:
        raise Refused(
            f"Документ этого вида не ожидается у {len(without)} из {len(milestones)} выбранных контрольных точек, "
            f"например: «{without[0]}» ({without[0].organisation}). Снимите их отметки, выберите другой вид документа "
            "или отметьте, что документ дополнительный."
        )


def accept_many(*, proof_ids: Iterable[int], by: Person, scope: Scope, at: datetime.datetime) -> Decided:
    """Accept the chosen documents; whatever was left unchosen stays as it is."""
    return decide_many(proof_ids=proof_ids, outcome=Outcome.ACCEPTED, by=by, scope=scope, at=at)


def return_many(*, proof_ids: Iterable[int], reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Decided:
    """Return the chosen documents with one reason."""
    return decide_many(proof_ids=proof_ids, outcome=Outcome.RETURNED, reason=reason, by=by, scope=scope, at=at)


__all__ = ["MOST_AT_ONCE", "Attached", "accept_many", "attach_to_many", "return_many", "targets_of"]
