"""The page «Дорожная карта»: live states in one grouped query, waves, dates without a wave, matrix, chart, calendar, spreadsheet."""

from __future__ import annotations

import datetime
import io
from collections import Counter

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.portal.people import AT, Country, make_country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import Works, approve, make_measure, make_order, make_revision, make_works
from vekha_portal.centres.models import Wave
from vekha_portal.execution import roadmap_reads
from vekha_portal.execution.models import Application, Milestone, Progress, State
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.actions.settings import change_settings
from vekha_portal.orders.models import Measure, Responsible, Revision

DAY = datetime.date(2026, 5, 25)
TABS = ("", "matrix/", "gantt/", "calendar/", "document/")
#: Who sees the approved roadmap of region 02.
SEES = dict.fromkeys(
    ("admin", "operator", "ministry", "coordinator", "centre", "controller", "town", "school"), True
) | {"stranger": False}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2026, 5, 25, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def country(db) -> Country:
    return make_country()


@pytest.fixture
def works(country) -> Works:
    return make_works(country)


def page_of(works: Works) -> str:
    return f"/roadmaps/{works.roadmap.pk}/"


@pytest.mark.parametrize("name", sorted(SEES))
def test_who_sees_an_approved_roadmap(country, works, name) -> None:
    client = signed_in(country, name)
    for tab in (*TABS, "measures.xlsx"):
        assert client.get(page_of(works) + tab).status_code == (200 if SEES[name] else 404), tab


def test_a_draft_is_seen_only_where_it_is_kept(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country))
        make_measure(revision, 1, "Объявить закупки", deadline="до 1 марта 2026 г.", stage="procurement")
    for name, status in (("coordinator", 200), ("controller", 200), ("town", 404), ("school", 404), ("stranger", 404)):
        answer = signed_in(country, name).get(f"/roadmaps/{revision.roadmap_id}/")
        assert answer.status_code == status, name
        assert status == 404 or "Это черновик" in answer.content.decode()


def test_states_are_those_of_the_milestones_one_by_one(country, works) -> None:
    with use_scope(SYSTEM_SCOPE):
        training = works.of("training")
        Milestone.objects.filter(pk__in=[each.pk for each in training[:2]]).update(progress=Progress.ACCEPTED)
        Milestone.objects.filter(pk=training[2].pk).update(progress=Progress.SUBMITTED)
        Milestone.objects.filter(pk=works.of("report")[0].pk).update(progress=Progress.RETURNED)
    for name in ("coordinator", "school"):
        scope = country.scope(name)
        with use_scope(scope):
            slots = roadmap_reads.read_slots(scope, works.application, day=DAY)
            seen = Milestone.objects.visible_to(scope).in_force().filter(application=works.application)
            wanted = Counter((each.measure_key, each.due_on, each.state_on(DAY)) for each in seen)
        counted: Counter[tuple] = Counter()
        for slot in slots:
            counted[slot.key, slot.due, slot.state] += slot.count
        assert counted == wanted
        assert sum(counted.values()) > 0
    with use_scope(country.scope("school")):
        mine = roadmap_reads.read_slots(country.scope("school"), works.application, day=DAY)
        assert (
            sum(slot.count for slot in mine if slot.key == works.measures["training"].key) == 2
        )  # its own, not those of others


def test_the_next_day_is_the_first_that_is_owed(country, works) -> None:
    scope = country.scope("coordinator")
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk__in=[each.pk for each in works.of("report") if each.period == "2026-Q1"]).update(
            progress=Progress.ACCEPTED
        )
        Milestone.objects.filter(pk=works.of("basis")[0].pk).update(progress=Progress.ACCEPTED)
    with use_scope(scope):
        view = roadmap_reads.read_roadmap(
            scope, works.roadmap, works.revision, works.revision, works.application, day=DAY
        )
    shown = {row.measure.pk: row for row in view.measures}
    basis, listed, training, report = (
        shown[works.measures[name].pk] for name in ("basis", "list", "training", "report")
    )
    assert (basis.deadline.done, basis.deadline.left) == (True, "выполнено")
    assert listed.deadline.waiting == "ждёт графика федерального оператора"
    assert training.deadline.due == datetime.date(2026, 6, 1)
    assert report.deadline.due == datetime.date(2026, 7, 1)
    assert [day.due.month for day in report.days] == [4, 7, 10]
    assert {state.label: count for state, count, _ in training.counts} == {"скоро срок": 6}


