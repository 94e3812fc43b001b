"""Pages of findings: who opens which, filters, the swap of the list, the number of queries, the protocol."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from tests.portal.findings.rows import rows_of_text
from tests.portal.people import AT, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.vekha.checks.examples import order
from vekha_portal.findings.models import CheckRun, Finding, Occasion
from vekha_portal.findings.rulebook import list_pages
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


def page_of(draft) -> str:
    return f"/findings/revisions/{draft.revision.pk}/"


@pytest.mark.parametrize(
    ("name", "status"),
    [("coordinator", 200), ("centre", 200), ("controller", 200), ("ministry", 200), ("school", 404), ("stranger", 404)],
)
def test_who_opens_the_findings_of_a_draft(draft, name, status) -> None:
    client = signed_in(draft.country, name)
    page = client.get(page_of(draft))
    assert page.status_code == status
    text = page.content.decode()
    if status == 200:
        assert "приходится на нерабочий день" in text
        assert ("На пт 13.08.2027" in text) is (name in ("coordinator", "centre"))
        assert ("Проверить сейчас" in text) is (name in ("coordinator", "centre"))
    assert client.post(f"{page_of(draft)}check/").status_code == {200: 302 if name in ("coordinator", "centre") else 403}.get(status, status)


def test_those_below_read_why_an_approved_order_keeps_its_findings_to_itself(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        draft.revision.approved_at, draft.revision.approved_by = AT, draft.country.people["coordinator"]
        draft.revision.save(update_fields=["approved_at", "approved_by"])
    page = signed_in(draft.country, "school").get(page_of(draft))
    assert page.status_code == 403
    assert "Замечания к распоряжению видят те, кто его ведёт" in page.content.decode()


def test_a_guest_signs_in_first(draft, client) -> None:
    for address in (page_of(draft), "/findings/", "/findings/rules/", "/findings/compare/"):
        assert client.get(address).status_code == 302


def test_filters_leave_what_they_say(draft) -> None:
    client = signed_in(draft.country, "coordinator")

    def shown(query: str) -> int:
        return client.get(f"{page_of(draft)}?{query}").context["page"].paginator.count

    with use_scope(SYSTEM_SCOPE):
        rows = Finding.objects.filter(gone_at=None)
        assert shown("") == rows.count()
        assert shown("severity=warning") == rows.filter(severity="warning").count() > 0
        assert shown("rule=DL04") == 1
        assert shown("rule=XX99&severity=нет") == rows.count()
        assert shown("q=MAOU") == 1
        assert shown("state=gone") == 0


def test_the_list_swaps_as_it_reloads(draft) -> None:
    client = signed_in(draft.country, "coordinator")
    for page in (page_of(draft), "/findings/"):
        assert_swap_is_reload(client, page, f"{page}?severity=warning&sort=-rule", target="findings")


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_longer_lists_cost_no_more_queries(draft) -> None:
    client = signed_in(draft.country, "coordinator")
    pages = (page_of(draft), "/findings/")
    few = [queries_of(client, page) for page in pages]
    with use_scope(SYSTEM_SCOPE):
        for each in list(Finding.objects.filter(revision=draft.revision)) * 4:
            each.pk, each.fingerprint = None, f"{each.fingerprint[:50]}{Finding.objects.count():014d}"
            each.save(force_insert=True)
    assert [queries_of(client, page) for page in pages] == few
    assert max(few) <= 22


def test_correcting_and_checking_from_the_page(draft) -> None:
    client = signed_in(draft.country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        finding = draft.finding("DL04")
    address = f"/findings/{finding.pk}/correct/"
    assert client.get(address).status_code == 405
    answer = client.post(address, {"kind": "previous", "version": "1"}, follow=True)
    assert "Черновик исправлен и проверен снова" in answer.content.decode()
    assert "не позднее 13 августа" not in answer.content.decode()
    again = client.post(address, {"kind": "previous", "version": "1"}, follow=True)
    assert "Исправлять уже нечего" in again.content.decode()
    strange = client.post(address, {"kind": "<b>", "version": "9" * 40}, follow=True)
    assert "Исправлять уже нечего" in strange.content.decode()
    assert signed_in(draft.country, "controller").post(address, {"kind": "next", "version": "1"}).status_code == 403


def test_a_crashed_rule_is_said_on_the_page(draft) -> None:
    with use_scope(SYSTEM_SCOPE):
        CheckRun.objects.filter(pk=draft.run.pk).update(crashes=[{"rule": "DL09", "slug": "stage-order", "error": "x"}])
    text = signed_in(draft.country, "coordinator").get(page_of(draft)).content.decode()
    assert "не сработали правила: DL09" in text


def test_every_rule_has_its_page(draft) -> None:
    client = signed_in(draft.country, "school")
    catalogue = client.get("/findings/rules/").content.decode()
    assert {"DL04", "EX01"} <= {page.code for page in list_pages()}
    assert all(f"/findings/rules/{page.code}/" in catalogue for page in list_pages())
    for code in ("DL04", "due-on-day-off", "CF05", "EX03"):
        page = client.get(f"/findings/rules/{code}/")
        assert page.status_code == 200
        assert all(words in page.content.decode() for words in ("Почему", "Нарушение", "Правильно", "На чём основано"))
    assert client.get("/findings/rules/ZZ99/").status_code == 404


def test_the_protocol_has_every_finding_once_with_its_basis(draft) -> None:
    answer = signed_in(draft.country, "controller").get(f"{page_of(draft)}protocol.docx")
    assert answer.status_code == 200
    document = Document(io.BytesIO(answer.content))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]
    with use_scope(SYSTEM_SCOPE):
        assert len(rows) == Finding.objects.filter(gone_at=None).count()
    (day_off,) = [row for row in rows if row[2] == "DL04"]
    assert "Трудового кодекса" in day_off[5]
    assert signed_in(draft.country, "stranger").get(f"{page_of(draft)}protocol.docx").status_code == 404


def test_a_municipal_draft_is_compared_with_the_region_it_follows(draft) -> None:
    """The superior's roadmap is approved; the town's own day is later, and the town's people see it."""
    with use_scope(SYSTEM_SCOPE):
        draft.revision.approved_at, draft.revision.approved_by = AT, draft.country.people["coordinator"]
        draft.revision.save(update_fields=["approved_at", "approved_by"])
        text = order(
            "Утвердить перечень школ | не позднее 31 августа 2027 г. | Школа | Приказ",
            "Объявить закупки оборудования | 20 августа 2027 г. | Школа | Извещения",
            title="Комплекс мер по созданию центров «Точка роста» в 2027 году",
            head="ПОСТАНОВЛЕНИЕ",
        )  # fmt: skip
        (town,) = rows_of_text(text, draft.country, draft.country.organisations["town02"], subsidy_year=2027)
        town.basis.superior = draft.revision.basis
        town.basis.save(update_fields=["superior"])
        run = check_now(revision_id=town.pk, occasion=Occasion.CHANGE, by=None, at=AT)
        assert run.crashes == []
        found = {(each.rule, each.reference) for each in Finding.objects.filter(revision=town)}
    assert ("CF01", "вышестоящая карта") in found
    assert {reference for _, reference in found} == {"", "вышестоящая карта"}
    assert {rule for rule, reference in found if reference} & {"CF05", "DL15"}
    page = signed_in(draft.country, "town").get(f"/findings/revisions/{town.pk}/")
    assert "Сравнение: вышестоящая карта." in page.content.decode()
