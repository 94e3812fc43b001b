"""Runs: findings that live from run to run, fingerprints, crashes, what is checked by itself and when."""

import datetime
from dataclasses import replace

import pytest

from tests.portal.people import AT
from tests.portal.works import make_measure
from vekha.checks.catalogue import RULES
from vekha_portal.findings import bridge, jobs, queries
from vekha_portal.findings.models import CheckRun, Finding, Occasion
from vekha_portal.findings.outcome import Crash, Found, Outcome
from vekha_portal.findings.runs import Target, check_now, record_run
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure, Revision

LATER = AT + datetime.timedelta(hours=1)


def check(draft, at=LATER) -> CheckRun:
    return check_now(revision_id=draft.revision.pk, occasion=Occasion.CHANGE, by=None, at=at)


def keep(draft, *found: Found, crashes: tuple[Crash, ...] = (), at=LATER) -> CheckRun:
    target = Target.of(draft.revision)
    return record_run(target=target, outcome=Outcome(found, crashes, "1"), occasion=Occasion.CHANGE, by=None, at=at)


def open_rules(draft) -> list[str]:
    return sorted(Finding.objects.filter(revision=draft.revision, gone_at=None).values_list("rule", flat=True))


def test_a_draft_is_judged_as_its_file_would_be(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        finding = draft.finding("DL04")
        assert (finding.measure_number, finding.part, str(finding.day)) == ("1", "deadline", "2027-08-15")
        assert finding.measure_key == draft.measure("1").key
        assert draft.finding("ST14").severity == "warning"
        assert draft.run.warnings == Finding.objects.filter(revision=draft.revision, severity="warning").count()


def test_the_same_defect_is_the_same_row_after_another_run(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        before = list(Finding.objects.order_by("pk").values())
        again = check(draft)
        assert list(Finding.objects.order_by("pk").values()) == before
        assert [run.pk for run in CheckRun.objects.filter(is_current=True)] == [again.pk]
        assert CheckRun.objects.count() == 2


def test_what_is_put_right_closes_and_what_comes_back_is_a_new_row(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        measure = draft.measure("1")
        Measure.objects.filter(pk=measure.pk).update(deadline="не позднее 13 августа 2027 г.")
        check(draft)
        gone = Finding.objects.get(revision=draft.revision, rule="DL04")
        assert gone.gone_at == LATER
        Measure.objects.filter(pk=measure.pk).update(deadline="не позднее 15 августа 2027 г.")
        check(draft, at=LATER + datetime.timedelta(hours=1))
        assert draft.finding("DL04").fingerprint == gone.fingerprint
        assert draft.finding("DL04").pk != gone.pk


def test_another_day_is_another_finding_and_another_wording_is_not() -> None:
    day = datetime.date(2027, 8, 15)
    one = Found("DL04", "warning", "Срок «15 августа» в выходной.", day=day)
    assert one.fingerprint == replace(one, message="Выходной: «15 августа».", severity="error", hint="x").fingerprint
    assert one.fingerprint != replace(one, day=day + datetime.timedelta(7)).fingerprint
    assert one.fingerprint != replace(one, reference="вышестоящая карта").fingerprint


def test_a_fingerprint_does_not_change_from_revision_to_revision(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        known = set(Finding.objects.values_list("fingerprint", flat=True))
        Measure.objects.filter(revision=draft.revision).update(number="9")
        check(draft)
        open_now = Finding.objects.filter(gone_at=None).exclude(rule__in=("ST05", "ST06"))
        assert set(open_now.values_list("fingerprint", flat=True)) <= known


def test_two_alike_in_one_place_are_two_rows(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        same = Found("ST10", "warning", "Пустой гриф.")
        keep(draft, same, same)
        assert open_rules(draft) == ["ST10", "ST10"]
        before = set(Finding.objects.filter(gone_at=None).values_list("pk", flat=True))
        keep(draft, same, same, at=LATER + datetime.timedelta(hours=1))
        assert set(Finding.objects.filter(gone_at=None).values_list("pk", flat=True)) == before


def test_a_rule_that_crashes_is_neither_passed_nor_violated(draft, monkeypatch) -> None:
    def crash(subject):
        yield from ()
        raise ZeroDivisionError("внутри правила")

    broken = tuple(replace(rule, check=crash) if rule.code == "DL04" else rule for rule in RULES)
    monkeypatch.setattr(bridge, "RULES", broken)
    with use_scope(SYSTEM_SCOPE):
        run = check(draft)
        (said,) = run.crashes
        assert (said["rule"], said["slug"]) == ("DL04", "due-on-day-off")
        assert draft.finding("DL04").gone_at is None  # a rule that said nothing does not put anything right
        assert run.warnings == draft.run.warnings - 1


def test_rows_that_make_no_sense_are_an_outcome_too(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        Measure.objects.filter(pk=draft.measure("1").pk).update(items={"не": "список"})
        before = open_rules(draft)
        run = check(draft)
        assert [each["slug"] for each in run.crashes] == ["rows"]
        assert open_rules(draft) == before


def test_a_comparison_that_fails_leaves_what_the_roadmap_itself_was_found_to_be(draft, monkeypatch) -> None:
    def fail(*_, **__):
        raise ZeroDivisionError("внутри сравнения")

    monkeypatch.setattr(bridge, "pack_reference", fail)
    with use_scope(SYSTEM_SCOPE):
        before = open_rules(draft)
        run = check(draft)
        assert [each["slug"] for each in run.crashes] == ["comparison"]
        assert open_rules(draft) == before


def test_a_second_revision_is_compared_with_the_first(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        first, who = draft.revision, draft.country.people["coordinator"]
        first.approved_at, first.approved_by = AT, who
        first.save(update_fields=["approved_at", "approved_by"])
        second = Revision.objects.create(
            roadmap=first.roadmap, organisation=first.organisation, region_id="02", number=2, basis=first.basis, previous=first,
            created_at=AT, created_by=who,
        )  # fmt: skip
        make_measure(second, 1, "Утвердить перечень школ", deadline="31 августа 2027 г.", stage="legal-basis")
        run = check_now(revision_id=second.pk, occasion=Occasion.CHANGE, by=None, at=AT)
        assert run.crashes == []
        found = Finding.objects.filter(revision=second, reference="прежняя редакция")
        assert {"CF01"} <= set(found.values_list("rule", flat=True))
        assert open_rules(draft) == sorted(Finding.objects.filter(revision=first).values_list("rule", flat=True))


def test_a_draft_that_changed_is_checked_by_itself(draft, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(jobs, "defer_check", lambda revision, occasion: asked.append((revision, occasion)))
    jobs.check_changed(timestamp=0)
    assert asked == []
    with use_scope(SYSTEM_SCOPE):
        draft.measure("2").responsibles.update(name="МАОУ гимназия № 77")
    jobs.check_changed(timestamp=0)
    assert asked == [(draft.revision.pk, Occasion.CHANGE)]
    jobs.check_revision(revision_id=draft.revision.pk)
    asked.clear()
    jobs.check_changed(timestamp=0)
    assert asked == []
    with use_scope(SYSTEM_SCOPE):
        assert "ST14" not in open_rules(draft)


def test_an_approved_revision_is_checked_once_after_its_approval(draft, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(jobs, "defer_check", lambda revision, occasion: asked.append((revision, occasion)))
    with use_scope(SYSTEM_SCOPE):
        draft.revision.approved_at, draft.revision.approved_by = LATER, draft.country.people["coordinator"]
        draft.revision.save(update_fields=["approved_at", "approved_by"])
    jobs.check_changed(timestamp=0)
    assert asked == [(draft.revision.pk, Occasion.APPROVAL)]
    jobs.check_revision(revision_id=draft.revision.pk, occasion="approval")
    asked.clear()
    jobs.check_changed(timestamp=0)
    assert asked == []


def test_other_rules_are_a_reason_to_check_again(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        assert queries.list_unchecked(bridge.rules_version(), limit=10) == []
        assert [each.pk for each in queries.list_unchecked("other", limit=10)] == [draft.revision.pk]


def test_a_check_that_already_waits_is_enough(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        jobs.defer_check(draft.revision.pk)
        jobs.defer_check(draft.revision.pk)
        jobs.check_revision(revision_id=0)  # a draft that was abandoned meanwhile
        assert CheckRun.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "sees"),
    [("coordinator", True), ("centre", True), ("controller", True), ("ministry", True), ("town", False), ("school", False), ("stranger", False)],
)
def test_defects_of_an_order_are_seen_by_its_keepers_and_above(draft, name, sees) -> None:
    scope = draft.country.scope(name)
    with use_scope(scope):
        assert Finding.objects.exists() is sees  # the policies alone
        assert CheckRun.objects.exists() is sees
        assert Finding.objects.visible_to(scope).exists() is sees