def test_a_roadmap_without_a_wave_shows_the_days_of_its_year(country) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country))
        make_measure(
            revision,
            1,
            "Заключить соглашение",
            deadline="до 1 февраля года получения субсидии",
            stage="subsidy-agreement",
        )
        make_measure(revision, 2, "Согласовать лист", deadline="согласно графику", stage="infrastructure-list")
        make_measure(revision, 3, "Работать", deadline="как-нибудь потом", stage="other")
        make_measure(revision, 4, "Провести события", deadline="в течение 2026 года", stage="activity-plan")
        approve(revision, country)
    client = signed_in(country, "coordinator")
    page = client.get(f"/roadmaps/{revision.roadmap_id}/").content.decode()
    for words in (
        "1\xa0февраля",
        "«до 1 февраля года получения субсидии»",
        "ждёт графика",
        "срок не понят",
        "31\xa0декабря",
        "К волне карта не применена",
    ):
        assert words in page
    assert "нерабочий день" in page  # 1 February 2026 is a Sunday
    assert "день прошёл" in page
    assert "просрочено" not in page  # nobody carries it out yet
    with use_scope(country.scope("coordinator")):
        change_settings(
            organisation=country.organisations["body02"], version=0, before_includes_day=False, warning_days=10,
            by=country.people["coordinator"], scope=country.scope("coordinator"), at=AT,
        )  # fmt: skip
    page = client.get(f"/roadmaps/{revision.roadmap_id}/").content.decode()
    assert "31\xa0января" in page
    assert "означает не позднее 31 января" in page


def test_two_waves_are_told_apart(country, works) -> None:
    with use_scope(SYSTEM_SCOPE):
        wave = Wave.objects.create(
            programme_id="growth-point", region_id="02", organisation=works.order.organisation, subsidy_year=2027,
            created_at=AT, created_by=country.people["coordinator"],
        )  # fmt: skip
        Application.objects.create(
            wave=wave, roadmap=works.roadmap, revision=works.revision, organisation=works.order.organisation, region_id="02",
            horizon_on=datetime.date(2028, 12, 31), applied_at=AT, applied_by=country.people["coordinator"],
        )  # fmt: skip
    client = signed_in(country, "coordinator")
    newest = client.get(page_of(works)).content.decode()
    assert 'aria-label="Волны"' in newest
    assert "контрольных точек нет" in newest
    older = client.get(f"{page_of(works)}?wave={works.application.pk}").content.decode()
    assert "просрочено" in older
    assert f"?wave={works.application.pk}" in older
    assert client.get(f"{page_of(works)}?wave=абв").status_code == 200


def test_a_wave_that_is_behind_says_so(country, works) -> None:
    with use_scope(SYSTEM_SCOPE):
        second = Revision.objects.create(
            roadmap=works.roadmap, organisation=works.order.organisation, region_id="02", number=2, basis=works.order,
            previous=works.revision, created_at=AT, created_by=country.people["coordinator"],
        )  # fmt: skip
        make_measure(second, 1, "Утвердить перечень школ", deadline="до 1 марта 2026 г.", stage="legal-basis")
        approve(second, country)
    page = signed_in(country, "coordinator").get(page_of(works)).content.decode()
    assert "Утверждена редакция 2" in page
    assert "работает по редакции 1" in page
    assert f"/execution/{works.application.pk}/again/" in page
    below = signed_in(country, "school").get(page_of(works)).content.decode()
    assert "работает по редакции 1" in below
    assert "/again/" not in below  # who may not apply is not sent to a closed door


def test_the_matrix_has_all_programmes_of_the_order(country, works) -> None:
    with use_scope(SYSTEM_SCOPE):
        other = make_revision(country, works.order, programme="it-cube", position=2)
        make_measure(other, 1, "Открыть клуб", deadline="1 июня 2026 г.", stage="launch", responsible="Зорина П.С.")
        approve(other, country)
    client = signed_in(country, "coordinator")
    page = client.get(page_of(works) + "matrix/").content.decode()
    assert page.count('<th scope="col">') == 3
    assert "Открыть клуб" in page
    assert "Без даты" in page
    assert_swap_is_reload(
        client, page_of(works) + "matrix/", page_of(works) + "matrix/?person=Зорина+П.С.", target="matrix"
    )
    only = client.get(page_of(works) + "matrix/?person=Зорина+П.С.").content.decode()
    assert "Открыть клуб" in only
    assert "Обучить педагогов" not in only


