"""Progress follows from documents and decisions: case by case, and after any sequence of deeds the same as from scratch."""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.portal.execution.deeds import Deeds
from tests.portal.people import AT
from vekha_portal.execution import progress
from vekha_portal.execution.actions import decisions, evidence
from vekha_portal.execution.models import Evidence, Milestone, Progress, Proof
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import ExpectedDocument, Measure

LETTER, ANSWER, ACT = "letter-out", "letter-in", "education-body-order"


def later(days: int) -> datetime.datetime:
    return AT + datetime.timedelta(days=days)


def day(number: int) -> datetime.date:
    return datetime.date(2026, 2, number)


def add_expected(deeds: Deeds, name: str, **values: Any) -> ExpectedDocument:
    """One more expected document of an approved measure, put there behind the guard of its revision."""
    measure = deeds.works.measures[name]
    revision = deeds.works.revision
    draft = Measure(organisation=measure.organisation, region_id="02", position=9, text="ещё", stage=measure.stage)
    second = type(revision).objects.create(
        roadmap=revision.roadmap, organisation=measure.organisation, region_id="02", number=2, basis=revision.basis,
        previous=revision, created_at=AT, created_by=deeds.country.people["coordinator"],
    )  # fmt: skip
    draft.revision = second
    draft.save()
    made = ExpectedDocument.objects.create(
        measure=draft, organisation=measure.organisation, region_id="02", position=1, **values
    )
    Milestone.objects.filter(measure=measure).update(measure=draft)
    return made


def test_three_documents_in_order(deeds: Deeds) -> None:
    """A letter, its answer, an act: in part, then whole, then accepted; the last document's day is kept."""
    milestone = deeds.works.of("list")[0]
    first = deeds.hand_in("coordinator", milestone, LETTER, day=day(2), at=later(1))
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.submitted_at) == (Progress.PART, None, None)
    assert deeds.missing(found) == ["письмо оператора", "приказ"]
    second = deeds.hand_in("coordinator", milestone, ANSWER, day=day(9), at=later(3))
    third = deeds.hand_in("coordinator", milestone, ACT, day=day(12), at=later(2))
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.submitted_at) == (Progress.SUBMITTED, day(12), later(3))
    for number, proof in enumerate((first, second), start=4):
        deeds.accept("centre", proof, at=later(number))
    assert deeds.now(milestone).progress == Progress.SUBMITTED
    deeds.accept("operator", third, at=later(6))
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.accepted_at) == (Progress.ACCEPTED, day(12), later(6))
    with use_scope(SYSTEM_SCOPE):
        assert progress.verify() == []


def test_a_returned_certificate_and_its_successor(deeds: Deeds) -> None:
    milestone = deeds.works.of("training", deeds.works.centres[0])[0]
    certificate = deeds.hand_in("school", milestone, "certificate", day=day(3))
    deeds.hand_in("school", milestone, "media-publication", day=day(4))
    deeds.send_back("town", certificate)
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on) == (Progress.RETURNED, None)
    with use_scope(SYSTEM_SCOPE):
        missing = progress.missing_documents(found)
    assert [(each.text, each.pieces, each.is_returned) for each in missing] == [("удостоверения", 1, True)]
    deeds.hand_in("school", milestone, "certificate", day=day(10), at=later(5))
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.submitted_at) == (Progress.SUBMITTED, day(10), later(5))


def test_a_minimum_counts_pieces(deeds: Deeds) -> None:
    """Two certificates of at least two: the second one by date closes it; a third changes nothing once two are accepted."""
    with use_scope(SYSTEM_SCOPE):
        add_expected(deeds, "report", evidence_type="certificate", minimum=2, text="удостоверения")
    milestone = deeds.now(deeds.works.of("report", deeds.works.centres[0])[0])
    first = deeds.hand_in("school", milestone, day=day(3), at=later(1))
    assert deeds.now(milestone).progress == Progress.PART
    second = deeds.hand_in("school", milestone, day=day(5), at=later(2))
    for proof in (first, second):
        deeds.accept("town", proof, at=later(3))
    deeds.hand_in("school", milestone, day=day(1), at=later(9))
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.submitted_at) == (Progress.ACCEPTED, day(5), later(2))


def test_only_documents_of_the_item_and_required_ones_count(deeds: Deeds) -> None:
    with use_scope(SYSTEM_SCOPE):
        mine = add_expected(deeds, "training", evidence_type="certificate", item=0)
        same: dict[str, Any] = {"measure": mine.measure, "organisation": mine.organisation, "region_id": "02", "position": 2}
        ExpectedDocument.objects.create(**same, evidence_type="report", item=1)
        ExpectedDocument.objects.create(**same, evidence_type="plan", item=0, is_required=False)
    milestone = deeds.now(deeds.works.of("training", deeds.works.centres[0])[0])
    with use_scope(SYSTEM_SCOPE):
        assert [each.evidence_type for each in progress.expected_documents(milestone)] == ["certificate", "plan"]
    deeds.hand_in("school", milestone, "plan")
    assert deeds.now(milestone).progress == Progress.PART
    deeds.hand_in("school", milestone, "certificate")
    assert deeds.now(milestone).progress == Progress.SUBMITTED


def test_without_expected_documents_any_one_is_enough(deeds: Deeds) -> None:
    with use_scope(SYSTEM_SCOPE):
        ExpectedDocument.objects.filter(pk=add_expected(deeds, "basis", evidence_type="plan").pk).update(removed_at=AT)
    milestone = deeds.now(deeds.works.of("basis")[0])
    assert deeds.missing(milestone) == ["любой подтверждающий документ"]
    deeds.accept("centre", deeds.hand_in("coordinator", milestone, "other", additional=True))
    assert deeds.now(milestone).progress == Progress.ACCEPTED


