"""Organisations: the tree, names in time, ends, what two officials do at once, the list and its speed."""

import datetime
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country, make_organisation, signed_in
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.registry.actions import (
    Card,
    add_organisation,
    change_organisation,
    close_organisation,
    merge_organisation,
    move_organisation,
    rename_organisation,
)
from vekha_portal.registry.likeness import Known, find_doubles, match_key
from vekha_portal.registry.models import Municipality, Organisation, OrganisationKind, Region

SYSTEM: Any = {"by": None, "scope": SYSTEM_SCOPE, "at": AT}
DAY = datetime.date


@pytest.fixture
def country(db):
    made = make_country()
    with use_scope(SYSTEM_SCOPE):
        yield made


def fresh(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=organisation.pk)


def test_the_packs_are_in(db) -> None:
    with use_scope(SYSTEM_SCOPE):
        assert Region.objects.count() == 89
        assert Region.objects.get(pk="77").name == "город Москва"


def test_paths_follow_parents_and_move_with_them(country) -> None:
    made = country.organisations
    town, school, body = fresh(made["town02"]), fresh(made["school02"]), fresh(made["body02"])
    assert school.path == body.path + f"{town.pk:010d}{school.pk:010d}"
    move_organisation(organisation=town, parent=made["centre02"], reason="указ", **SYSTEM)
    assert fresh(school).path == fresh(made["centre02"]).path + f"{town.pk:010d}{school.pk:010d}"
    assert {each.pk for each in Organisation.objects.all().under(fresh(made["centre02"]))} == {made["centre02"].pk, town.pk, school.pk}


def test_a_tree_has_no_rings_even_past_the_actions(country) -> None:
    body, school = country.organisations["body02"], country.organisations["school02"]
    with pytest.raises(Refused, match="самой себе"):
        move_organisation(organisation=body, parent=school, reason="x", **SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=body.pk).update(parent=school)
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(pk=body.pk).update(parent=body)


def test_a_path_cannot_be_typed_in(country) -> None:
    school = country.organisations["school02"]
    path = fresh(school).path
    Organisation.objects.filter(pk=school.pk).update(path="0000000001")
    assert fresh(school).path == path


def test_a_document_of_an_earlier_day_keeps_the_name_of_its_day(country) -> None:
    school = country.organisations["school02"]
    old = school.name
    rename_organisation(organisation=school, name="МАОУ «Лицей № 5»", since=DAY(2024, 9, 1), basis="приказ № 1", **SYSTEM)
    rename_organisation(organisation=school, name="МБОУ «Школа № 5»", since=DAY(2022, 9, 1), basis="приказ № 0", **SYSTEM)
    found = fresh(school)
    days = {DAY(2020, 1, 1): old, DAY(2022, 8, 31): old, DAY(2022, 9, 1): "МБОУ «Школа № 5»", DAY(2024, 9, 1): "МАОУ «Лицей № 5»"}
    assert {day: found.name_on(day) for day in days} == days
    for day, name in days.items():
        assert vars(Organisation.objects.all().named_on(day).get(pk=school.pk))["day_name"] == name
    assert found.name == "МАОУ «Лицей № 5»"  # a name entered late does not push out a later one
    with pytest.raises(Refused, match="уже записано"):
        rename_organisation(organisation=school, name="Ещё", since=DAY(2024, 9, 1), basis="", **SYSTEM)


