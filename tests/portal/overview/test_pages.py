"""A centre, the workload, the search, the doors of administrators."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from tests.portal.overview.conftest import DAY, put
from tests.portal.people import AT, Country, signed_in
from tests.portal.works import Works
from vekha_portal.accounts.models import Deputy
from vekha_portal.centres.models import Centre
from vekha_portal.execution.models import Evidence, Milestone, Proof
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Responsible
from vekha_portal.overview.folding import FROM, TO, find_key
from vekha_portal.registry.models import Organisation


def test_a_centre_shows_its_stages_in_the_order_of_work(works: Works, country: Country) -> None:
    centre = works.centres[0]
    put(works.of("training", centre)[0], "accepted")
    page = signed_in(country, "school").get(f"/centre/{centre.pk}/")
    steps = {step.title: step.state.label for step in page.context["steps"]}
    assert list(steps.items()) == [
        ("Правовая основа", "просрочено"),
        ("Инфраструктурный лист", "ждёт срока"),
        ("Обучение педагогов", "принято"),
        ("Начало работы", "скоро срок"),
        ("Мониторинг показателей", "просрочено"),
    ]
    assert [row.milestone.pk for row in page.context["month"]] == [works.of("report", centre)[0].pk]
    shown = sum(len(stage.rows) for stage in page.context["stages"])
    assert shown == 7
    text = page.content.decode()
    assert country.people["school"].full_name in text
    assert "создаётся" in text


def test_a_centre_shows_its_documents(works: Works, country: Country) -> None:
    milestone = works.of("report", works.centres[0])[0]
    owned = {"region_id": "02", "organisation_id": milestone.organisation_id}
    with use_scope(SYSTEM_SCOPE):
        evidence = Evidence.objects.create(
            **owned, evidence_type="report", title="Отчёт за квартал", reference="дело 5", added_at=AT, added_by=country.people["school"]
        )  # fmt: skip
        Proof.objects.create(
            **owned, milestone=milestone, evidence=evidence, submitted_at=AT, submitted_by=country.people["school"]
        )
    assert (
        "Отчёт за квартал" in signed_in(country, "coordinator").get(f"/centre/{works.centres[0].pk}/").content.decode()
    )
    assert (
        "Отчёт за квартал"
        not in signed_in(country, "coordinator").get(f"/centre/{works.centres[1].pk}/").content.decode()
    )


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"opened_on": datetime.date(2026, 5, 1)}, "работает"),
        (
            {"opened_on": datetime.date(2026, 5, 1), "closed_on": datetime.date(2026, 5, 20), "closed_because": "акт"},
            "закрыт",
        ),
        ({"removed_at": AT, "removed_because": "отказ школы"}, "исключён из перечня"),
    ],
)
def test_a_centre_says_what_has_become_of_it(works: Works, country: Country, values: dict, word: str) -> None:
    with use_scope(SYSTEM_SCOPE):
        Centre.objects.filter(pk=works.centres[0].pk).update(**values)
    page = signed_in(country, "coordinator").get(f"/centre/{works.centres[0].pk}/")
    assert page.context["state"].label == word


def test_the_workload_is_counted_as_by_hand(works: Works, country: Country) -> None:
    put(works.of("training", works.centres[0])[0], "accepted")
    with use_scope(SYSTEM_SCOPE):
        rows = [row for row in Milestone.objects.filter(region_id="02") if row.due_on and not row.is_done]
        Responsible.objects.filter(measure=works.measures["report"]).update(mapped_person=country.people["town"])
    page = signed_in(country, "coordinator").get("/workload/?since=2026-01-01&until=2026-12-31")
    days = {line.loaded.day: (line.loaded.count, line.loaded.organisations) for line in page.context["lines"]}
    assert days == {
        day: (
            sum(row.due_on == day for row in rows),
            len({row.organisation_id for row in rows if row.due_on == day}),
        )
        for day in {row.due_on for row in rows}
    }
    assert page.context["heaviest"][0].loaded.day == datetime.date(2026, 6, 1)
    organisations = {each["organisation_id"]: each["count"] for each, _ in page.context["organisations"]}
    assert organisations == {
        each: sum(row.organisation_id == each for row in rows) for each in {row.organisation_id for row in rows}
    }
    carriers = {carrier.person: carrier.count for carrier in page.context["carriers"]}
    assert carriers == {country.people["town"].pk: 9}
    day = page.context["lines"][0]
    assert signed_in(country, "coordinator").get(day.url).context["page"].paginator.count == day.loaded.count


def test_absences_are_shown_with_who_stands_in(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        Deputy.objects.create(
            principal=country.people["town"], deputy=country.people["coordinator"], region_id="02", since=DAY,
            until=DAY + datetime.timedelta(14), reason="ежегодный отпуск",
        )  # fmt: skip
    assert "ежегодный отпуск" in signed_in(country, "coordinator").get("/workload/").content.decode()
    assert "ежегодный отпуск" in signed_in(country, "ministry").get("/workload/").content.decode()
    assert "ежегодный отпуск" not in signed_in(country, "stranger").get("/workload/").content.decode()
    later = signed_in(country, "coordinator").get("/workload/?since=2026-07-01").content.decode()
    assert "ежегодный отпуск" not in later


def test_the_country_s_workload_names_regions_and_leads_into_them(works: Works, country: Country) -> None:
    page = signed_in(country, "ministry").get("/workload/?since=2026-01-01&until=2026-12-31")
    assert page.context["organisations"] == []
    each, url = page.context["regions"][0]
    assert each["region_id"] == "02"
    assert signed_in(country, "ministry").get(url).context["organisations"]


FOUND = (
    ("15-р", "orders"), ("комплекса МЕР", "orders"), ("ПЕДАГОГОВ центр", "measures"), ("отчет о показателях", "measures"),
    ("3. обучить", "measures"), ("мбоу сош 101", "centres"), ("MБOУ 101", "centres"), ("институт развития", "organisations"),
)  # fmt: skip


def test_things_are_found_whatever_was_typed(works: Works, country: Country) -> None:
    client = signed_in(country, "coordinator")
    for words, group in FOUND:
        page = client.get("/search/", {"q": words})
        assert getattr(page.context["found"], group), words
    for words in ("нет такого нигде", "педагогов нет", "%%%", "_" * 5):
        assert client.get("/search/", {"q": words}).context["found"].is_empty, words
    assert client.get("/search/", {"q": "я"}).context["too_short"]
    assert "found" not in client.get("/search/").context


def test_an_organisation_is_found_by_its_number(works: Works, country: Country) -> None:
    with use_scope(SYSTEM_SCOPE):
        Organisation.objects.filter(pk=country.organisations["school02"].pk).update(inn="7707083893")
    page = signed_in(country, "coordinator").get("/search/?q=7707083893")
    assert [each.pk for each in page.context["organisations"]] == [country.organisations["school02"].pk]
    assert signed_in(country, "stranger").get("/search/?q=7707083893").context["found"].is_empty


def test_python_and_the_database_fold_alike(works: Works) -> None:
    texts = ["Закупка «Ёлка»\n№ 5 — MAOU", FROM, "IT-куб, VR и 3D\N{NO-BREAK SPACE}принтер", "", "100 % \\ _"]
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute("select overview_fold(%s)", [text])
            assert cursor.fetchone() == (find_key(text),)
    assert len(FROM) == len(TO) == len(set(FROM))


def test_the_doors_of_an_administrator_lead_somewhere(works: Works, country: Country) -> None:
    client = signed_in(country, "admin")
    page = client.get("/administration/")
    doors = {door.title: door.url for door in page.context["doors"]}
    assert {
        "Люди и роли",
        "Организации",
        "Программы и наборы данных",
        "Календарь",
        "Журнал",
        "Состояние программы",
    } <= doors.keys()
    for title in ("Программы и наборы данных", "Календарь", "Состояние программы", "Журнал"):
        assert client.get(doors[title]).status_code == 200, title
    calendar = {each.year: each for each in client.get("/administration/calendar/").context["years"]}
    assert "№ 1314" in calendar[2024].decree
    assert calendar[2028].is_provisional
    assert "Точка роста" in client.get("/administration/packs/").content.decode()
    assert any(each.what == "Tesseract" for each, _ in client.get("/administration/health/").context["findings"])


def test_the_journal_of_a_region_is_verified_by_a_button(works: Works, country: Country) -> None:
    client = signed_in(country, "admin")
    page = client.post("/administration/journal/", {"region": "02"})
    assert "Журнал цел" in page.content.decode()
    with use_scope(SYSTEM_SCOPE):
        entries = Entry.objects.filter(shard="02")
        assert page.context["count"] == entries.count() - 1
        assert entries.filter(kind="journal-verified", about_id="02").exists()
    for wrong in ("", "00", "zz", "\x00"):
        assert client.post("/administration/journal/", {"region": wrong}).headers["Location"] == "/administration/"
    assert signed_in(country, "coordinator").post("/administration/journal/", {"region": "02"}).status_code == 403
    assert client.get("/administration/journal/").status_code == 405
