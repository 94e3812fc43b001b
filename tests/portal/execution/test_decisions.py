"""Decisions: each document by itself, by somebody else, for a reason; taken back; not applicable; two officials at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.portal.execution.deeds import DAY, Deeds
from tests.portal.people import AT, make_country, make_person
from tests.portal.works import make_works
from vekha_portal.accounts.roles import Role
from vekha_portal.execution.actions import bulk, decisions, evidence
from vekha_portal.execution.actions.evidence import Card
from vekha_portal.execution.models import Decision, Milestone, NotApplicable, Outcome, Progress, Proof
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


def mine(deeds: Deeds) -> Milestone:
    """The first school's certificates."""
    return deeds.works.of("training", deeds.works.centres[0])[0]


def acting(deeds: Deeds, who: str) -> dict[str, Any]:
    return {"by": deeds.country.people[who], "scope": deeds.country.scope(who), "at": AT}


def try_to_write(row: Decision | NotApplicable) -> bool:
    """Whether the database lets the role in force write the row."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def decision_of(deeds: Deeds, proof: Proof, who: str) -> Decision:
    return Decision(
        region_id="02", organisation_id=proof.organisation_id, proof=proof, outcome=Outcome.ACCEPTED, made_at=AT,
        made_by=deeds.country.people[who],
    )  # fmt: skip


def test_a_return_needs_a_reason_and_touches_one_document(deeds: Deeds) -> None:
    milestone = mine(deeds)
    certificate, news = deeds.hand_in("school", milestone), deeds.hand_in("school", milestone, "media-publication")
    for reason in ("", "  \n"):
        with pytest.raises(Refused, match="причину"):
            deeds.send_back("town", certificate, reason)
    deeds.send_back("town", certificate, "нет подписи")
    with use_scope(SYSTEM_SCOPE):
        outcomes = {each.pk: each.outcome for each in Proof.objects.with_outcome()}
        assert outcomes == {certificate.pk: "returned", news.pk: ""}
        entry = Entry.objects.get(kind="document-returned")
        assert (entry.reason, entry.about_id, entry.path) == ("нет подписи", str(milestone.pk), milestone.organisation.path)
    with use_scope(deeds.country.scope("town")), pytest.raises(DatabaseError, match="has_a_reason"), transaction.atomic():
        row = decision_of(deeds, news, "town")
        row.outcome = Outcome.RETURNED
        row.save(force_insert=True)


def test_who_is_second_is_told_who_was_first(deeds: Deeds) -> None:
    proof = deeds.hand_in("school", mine(deeds))
    deeds.accept("centre", proof)
    with pytest.raises(Refused, match=r"уже принят, решение принял\(а\) Centre"):
        deeds.send_back("town", proof)


DECIDES = {
    "school": {"school": False, "town": True, "coordinator": True, "centre": True, "operator": False},
    "basis": {"coordinator": True, "centre": True, "town": False, "operator": False},
    "list": {"coordinator": True, "centre": True, "town": False, "school": False, "operator": True},
}
NEVER = ("admin", "ministry", "controller", "stranger")


@pytest.mark.parametrize(
    ("what", "name"), [(what, name) for what, roles in DECIDES.items() for name in (*roles, *NEVER)]
)
def test_who_decides_by_the_action_and_by_the_database(deeds: Deeds, what: str, name: str) -> None:
    milestone = mine(deeds) if what == "school" else deeds.works.of(what)[0]
    may = DECIDES[what].get(name, False)
    with use_scope(SYSTEM_SCOPE):  # handed in by one who never decides here
        body = deeds.country.organisations["body02"]
        deeds.country.people["clerk"], deeds.country.assignments["clerk"] = make_person(
            "clerk", Role.REGIONAL_COORDINATOR, body
        )
    kind = {"school": "certificate", "basis": "region-act", "list": "letter-out"}[what]
    proof = deeds.hand_in("clerk", milestone, kind)
    with use_scope(deeds.country.scope(name)):
        assert try_to_write(decision_of(deeds, proof, name)) is may, "database"
    try:
        deeds.accept(name, proof)
    except Refused:
        assert not may, "action"
    else:
        assert may, "action"
    with use_scope(SYSTEM_SCOPE):
        assert Decision.objects.filter(proof=proof).exists() is may


@pytest.mark.parametrize("name", ["coordinator", "town"])
def test_nobody_decides_about_what_they_handed_in(deeds: Deeds, name: str) -> None:
    proof = deeds.hand_in(name, mine(deeds))
    with pytest.raises(Refused, match="подали вы"):
        deeds.accept(name, proof)
    with use_scope(deeds.country.scope(name)):
        assert not try_to_write(decision_of(deeds, proof, name))


def test_a_decision_is_taken_back_for_a_reason_and_stays_written(deeds: Deeds) -> None:
    milestone = deeds.works.of("basis")[0]
    proof = deeds.hand_in("coordinator", milestone, "region-act")
    deeds.accept("centre", proof)
    who = acting(deeds, "centre")
    with use_scope(who["scope"]):
        with pytest.raises(Refused, match="почему"):
            decisions.reopen(proof=proof, reason=" ", **who)
        decisions.reopen(proof=proof, reason="не та редакция", **who)
        with pytest.raises(Refused, match="отменять нечего"):
            decisions.reopen(proof=proof, reason="ещё раз", **who)
    assert deeds.now(milestone).progress == Progress.SUBMITTED
    deeds.send_back("centre", proof)
    assert deeds.now(milestone).progress == Progress.RETURNED
    with use_scope(SYSTEM_SCOPE):
        assert list(Decision.objects.order_by("pk").values_list("outcome", "reopened_because")) == [
            ("accepted", "не та редакция"), ("returned", ""),
        ]  # fmt: skip


def test_who_handed_in_does_not_take_a_decision_back(deeds: Deeds) -> None:
    proof = deeds.hand_in("coordinator", mine(deeds))
    deeds.accept("town", proof)
    who = acting(deeds, "coordinator")
    with use_scope(who["scope"]):
        with pytest.raises(Refused, match="подали вы"):
            decisions.reopen(proof=proof, reason="нет", **who)
        with pytest.raises(DatabaseError, match="somebody else"), transaction.atomic():
            Decision.objects.update(reopened_at=AT, reopened_by=who["by"], reopened_because="нет")


def test_not_applicable_is_agreed_and_ends(deeds: Deeds) -> None:
    milestone = mine(deeds)
    deeds.hand_in("school", milestone)
    who = acting(deeds, "town")
    with use_scope(who["scope"]):
        with pytest.raises(Refused, match="с кем"):
            decisions.mark_not_applicable(milestone=milestone, reason="нет ставки", agreed_with="", **who)
        decisions.mark_not_applicable(milestone=milestone, reason="нет ставки", agreed_with="с департаментом", **who)
        with pytest.raises(Refused, match="уже отмечена"):
            decisions.mark_not_applicable(milestone=milestone, reason="нет", agreed_with="с кем-то", **who)
    assert deeds.now(milestone).progress == Progress.NOT_APPLICABLE
    with pytest.raises(Refused, match="не подают"):
        deeds.hand_in("school", milestone, "media-publication")
    with use_scope(who["scope"]):
        decisions.end_not_applicable(milestone=milestone, reason="ставка появилась", **who)
        with pytest.raises(Refused, match="и так требуется"):
            decisions.end_not_applicable(milestone=milestone, reason="ставка появилась", **who)
    assert deeds.now(milestone).progress == Progress.PART


@pytest.mark.parametrize("name", ["school", "town", "coordinator", "centre", "operator", "admin", "ministry", "controller", "stranger"])
def test_who_says_that_it_is_not_applicable(deeds: Deeds, name: str) -> None:
    milestone = mine(deeds)
    may = name in ("town", "coordinator", "centre")
    row = NotApplicable(
        region_id="02", organisation=milestone.organisation, milestone=milestone, reason="нет", agreed_with="с кем", made_at=AT,
        made_by=deeds.country.people[name],
    )  # fmt: skip
    who = acting(deeds, name)
    with use_scope(who["scope"]):
        assert try_to_write(row) is may, "database"
    with use_scope(who["scope"]):
        try:
            decisions.mark_not_applicable(milestone=milestone, reason="нет", agreed_with="с кем", **who)
        except (NotAllowed, Refused):
            assert not may, "action"
        else:
            assert may, "action"


def test_many_are_accepted_and_what_cannot_be_is_named(deeds: Deeds) -> None:
    """Of three: one is decided already, one was handed in by the official; the third is accepted."""
    points = [deeds.works.of("report", centre)[0] for centre in deeds.works.centres]
    proofs = [deeds.hand_in("town", points[0], "report"), deeds.hand_in("coordinator", points[1], "report")]
    proofs.append(deeds.hand_in("town", points[2], "report"))
    deeds.send_back("centre", proofs[0])
    who = acting(deeds, "coordinator")
    with use_scope(who["scope"]):
        done = bulk.accept_many(proof_ids=[each.pk for each in proofs], **who)
    assert [each.proof_id for each in done.decisions] == [proofs[2].pk]
    assert [(each.proof.pk, each.why[:14]) for each in done.skipped] == [
        (proofs[0].pk, "Документ уже в"), (proofs[1].pk, "Документ подал"),
    ]  # fmt: skip
    with use_scope(who["scope"]), pytest.raises(Refused, match="причину"):
        bulk.return_many(proof_ids=[proofs[1].pk], reason="", **who)


def test_a_school_of_many_spoils_all(deeds: Deeds) -> None:
    """Where one of the chosen is not one's own to decide, nothing is decided."""
    proofs = [deeds.hand_in("coordinator", deeds.works.of("basis")[0], "region-act"), deeds.hand_in("school", mine(deeds))]
    who = acting(deeds, "town")
    with use_scope(who["scope"]), pytest.raises(Refused):
        bulk.accept_many(proof_ids=[each.pk for each in proofs], **who)
    with use_scope(SYSTEM_SCOPE):
        assert not Decision.objects.exists()


