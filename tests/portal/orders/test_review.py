"""The review page: what it shows, who opens it, a swap is a reload, as many queries for many rows as for few, two officials at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from tests.portal.orders.uploads import PLAIN, SAMPLES, draft_of, read, upload
from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.ui.swaps import shown, swap
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Measure, Reading, Revision
from vekha_portal.registry.models import Programme


@pytest.fixture
def country(db):
    made = make_country()
    with use_scope(SYSTEM_SCOPE):
        yield made


@pytest.fixture
def draft(country: Country) -> Revision:
    """The draft of a plain order."""
    return draft_of(read(upload(country, PLAIN.read_bytes(), PLAIN.name)))


def drafted(country: Country, path: Path) -> Revision:
    return draft_of(read(upload(country, path.read_bytes(), path.name)))


def first(draft: Revision) -> Measure:
    return Measure.objects.filter(revision=draft, removed_at=None).order_by("position")[0]


def page_of(client: Client, draft: Revision) -> str:
    response = client.get(f"/orders/revisions/{draft.pk}/review/")
    assert response.status_code == 200
    return response.content.decode()


def posted(form: Any, **more: object) -> dict[str, str]:
    """What a browser would send of a form of lxml, with some fields typed over."""
    fields = {name: value or "" for name, value in form.form_values()}
    return fields | {name: str(value) for name, value in more.items()}


def editor(client: Client, measure: Measure) -> Any:
    response = client.get(f"/orders/measures/{measure.pk}/")
    assert response.status_code == 200
    document: Any = html.document_fromstring(response.content.decode())
    forms = document.forms
    return next(form for form in forms if form.action == f"/orders/measures/{measure.pk}/")


@pytest.mark.parametrize(
    "path", [*sorted(SAMPLES.glob("0[1-9]*")), SAMPLES / "12-working-plan.odt"], ids=lambda path: path.name
)
def test_every_measure_leads_to_its_place_and_back(country: Country, path: Path) -> None:
    draft = drafted(country, path)
    document: Any = html.document_fromstring(page_of(signed_in(country, "coordinator"), draft))
    ids = {each.get("id") for each in document.xpath("//*[@id]")}
    links = document.xpath("//a[starts-with(@href, '#')]/@href")
    assert {link[1:] for link in links if link != "#main"} <= ids
    assert len(ids) == len(document.xpath("//*[@id]")), "every anchor is there once"
    cited = document.xpath("//article//a[@data-cited]")
    assert len(cited) == Measure.objects.filter(revision=draft).count()
    back = set(document.xpath("//*[@id='source']//a/@href"))
    assert back == {f"#measure-{pk}" for pk in Measure.objects.filter(revision=draft).values_list("pk", flat=True)}


def test_joins_over_page_breaks_are_told(country: Country, seeds_dir: Path) -> None:
    path = next(seeds_dir.glob("001_*.txt"))
    text = page_of(signed_in(country, "coordinator"), drafted(country, path))
    assert "строка продолжается ниже: строка 47" in text


def test_doubts_stand_out_in_words(country: Country) -> None:
    text = page_of(signed_in(country, "coordinator"), drafted(country, SAMPLES / "06-deadline-classes.txt"))
    assert "требуют внимания: " in text
    assert "vk-tone-bad" in text
    assert "нерабочий день" in text


def test_dates_are_shown_with_their_days_off(country: Country, draft: Revision) -> None:
    measure = first(draft)
    address = f"/orders/measures/{measure.pk}/dates/?measure-{measure.pk}-deadline=до 1 марта 2026 г."
    answer = signed_in(country, "coordinator").get(address).content.decode()
    assert "01.03.2026" in answer
    assert "нерабочий день" in answer
    assert "27.02.2026" in answer
    assert "02.03.2026" in answer
    measure.refresh_from_db()
    assert measure.version == 1, "looking writes nothing"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        *((200, name) for name in ("coordinator", "admin", "centre")),
        *((403, name) for name in ("operator", "ministry", "controller")),
        *((404, name) for name in ("town", "school", "stranger")),
    ],
)
def test_who_opens_the_review(country: Country, draft: Revision, name: str, status: int) -> None:
    client = signed_in(country, name)
    measure = first(draft)
    for address in (
        f"/orders/revisions/{draft.pk}/review/",
        f"/orders/measures/{measure.pk}/",
        f"/orders/revisions/{draft.pk}/add/",
    ):
        answer = client.get(address).status_code
        assert answer == status, address
    answer = client.post(f"/orders/measures/{measure.pk}/remove/", {"version": 1, "reason": "x"}).status_code
    assert (answer == 302) == (status == 200)
    with use_scope(SYSTEM_SCOPE):
        assert (Measure.objects.get(pk=measure.pk).removed_at is None) == (status != 200)


def test_a_change_without_scripts(country: Country, draft: Revision) -> None:
    client, measure = signed_in(country, "coordinator"), first(draft)
    prefix = f"measure-{measure.pk}"
    form = posted(
        editor(client, measure), **{f"{prefix}-deadline": "не позднее 15 мая 2026 г.", f"{prefix}-reach": "centre"}
    )
    response = client.post(f"/orders/measures/{measure.pk}/", form)
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/orders/revisions/{draft.pk}/review/#measure-{measure.pk}",
    )
    measure.refresh_from_db()
    assert (measure.deadline, measure.reach, measure.version) == ("не позднее 15 мая 2026 г.", "centre", 2)
    entry = Entry.objects.get(kind="measure-changed")
    assert entry.data["срок, как в документе"]["стало"] == "не позднее 15 мая 2026 г."
    assert entry.by_name.startswith("Coordinator")


def test_a_swap_is_a_reload(country: Country, draft: Revision) -> None:
    client, measure = signed_in(country, "coordinator"), first(draft)
    region = f"measure-{measure.pk}"
    ask = {"HX-Request": "true", "HX-Target": region}
    before = page_of(client, draft)
    opened = client.get(f"/orders/measures/{measure.pk}/", headers=ask)
    page = swap(before, opened, region)
    document: Any = html.document_fromstring(page)
    forms = document.forms
    form = posted(
        next(each for each in forms if each.get("hx-post") == f"/orders/measures/{measure.pk}/"),
        **{f"{region}-deadline": ""},
    )
    written = client.post(f"/orders/measures/{measure.pk}/", form, headers=ask)
    assert shown(swap(page, written, region)) == shown(page_of(client, draft))
    closed = client.get(f"/orders/measures/{measure.pk}/line/", headers=ask)
    assert shown(swap(page, closed, region)) == shown(page_of(client, draft))


def test_the_second_of_two_officials_is_told_what_changed(country: Country, draft: Revision) -> None:
    one, other = signed_in(country, "coordinator"), signed_in(country, "centre")
    measure = first(draft)
    prefix = f"measure-{measure.pk}"
    forms = [posted(editor(client, measure)) for client in (one, other)]
    assert (
        one.post(f"/orders/measures/{measure.pk}/", forms[0] | {f"{prefix}-deadline": "до 1 июня 2026 г."}).status_code
        == 302
    )
    response = other.post(f"/orders/measures/{measure.pk}/", forms[1] | {f"{prefix}-text": "Утвердить иначе"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "изменил кто-то другой" in text
    assert "Coordinator" in text
    assert "июня" in text
    assert "Утвердить иначе" in text, "what was typed is not lost"
    measure.refresh_from_db()
    assert (measure.deadline, measure.version) == ("до 1 июня 2026 г.", 2)
    document: Any = html.document_fromstring(text)
    again = document.forms
    form = posted(next(each for each in again if each.action == f"/orders/measures/{measure.pk}/"))
    assert other.post(f"/orders/measures/{measure.pk}/", form).status_code == 302


def test_many_measures_cost_as_many_queries_as_few(country: Country, draft: Revision) -> None:
    client = signed_in(country, "coordinator")
    page_of(client, draft)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(client, draft)
    rows = "".join(
        f"{number}\tУтвердить порядок {number}\tДепартамент; школы\tприказ; отчёт\tдо {number % 28 + 1} марта 2026 г.\n"
        for number in range(1, 301)
    )
    header = "№\tМероприятие\tОтветственный\tРезультат\tСрок\n"
    many = draft_of(read(upload(country, (header + rows).encode(), "план.txt")))
    assert Measure.objects.filter(revision=many).count() == 300
    with CaptureQueriesContext(connection) as count:
        text = page_of(client, many)
    assert text.count("<article") == 300
    assert len(count) == len(few)
    assert len(few) <= 17


def test_the_programme_is_chosen_where_the_document_names_none(country: Country) -> None:
    content = "№\tМероприятие\tСрок\tОтветственный\n1\tУтвердить план\t1 марта 2026 г.\tДепартамент\n2\tСдать отчёт\t1 мая 2026 г.\tДепартамент\n"
    draft = draft_of(read(upload(country, content.encode(), year=2026)))
    assert (draft.roadmap.programme_id, draft.roadmap.subsidy_year) == (None, 2026)
    client = signed_in(country, "coordinator")
    assert "Программа не выбрана" in page_of(client, draft)
    given = {
        "version": draft.version,
        "title": "План",
        "programme": Programme.objects.get(pk="growth-point").pk,
        "subsidy_year": 2027,
    }
    assert client.post(f"/orders/revisions/{draft.pk}/roadmap/", {**given, "programme": ""}).status_code == 422
    assert client.post(f"/orders/revisions/{draft.pk}/roadmap/", given).status_code == 302
    draft.roadmap.refresh_from_db()
    assert (draft.roadmap.programme_id, draft.roadmap.subsidy_year, draft.roadmap.title) == (
        "growth-point",
        2027,
        "План",
    )
    assert client.post(f"/orders/revisions/{draft.pk}/roadmap/", given).status_code == 422, "the version is an old one"


def test_an_approved_revision_is_not_reviewed(country: Country, draft: Revision) -> None:
    Revision.objects.filter(pk=draft.pk).update(approved_at=AT, approved_by=country.people["coordinator"])
    client = signed_in(country, "coordinator")
    assert client.get(f"/orders/revisions/{draft.pk}/review/").status_code == 302
    measure = first(draft)
    response = client.post(f"/orders/measures/{measure.pk}/remove/", {"version": 1, "reason": "x"})
    assert response.status_code == 422
    assert "уже утверждена" in response.content.decode()


def test_pictures_of_pages(country: Country) -> None:
    path = SAMPLES / "16-landscape.pdf"
    reading = read(upload(country, path.read_bytes(), path.name))
    client = signed_in(country, "coordinator")
    for _ in range(2):
        picture = client.get(f"/orders/reading/{reading.pk}/page/1.png")
        assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert client.get(f"/orders/reading/{reading.pk}/page/4.png").status_code == 404
    assert "Страница 1 документа" in page_of(client, draft_of(reading))
    assert signed_in(country, "stranger").get(f"/orders/reading/{reading.pk}/page/1.png").status_code == 404


def test_the_upload_page(country: Country) -> None:
    client, body = signed_in(country, "coordinator"), country.organisations["body02"]
    assert client.get("/orders/upload/").status_code == 200
    assert signed_in(country, "controller").get("/orders/upload/").status_code == 403
    with PLAIN.open("rb") as file:
        response = client.post("/orders/upload/", {"file": file, "organisation": body.pk, "subsidy_year": "2026"})
    reading = Reading.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, f"/orders/reading/{reading.pk}/")
    waiting = client.get(response.headers["Location"]).content.decode()
    assert "Ждёт очереди" in waiting
    refused = client.post("/orders/upload/", {"organisation": body.pk})
    assert refused.status_code == 422
    assert "Выберите файл" in refused.content.decode()
    with PLAIN.open("rb") as file:
        client.post("/orders/upload/", {"file": file, "organisation": body.pk})
    second = Reading.objects.latest("pk")
    assert "Этот же файл уже загружали" in client.get(f"/orders/reading/{second.pk}/").content.decode()
    with PLAIN.open("rb") as file:
        assert (
            client.post(
                "/orders/upload/", {"file": file, "organisation": country.organisations["body01"].pk}
            ).status_code
            == 422
        )


def test_polling_is_a_reload(country: Country) -> None:
    reading = upload(country, PLAIN.read_bytes(), PLAIN.name)
    client, address = signed_in(country, "coordinator"), f"/orders/reading/{reading.pk}/"
    before = client.get(address).content.decode()
    Reading.objects.filter(pk=reading.pk).update(begun_at=AT, step="Прочитано страниц: 1 из 4", share=25)
    ask = {"HX-Request": "true", "HX-Target": "progress"}
    half = client.get(address, headers=ask)
    assert "Прочитано страниц: 1 из 4" in half.content.decode()
    assert shown(swap(before, half, "progress")) == shown(client.get(address).content.decode())
    read(reading)
    done = client.get(address, headers=ask)
    assert "every 1s" not in done.content.decode()
    assert shown(swap(before, done, "progress")) == shown(client.get(address).content.decode())