def test_a_merged_organisation_keeps_its_rows_and_names_its_successor(country) -> None:
    school, other = country.organisations["school02"], make_organisation("Школа № 7", OrganisationKind.SCHOOL, region="02")
    merge_organisation(organisation=school, into=other, on=DAY(2025, 7, 1), reason="постановление № 2", **SYSTEM)
    found = fresh(school)
    assert (found.closed_on, found.successor_id) == (DAY(2025, 7, 1), other.pk)
    assert found.is_at_work_on(DAY(2025, 6, 30))
    assert not found.is_at_work_on(DAY(2025, 7, 1))
    assert not Organisation.objects.all().at_work_on(DAY(2025, 7, 1)).filter(pk=school.pk).exists()
    with pytest.raises(Refused, match="уже прекратила"):
        close_organisation(organisation=found, on=DAY(2026, 1, 1), reason="x", **SYSTEM)
    with pytest.raises(Refused, match="действующей на эту дату"):
        merge_organisation(organisation=other, into=found, on=DAY(2026, 1, 1), reason="x", **SYSTEM)
    with pytest.raises(Refused, match="основание"):
        close_organisation(organisation=other, on=DAY(2026, 1, 1), reason="  ", **SYSTEM)


def test_wrong_and_repeated_identifiers_are_refused_with_words(country) -> None:
    region = Region.objects.get(pk="02")

    def add(name: str, **identifiers: Any) -> Organisation:
        card = Card(name=name, kind=OrganisationKind.SCHOOL, **identifiers)
        return add_organisation(card=card, region=region, parent=None, **SYSTEM)

    with pytest.raises(Refused, match="контрольная цифра"):
        add("Школа № 8", inn="7707083894")
    add("Школа № 8", inn="7707083893", kpp="773601001")
    with pytest.raises(Refused, match="уже есть в реестре"):
        add("Школа № 9", inn="7707083893", kpp="773601001")
    add("Школа № 8, филиал", inn="7707083893", kpp="773602001")  # a branch has the same ИНН
    with pytest.raises(DatabaseError), transaction.atomic():
        Organisation.objects.filter(name="Школа № 8").update(inn="12")


def test_whoever_saw_an_older_version_is_told(country) -> None:
    school = fresh(country.organisations["school02"])
    change_organisation(organisation=school, version=school.version, values={"address": "первый"}, **SYSTEM)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        change_organisation(organisation=school, version=school.version, values={"address": "второй"}, **SYSTEM)
    assert fresh(school).address == "первый"
    entry = Entry.objects.filter(kind="organisation-changed", about_id=str(school.pk)).get()
    assert entry.data == {"address": {"было": "", "стало": "первый"}}


def test_a_change_of_nothing_leaves_no_trace(country) -> None:
    school = fresh(country.organisations["school02"])
    before = Entry.objects.count()
    change_organisation(organisation=school, version=school.version, values={"address": ""}, **SYSTEM)
    assert (Entry.objects.count(), fresh(school).version) == (before, school.version)


def test_fields_have_a_history_with_who_and_in_which_request(country) -> None:
    school = country.organisations["school02"]
    signed_in(country, "school").post(f"/registry/{school.pk}/change/", {"address": "ул. Речная, 3", "version": 1}, HTTP_X_REQUEST_ID="request-77")
    history: Any = fresh(school)
    event = history.history.order_by("-pgh_id").select_related("pgh_context").first()
    assert event.address == "ул. Речная, 3"
    assert event.pgh_context.metadata == {"person": country.people["school"].pk, "role": "school", "request": "request-77"}


def test_two_officials_at_once_save_one_after_the_other(transactional_db) -> None:
    country = make_country()
    school = country.organisations["school02"]
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def work(address: str) -> None:
        try:
            ready.wait(10)
            with use_scope(SYSTEM_SCOPE):
                change_organisation(organisation=school, version=1, values={"address": address}, **SYSTEM)
            outcomes.append("saved")
        except Refused as refusal:
            outcomes.append(str(refusal)[:5])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(address,)) for address in ("ул. Первая", "ул. Вторая")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["saved", "Пока "]


def test_two_mergers_the_other_way_round_do_not_lock_each_other_dead(transactional_db) -> None:
    with use_scope(SYSTEM_SCOPE):
        one = make_organisation("Школа № 1", OrganisationKind.SCHOOL, region="02")
        two = make_organisation("Школа № 2", OrganisationKind.SCHOOL, region="02")
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def work(first: Organisation, second: Organisation) -> None:
        try:
            ready.wait(10)
            with use_scope(SYSTEM_SCOPE):
                merge_organisation(organisation=first, into=second, on=DAY(2025, 7, 1), reason="акт", **SYSTEM)
            outcomes.append("merged")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["merged", "refused"]


