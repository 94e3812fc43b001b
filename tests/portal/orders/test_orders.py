"""Orders: who sees drafts, entering without a file, the list and its speed, links upwards, withdrawal."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import approve, make_measure, make_order, make_revision, make_works
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders import reads
from vekha_portal.orders.actions.order import (
    NewRoadmap,
    Requisites,
    correct_order,
    enter_order,
    link_superior,
    withdraw_order,
)
from vekha_portal.orders.models import Measure, Order, Revision, Roadmap
from vekha_portal.orders.reference.bridge import read_reference
from vekha_portal.registry.models import Programme

DAY = datetime.date(2026, 1, 15)
#: Who sees what of region 02: a draft of the region, an approved order of the region, a draft of the town.
SEES = {
    "admin": (True, True, True),
    "operator": (True, True, True),
    "ministry": (True, True, True),
    "coordinator": (True, True, True),
    "centre": (True, True, True),
    "controller": (True, True, True),
    "town": (False, True, True),
    "school": (False, True, False),
    "stranger": (False, False, False),
}
KEEPS = {
    "admin": {"body02", "town02", "school02"},
    "operator": set(),
    "ministry": set(),
    "coordinator": {"body02", "town02", "school02"},
    "centre": {"body02", "town02", "school02"},
    "controller": set(),
    "town": {"town02", "school02"},
    "school": {"school02"},
    "stranger": set(),
}


@pytest.fixture
def country(db) -> Country:
    return make_country()


def deed(country: Country, name: str = "coordinator") -> dict[str, Any]:
    return {"by": country.people[name], "scope": country.scope(name), "at": AT}


def one_measure(country: Country, *, body: str = "body02", number: str = "15-р", approved: bool = False) -> Revision:
    order = make_order(country, body=body, number=number)
    revision = make_revision(country, order)
    make_measure(revision, 1, "Объявить закупки", deadline="до 1 марта 2026 г.", stage="procurement")
    if approved:
        approve(revision, country)
    return revision


@pytest.mark.parametrize("name", sorted(SEES))
def test_drafts_are_seen_where_they_are_kept(country, name) -> None:
    with use_scope(SYSTEM_SCOPE):
        draft = one_measure(country, number="1-р")
        approved = one_measure(country, number="2-р", approved=True)
        below = one_measure(country, body="town02", number="3-р")
    client = signed_in(country, name)
    listed = client.get("/orders/").content.decode()
    for revision, seen in zip((draft, approved, below), SEES[name], strict=True):
        address = f"/orders/{revision.basis_id}/"
        assert client.get(address).status_code == (200 if seen else 404)
        assert (address in listed) is seen
        with use_scope(country.scope(name)):
            assert reads.read_roadmaps(country.scope(name)).filter(pk=revision.roadmap_id).exists() is seen
            assert reads.read_revisions(country.scope(name)).filter(pk=revision.pk).exists() is seen
        for page in (f"/orders/roadmaps/{revision.roadmap_id}/revisions/", f"/orders/revisions/{revision.pk}/mapping/"):
            assert client.get(page).status_code == (200 if seen else 404), page


def test_a_school_sees_no_draft_of_an_amendment_either(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        first = one_measure(country, approved=True)
        Revision.objects.create(
            roadmap=first.roadmap, organisation=first.organisation, region_id="02", number=2, previous=first,
            basis=first.basis, created_at=AT, created_by=country.people["coordinator"],
        )  # fmt: skip
    page = signed_in(country, "school").get(f"/orders/roadmaps/{first.roadmap_id}/revisions/").content.decode()
    assert "действует" in page
    assert "черновик" not in page
    assert (
        "черновик"
        in signed_in(country, "coordinator").get(f"/orders/roadmaps/{first.roadmap_id}/revisions/").content.decode()
    )


@pytest.mark.parametrize("name", sorted(KEEPS))
def test_who_enters_and_corrects_orders(country, name) -> None:
    client, who = signed_in(country, name), deed(country, name)
    for short in ("body02", "town02", "school02"):
        allowed = short in KEEPS[name]
        organisation = country.organisations[short]
        with use_scope(SYSTEM_SCOPE):
            order = make_order(country, body=short, number=f"{short}-1")
        with use_scope(who["scope"]):
            if allowed:
                enter_order(
                    organisation=organisation, requisites=Requisites("приказ", "", f"{name}-{short}", DAY), **who
                )
                correct_order(order=order, version=1, requisites=Requisites("приказ", "", "7"), reason="", **who)
            else:
                with pytest.raises(NotAllowed):
                    enter_order(organisation=organisation, requisites=Requisites(number="x"), **who)
                with pytest.raises(NotAllowed):
                    correct_order(order=order, version=1, requisites=Requisites(number="7"), reason="", **who)
        seen = client.get(f"/orders/{order.pk}/").status_code == 200
        answer = client.get(f"/orders/{order.pk}/correct/").status_code
        assert answer == (
            200 if allowed else 404 if not seen and who["scope"].role not in ("controller", "ministry") else 403
        )


def test_an_order_is_typed_in_with_drafts_and_a_reference(country) -> None:
    client = signed_in(country, "coordinator")
    body = country.organisations["body02"].pk
    page = client.get("/orders/new/").content.decode()
    assert "Точка роста" in page
    form = {
        "organisation": body, "kind": "приказ", "number": "№ 12-п", "signed_on": "2026-01-15", "title": "О создании центров",
        "programmes": ["it-cube"], "references": ["school-quantorium-2024"], "subsidy_year": "2026",
    }  # fmt: skip
    answer = client.post("/orders/new/", form)
    assert answer.status_code == 302
    with use_scope(SYSTEM_SCOPE):
        order = Order.objects.get(number="12-п")
        counts = {
            each.programme_id: Measure.objects.filter(revision__roadmap=each).count() for each in order.roadmaps.all()
        }
        assert counts == {"it-cube": 0, "school-quantorium": 13}
        copied = Measure.objects.filter(revision__basis=order, documents__evidence_type="letter-in")
        assert copied.exists()
        assert Entry.objects.filter(kind="order-entered", about_id=str(order.pk)).count() == 1
    again = client.post("/orders/new/", form)
    assert again.status_code == 422
    assert "уже внесено" in again.content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"number": "", "title": ""}, "Укажите номер или хотя бы заголовок"),
        ({"signed_on": "вчера"}, "Дата не понята"),
        ({"organisation": "999999"}, "Выберите корректный вариант"),
        ({"references": ["growth-point-2021", "growth-point-2024"]}, "выберите один образец"),
        ({"subsidy_year": "20260"}, "2100"),
        ({"references": ["../../etc/passwd"]}, "Выберите корректный вариант"),
    ],
)
def test_wrong_requisites_are_told(country, wrong, told) -> None:
    form = {"organisation": country.organisations["body02"].pk, "kind": "приказ", "number": "1", **wrong}
    answer = signed_in(country, "coordinator").post("/orders/new/", form)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    with use_scope(SYSTEM_SCOPE):
        assert not Order.objects.exists()


def test_a_reference_is_copied_in_its_order(country) -> None:
    reference = read_reference("growth-point-2024")
    assert reference is not None
    programme = Programme(pk="growth-point")
    with use_scope(country.scope("coordinator")):
        order = enter_order(
            organisation=country.organisations["body02"], requisites=Requisites(number="1", title="x"),
            roadmaps=[NewRoadmap(programme, 2026, "", reference)], **deed(country),
        )  # fmt: skip
        revision = Revision.objects.get(basis=order)
        texts = [each.text for each in reads.list_measures(revision)]
    assert texts == [each.text for each in reference.measures]


def test_the_list_filters_and_swaps(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        one_measure(country, number="15-р", approved=True)
        one_measure(country, number="77-п")
    client = signed_in(country, "coordinator")

    def numbers(query: str) -> set[str]:
        return {
            number
            for number in ("15-р", "77-п")
            if f">{number}</a>" in client.get(f"/orders/?{query}").content.decode()
        }

    assert numbers("") == {"15-р", "77-п"}
    assert numbers("q=15-р") == {"15-р"}
    assert numbers("q=комплекса+мер+77") == {"77-п"}
    assert numbers("state=draft") == {"77-п"}
    assert numbers("state=approved") == {"15-р"}
    assert numbers("programme=it-cube") == set()
    assert numbers("programme=growth-point&year=2026") == {"15-р", "77-п"}
    assert numbers("year=1999") == {"15-р", "77-п"}  # nonsense is not applied
    assert numbers("state=withdrawn") == set()
    assert_swap_is_reload(client, "/orders/", "/orders/?sort=number&state=approved", target="orders")


def test_the_list_asks_as_often_for_forty_orders_as_for_two(country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        for number in range(2):
            one_measure(country, number=str(number))
    with CaptureQueriesContext(connection) as few:
        client.get("/orders/")
    with use_scope(SYSTEM_SCOPE):
        for number in range(2, 40):
            one_measure(country, number=str(number))
    with CaptureQueriesContext(connection) as many:
        client.get("/orders/")
    assert len(many) == len(few) <= 20


def test_the_card_shows_requisites_links_and_history(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        above = one_measure(country, number="15-р", approved=True).basis
        below = one_measure(country, body="town02", number="3-п", approved=True).basis
    with use_scope(country.scope("town")):
        link_superior(order=below, version=1, superior=above, **deed(country, "town"))
    page = signed_in(country, "town").get(f"/orders/{below.pk}/").content.decode()
    assert str(above) in page
    assert "Указан вышестоящий акт" in page
    page = signed_in(country, "coordinator").get(f"/orders/{above.pk}/").content.decode()
    assert "Исполняется нижестоящими" in page
    assert f"/orders/{below.pk}/" in page
    with use_scope(country.scope("coordinator")), pytest.raises(Refused, match="само себя"):
        link_superior(order=above, version=1, superior=below, **deed(country))


def test_cited_acts_are_proposed_by_number_and_date(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        above = one_measure(country, number="15-р", approved=True).basis
        below = make_order(country, body="town02", number="3-п")
        below.cited = [
            {
                "text": "распоряжение от 20.12.2025 № 15-Р",
                "number": "15-Р",
                "date": "2025-12-20",
                "relation": "superior",
            },
            {"text": "письмо", "number": "15-р", "date": "вчера"},
            "мусор",
        ]
        below.save()
    client = signed_in(country, "town")
    assert str(above) in client.get(f"/orders/{below.pk}/superior/").content.decode()
    assert_swap_is_reload(
        client, f"/orders/{below.pk}/superior/", f"/orders/{below.pk}/superior/?q=15-р", target="found"
    )
    assert client.post(f"/orders/{below.pk}/superior/", {"superior": "abc", "version": "1"}).status_code == 422
    assert client.post(f"/orders/{below.pk}/superior/", {"superior": str(above.pk), "version": "1"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert Order.objects.get(pk=below.pk).superior_id == above.pk


def test_an_order_that_is_applied_is_not_withdrawn(country) -> None:
    works = make_works(country)
    with use_scope(country.scope("coordinator")):
        with pytest.raises(Refused, match="применена к волне"):
            withdraw_order(order=works.order, version=1, reason="ошибка", **deed(country))
        other = one_measure(country, number="16-р")
        with pytest.raises(Refused, match="почему"):
            withdraw_order(order=other.basis, version=1, reason=" ", **deed(country))
        withdraw_order(order=other.basis, version=1, reason="внесено дважды", **deed(country))
        with pytest.raises(Refused, match="уже отозвано"):
            withdraw_order(order=other.basis, version=2, reason="внесено дважды", **deed(country))
        assert Revision.objects.get(pk=other.pk).withdrawn_at == AT
    client = signed_in(country, "coordinator")
    assert f"/orders/{other.basis_id}/" not in client.get("/orders/").content.decode()
    assert f"/orders/{other.basis_id}/" in client.get("/orders/?state=withdrawn").content.decode()
    dialog = client.get(f"/orders/{works.order.pk}/withdraw/", headers={"HX-Request": "true", "HX-Target": "dialog"})
    assert "Причина" in dialog.content.decode()
    assert client.post(f"/orders/{works.order.pk}/withdraw/", {"reason": "x"}).status_code == 422


def test_a_stale_form_does_not_overwrite(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        order = one_measure(country, approved=True).basis
    client = signed_in(country, "coordinator")
    form = {"kind": "приказ", "number": "15-р", "title": "Иначе", "version": "1", "reason": "опечатка"}
    assert client.post(f"/orders/{order.pk}/correct/", {**form, "reason": ""}).status_code == 422
    assert client.post(f"/orders/{order.pk}/correct/", form).status_code == 302
    late = client.post(f"/orders/{order.pk}/correct/", {**form, "title": "По-старому"})
    assert late.status_code == 422
    assert "изменил кто-то другой" in late.content.decode()
    with use_scope(SYSTEM_SCOPE):
        assert Order.objects.get(pk=order.pk).title == "Иначе"
        assert Roadmap.objects.filter(order=order).count() == 1
