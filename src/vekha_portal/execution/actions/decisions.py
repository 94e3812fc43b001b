"""Decisions: each document accepted or returned by somebody else than handed it in, taken back for a reason; not applicable."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.execution import progress
from vekha_portal.execution.actions.points import demand_reason, lock_to_decide, write_down
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.names import names_of
from vekha_portal.execution.proof import Decision, NotApplicable, Outcome, Proof
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope

OWN_WORK = "Документ подали вы. Решение по нему принимает другой человек."
_KINDS = {Outcome.ACCEPTED: "document-accepted", Outcome.RETURNED: "document-returned"}
_NEEDS_REASON = "Напишите причину: по ней документ исправят."


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that was left as it is, and why."""

    proof: Proof
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided at once, and what was not."""

    decisions: list[Decision] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def accept(*, proof: Proof, by: Person, scope: Scope, at: datetime.datetime) -> Decision:
    """Accept one document; the milestone's other documents stay as they are."""
    return _decide_one(proof, Outcome.ACCEPTED, "", by, scope, at)


def return_document(*, proof: Proof, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Decision:
    """Send one document back with a reason; the milestone's other documents stay as they are."""
    return _decide_one(proof, Outcome.RETURNED, demand_reason(reason, _NEEDS_REASON), by, scope, at)


@transaction.atomic
def _decide_one(
    proof: Proof, outcome: Outcome, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> Decision:
    decided = decide_many(proof_ids=[proof.pk], outcome=outcome, reason=reason, by=by, scope=scope, at=at)
    if decided.skipped:
        raise Refused(decided.skipped[0].why)
    return decided.decisions[0]


@transaction.atomic
def decide_many(
    *,
    proof_ids: Iterable[int],
    outcome: Outcome,
    reason: str = "",
    by: Person,
    scope: Scope,
    at: datetime.datetime,
) -> Decided:
    """One decision about many documents; those decided, recalled or handed in by oneself are left and named."""
    if outcome is Outcome.RETURNED:
        reason = demand_reason(reason, _NEEDS_REASON)
    wanted = Proof.objects.visible_to(scope).filter(pk__in=set(proof_ids))
    milestones = lock_to_decide(wanted.values_list("milestone_id", flat=True), scope)
    rows = list(wanted.with_outcome().select_related("evidence__file").order_by("milestone_id", "pk"))
    checked = [(proof, _obstacle(proof, by, scope)) for proof in rows]
    ready = [proof for proof, obstacle in checked if not obstacle]
    made = Decision.objects.bulk_create(
        Decision(
            region_id=proof.region_id,
            organisation_id=proof.organisation_id,
            proof=proof,
            outcome=outcome,
            reason=reason,
            made_at=at,
            made_by=by,
        )
        for proof in ready
    )
    for proof in ready:
        data = {"документ": str(proof.evidence)}
        write_down(_KINDS[outcome], milestones[proof.milestone_id], by=by, at=at, reason=reason, data=data)
    progress.refresh(proof.milestone_id for proof in ready)
    return Decided(made, [Skipped(proof, obstacle) for proof, obstacle in checked if obstacle])


def _obstacle(proof: Proof, by: Person, scope: Scope) -> str:
    """Why nothing can be decided about a document, in a sentence."""
    if proof.recalled_at is not None:
        return "Документ отозван тем, кто его подал. Обновите страницу."
    if proof.outcome:
        made = Decision.objects.get(proof=proof, reopened_at=None)
        who = names_of([made.made_by_id])[made.made_by_id]
        return f"Документ уже {made.get_outcome_display()}, решение принял(а) {who}. Обновите страницу."
    if proof.submitted_by_id in (by.pk, scope.person, scope.acting_for):
        return OWN_WORK
    return ""


@transaction.atomic
def reopen(*, proof: Proof, reason: str, by: Person, scope: Scope, at: datetime.datetime) -> Decision:
    """Take a decision back: the document waits for another one; what was decided stays written."""
    reason = demand_reason(reason, "Напишите, почему решение отменяется: это увидят участники.")
    milestone = lock_to_decide([proof.milestone_id], scope)[proof.milestone_id]
    found = Decision.objects.select_related("proof__evidence__file").filter(proof_id=proof.pk, reopened_at=None).first()
    if found is None:
        raise Refused("Решения по этому документу нет: отменять нечего. Обновите страницу.")
    if found.proof.submitted_by_id in (by.pk, scope.person, scope.acting_for):
        raise Refused(OWN_WORK)
    found.reopened_at, found.reopened_by, found.reopened_because = at, by, reason
    found.save(update_fields=["reopened_at", "reopened_by", "reopened_because"])
    data = {"документ": str(found.proof.evidence), "решение": found.get_outcome_display()}
    write_down("document-reopened", milestone, by=by, at=at, reason=reason, data=data)
    progress.refresh([milestone.pk])
    return found


@transaction.atomic
def mark_not_applicable(
    *, milestone: Milestone, reason: str, agreed_with: str, by: Person, scope: Scope, at: datetime.datetime
) -> NotApplicable:
    """Nobody has to do it: why, and with whom that was agreed."""
    reason = demand_reason(reason, "Напишите, почему контрольная точка не требуется.")
    agreed_with = demand_reason(agreed_with, "Укажите, с кем это согласовано: должность, фамилия, реквизиты письма.")
    found = lock_to_decide([milestone.pk], scope)[milestone.pk]
    if NotApplicable.objects.filter(milestone=found, ended_at=None).exists():
        raise Refused("Контрольная точка уже отмечена как не требующаяся. Обновите страницу.")
    made = NotApplicable.objects.create(
        region_id=found.region_id,
        organisation_id=found.organisation_id,
        milestone=found,
        reason=reason,
        agreed_with=agreed_with,
        made_at=at,
        made_by=by,
    )
    write_down("milestone-not-applicable", found, by=by, at=at, reason=reason, data={"согласовано": agreed_with})
    progress.refresh([found.pk])
    return made


@transaction.atomic
def end_not_applicable(
    *, milestone: Milestone, reason: str, by: Person, scope: Scope, at: datetime.datetime
) -> NotApplicable:
    """It is needed again."""
    reason = demand_reason(reason, "Напишите, почему контрольная точка снова требуется.")
    found = lock_to_decide([milestone.pk], scope)[milestone.pk]
    held = NotApplicable.objects.filter(milestone=found, ended_at=None).first()
    if held is None:
        raise Refused("Контрольная точка и так требуется. Обновите страницу.")
    held.ended_at, held.ended_by, held.ended_because = at, by, reason
    held.save(update_fields=["ended_at", "ended_by", "ended_because"])
    write_down("milestone-applicable", found, by=by, at=at, reason=reason)
    progress.refresh([found.pk])
    return held
