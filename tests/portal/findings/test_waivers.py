"""Waivers and corrections: who may, what is asked for, what two officials do at once."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from tests.portal.findings.conftest import Draft
from tests.portal.people import AT, signed_in
from vekha_portal.findings.actions import ask_check, revoke_waiver, waive
from vekha_portal.findings.corrections.actions import correct
from vekha_portal.findings.corrections.offers import list_measures_of, list_offers
from vekha_portal.findings.models import CheckRun, Finding, Occasion, Waiver
from vekha_portal.findings.queries import Filters, list_findings
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

DAY = datetime.date(2026, 3, 2)
END = datetime.date(2026, 6, 1)


def leave(draft: Draft, finding: Finding, name: str = "coordinator", **values) -> Waiver:
    known = {"reason": "согласовано с оператором", "ends_on": END, "day": DAY, "at": AT, **values}
    with use_scope(draft.country.scope(name)):
        return waive(finding=finding, by=draft.country.people[name], scope=draft.country.scope(name), **known)


def the(draft: Draft, rule: str) -> Finding:
    with use_scope(SYSTEM_SCOPE):
        return draft.finding(rule)


def states(draft: Draft, day: datetime.date) -> dict[str, bool]:
    scope = draft.country.scope("coordinator")
    with use_scope(scope):
        rows = list_findings(scope, Filters(state="all"), day=day)
        return {each.rule: vars(each)["is_waived"] for each in rows}


def test_a_waived_finding_stays_and_is_shown_as_waived_until_its_day(draft) -> None:
    leave(draft, the(draft, "DL04"))
    assert states(draft, END)["DL04"] is True
    assert states(draft, END + datetime.timedelta(1))["DL04"] is False
    assert states(draft, DAY)["ST14"] is False
    with use_scope(SYSTEM_SCOPE):
        entry = Entry.objects.get(kind="finding-waived")
        assert entry.reason == "согласовано с оператором"


def test_a_waiver_follows_the_finding_into_the_next_revision(draft) -> None:
    leave(draft, the(draft, "DL04"))
    with use_scope(SYSTEM_SCOPE):
        Finding.objects.filter(rule="DL04").update(gone_at=AT)
        check_now(revision_id=draft.revision.pk, occasion=Occasion.CHANGE, by=None, at=AT)
    assert states(draft, DAY)["DL04"] is True


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "  "}, "Напишите, почему"),
        ({"ends_on": DAY - datetime.timedelta(1)}, "Срок уже прошёл"),
        ({"ends_on": DAY + datetime.timedelta(400)}, "не больше чем на год"),
    ],
)
def test_a_waiver_needs_a_reason_and_an_end(draft, values, words) -> None:
    with pytest.raises(Refused, match=words):
        leave(draft, the(draft, "DL04"), **values)
    with use_scope(SYSTEM_SCOPE):
        assert not Waiver.objects.exists()


def test_nobody_waives_twice_but_after_the_end_it_may_be_waived_again(draft) -> None:
    finding = the(draft, "DL04")
    first = leave(draft, finding)
    with pytest.raises(Refused, match=r"уже принято по 01\.06\.2026"):
        leave(draft, finding)
    after = END + datetime.timedelta(1)
    leave(draft, finding, day=after, ends_on=after + datetime.timedelta(30))
    with use_scope(SYSTEM_SCOPE):
        first.refresh_from_db()
        assert first.revoked_at is not None
        with pytest.raises(DatabaseError), transaction.atomic():
            Waiver.objects.filter(pk=first.pk).update(revoked_at=None, revoked_by=None)


def test_what_is_gone_cannot_be_waived(draft) -> None:
    finding = the(draft, "DL04")
    with use_scope(SYSTEM_SCOPE):
        Finding.objects.filter(pk=finding.pk).update(gone_at=AT)
    with pytest.raises(Refused, match="больше нет"):
        leave(draft, finding)


def test_a_waiver_is_taken_back(draft) -> None:
    waiver = leave(draft, the(draft, "DL04"))
    who, scope = draft.country.people["centre"], draft.country.scope("centre")
    with use_scope(scope):
        revoke_waiver(waiver=waiver, by=who, scope=scope, at=AT)
        revoke_waiver(waiver=waiver, by=who, scope=scope, at=AT)
    assert states(draft, DAY)["DL04"] is False
    with use_scope(SYSTEM_SCOPE):
        assert Entry.objects.filter(kind="waiver-revoked").count() == 1


@pytest.mark.parametrize("name", ["controller", "ministry", "operator"])
def test_who_only_reads_neither_waives_nor_checks_nor_corrects(draft, name) -> None:
    finding, who, scope = the(draft, "DL04"), draft.country.people[name], draft.country.scope(name)
    with pytest.raises(NotAllowed):
        leave(draft, finding, name)
    with use_scope(scope), pytest.raises(NotAllowed):
        ask_check(revision=draft.revision, by=who, scope=scope, at=AT)
    with use_scope(scope), pytest.raises(NotAllowed):
        correct(finding=finding, kind="next", version=1, by=who, scope=scope, at=AT)
    if name != "operator":  # the policies let a federal operator write its own federal orders; a region's are refused above
        with use_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            CheckRun.objects.create(revision=draft.revision, organisation=draft.revision.organisation, region_id="02",
                                    occasion="asked", checked_at=AT, rules_version="1", is_current=False)  # fmt: skip


def put_right(draft: Draft, rule: str, kind: str, version: int = 1) -> None:
    scope = draft.country.scope("coordinator")
    with use_scope(scope):
        who = draft.country.people["coordinator"]
        correct(finding=draft.finding(rule), kind=kind, version=version, by=who, scope=scope, at=AT)


@pytest.mark.parametrize(("kind", "phrase"), [("previous", "не позднее 13 августа 2027 г."), ("next", "не позднее 16 августа 2027 г.")])
def test_a_day_off_becomes_the_working_day_that_was_chosen(draft, kind, phrase) -> None:
    put_right(draft, "DL04", kind)
    with use_scope(SYSTEM_SCOPE):
        measure = draft.measure("1")
        assert (measure.deadline, measure.version) == (phrase, 2)
        assert not Finding.objects.filter(rule="DL04", gone_at=None).exists()
        assert Entry.objects.get(kind="finding-corrected").data["rule"] == "DL04"


def test_latin_letters_are_put_right_in_the_whole_draft(draft) -> None:
    put_right(draft, "ST14", "cyrillic")
    with use_scope(SYSTEM_SCOPE):
        (person,) = draft.measure("2").responsibles.all()
        assert person.name == "\u041c\u0410\u041e\u0423 гимназия № 77"
        assert draft.measure("2").version == 2
        assert draft.measure("1").version == 1
        assert not Finding.objects.filter(rule="ST14", gone_at=None).exists()


def test_who_saw_an_older_version_is_told(draft) -> None:
    with pytest.raises(Refused, match="изменил кто-то другой"):
        put_right(draft, "DL04", "next", version=7)
    with use_scope(SYSTEM_SCOPE):
        assert draft.measure("1").deadline == "не позднее 15 августа 2027 г."


def test_a_second_click_corrects_nothing(draft) -> None:
    finding = the(draft, "DL04")
    put_right(draft, "DL04", "next")
    scope = draft.country.scope("coordinator")
    with use_scope(scope), pytest.raises(Refused, match="Исправлять уже нечего"):
        correct(finding=finding, kind="next", version=2, by=draft.country.people["coordinator"], scope=scope, at=AT)


def test_an_approved_revision_is_not_corrected(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        draft.revision.approved_at, draft.revision.approved_by = AT, draft.country.people["coordinator"]
        draft.revision.save(update_fields=["approved_at", "approved_by"])
    with pytest.raises(Refused, match="не меняется"):
        put_right(draft, "DL04", "next")
    with use_scope(SYSTEM_SCOPE):
        draft.revision.refresh_from_db()
        assert list_measures_of(draft.revision, [draft.finding("DL04")]) == {}


def test_nothing_is_offered_where_it_is_not_certain(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        measure, finding = draft.measure("1"), draft.finding("DL04")
        measure.deadline = "15 августа 2027 г., далее – ежеквартально"
        assert list_offers(finding, measure, year=2027) == ()
        finding.rule = "DL09"
        assert list_offers(finding, draft.measure("1"), year=2027) == ()


def test_waiving_on_the_page(draft) -> None:
    client, finding = signed_in(draft.country, "coordinator"), the(draft, "DL04")
    address = f"/findings/{finding.pk}/waive/"
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"reason": "", "ends_on": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Напишите, почему замечание остаётся." in wrong.content.decode()
    late = client.post(address, {"reason": "так надо", "ends_on": "2020-01-01"})
    assert late.status_code == 422
    assert "Срок уже прошёл" in late.content.decode()
    assert signed_in(draft.country, "controller").get(address).status_code == 403
    assert signed_in(draft.country, "stranger").get(address).status_code == 404