def test_two_officials_at_once(transactional_db: None) -> None:
    """One accepts, one returns, at the same moment: one decision holds, and the other official is told."""
    with use_scope(SYSTEM_SCOPE):
        country = make_country()
        deeds = Deeds(country, make_works(country, schools=1))
    proof = deeds.hand_in("school", mine(deeds))
    together, told = threading.Barrier(2), []

    def decide(name: str) -> None:
        together.wait(timeout=60)
        try:
            (deeds.accept if name == "town" else deeds.send_back)(name, proof)
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[name]) for name in ("town", "centre")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with use_scope(SYSTEM_SCOPE):
        made = Decision.objects.get(proof=proof)
        assert len(told) == 1 and told[0].startswith("Документ уже")
        wanted = Progress.PART if made.outcome == Outcome.ACCEPTED else Progress.RETURNED
        assert Milestone.objects.get(pk=proof.milestone_id).progress == wanted


def test_two_presses_hand_in_once(transactional_db: None) -> None:
    with use_scope(SYSTEM_SCOPE):
        country = make_country()
        deeds = Deeds(country, make_works(country, schools=1))
    milestone = mine(deeds)
    made = [deeds.enter("school", milestone, Card("certificate", DAY, number="7", reference="дело")) for _ in range(2)]
    with use_scope(SYSTEM_SCOPE):
        targets = {milestone.pk: deeds.key(milestone)}
    together, told = threading.Barrier(2), []

    def press(number: int) -> None:
        who = acting(deeds, "school")
        together.wait(timeout=60)
        try:
            with use_scope(who["scope"]):
                evidence.submit(evidence=made[number], targets=targets, **who)
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[number]) for number in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with use_scope(SYSTEM_SCOPE):
        assert len(told) == 1 and Proof.objects.count() == 1
