"""Who a written responsible is: proposals, the choice for all measures at once, also of an approved revision; rights; speed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country, make_organisation, make_person, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import approve, make_measure, make_order, make_revision
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.actions.mapping import Meaning, map_responsible
from vekha_portal.orders.models import Responsible, Revision
from vekha_portal.orders.proposals import list_written, propose
from vekha_portal.registry.models import OrganisationKind

WRITTEN = (
    "Департамент образования 02",
    "Региональный координатор",
    "Общеобразовательные организации",
    "Town А.П.",
    "Некое ведомство",
)
KEEPERS = {"admin", "coordinator", "centre"}


@pytest.fixture
def country(db) -> Country:
    return make_country()


@pytest.fixture
def revision(country) -> Revision:
    with use_scope(SYSTEM_SCOPE):
        made = make_revision(country, make_order(country))
        for position, name in enumerate((*WRITTEN, WRITTEN[0]), start=1):
            make_measure(made, position, f"Мероприятие {position}", deadline="", stage="other", responsible=name)
        approve(made, country)
    return made


def deed(country: Country, name: str = "coordinator") -> dict[str, Any]:
    return {"by": country.people[name], "scope": country.scope(name), "at": AT}


def mapped(revision: Revision, name: str) -> list[Responsible]:
    with use_scope(SYSTEM_SCOPE):
        return list(Responsible.objects.filter(measure__revision=revision, name=name))


def test_each_name_stands_once_and_is_proposed_somebody(country, revision) -> None:
    with use_scope(SYSTEM_SCOPE):
        make_person("зорина", Role.CONTROLLER, country.organisations["body02"])
        make_measure_of = Responsible.objects.filter(measure__revision=revision).count()
    scope = country.scope("coordinator")
    with use_scope(scope):
        names = list_written(revision)
        propose(names, scope=scope, revision=revision)
    assert make_measure_of == 6
    found = {each.name: each for each in names}
    assert [each.name for each in names] == list(WRITTEN)
    assert found[WRITTEN[0]].measures == 2
    sure = {each.name: each.sure.value if each.sure else "" for each in names}
    assert sure[WRITTEN[0]] == f"organisation:{country.organisations['body02'].pk}"
    assert sure[WRITTEN[1]] == "role:regional_coordinator"
    assert sure[WRITTEN[2]] == "each"
    assert sure[WRITTEN[4]] == ""


def test_a_person_is_found_by_surname_and_initials(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        person, _ = make_person("зорина", Role.CONTROLLER, country.organisations["body02"])
        revision = make_revision(country, make_order(country))
        for position, name in enumerate(("Зорина А.П.", "начальник отдела Зорина А. П.", "Зорина П.А."), start=1):
            make_measure(revision, position, "x", deadline="", stage="other", responsible=name)
    scope = country.scope("coordinator")
    with use_scope(scope):
        names = list_written(revision)
        propose(names, scope=scope, revision=revision)
    value = f"person:{person.pk}"
    assert names[0].sure is not None
    assert names[0].sure.value == value
    assert value in [choice.value for choice in names[1].proposals]
    assert names[2].sure is None  # the same surname with other initials is a question


def test_the_choice_holds_for_all_measures_of_an_approved_revision(country, revision) -> None:
    body = country.organisations["body02"]
    with use_scope(country.scope("coordinator")):
        assert (
            map_responsible(revision=revision, name=WRITTEN[0], meaning=Meaning(organisation=body), **deed(country))
            == 2
        )
        assert (
            map_responsible(revision=revision, name=WRITTEN[0], meaning=Meaning(organisation=body), **deed(country))
            == 0
        )
    assert {each.mapped_organisation_id for each in mapped(revision, WRITTEN[0])} == {body.pk}
    with use_scope(country.scope("coordinator")):
        map_responsible(
            revision=revision, name=WRITTEN[0], meaning=Meaning(role=Role.REGIONAL_COORDINATOR.value), **deed(country)
        )
        entry = Entry.objects.filter(kind="responsible-mapped").order_by("-pk").first()
        with pytest.raises(Refused, match="не встречается"):
            map_responsible(revision=revision, name="Никто", meaning=Meaning(), **deed(country))
        with pytest.raises(Refused, match="что-то одно"):
            map_responsible(
                revision=revision,
                name=WRITTEN[0],
                meaning=Meaning(organisation=body, is_each_centre=True),
                **deed(country),
            )
    assert entry is not None
    assert entry.data["кто"] == {"было": str(body), "стало": "Региональный координатор"}
    assert {(each.mapped_organisation_id, each.mapped_role) for each in mapped(revision, WRITTEN[0])} == {
        (None, "regional_coordinator")
    }


@pytest.mark.parametrize(
    "name", ["admin", "coordinator", "centre", "operator", "ministry", "controller", "town", "school", "stranger"]
)
def test_who_says_who_is_who(country, revision, name) -> None:
    allowed, who = name in KEEPERS, deed(country, name)
    address = f"/orders/revisions/{revision.pk}/mapping/"
    client = signed_in(country, name)
    assert client.get(address).status_code == (404 if name == "stranger" else 200)
    status = client.post(address, {"name": WRITTEN[0], "meaning": "each"}).status_code
    assert status == (302 if allowed else 404 if name == "stranger" else 403)
    with use_scope(who["scope"]), transaction.atomic():
        if allowed:
            map_responsible(revision=revision, name=WRITTEN[1], meaning=Meaning(is_each_centre=True), **who)
        else:
            with pytest.raises(NotAllowed):
                map_responsible(revision=revision, name=WRITTEN[1], meaning=Meaning(is_each_centre=True), **who)
        transaction.set_rollback(True)
    with use_scope(who["scope"]), transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute("update orders_responsible set is_each_centre = true where name = %s", [WRITTEN[4]])
                touched = cursor.rowcount
        except DatabaseError:
            touched = 0
        transaction.set_rollback(True)
    assert (touched > 0) is (allowed or name == "operator")


def test_the_page_takes_choices_and_refuses_nonsense(country, revision) -> None:
    client, address = signed_in(country, "coordinator"), f"/orders/revisions/{revision.pk}/mapping/"
    for value in ("organisation:999999", "person:x", "role:tsar", "organisation:-1", "robot"):
        answer = client.post(address, {"name": WRITTEN[4], "meaning": value})
        assert answer.status_code == 422, value
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"take": "sure"}).status_code == 302
    assert [each.is_each_centre for each in mapped(revision, WRITTEN[2])] == [True]
    assert mapped(revision, WRITTEN[4])[0].mapped_organisation_id is None
    assert_swap_is_reload(
        client, f"{address}?name={WRITTEN[4]}", f"{address}?name={WRITTEN[4]}&q=Институт", target="others"
    )
    page = client.get(f"{address}?name={WRITTEN[4]}&q=Институт").content.decode()
    there = f"organisation:{country.organisations['centre02'].pk}"
    assert there in page
    assert client.post(address, {"name": WRITTEN[4], "meaning": there}).status_code == 302
    assert "Институт развития 02" in client.get(address).content.decode()
    # whoever reads the order reads who answers for it, even where that organisation's card is out of sight
    assert "Институт развития 02" in signed_in(country, "school").get(address).content.decode()
    assert client.post(address, {"name": WRITTEN[4], "meaning": ""}).status_code == 302
    assert mapped(revision, WRITTEN[4])[0].mapped_organisation_id is None


def test_the_page_asks_as_often_for_many_names_as_for_few(country, revision) -> None:
    scope = country.scope("coordinator")

    def asked(which: Revision) -> int:
        with use_scope(scope), CaptureQueriesContext(connection) as queries:
            names = list_written(which)
            propose(names, scope=scope, revision=which)
        return len(queries)

    few = asked(revision)
    with use_scope(SYSTEM_SCOPE):
        many = make_revision(country, make_order(country, number="16-р"))
        for position in range(1, 120):
            make_measure(
                many,
                position,
                "x",
                deadline="",
                stage="other",
                responsible=f"Отдел № {position}, Петров{position} А.П.",
            )
        for number in range(200, 240):
            make_organisation(
                f"МБОУ «СОШ № {number}»", OrganisationKind.SCHOOL, region="02", parent=country.organisations["town02"]
            )
    assert asked(many) <= few + 1


def test_words_of_the_order_say_who_a_body_is(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        order = make_order(country)
        order.coordinator = "Министерство образования Энского края"
        order.save()
        revision = make_revision(country, order)
        for position, name in enumerate(
            (
                "министерство образования Энского края",
                "министерство финансов",
                "руководители школ",
                "директор школы № 77",
            ),
            start=1,
        ):
            make_measure(revision, position, "x", deadline="", stage="other", responsible=name)
    scope = country.scope("coordinator")
    with use_scope(scope):
        names = list_written(revision)
        propose(names, scope=scope, revision=revision)
    assert [each.sure.value if each.sure else "" for each in names] == ["role:regional_coordinator", "", "each", ""]
    assert names[1].proposals == []  # the one word «Министерство» is nobody in particular
