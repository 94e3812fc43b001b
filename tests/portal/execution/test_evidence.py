"""Documents: entered, handed in once, recalled, replaced; files as they come; who sees and who may, at every door."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.portal.execution.deeds import DAY, PDF, Deeds
from tests.portal.people import AT
from vekha_portal.execution.actions import bulk, evidence
from vekha_portal.execution.actions.evidence import Card, Upload
from vekha_portal.execution.models import Evidence, Milestone, Progress, Proof
from vekha_portal.files.models import StoredFile
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

GOOD = Card("certificate", DAY, number="7", reference="в деле № 5")


def mine(deeds: Deeds) -> Milestone:
    """The first school's certificates."""
    return deeds.works.of("training", deeds.works.centres[0])[0]


def acting(deeds: Deeds, who: str) -> dict[str, Any]:
    return {"by": deeds.country.people[who], "scope": deeds.country.scope(who), "at": AT}


@pytest.mark.parametrize(
    ("card", "files", "words"),
    [
        (Card("certificate", DAY, number="7"), {}, "Приложите файл или напишите"),
        (Card("nonsense", DAY, reference="дело"), {}, "Выберите вид"),
        (Card("certificate", None, reference="дело"), {}, "Укажите дату"),
        (Card("certificate", datetime.date(2026, 3, 3), reference="дело"), {}, "ещё не наступила"),
        (Card("certificate", datetime.date(1226, 3, 3), reference="дело"), {}, "слишком давняя"),
        (Card("letter-out", DAY, reference="дело"), {}, "«б/н»"),
        (Card("report", DAY, url="javascript:alert(1)"), {}, "http://"),
        (Card("report", DAY, url="https://"), {}, "http://"),
        (Card("report", DAY, url="http://a b.example/"), {}, "http://"),
        (Card("report", DAY, reference="дело"), {"signature": Upload([b"sig"], "a.sig")}, "Файл подписи прикладывают"),
        (Card("report", DAY), {"file": Upload([], "пусто.pdf")}, "пуст"),
        (Card("report", DAY), {"file": Upload([b"MZ\x90\x00" + b"\0" * 60], "отчёт.pdf")}, "программа"),
    ],
)  # fmt: skip
def test_a_card_that_is_wrong_is_refused_and_leaves_nothing(
    deeds: Deeds, card: Card, files: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        deeds.enter("school", mine(deeds), card, **files)
    with use_scope(SYSTEM_SCOPE):
        assert not Evidence.objects.exists()
        assert not StoredFile.objects.exists()


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\x00b\n<script>.pdf", "CON.pdf", "я" * 400 + ".pdf", "..", ""])
def test_a_hostile_name_stays_a_name(deeds: Deeds, name: str) -> None:
    made = deeds.enter("school", mine(deeds), Card("report", DAY), file=Upload([PDF], name))
    with use_scope(SYSTEM_SCOPE):
        file = Evidence.objects.select_related("file").get(pk=made.pk).file
        assert file is not None
        assert file.name and not set(file.name) & set("/\\\x00\n") and len(file.name) <= 255
        assert file.content.name == f"originals/{file.sha256[:2]}/{file.sha256}"
        assert file.media_type == "application/pdf"


def test_what_a_signature_signs_is_kept_beside_it(deeds: Deeds) -> None:
    files: dict[str, Any] = {"file": Upload([PDF], "акт.pdf"), "signature": Upload([b"\x30\x82sig"], "акт.pdf.sig")}
    made = deeds.enter("school", mine(deeds), Card("report", DAY), **files)
    with use_scope(SYSTEM_SCOPE):
        kept = Evidence.objects.select_related("signature").get(pk=made.pk)
        assert kept.signature is not None and kept.signature.name == "акт.pdf.sig"


def test_the_same_document_is_handed_in_once(deeds: Deeds) -> None:
    """The same row, the same bytes and the same reference again are refused: two clicks make one document."""
    milestone = mine(deeds)
    first = deeds.hand_in("school", milestone)
    with pytest.raises(Refused, match="второй раз"):
        deeds.hand_in("school", milestone)
    for _ in range(2):
        made = deeds.enter("school", milestone, Card("certificate", DAY, number="8"), file=Upload([PDF], "у.pdf"))
        with use_scope(deeds.country.scope("school")):
            targets = {milestone.pk: deeds.key(milestone)}
            if Proof.objects.filter(milestone=milestone).count() == 1:
                evidence.submit(evidence=made, targets=targets, **acting(deeds, "school"))
                continue
            with pytest.raises(Refused, match="второй раз"):
                evidence.submit(evidence=made, targets=targets, **acting(deeds, "school"))
    with use_scope(SYSTEM_SCOPE), pytest.raises(DatabaseError, match="proof_once"), transaction.atomic():
        first.pk = None
        first.save(force_insert=True)


def test_a_document_goes_only_where_it_is_expected(deeds: Deeds) -> None:
    milestone, other = mine(deeds), deeds.works.of("report", deeds.works.centres[0])[0]
    made = deeds.enter("school", milestone, GOOD)
    with use_scope(deeds.country.scope("school")):
        wrong = {other.pk: deeds.key(milestone)}
        with pytest.raises(Refused, match="не ожидается"):
            evidence.submit(evidence=made, targets=wrong, **acting(deeds, "school"))


def test_recalled_before_a_decision_and_not_after(deeds: Deeds) -> None:
    milestone = mine(deeds)
    proof = deeds.hand_in("school", milestone)
    with use_scope(deeds.country.scope("school")):
        evidence.recall(proof=proof, reason="не тот файл", **acting(deeds, "school"))
        with pytest.raises(Refused, match="уже отозван"):
            evidence.recall(proof=proof, **acting(deeds, "school"))
    assert deeds.now(milestone).progress == Progress.NOTHING
    again = deeds.hand_in("school", milestone)
    deeds.accept("town", again)
    with use_scope(deeds.country.scope("school")):
        with pytest.raises(Refused, match="уже есть решение"):
            evidence.recall(proof=again, **acting(deeds, "school"))
        with pytest.raises(DatabaseError, match="is decided upon"), transaction.atomic():
            Proof.objects.filter(pk=again.pk).update(recalled_at=AT, recalled_by=deeds.country.people["school"])


def test_a_new_version_leaves_the_old_one_where_it_was_accepted(deeds: Deeds) -> None:
    """One document at two milestones, accepted at one: the new version goes only to the other."""
    one, two = deeds.works.of("training", deeds.works.centres[0])
    made = deeds.enter("school", one, GOOD)
    with use_scope(deeds.country.scope("school")):
        targets = {one.pk: deeds.key(one), two.pk: deeds.key(two)}
        accepted, pending = evidence.submit(evidence=made, targets=targets, **acting(deeds, "school"))
    deeds.accept("town", accepted)
    with use_scope(deeds.country.scope("school")):
        newer = evidence.replace(
            evidence=made, card=Card("certificate", DAY, number="8", reference="дело"), **acting(deeds, "school")
        )
        with pytest.raises(Refused):
            evidence.replace(evidence=made, card=GOOD, **acting(deeds, "school"))
        with pytest.raises(Refused, match="заменён новой версией"):
            evidence.submit(evidence=made, targets={two.pk: None}, **acting(deeds, "school"))
    with use_scope(SYSTEM_SCOPE):
        live = set(Proof.objects.live().values_list("milestone_id", "evidence_id"))
        assert live == {(one.pk, made.pk), (two.pk, newer.pk)}
        assert Proof.objects.get(pk=pending.pk).recalled_because == "заменён новой версией"
        assert newer.replaces_id == made.pk
        assert Entry.objects.filter(kind="document-replaced", about_id=str(two.pk)).count() == 1


def test_one_order_closes_every_school_and_each_sees_it(deeds: Deeds) -> None:
    """Handed in by the region for three schools: it is the region's, and shared with those below."""
    launches = [deeds.works.of("training", centre)[1] for centre in deeds.works.centres]
    who = acting(deeds, "coordinator")
    with use_scope(who["scope"]):
        done = bulk.attach_to_many(
            milestone_ids=[each.pk for each in launches],
            card=Card("media-publication", DAY),
            file=Upload([PDF], "публикация.pdf"),
            **who,
        )
        assert done.milestones == 3
        assert done.evidence.organisation_id == deeds.country.organisations["town02"].pk
        with pytest.raises(Refused, match="не ожидается у 3 из 3"):
            bulk.attach_to_many(milestone_ids=[each.pk for each in launches], card=Card("plan", DAY, reference="п"), **who)
        more = bulk.attach_to_many(
            milestone_ids=[each.pk for each in launches], card=Card("plan", DAY, reference="п"), as_additional=True, **who
        )
        assert more.milestones == 3
    assert [deeds.now(each).progress for each in launches] == [Progress.PART] * 3
    scope = deeds.country.scope("school")
    with use_scope(scope):
        assert Evidence.objects.visible_to(scope).filter(pk=done.evidence.pk).exists()
        assert StoredFile.objects.visible_to(scope).count() == 1
        assert Proof.objects.count() == 2


def test_a_school_sees_its_own_documents_only(deeds: Deeds) -> None:
    """By the filter and by the policy: never another school's, the region's only where shared."""
    other = deeds.works.of("training", deeds.works.centres[1])[0]
    hidden = [deeds.hand_in("town", other), deeds.hand_in("coordinator", deeds.works.of("basis")[0], "region-act")]
    shown = deeds.hand_in("school", mine(deeds))
    everybody = {each.evidence_id for each in (*hidden, shown)}
    wanted = {
        "school": {shown.evidence_id}, "town": {hidden[0].evidence_id, shown.evidence_id}, "stranger": set(),
        "coordinator": everybody, "centre": everybody, "controller": everybody, "operator": everybody, "ministry": everybody,
    }  # fmt: skip
    for name, expected in wanted.items():
        scope = deeds.country.scope(name)
        with use_scope(scope):
            assert set(Evidence.objects.values_list("pk", flat=True)) == expected, name
            assert set(Evidence.objects.visible_to(scope).values_list("pk", flat=True)) == expected, name
            proofs = set(Proof.objects.values_list("pk", flat=True))
            assert proofs == set(Proof.objects.visible_to(scope).values_list("pk", flat=True)), name


SUBMIT = {"school": True, "town": True, "coordinator": True, "centre": True}
ROLES = ("admin", "operator", "ministry", "controller", "stranger", *SUBMIT)


@pytest.mark.parametrize("name", ROLES)
def test_who_hands_in_by_the_action_and_by_the_database(deeds: Deeds, name: str) -> None:
    milestone = mine(deeds)
    may = SUBMIT.get(name, False)
    made = deeds.enter("school", milestone, GOOD)
    person, scope = deeds.country.people[name], deeds.country.scope(name)
    with use_scope(SYSTEM_SCOPE):
        row = Proof(
            region_id="02", organisation=milestone.organisation, milestone=milestone, evidence=made, dated_on=DAY, submitted_at=AT,
            submitted_by=person,
        )  # fmt: skip
        key = deeds.key(milestone)
    with use_scope(scope):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except DatabaseError:
            assert not may, "policy"
        else:
            assert may, "policy"
        try:
            evidence.submit(evidence=made, targets={milestone.pk: key}, by=person, scope=scope, at=AT)
        except (NotAllowed, Refused):
            assert not may, "action"
        else:
            assert may, "action"


def test_nobody_writes_in_somebody_elses_name(deeds: Deeds) -> None:
    proof = deeds.hand_in("school", mine(deeds))
    with use_scope(deeds.country.scope("town")), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        proof.pk, proof.expected_key = None, None
        proof.save(force_insert=True)


@pytest.mark.parametrize("name", ["school", "town", "coordinator", "admin"])
def test_written_rows_stay_as_they_were(deeds: Deeds, name: str) -> None:
    proof = deeds.hand_in("school", mine(deeds))
    with use_scope(deeds.country.scope(name)):
        for change in (
            lambda: Evidence.objects.filter(pk=proof.evidence_id).update(number="8"),
            lambda: Evidence.objects.filter(pk=proof.evidence_id).delete(),
            lambda: Proof.objects.filter(pk=proof.pk).delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    with use_scope(SYSTEM_SCOPE), pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Proof.objects.filter(pk=proof.pk).update(dated_on=datetime.date(2026, 1, 1))


def test_one_school_never_takes_anothers_milestone(deeds: Deeds) -> None:
    other = deeds.works.of("training", deeds.works.centres[1])[0]
    made = deeds.enter("school", mine(deeds), GOOD)
    with use_scope(deeds.country.scope("school")), pytest.raises(Refused, match="вне вашей территории"):
        evidence.submit(evidence=made, targets={other.pk: None}, **acting(deeds, "school"))
    with pytest.raises(NotAllowed):
        deeds.enter("school", other, GOOD)
