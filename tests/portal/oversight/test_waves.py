"""Rules over the rows of a wave: what is read, who sees what was found, that a wave of any size costs as many queries."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.portal.oversight.conftest import hand_in
from tests.portal.people import AT, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import make_schools
from vekha_portal.accounts.models import Deputy
from vekha_portal.centres.models import Centre
from vekha_portal.findings.actions import waive
from vekha_portal.findings.models import CheckRun, Finding, Occasion, Waiver
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Responsible
from vekha_portal.oversight import catalogue, jobs
from vekha_portal.oversight.actions import ask_check
from vekha_portal.oversight.queries import read_wave
from vekha_portal.oversight.rule import wave_rule
from vekha_portal.oversight.runs import check_now

DAY = datetime.date
TODAY = DAY(2026, 4, 10)


def check(works, day=TODAY, at=AT) -> CheckRun:
    with use_scope(SYSTEM_SCOPE):
        return check_now(wave=works.wave, occasion=Occasion.NIGHTLY, day=day, by=None, at=at)


def found(works, rule) -> list[Finding]:
    with use_scope(SYSTEM_SCOPE):
        return list(Finding.objects.filter(wave=works.wave, rule=rule, gone_at=None).order_by("pk"))


def test_no_report_is_no_data_for_each_centre_and_its_school(works) -> None:
    check(works)
    rows = found(works, "EX05")
    assert {each.organisation_id for each in rows} == {centre.organisation_id for centre in works.centres}
    assert {each.day for each in rows} == {DAY(2026, 4, 1)}
    assert all("за I квартал 2026" in each.message for each in rows)


def test_a_report_that_came_closes_the_finding_and_another_run_changes_nothing(works, country) -> None:
    check(works)
    first = works.of("report", works.centres[0])[0]
    with use_scope(SYSTEM_SCOPE):
        first.progress = "submitted"
        first.save(update_fields=["progress"])
    check(works, at=AT + datetime.timedelta(days=1))
    assert len(found(works, "EX05")) == 2
    with use_scope(SYSTEM_SCOPE):
        gone = Finding.objects.get(rule="EX05", gone_at__isnull=False)
        before = list(Finding.objects.order_by("pk").values())
        check(works, at=AT + datetime.timedelta(days=2))
        assert list(Finding.objects.order_by("pk").values()) == before
        assert gone.organisation_id == first.organisation_id
        assert list(CheckRun.objects.filter(wave=works.wave, is_current=True).values_list("warnings", flat=True)) == [2]


def test_documents_are_read_with_types_days_and_sums(works, country) -> None:
    basis = works.of("list")[0]
    hand_in(works, country, basis, "letter-out", dated=DAY(2026, 2, 10), expected="letter-out")
    hand_in(works, country, basis, "letter-in", dated=DAY(2026, 2, 1), expected="letter-in")
    one, other = (works.of("training", centre)[1] for centre in works.centres[:2])
    hand_in(works, country, one, "media-publication", content="same")
    hand_in(works, country, other, "media-publication", content="same")
    check(works)
    assert [each.measure_key for each in found(works, "EX02")] == [works.measures["list"].key]
    assert [each.organisation_id for each in found(works, "EX07")] == [other.organisation_id]


def test_what_is_closed_without_its_document_is_an_error(works) -> None:
    basis = works.of("basis")[0]
    with use_scope(SYSTEM_SCOPE):
        basis.progress = "accepted"
        basis.save(update_fields=["progress"])
    check(works)
    (row,) = found(works, "EX01")
    assert "«распоряжение» не принят" in row.message
    assert row.organisation_id == works.wave.organisation_id


def test_people_who_are_away_on_the_day(works, country) -> None:
    coordinator = country.people["coordinator"]
    with use_scope(SYSTEM_SCOPE):
        Responsible.objects.filter(measure=works.measures["training"]).update(mapped_person=coordinator)
        Deputy.objects.create(
            principal=coordinator, deputy=country.people["centre"], region_id="02", since=DAY(2026, 5, 25), until=DAY(2026, 6, 5),
            reason="отпуск",
        )  # fmt: skip
    check(works)
    rows = found(works, "EX10")
    assert len(rows) == 6
    assert "замещает Centre А. П." in rows[0].message


def test_items_of_a_composite_measure_ask_only_for_their_own_documents(works) -> None:
    with use_scope(SYSTEM_SCOPE):
        facts = read_wave(works.wave, day=TODAY)
    first = next(point for point in facts.points if point.stage == "launch")
    assert first.text == "открыть центр"
    assert {each.type for each in first.required} == {"certificate", "media-publication"}
    assert facts.before["launch"] >= {"procurement", "equipment-installed"}


def read_counted(works) -> tuple[int, int]:
    """How many queries a reading costs, and how many centres it meets."""
    with use_scope(SYSTEM_SCOPE), CaptureQueriesContext(connection) as queries:
        facts = read_wave(works.wave, day=TODAY)
    return len(queries), len(facts.of_centre) - 1


def test_a_wave_of_any_size_costs_the_same_queries(works, country) -> None:
    with use_scope(SYSTEM_SCOPE):
        Responsible.objects.all().update(mapped_person=country.people["coordinator"])
    assert read_counted(works) == (6, 3)
    with use_scope(SYSTEM_SCOPE):
        first = works.of("report", works.centres[0])[0]
        for school in make_schools(country, 24, town="town01"):
            centre = Centre.objects.create(
                wave=works.wave, region_id="02", programme_id="growth-point", organisation=school, added_at=AT,
                added_by=country.people["coordinator"],
            )  # fmt: skip
            first.pk, first.centre, first.organisation = None, centre, school
            first.save(force_insert=True)
    assert read_counted(works) == (6, 27)


def test_who_sees_what_was_found(works, country) -> None:
    check(works)
    seen = {}
    for name in ("coordinator", "town", "school", "controller", "stranger", "ministry"):
        with use_scope(country.scope(name)):
            seen[name] = Finding.objects.filter(rule="EX05").count()  # the policies alone
            assert Finding.objects.visible_to(country.scope(name)).filter(rule="EX05").count() == seen[name]
    assert seen == {"coordinator": 3, "town": 3, "school": 1, "controller": 3, "stranger": 0, "ministry": 3}


@pytest.mark.parametrize(("name", "status"), [("coordinator", 200), ("school", 200), ("controller", 200), ("stranger", 404)])
def test_the_page_of_a_wave(works, country, name, status) -> None:
    check(works)
    page = signed_in(country, name).get(f"/oversight/waves/{works.wave.pk}/")
    assert page.status_code == status
    if status == 200:
        text = page.content.decode()
        assert ("Проверить сейчас" in text) is (name == "coordinator")
        assert "Нет данных за I квартал 2026" in text


def test_the_list_swaps_as_it_reloads(works, country) -> None:
    check(works)
    address = f"/oversight/waves/{works.wave.pk}/"
    assert_swap_is_reload(signed_in(country, "coordinator"), address, f"{address}?severity=warning", target="findings")


def test_a_check_is_asked_for_by_who_leads_the_wave(works, country) -> None:
    client = signed_in(country, "coordinator")
    answer = client.post(f"/oversight/waves/{works.wave.pk}/check/", follow=True)
    assert "Проверено. Замечаний: " in answer.content.decode()
    with use_scope(SYSTEM_SCOPE):
        run = CheckRun.objects.get(wave=works.wave)
        assert (run.occasion, run.checked_by_id) == ("asked", country.people["coordinator"].pk)
        assert Entry.objects.filter(kind="check-asked").count() == 1
    assert signed_in(country, "controller").post(f"/oversight/waves/{works.wave.pk}/check/").status_code == 403
    with use_scope(country.scope("school")), pytest.raises(NotAllowed):
        ask_check(wave=works.wave, day=TODAY, by=country.people["school"], scope=country.scope("school"), at=AT)


def test_nobody_excuses_what_was_found_about_their_own_work(works, country) -> None:
    check(works)
    with use_scope(SYSTEM_SCOPE):
        finding = Finding.objects.get(rule="EX05", organisation=country.organisations["school02"])
    known: Any = {"reason": "так надо", "ends_on": DAY(2026, 6, 1), "day": TODAY, "at": AT}
    for name in ("school", "town", "controller"):
        scope = country.scope(name)
        with use_scope(scope), pytest.raises(NotAllowed):
            waive(finding=finding, by=country.people[name], scope=scope, **known)
        row = {"wave": works.wave, "organisation": finding.organisation, "region_id": "02", "fingerprint": "x", "rule": "EX05", "message": "x"}
        with use_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            Waiver.objects.create(**row, reason="x", ends_on=TODAY, made_at=AT, made_by=country.people[name])
    scope = country.scope("coordinator")
    with use_scope(scope):
        assert waive(finding=finding, by=country.people["coordinator"], scope=scope, **known).wave_id == works.wave.pk


def test_the_nightly_job_checks_waves_that_are_not_over(works, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(jobs.check_wave, "configure", lambda **_: type("Job", (), {"defer": lambda _, **job: asked.append(job)})())
    jobs.check_waves(timestamp=0)
    assert asked == [{"wave_id": works.wave.pk}]
    jobs.check_wave(wave_id=works.wave.pk)
    with use_scope(SYSTEM_SCOPE):
        assert CheckRun.objects.get(wave=works.wave).occasion == "nightly"
        works.wave.closed_on = DAY(2026, 1, 1)
        works.wave.save(update_fields=["closed_on"])
        asked.clear()
        jobs.check_waves(timestamp=0)
        assert asked == []


def test_a_crashed_rule_keeps_what_it_found_before_open(works, monkeypatch) -> None:
    check(works)

    @wave_rule("EX05", slug="no-data", severity="warning", basis="x")
    def broken(wave):
        """Сломанное."""
        raise KeyError("x")
        yield

    monkeypatch.setattr("vekha_portal.oversight.runs.WAVE_RULES", (*catalogue.WAVE_RULES[:4], broken))
    run = check(works, at=AT + datetime.timedelta(days=1))
    assert [each["rule"] for each in run.crashes] == ["EX05"]
    assert len(found(works, "EX05")) == 3
