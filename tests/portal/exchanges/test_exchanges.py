"""Exchanges at work: letters of both sides, mistakes, the proof of a milestone, rights at page, action and database."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from docx import Document

from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import Works, make_works
from vekha_portal.exchanges import actions
from vekha_portal.exchanges.actions import Sheet, Topic
from vekha_portal.exchanges.models import Direction, Exchange, Letter
from vekha_portal.exchanges.queries import Filters, find_exchange, list_exchanges
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Proof
from vekha_portal.journal.models import Entry
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

TODAY = datetime.date(2026, 3, 2)
OUT = Sheet(Direction.OUT, "15/1", datetime.date(2026, 2, 20))


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


@pytest.fixture
def works(country: Country) -> Works:
    return make_works(country, schools=1)


def begin(country: Country, name: str = "coordinator", *, organisation: str = "body02", **topic: object) -> Exchange:
    scope = country.scope(name)
    given = {"subject": "О согласовании инфраструктурного листа", "counterpart_name": "Федеральный оператор «Заря»", **topic}
    with use_scope(scope):
        return actions.open_exchange(
            organisation=country.organisations[organisation], topic=Topic(**given), first=OUT,  # type: ignore[arg-type]
            by=country.people[name], scope=scope, at=AT,
        )  # fmt: skip


def register(country: Country, exchange: Exchange, sheet: Sheet, name: str = "coordinator") -> Letter:
    scope = country.scope(name)
    with use_scope(scope):
        return actions.register_letter(exchange=exchange, sheet=sheet, by=country.people[name], scope=scope, at=AT)


def state(country: Country, exchange: Exchange, name: str = "coordinator") -> str:
    scope = country.scope(name)
    with use_scope(scope):
        row = find_exchange(scope, exchange.pk, day=TODAY)
    assert row is not None
    return row.state.label.replace("\N{NO-BREAK SPACE}", " ")


def test_letters_turn_the_clock_and_a_wrong_one_turns_it_back(country: Country) -> None:
    made = begin(country)
    assert state(country, made) == "ждём ответа, 10 дней"
    answer = register(country, made, Sheet(Direction.IN, "77", datetime.date(2026, 2, 27)))
    assert state(country, made) == "отвечать нам, 3 дня"
    scope, person = country.scope("coordinator"), country.people["coordinator"]
    with use_scope(scope):
        actions.annul_letter(letter=answer, reason="не то письмо", by=person, scope=scope, at=AT)
        with pytest.raises(Refused, match="уже отмечено"):
            actions.annul_letter(letter=answer, reason="ещё раз", by=person, scope=scope, at=AT)
    assert state(country, made) == "ждём ответа, 10 дней"
    with use_scope(SYSTEM_SCOPE):
        kinds = list(Entry.objects.filter(about_kind="exchanges.exchange").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["exchange-opened", "letter-registered", "letter-registered", "letter-annulled"]


def test_the_other_side_sees_its_own_turn(country: Country) -> None:
    made = begin(country, counterpart=country.organisations["town02"], counterpart_name="Управление образования")
    assert state(country, made, "coordinator") == "ждём ответа, 10 дней"
    assert state(country, made, "town") == "отвечать нам, 10 дней"


def test_an_ended_exchange_takes_no_letters_until_it_is_resumed(country: Country) -> None:
    made = begin(country)
    scope, person = country.scope("coordinator"), country.people["coordinator"]
    with use_scope(scope):
        with pytest.raises(Refused, match="раньше него"):
            actions.close_exchange(exchange=made, on=datetime.date(2026, 2, 1), outcome="ответ", by=person, scope=scope, at=AT)
        actions.close_exchange(exchange=made, on=TODAY, outcome="согласовано устно", by=person, scope=scope, at=AT)
    assert state(country, made) == "завершена"
    with pytest.raises(Refused, match="завершена"):
        register(country, made, Sheet(Direction.IN, "78", TODAY))
    with use_scope(scope):
        actions.reopen_exchange(exchange=made, reason="пришёл ответ", by=person, scope=scope, at=AT)
    register(country, made, Sheet(Direction.IN, "78", TODAY))


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (Sheet(Direction.IN, "  ", TODAY), "Укажите номер"),
        (Sheet(Direction.IN, "5", datetime.date(2026, 3, 3)), "ещё не наступила"),
        (Sheet(Direction.IN, "5", datetime.date(1926, 3, 3)), "слишком давняя"),
        (OUT, "уже внесено"),
        (Sheet(Direction.IN, "5", TODAY, is_proof=True), "не привязана"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_whole(country: Country, sheet: Sheet, told: str) -> None:
    made = begin(country)
    with pytest.raises(Refused, match=told):
        register(country, made, sheet)
    with use_scope(SYSTEM_SCOPE):
        assert Letter.objects.filter(exchange=made).count() == 1


def test_letters_are_handed_in_for_what_the_milestone_expects(country: Country, works: Works) -> None:
    milestone = works.of("list")[0]
    made = begin(country, milestone=milestone)
    register(country, made, Sheet(Direction.OUT, "16", datetime.date(2026, 2, 21), is_proof=True))
    register(country, made, Sheet(Direction.IN, "77", datetime.date(2026, 2, 27), is_proof=True))
    with use_scope(SYSTEM_SCOPE):
        keys = set(Proof.objects.filter(milestone=milestone).values_list("expected_key", flat=True))
        asked = {each.evidence_type: each.key for each in works.measures["list"].documents.all()}
        assert keys == {asked["letter-out"], asked["letter-in"]}
        assert Milestone.objects.get(pk=milestone.pk).progress == "part"


SEES = {
    "admin": True, "operator": True, "ministry": True, "coordinator": True, "centre": True, "controller": True, "town": False,
    "school": False, "stranger": False,
}  # fmt: skip
WRITES = {"admin", "operator", "coordinator", "centre"}


@pytest.mark.parametrize("name", SEES)
def test_who_sees_and_writes(country: Country, name: str) -> None:
    made = begin(country)
    scope = country.scope(name)
    with use_scope(scope):
        assert Exchange.objects.filter(pk=made.pk).exists() is SEES[name]
        assert Exchange.objects.visible_to(scope).filter(pk=made.pk).exists() is SEES[name]
        assert Letter.objects.filter(exchange_id=made.pk).exists() is SEES[name]
    client = signed_in(country, name)
    assert client.get(f"/exchanges/{made.pk}/").status_code == (200 if SEES[name] else 404)
    letter = {"direction": "in", "number": "9", "dated_on": "2026-02-25"}
    answered = client.post(f"/exchanges/{made.pk}/", letter).status_code
    assert answered == (302 if name in WRITES else 403 if SEES[name] else 404)
    assert client.get(f"/exchanges/{made.pk}/draft.docx").status_code == (
        200 if name in WRITES else 403 if name in ("ministry", "controller") else 404
    )
    if name not in WRITES:
        with pytest.raises((NotAllowed, Refused)):
            register(country, made, Sheet(Direction.IN, "10", TODAY), name)
        values = {"exchange": made, "region_id": "02", "direction": "in", "number": "11", "dated_on": TODAY}
        signed = {"registered_at": AT, "registered_by": country.people[name]}
        with use_scope(scope), pytest.raises(DatabaseError), transaction.atomic():
            Letter.objects.create(**values, **signed)


def test_nobody_writes_in_the_name_of_another_region(country: Country) -> None:
    with pytest.raises(NotAllowed):
        begin(country, "stranger")


def test_the_pages_take_a_letter_and_show_it(country: Country) -> None:
    client = signed_in(country, "coordinator")
    given = {
        "organisation": country.organisations["body02"].pk, "counterpart_name": "Оператор", "subject": "О дизайн-проекте", "direction": "out",
        "number": "41", "dated_on": "2026-02-20", "answer_due_on": "2026-02-25", "file": SimpleUploadedFile("письмо.txt", "текст".encode()),
    }  # fmt: skip
    made = client.post("/exchanges/new/", given)
    assert made.status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert "ждём ответа" in page and "письмо.txt" in page and "прошёл" in page
    draft = client.get(f"{made['Location']}draft.docx")
    text = "\n".join(each.text for each in Document(io.BytesIO(draft.content)).paragraphs)
    assert "О дизайн-проекте" in text and "В дополнение к письму от 20.02.2026 № 41" in text
    assert "О дизайн-проекте" in client.get("/exchanges/?turn=them&q=дизайн").content.decode()
    assert "О дизайн-проекте" not in client.get("/exchanges/?turn=us").content.decode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": ""}, "Укажите номер письма"),
        ({"dated_on": "31.31.2026"}, "Дата не понята"),
        ({"subject": ""}, "Напишите, о чём переписка"),
        ({"counterpart_name": ""}, "Укажите другую сторону"),
        ({"file": SimpleUploadedFile("пусто.pdf", b"")}, "Файл пуст"),
        ({"organisation": "999999"}, "Выберите корректный вариант"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_saved(country: Country, change: dict[str, object], told: str) -> None:
    client = signed_in(country, "coordinator")
    given = {
        "organisation": country.organisations["body02"].pk, "counterpart_name": "Оператор", "subject": "О проекте", "direction": "out",
        "number": "41", "dated_on": "2026-02-20",
    }  # fmt: skip
    answer = client.post("/exchanges/new/", {**given, **change})
    assert answer.status_code == 422 and told in answer.content.decode()
    with use_scope(SYSTEM_SCOPE):
        assert not Exchange.objects.exists()


def test_a_list_asks_as_much_for_many_as_for_one(country: Country, django_assert_num_queries: object) -> None:
    scope = country.scope("coordinator")
    for _ in range(3):
        begin(country)
    with use_scope(scope), django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list_exchanges(scope, Filters(words="инфраструктурного"), day=TODAY)) == 3


def test_a_swap_is_a_reload(country: Country) -> None:
    begin(country)
    assert_swap_is_reload(signed_in(country, "coordinator"), "/exchanges/", "/exchanges/?turn=them", target="exchanges")


@pytest.mark.parametrize("query", ["?page=x", "?turn=king", "?q=%00", "?milestone=9"])
def test_nonsense_in_the_address_is_answered(country: Country, query: str) -> None:
    assert signed_in(country, "coordinator").get(f"/exchanges/{query}").status_code == 200