def fill(count: int) -> None:
    """Many schools at once, as rows."""
    with use_scope(SYSTEM_SCOPE), connection.cursor() as cursor:
        place = Municipality.objects.filter(region_id="02").first()
        cursor.execute(
            "insert into registry_organisation (kind, region_id, municipality_id, path, name, short_name, sort_key, match_key, inn, kpp,"
            " ogrn, address, version) select 'school', '02', %s, '', 'Школа № ' || n, '', 'школа № ' || n, 'школа №' || n, '', '', '', '', 1"
            " from generate_series(1, %s) n",
            [place.pk if place else None, count],
        )


def test_a_list_asks_as_much_for_a_thousand_rows_as_for_ten(db) -> None:
    country: Country = make_country()
    client = signed_in(country, "coordinator")
    counts = []
    for more in (10, 990):
        fill(more)
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/registry/?q=школа")
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14, counts


def test_the_list_finds_by_words_digits_and_look_alikes(country) -> None:
    make_organisation("МБОУ «СОШ № 12» п. Лесной", OrganisationKind.SCHOOL, region="02", inn="7707083893")
    client = signed_in(country, "coordinator")
    for text in ("лесной", "7707083", "COШ 12", "«СОШ»  12"):
        page = client.get("/registry/", {"q": text}).content.decode()
        assert "п. Лесной" in page, text
    assert "По этому отбору ничего не найдено" in client.get("/registry/", {"q": "такой нет"}).content.decode()


@pytest.mark.parametrize("query", ["?page=999999", "?page=-1", "?sort=;drop", "?region=99", "?kind=king", "?q=" + "я" * 3000, "?q=%00"])
def test_nonsense_in_the_address_is_answered(country, query: str) -> None:
    assert signed_in(country, "coordinator").get(f"/registry/{query}").status_code == 200


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МБОУ «СОШ № 5»", "MБОУ СОШ №5"),
        ("МБОУ «СОШ № 5»", "МАОУ «Средняя общеобразовательная школа № 5»"),
        ("Муниципальное бюджетное общеобразовательное учреждение «Лицей № 3»", 'МКОУ "Лицей №3"'),
        ("МОУ «Основная школа имени А. С. Пушкина»", "МОУ «Основная общеобразовательная школа им. А.С. Пушкина»"),
        ("ГБОУ «Гимназия № 1» города Зареченска", "ГБОУ Гимназия N 1 г. Зареченска"),
    ],
)
def test_spellings_of_one_school_are_alike(one: str, other: str) -> None:
    assert find_doubles([Known(1, match_key(one)), Known(2, match_key(other))])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("МБОУ «СОШ № 5»", "МБОУ «СОШ № 6»"),
        ("МБОУ «СОШ № 5»", "МБОУ «СОШ № 15»"),
        ("МБОУ «Лицей»", "МБОУ «Гимназия»"),
        ("МБОУ «СОШ с. Дубки»", "МБОУ «СОШ с. Липки»"),
    ],
)
def test_different_schools_are_not(one: str, other: str) -> None:
    assert find_doubles([Known(1, match_key(one)), Known(2, match_key(other))]) == ()


def test_a_page_that_breaks_half_way_saves_nothing(country, monkeypatch) -> None:
    school = country.organisations["school02"]
    client = signed_in(country, "coordinator")
    client.raise_request_exception = False

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("vekha_portal.registry.actions.record", fail)
    answer = client.post(f"/registry/{school.pk}/change/", {"address": "ул. Ничья, 0", "version": 1})
    assert answer.status_code == 500
    assert fresh(school).address == ""