def test_an_undated_document_leaves_the_day_unknown(deeds: Deeds) -> None:
    milestone = deeds.works.of("basis")[0]
    proof = deeds.hand_in("coordinator", milestone, "region-act")
    with use_scope(SYSTEM_SCOPE):
        proof.evidence.pk, proof.evidence.dated_on = None, None
        proof.evidence.save(force_insert=True)
        Proof.objects.filter(pk=proof.pk).update(recalled_at=AT, recalled_by=proof.submitted_by)
        proof.pk, proof.dated_on, proof.evidence_id = None, None, proof.evidence.pk
        proof.save(force_insert=True)
        progress.refresh([milestone.pk])
    found = deeds.now(milestone)
    assert (found.progress, found.documented_on, found.submitted_at) == (Progress.SUBMITTED, None, AT)


def test_progress_is_not_typed(deeds: Deeds) -> None:
    """Not even by those who may change milestones."""
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    for who in ("school", "town", "coordinator", "admin"):
        with use_scope(deeds.country.scope(who)), pytest.raises(DatabaseError, match="follows from"), transaction.atomic():
            Milestone.objects.filter(pk=milestone.pk).update(progress=Progress.ACCEPTED)


def test_drift_is_found_and_mended(deeds: Deeds) -> None:
    milestone = deeds.works.of("basis")[0]
    deeds.hand_in("coordinator", milestone, "region-act")
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk=milestone.pk).update(progress=Progress.ACCEPTED)
        assert progress.verify(region="02") == [progress.Drift(milestone.pk, "accepted", "submitted")]
        assert progress.verify(region="01") == []
        assert progress.refresh([milestone.pk]) == 1
        assert progress.verify() == []


def _plain(milestone: Milestone) -> str:
    """Progress once more, slowly and another way: document by document."""
    if milestone.not_applicable.filter(ended_at=None).exists():
        return Progress.NOT_APPLICABLE
    live = [(each.expected_key, each.outcome) for each in Proof.objects.live().with_outcome().filter(milestone=milestone)]
    said = set()
    for each in progress.expected_documents(milestone):
        outcomes = [outcome for key, outcome in live if key == each.key]
        good, pending = outcomes.count("accepted"), outcomes.count("")
        if good >= each.minimum:
            said.add(Progress.ACCEPTED)
        elif good + pending >= each.minimum:
            said.add(Progress.SUBMITTED)
        else:
            said.add(Progress.RETURNED if "returned" in outcomes else Progress.NOTHING)
    if said == {Progress.ACCEPTED}:
        return Progress.ACCEPTED
    if Progress.RETURNED in said:
        return Progress.RETURNED
    if Progress.NOTHING not in said:
        return Progress.SUBMITTED
    return Progress.PART if any(outcome != "returned" for _, outcome in live) else Progress.NOTHING


STEPS = st.lists(
    st.tuples(st.sampled_from(["hand", "extra", "accept", "return", "reopen", "recall", "replace", "skip", "unskip"]), st.integers(0, 7)),
    min_size=4, max_size=14,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_after_any_deeds_progress_is_what_follows_from_scratch(deeds: Deeds, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        milestone = deeds.works.of("list")[0]
        for number, (verb, which) in enumerate(steps, start=1):
            with use_scope(deeds.country.scope("coordinator")), contextlib.suppress(Refused):
                _do(deeds, milestone, verb, which, later(number))
            found = deeds.now(milestone)
            with use_scope(SYSTEM_SCOPE):
                assert found.progress == _plain(found), (verb, which)
                assert progress.verify() == []
        transaction.set_rollback(True)


def _do(deeds: Deeds, milestone: Milestone, verb: str, which: int, at: datetime.datetime) -> None:
    proofs = list(Proof.objects.filter(milestone=milestone).order_by("pk"))
    proof = proofs[which % len(proofs)] if proofs else None
    decider: dict[str, Any] = {"by": deeds.country.people["centre"], "scope": deeds.country.scope("centre"), "at": at}
    submitter: dict[str, Any] = {"by": deeds.country.people["coordinator"], "scope": deeds.country.scope("coordinator"), "at": at}
    if verb in ("hand", "extra"):
        kind = (LETTER, ANSWER, ACT)[which % 3]
        deeds.hand_in("coordinator", milestone, kind, day=day(which + 1), at=at, additional=verb == "extra")
    elif verb in ("skip", "unskip"):
        with use_scope(deeds.country.scope("centre")):
            if verb == "skip":
                decisions.mark_not_applicable(milestone=milestone, reason="нет", agreed_with="отделом", **decider)
            else:
                decisions.end_not_applicable(milestone=milestone, reason="нужна", **decider)
    elif proof is not None and verb in ("recall", "replace"):
        if verb == "recall":
            evidence.recall(proof=proof, **submitter)
        else:
            held = Evidence.objects.get(pk=proof.evidence_id)
            card = evidence.Card(held.evidence_type, day(20), number="9", reference="взамен")
            evidence.replace(evidence=held, card=card, **submitter)
    elif proof is not None:
        with use_scope(deeds.country.scope("centre")):
            if verb == "accept":
                decisions.accept(proof=proof, **decider)
            elif verb == "return":
                decisions.return_document(proof=proof, reason="плохо видно", **decider)
            else:
                decisions.reopen(proof=proof, reason="ошибка", **decider)