def test_chart_and_calendar_lead_to_the_measures(country, works) -> None:
    client = signed_in(country, "school")
    chart = client.get(page_of(works) + "gantt/").content.decode()
    assert f"{page_of(works)}#measure-{works.measures['report'].pk}" in chart
    assert "ждёт графика федерального оператора" in chart
    calendar = client.get(page_of(works) + "calendar/").content.decode()
    assert "data-calendar" in calendar
    assert calendar.count("01.10.2026") >= 1


def test_the_spreadsheet_holds_dates_and_no_formulas(country, works) -> None:
    with use_scope(SYSTEM_SCOPE):
        revision = make_revision(country, make_order(country, number="=9"), programme="it-cube")
        make_measure(
            revision, 1, "=HYPERLINK(\"http://x\")", deadline="до 1 марта 2027 г.", stage="procurement",
            responsible="@SUM(1)", documents=[("report", "+1")],
        )  # fmt: skip
    answer = signed_in(country, "coordinator").get(f"/roadmaps/{revision.roadmap_id}/measures.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert '=HYPERLINK("http://x")' in [cell.value for cell in cells]
    assert datetime.datetime(2027, 3, 1) in [cell.value for cell in cells]  # noqa: DTZ001 — a spreadsheet has no zones


def fill(country: Country, works: Works, number: int, count: int) -> Revision:
    """So many measures in a revision of their own, applied, with one milestone each."""
    with use_scope(SYSTEM_SCOPE):
        second = Revision.objects.create(
            roadmap=works.roadmap, organisation=works.order.organisation, region_id="02", number=number, basis=works.order,
            previous=works.revision, created_at=AT, created_by=country.people["coordinator"],
        )  # fmt: skip
        owned = {"organisation": works.order.organisation, "region_id": "02"}
        made = Measure.objects.bulk_create(
            Measure(
                **owned,
                revision=second,
                position=number,
                number=str(number),
                text=f"Мероприятие {number}",
                stage="launch",
                deadline="до 1 июня 2026 г.",
            )
            for number in range(1, count + 1)
        )
        Responsible.objects.bulk_create(
            Responsible(**owned, measure=each, position=1, name=f"Отдел {each.number}", kind="body") for each in made
        )
        approve(second, country)
        Application.objects.filter(pk=works.application.pk).update(revision=second)
        Milestone.objects.bulk_create(
            Milestone(
                region_id="02", wave=works.wave, application=works.application, measure=each, measure_key=each.key,
                organisation=works.order.organisation, stage="launch", due_on=datetime.date(2026, 6, 1),
            )
            for each in made
        )  # fmt: skip
    return second


def test_every_tab_asks_as_often_for_three_hundred_measures_as_for_thirteen(country, works) -> None:
    scope, client = country.scope("coordinator"), signed_in(country, "coordinator")
    asked = []
    for number, count in ((2, 13), (3, 300)):
        revision = fill(country, works, number, count)
        application = Application.objects.select_related("wave")
        with use_scope(scope):
            applied = application.get(pk=works.application.pk)
            with CaptureQueriesContext(connection) as reads:
                view = roadmap_reads.read_roadmap(scope, works.roadmap, revision, revision, applied, day=DAY)
        assert len(view.measures) == count
        assert len(reads) == 5  # settings, milestones in one grouped query, measures, responsibles, documents
        queries = {}
        for tab in TABS:
            with CaptureQueriesContext(connection) as found:
                page = client.get(page_of(works) + tab).content.decode()
            assert tab in ("calendar/", "document/") or f"Мероприятие {count}" in page
            queries[tab] = len(found)
        asked.append(queries)
    assert asked[0] == asked[1]


def test_what_the_file_said_is_shown_whatever_its_shape(country, works) -> None:
    from vekha_portal.execution.roadmap_source import list_blocks  # noqa: PLC0415 — one test

    assert (
        list_blocks(None) == list_blocks({"blocks": "x"}) == list_blocks({"blocks": [None, [], 3, {"text": " "}]}) == []
    )
    assert list_blocks({"lines": ["а", 1]}) == [{"lines": "а\n1"}]
    assert list_blocks({"blocks": [{"rows": [None, {"cells": [["<b>", 1, 0, "x"], []]}]}]}) == [
        {"rows": [[], [{"text": "<b>", "columns": 1, "rows": 1}]]}
    ]
    assert State.OVERDUE in roadmap_reads.WORST
    assert set(roadmap_reads.WORST) == set(State)
