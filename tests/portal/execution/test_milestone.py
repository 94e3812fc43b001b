"""The page «Контрольная точка»: what it shows to whom, the form that hands a document in, and the deeds on one document."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from PIL import Image

from tests.portal.execution.deeds import DAY, PDF, Deeds
from tests.portal.people import make_person, signed_in
from vekha_portal.accounts.roles import Role
from vekha_portal.execution.actions.evidence import Card, Upload
from vekha_portal.execution.models import Evidence, Milestone, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


def page_of(milestone: Milestone) -> str:
    return reverse("execution_milestone", args=[milestone.pk])


def words(response: Any) -> str:
    page: Any = html.document_fromstring(response.content.decode())
    return " ".join(page.find(".//main").text_content().split())


def send(client: Client, milestone: Milestone, **values: Any) -> Any:
    given = {"dated_on": "2026-02-20", "number": "17", "evidence_type": "", **values}
    return client.post(page_of(milestone), given)


def test_a_school_hands_a_document_in_and_the_town_accepts_it(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    school, town = signed_in(deeds.country, "school"), signed_in(deeds.country, "town")
    with use_scope(SYSTEM_SCOPE):
        key = str(deeds.key(milestone))
    before = words(school.get(page_of(milestone)))
    assert "Не хватает: отчёт" in before
    assert "за I квартал 2026" in before
    file = SimpleUploadedFile("../../отчёт <b>за квартал</b>.pdf", PDF, "text/html")
    assert send(school, milestone, expected=key, file=file).status_code == 302
    shown = words(school.get(page_of(milestone)))
    assert "подано, ждёт решения" in shown and "Не хватает" not in shown and "просрочено" not in shown
    with use_scope(SYSTEM_SCOPE):
        proof = Proof.objects.get(milestone=milestone)
        evidence = Evidence.objects.select_related("file").get(pk=proof.evidence_id)
        assert evidence.file is not None
        assert evidence.file.media_type == "application/pdf"
        assert not {"/", "\\"} & set(evidence.file.name)
    assert "Принять" in words(town.get(page_of(milestone)))
    assert "Принять" not in shown
    assert town.post(reverse("execution_accept", args=[proof.pk])).status_code == 302
    assert "Всё принято" in words(school.get(page_of(milestone)))


def test_each_error_of_the_form_is_said_beside_what_was_typed(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    school = signed_in(deeds.country, "school")
    for values, sentence in (
        ({"dated_on": ""}, "Укажите дату."),
        ({"dated_on": "31.02.2026"}, "Дата не понята"),
        ({"dated_on": "2126-01-01", "reference": "дело"}, "ещё не наступила"),
        ({}, "Приложите файл или напишите"),
        ({"url": "ftp://example.org/"}, "http://"),
        ({"expected": "не ключ"}, "Выберите корректный вариант"),
        ({"evidence_type": "", "expected": "", "reference": "дело"}, "Выберите вид дополнительного"),
    ):
        with use_scope(SYSTEM_SCOPE):
            key = str(deeds.key(milestone))
        answer = send(school, milestone, **{"expected": key, **values})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), sentence
    with use_scope(SYSTEM_SCOPE):
        assert not Proof.objects.exists() and not Evidence.objects.exists()


def test_what_people_typed_is_only_ever_text(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    school = signed_in(deeds.country, "school")
    with use_scope(SYSTEM_SCOPE):
        key = str(deeds.key(milestone))
    bad = '"><script>alert(1)</script>'
    sent = {"number": bad, "title": bad, "issuer": bad, "reference": bad, "url": "https://example.org/?q=<b>"}
    assert send(school, milestone, expected=key, **sent).status_code == 302
    shown = school.get(page_of(milestone)).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown
    assert 'href="https://example.org/?q=&lt;b&gt;"' in shown


def test_the_same_file_elsewhere_is_told_with_its_place(deeds: Deeds) -> None:
    one, two = deeds.works.of("report", deeds.works.centres[0])[:2]
    school = signed_in(deeds.country, "school")
    with use_scope(SYSTEM_SCOPE):
        key = str(deeds.key(one))
    for milestone in (one, two):
        assert send(school, milestone, expected=key, file=SimpleUploadedFile("о.pdf", PDF)).status_code == 302
    page = school.get(page_of(two))
    assert "Такой же файл уже подан: 4. Представить отчёт о показателях, МБОУ «СОШ № 5»" in page.content.decode()
    assert "Такой же файл подан ещё" in words(page)


def test_late_by_one_day_and_in_time_by_the_other(deeds: Deeds) -> None:
    """Dated in time, handed in later: both are shown."""
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    late = datetime.datetime(2026, 4, 4, 9, 0, tzinfo=datetime.UTC)
    deeds.hand_in("school", milestone, "report", day=datetime.date(2026, 3, 31), at=late)
    shown = words(signed_in(deeds.country, "school").get(page_of(milestone)))
    assert "По дате последнего документа, 31.03.2026: в срок" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "По дате подачи, 04.04.2026: с опозданием на 3 дня" in shown.replace("\N{NO-BREAK SPACE}", " ")


def test_letters_out_of_order_are_said_aloud(deeds: Deeds) -> None:
    milestone = deeds.works.of("list")[0]
    for kind, number in (("letter-out", 9), ("letter-in", 12), ("education-body-order", 10)):
        deeds.hand_in("coordinator", milestone, kind, day=datetime.date(2026, 2, number))
    shown = words(signed_in(deeds.country, "centre").get(page_of(milestone)))
    assert "«распоряжение (приказ) органа управления образованием» от 10.02.2026 раньше, чем «входящее письмо» от 12.02.2026" in shown
    assert shown.count("Порядок дат.") == 1


DEEDS = {
    "execution_return": ("town", "Документ «в деле № 5» возвращён."),
    "execution_recall": ("school", "отозван"),
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_asks_for_its_reason(deeds: Deeds, name: str) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    proof = deeds.hand_in("school", milestone, "report")
    who, done = DEEDS[name]
    client, address = signed_in(deeds.country, who), reverse(name, args=[proof.pk])
    assert client.get(address).status_code == 200
    dialog = client.get(address, headers={"HX-Request": "true", "HX-Target": "dialog"})
    assert dialog.content.decode().lstrip().startswith("<form")
    assert client.post(address, {"reason": " "}).status_code == 422
    assert done in words_of_messages(client.post(address, {"reason": "нет подписи"}, follow=True))
    with use_scope(SYSTEM_SCOPE):
        row = Proof.objects.with_outcome().get(pk=proof.pk)
        assert (row.outcome, row.recalled_because) in (("returned", ""), ("", "нет подписи"))


def test_terms_are_changed_on_their_pages(deeds: Deeds) -> None:
    """Asked, refused, asked again, granted; not applicable and needed again."""
    milestone = deeds.works.of("training", deeds.works.centres[0])[0]
    school, town = signed_in(deeds.country, "school"), signed_in(deeds.country, "town")
    ask = reverse("execution_ask_extension", args=[milestone.pk])
    assert school.post(ask, {"wanted_on": "2026-05-01", "reason": "нет"}).status_code == 422
    for answer, status in (({"answer": "refuse"}, 422), ({"answer": "refuse", "reason": "рано"}, 302)):
        school.post(ask, {"wanted_on": "2026-07-01", "reason": "курсы в июне"})
        with use_scope(SYSTEM_SCOPE):
            request = milestone.extensions.get(decided_at=None)
        found = town.post(reverse("execution_answer_extension", args=[request.pk]), answer)
        assert found.status_code == status
    assert school.post(ask, {"wanted_on": "2026-07-01", "reason": "курсы в июне"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        request = milestone.extensions.get(decided_at=None)
    page = words(town.get(page_of(milestone)))
    assert "Просят продлить до 01.07.2026." in page and "Ответить на просьбу" in page
    granted = {"answer": "grant", "granted_on": "2026-06-20"}
    assert town.post(reverse("execution_answer_extension", args=[request.pk]), granted).status_code == 302
    page = words(school.get(page_of(milestone)))
    assert "Срок продлён с 01.06.2026 до 20.06.2026" in page and "Отказано" in page
    off, on = (reverse(name, args=[milestone.pk]) for name in ("execution_not_applicable", "execution_applicable"))
    assert town.post(off, {"reason": "нет ставки"}).status_code == 422
    assert town.post(off, {"reason": "нет ставки", "agreed_with": "с департаментом"}).status_code == 302
    assert "Согласовано: с департаментом" in words(school.get(page_of(milestone)))
    assert town.post(on, {"reason": ""}).status_code == 422
    assert town.post(on, {"reason": "ставка есть"}).status_code == 302
    assert deeds.now(milestone).progress == "nothing"


def test_a_new_version_is_handed_in_on_its_page(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    proof = deeds.hand_in("school", milestone, "report")
    deeds.send_back("town", proof, "нет подписи")
    school, address = signed_in(deeds.country, "school"), reverse("execution_replace", args=[proof.pk])
    assert "в деле № 5" in school.get(address).content.decode()
    assert school.post(address, {"number": "8"}).status_code == 422
    sent = {"number": "8", "dated_on": "2026-02-25", "file": SimpleUploadedFile("о.pdf", PDF)}
    assert school.post(address, sent).status_code == 302
    page = words(school.get(page_of(milestone)))
    assert "Прежние: 1" in page and "о.pdf" in page
    assert deeds.now(milestone).progress == "submitted"


#: What a page answers to whom, for a document of a school: not signed in, unseen, closed, open.
ANSWERS = {
    "school": {"execution_milestone": 200, "execution_return": 403, "execution_recall": 200, "execution_replace": 200},
    "town": {"execution_return": 200, "execution_recall": 200, "execution_replace": 200, "execution_not_applicable": 200},
    "coordinator": {"execution_milestone": 200, "execution_return": 200, "execution_not_applicable": 200},
    "operator": {"execution_milestone": 200, "execution_recall": 403, "execution_not_applicable": 403},
    "controller": {"execution_milestone": 200, "execution_return": 403, "execution_recall": 403, "execution_ask_extension": 403},
    "ministry": {"execution_milestone": 200, "execution_return": 403},
    "stranger": {"execution_milestone": 404, "execution_return": 404, "execution_ask_extension": 404},
    "neighbour": {"execution_milestone": 404, "execution_recall": 404, "execution_ask_extension": 404, "execution_preview": 404},
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_every_door_answers_by_role(deeds: Deeds, name: str) -> None:
    milestone = deeds.works.of("training", deeds.works.centres[0])[0]
    made = deeds.enter("school", milestone, Card("certificate", DAY), file=Upload([PDF], "у.pdf"))
    proof = deeds.hand_in("school", milestone)
    if name == "neighbour":
        with use_scope(SYSTEM_SCOPE):
            person = make_person(name, Role.SCHOOL, deeds.works.centres[1].organisation)
            deeds.country.people[name], deeds.country.assignments[name] = person
    client = signed_in(deeds.country, name)
    about = {"execution_preview": made.pk, "execution_return": proof.pk, "execution_recall": proof.pk, "execution_replace": proof.pk}
    for door, status in ANSWERS[name].items():
        address = reverse(door, args=[about.get(door, milestone.pk)])
        assert client.get(address).status_code == status, door
        assert Client().get(address).status_code == 302, door


def test_a_press_of_accept_that_is_not_allowed_changes_nothing(deeds: Deeds) -> None:
    milestone = deeds.works.of("training", deeds.works.centres[0])[0]
    proof = deeds.hand_in("school", milestone)
    address = reverse("execution_accept", args=[proof.pk])
    for name, status in (("school", 403), ("operator", 403), ("controller", 403), ("stranger", 404)):
        assert signed_in(deeds.country, name).post(address).status_code == status, name
    town = signed_in(deeds.country, "town")
    assert town.get(address).status_code == 405
    assert town.post(address).status_code == 302
    assert "уже принят" in words_of_messages(town.post(address, follow=True))


def words_of_messages(response: Any) -> str:
    page: Any = html.document_fromstring(response.content.decode())
    return str(page.get_element_by_id("messages").text_content())


def test_the_page_asks_the_same_questions_however_many_documents(deeds: Deeds) -> None:
    milestone = deeds.works.of("list")[0]
    client = signed_in(deeds.country, "coordinator")
    deeds.hand_in("coordinator", milestone, "letter-out")
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(milestone))
    for number in range(8):
        proof = deeds.hand_in("coordinator", milestone, "letter-in", number=str(number))
        deeds.send_back("centre", proof)
    with CaptureQueriesContext(connection) as many:
        assert client.get(page_of(milestone)).status_code == 200
    assert len(many) == len(few) <= 32


def drawn(kind: str) -> bytes:
    """A picture with a place in its metadata, or a document of one page."""
    made = io.BytesIO()
    picture = Image.new("RGB", (900, 300), "navy")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    picture.save(made, "JPEG", exif=exif) if kind == "jpeg" else picture.save(made, "PDF")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["jpeg", "pdf"])
def test_a_preview_is_small_and_tells_nothing_else(deeds: Deeds, kind: str) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    made = deeds.enter("school", milestone, Card("report", DAY), file=Upload([drawn(kind)], "файл"))
    client, address = signed_in(deeds.country, "school"), reverse("execution_preview", args=[made.pk])
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(answer.content)).size == (480, 160)
    assert b"secret" not in answer.content
    assert client.get(address).content == answer.content


def test_what_cannot_be_drawn_is_a_sheet(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    made = deeds.enter("school", milestone, Card("report", DAY), file=Upload([b"%PDF-1.7\n" + b"\xff" * 999], "х.pdf"))
    answer = signed_in(deeds.country, "school").get(reverse("execution_preview", args=[made.pk]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
