"""The pages of waves: a wave from nothing to milestones, as the coordinator clicks it; closed doors; bad tables."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.plans import amend, apply, fill_wave, make_plan, make_wave, many_schools
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import make_schools
from vekha_portal.centres.models import Centre, ListImport, Wave
from vekha_portal.execution.models import Application, Milestone, Progress, Schedule
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.measures import Reach
from vekha_portal.registry.models import Organisation

EXTERNAL = "согласно графику, направляемому федеральным оператором"


@pytest.fixture
def country(db: None) -> Country:
    return make_country()


def table(rows: list[list[object]], head: list[str]) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    file = io.BytesIO(out.getvalue())
    file.name = "таблица.xlsx"
    return file


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_from_a_new_wave_to_its_milestones(country: Country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г.", "1 октября 2026 г., далее – ежеквартально", EXTERNAL])
        school = country.organisations["school02"]
    given: dict[str, Any] = {
        "programme": "growth-point",
        "region": "02",
        "subsidy_year": "2026",
        "organisation": country.organisations["body02"].pk,
    }
    made = client.post("/centres/waves/new/", given)
    card = made["Location"]
    assert client.post("/centres/waves/new/", given)["Location"] == card, "a double click opens the same wave"
    wave = card.rstrip("/").rsplit("/", 1)[1]
    choice = client.get(f"{card}schools/")
    assert school.name in text(choice)
    client.post(f"{card}schools/", {"school": [school.pk]})
    assert str(school) in text(client.get(card))
    assert school.name not in text(client.get(f"{card}schools/"))
    there = f"/execution/apply/{wave}/{revision.roadmap_id}/"
    keys = {each.position: f"reach-{each.key}" for each in revision.measures.all()}
    assert there in text(client.get(card))
    look = client.get(there)
    promised = re.search(r"Будет сделано: (\d+)", text(look))
    assert promised and "ждёт графика федерального оператора" in text(look)
    assert "выходной" in text(look)
    look = client.post(there, {keys[1]: "centre", "look": "1"})
    with use_scope(SYSTEM_SCOPE):
        assert look.status_code == 200 and not Application.objects.exists()
    done = client.post(there, {keys[1]: "centre"})
    with use_scope(SYSTEM_SCOPE):
        application = Application.objects.get()
        assert Milestone.objects.filter(application=application).count() == int(promised[1]) >= 8
        assert Milestone.objects.get(measure__position=1).centre is not None
    assert done["Location"] == f"/execution/{application.pk}/"
    assert client.post(there)["Location"] == f"/execution/{application.pk}/again/", "applied once"


def test_the_difference_is_shown_then_done(country: Country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г.", "1 апреля 2026 г."])
        application = apply(country, revision, make_wave(country))
    there = f"/execution/{application.pk}/again/"
    assert "Изменений нет" in text(client.get(there))
    with use_scope(SYSTEM_SCOPE):
        amend(country, revision, {1: "1 мая 2026 г.", 2: None})
    page = text(client.get(there))
    assert "<s>01.03.2026</s> → <b>01.05.2026</b>" in page and "Будут сняты" in page
    assert re.findall(r'vk-figure">(\d+)', page) == ["1", "1", "0", "0", "1"]
    assert client.post(there, {"version": "1"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert [str(each.due_on) for each in Milestone.objects.filter(withdrawn_at=None)] == ["2026-05-01"]
    assert client.post(there, {"version": "nonsense"}).status_code == 302, "nothing left to do"


def test_a_list_from_a_table(country: Country) -> None:
    """Errors at their cells, near doubles decided by a person, nothing half-done."""
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country, schools=0)
        Organisation.objects.filter(pk=country.organisations["school02"].pk).update(inn="7707083893")
        make_schools(country, 2)
    head = ["Полное наименование", "ИНН"]
    bad = table([["МБОУ «СОШ № 5» г. Зареченска 02", "7707083893"], ["МБОУ «СОШ № 777»", ""]], head)
    there = client.post(f"/waves/{wave.pk}/schools/upload/", {"file": bad})["Location"]
    page = client.get(there)
    assert "строка 3: Такой школы нет в реестре" in text(page)
    assert client.post(there).status_code == 422
    assert client.get(f"{there}errors.xlsx").content[:2] == b"PK"
    good = table([["школа пять", "7707083893"], ["МБОУ «СОШ № 101» гор. Зареченск", ""]], head)
    there = client.post(f"/waves/{wave.pk}/schools/upload/", {"file": good})["Location"]
    assert "похожа на школу из реестра" in text(client.get(there))
    assert client.post(there).status_code == 422
    with use_scope(SYSTEM_SCOPE):
        assert not Centre.objects.exists()
        alike = Organisation.objects.get(name__contains="№ 101")
    assert client.post(there, {"row-3": str(alike.pk)}).status_code == 302
    assert client.post(there, {"row-3": str(alike.pk)}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert Centre.objects.filter(wave=wave).count() == 2
    assert client.get(f"/centres/waves/{wave.pk}/schools.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize("content", [b"", b"no table", b"PK\x03\x04torn"])
def test_a_bad_table_is_answered_in_words(country: Country, content: bytes) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, [EXTERNAL])
        wave = make_wave(country)
        apply(country, revision, wave)
        key = str(revision.measures.get().key)
    file = io.BytesIO(content)
    file.name = "x.xlsx"
    asked: dict[str, Any] = {
        "kind": "schedule",
        "measures": [key],
        "number": "7",
        "dated_on": "2026-02-01",
        "file": file,
    }
    for there in (f"/waves/{wave.pk}/schools/upload/", f"/execution/schedules/{wave.pk}/upload/"):
        file.seek(0)
        answer = client.post(there, asked)
        if not content:
            assert answer.status_code == 422 and "пуст" in text(answer).lower()
            continue
        page = client.get(answer["Location"])
        assert page.status_code == 200 and "Что исправить" in text(page)
        assert client.post(answer["Location"]).status_code == 422
    with use_scope(SYSTEM_SCOPE):
        assert not Schedule.objects.exists()
        assert not ListImport.objects.exclude(applied_at=None).exists()


def test_a_schedule_from_a_table(country: Country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, [EXTERNAL], reach=Reach.CENTRE)
        wave = make_wave(country, schools=2)
        apply(country, revision, wave)
        key = str(revision.measures.get().key)
        names = list(Centre.objects.order_by("pk").values_list("organisation__name", flat=True))
    asked: dict[str, Any] = {"kind": "schedule", "measures": [key], "number": "7", "dated_on": "2026-02-01"}
    head = ["Полное наименование", "ИНН", "Срок"]
    rows: list[list[object]] = [[names[0], "", datetime.date(2026, 3, 10)], [names[1], "", "31.02.2026"]]
    there = client.post(f"/execution/schedules/{wave.pk}/upload/", {**asked, "file": table(rows, head)})["Location"]
    assert "такого дня нет" in text(client.get(there))
    assert client.post(there).status_code == 422


def test_a_day_for_the_whole_wave(country: Country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, [EXTERNAL, "1 марта 2026 г."])
        wave = make_wave(country)
        apply(country, revision, wave)
        key = str(revision.measures.get(position=1).key)
    there = f"/execution/schedules/{wave.pk}/"
    page = text(client.get(there))
    assert key in page and page.count('name="measures"') == 1
    assert client.post(there, {"kind": "schedule"}).status_code == 422
    given: dict[str, Any] = {
        "kind": "schedule",
        "measures": [key],
        "number": "15-7",
        "dated_on": "2026-02-01",
        "day": "2026-03-20",
    }
    assert client.post(there, given).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        assert str(Milestone.objects.get(measure__position=1).due_on) == "2026-03-20"
    assert "№ 15-7" in text(client.get("/execution/schedules/"))


def test_off_the_list_with_a_reason(country: Country) -> None:
    client = signed_in(country, "coordinator")
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["1 марта 2026 г.", "1 апреля 2026 г."], reach=Reach.CENTRE)
        wave = make_wave(country, schools=2)
        apply(country, revision, wave)
        centre = Centre.objects.order_by("pk").first()
        assert centre is not None
        Milestone.objects.filter(centre=centre, measure__position=1).update(progress=Progress.ACCEPTED)
    there = f"/waves/centres/{centre.pk}/remove/"
    assert client.post(there, {"reason": " "}).status_code == 422
    assert client.post(there, {"reason": "распоряжение № 9"}).status_code == 302
    with use_scope(SYSTEM_SCOPE):
        gone = Milestone.objects.filter(centre=centre).exclude(withdrawn_at=None)
        assert [each.withdrawn_because for each in gone] == ["исключена из перечня: распоряжение № 9"]
    page = text(client.get(f"/waves/{wave.pk}/"))
    assert "Исключены из перечня" in page and "распоряжение № 9" in page


PAGES = {
    "/centres/waves/": set(),
    "/centres/waves/new/": {"ministry", "controller", "town", "school"},
    "/waves/{wave}/": {"stranger"},
    "/waves/{wave}/schools/": {"ministry", "operator", "controller", "town", "school", "stranger"},
    "/centres/waves/{wave}/change/": {"ministry", "controller", "town", "school", "stranger"},
    "/execution/apply/{roadmap}/": {"ministry", "operator", "controller", "stranger"},
    "/execution/apply/{wave}/{roadmap}/": {"ministry", "operator", "controller", "town", "school", "stranger"},
    "/execution/schedules/": set(),
    "/execution/schedules/{wave}/": {"ministry", "controller", "town", "school", "stranger"},
    "/centres/{centre}/change/": {"ministry", "operator", "controller", "stranger"},
    "/waves/centres/{centre}/remove/": {"ministry", "operator", "controller", "town", "school", "stranger"},
}


@pytest.mark.parametrize(
    "name", ["admin", "operator", "ministry", "coordinator", "town", "school", "controller", "stranger"]
)
def test_which_doors_are_open(country: Country, name: str) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, ["1 марта 2026 г."]), make_wave(country)
        centre = Centre.objects.get()
    client = signed_in(country, name)
    places = {"wave": wave.pk, "roadmap": revision.roadmap_id, "centre": centre.pk}
    opened = {page: client.get(page.format(**places)).status_code for page in PAGES}
    assert {page for page, status in opened.items() if status != 200} == {
        page for page, closed in PAGES.items() if name in closed
    }
    assert set(opened.values()) <= {200, 403, 404}


def test_the_list_of_a_wave_takes_as_many_queries_for_many_schools(
    country: Country, django_assert_max_num_queries: Any
) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision, wave = make_plan(country, ["1 марта 2026 г."], reach=Reach.CENTRE), make_wave(country, schools=0)
        fill_wave(country, wave, many_schools(country, 60))
        apply(country, revision, wave)
    client = signed_in(country, "coordinator")
    with django_assert_max_num_queries(32):
        assert "0 из 1" in text(client.get(f"/waves/{wave.pk}/"))
    assert_swap_is_reload(client, f"/waves/{wave.pk}/", f"/waves/{wave.pk}/?q=1005", target="schools")
    assert_swap_is_reload(client, "/centres/waves/", "/centres/waves/?year=2026", target="waves")


def test_a_wave_ends(country: Country, client: Client) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = make_wave(country)
        Wave.objects.filter(pk=wave.pk).update(created_at=AT)
    browser = signed_in(country, "coordinator")
    there = f"/centres/waves/{wave.pk}/close/"
    assert browser.post(there, {"on": "2999-01-01", "reason": "всё"}).status_code == 422
    assert browser.post(there, {"on": "2026-03-03", "reason": "всё сделано"}).status_code == 302
    assert "Волна завершена 03.03.2026" in text(browser.get(f"/waves/{wave.pk}/"))
    assert client.get(there)["Location"].startswith("/sign-in/")


def test_a_need_is_called_for_from_the_wave(country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_plan(country, ["по мере необходимости", "1 марта 2026 г."], reach=Reach.CENTRE)
        wave = make_wave(country)
        application = apply(country, revision, wave)
        measure = revision.measures.get(position=1)
        centre = Centre.objects.get()
    client = signed_in(country, "coordinator")
    there = f"/execution/{application.pk}/need/{measure.pk}/"
    assert there in text(client.get(f"/waves/{wave.pk}/"))
    assert there not in text(signed_in(country, "town").get(f"/waves/{wave.pk}/"))
    assert client.post(there, {"centre": centre.pk, "due_on": "2020-01-01", "reason": "нужно"}).status_code == 422
    done = client.post(there, {"centre": centre.pk, "due_on": "2099-03-03", "reason": "нужно"})
    with use_scope(SYSTEM_SCOPE):
        made = Milestone.objects.get(measure=measure)
    assert done["Location"] == f"/execution/milestones/{made.pk}/"
