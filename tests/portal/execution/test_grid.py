"""The grid of centres and measures, its filters and its spreadsheet; work on chosen cells; the questions it asks the database."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from python_calamine import CalamineWorkbook

from tests.portal.execution.deeds import PDF, Deeds
from tests.portal.people import AT, make_country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import approve, make_measure, make_schools, make_works
from vekha_portal.centres.models import Centre
from vekha_portal.execution.models import Decision, Milestone, Progress, Proof
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.orders.models import Revision

MAY = datetime.datetime(2026, 5, 25, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_may() -> Any:
    """Trainings are soon due, the first quarter is overdue."""
    with time_machine.travel(MAY, tick=False):
        yield


def grid_of(deeds: Deeds, query: str = "") -> str:
    return reverse("execution_grid", args=[deeds.works.application.pk]) + query


def table(response: Any) -> list[list[str]]:
    """The words of the grid: a row's head, then what each cell says."""
    page: Any = html.document_fromstring(response.content.decode())
    rows = page.xpath("//table[contains(@class, 'vk-heat')]/tbody/tr")
    return [[_said(each) for each in row] for row in rows]


def _said(cell: Any) -> str:
    """The sign and the state of a cell; a head without what stands under it."""
    state = "".join(cell.xpath("./*/@aria-label | ./label/input/@aria-label")).partition(",")[0]
    return " ".join(cell.text_content().split()) + state


def test_a_row_for_each_centre_the_worst_first(deeds: Deeds) -> None:
    """Of the quarters a cell shows the nearest that is not done; the centre with fewer troubles goes down."""
    good = deeds.works.centres[1]
    deeds.accept("centre", deeds.hand_in("town", deeds.works.of("report", good)[0], "report"))
    page = signed_in(deeds.country, "coordinator").get(grid_of(deeds))
    rows = table(page)
    assert [row[1:] for row in rows] == [
        ["!скоро срок", "!скоро срок", "✕просрочено"],
        ["!скоро срок", "!скоро срок", "✕просрочено"],
        ["!скоро срок", "!скоро срок", "·впереди"],
    ]
    assert rows[2][0].startswith("МБОУ «СОШ № 101»")
    text = page.content.decode()
    assert "впереди, 01.07.2026, за II квартал 2026" in text
    assert "1. Утвердить перечень школ и показатели" in text, "what is done once stands over the grid"


def test_what_is_looked_at(deeds: Deeds) -> None:
    deeds.hand_in("school", deeds.works.of("report", deeds.works.centres[0])[1], "report")
    client = signed_in(deeds.country, "coordinator")
    assert [len(row) for row in table(client.get(grid_of(deeds, "?stage=launch")))] == [2, 2, 2]
    assert len(table(client.get(grid_of(deeds, "?state=submitted")))) == 0
    assert [row[3] for row in table(client.get(grid_of(deeds, "?state=submitted&period=2026-Q2")))] == ["…на проверке"]
    assert [row[3] for row in table(client.get(grid_of(deeds, "?period=2026-Q3")))] == ["·впереди"] * 3
    place = deeds.works.centres[0].organisation.municipality_id
    assert len(table(client.get(grid_of(deeds, f"?municipality={place}")))) == 3
    assert len(table(client.get(grid_of(deeds, "?municipality=987654")))) == 0
    for nonsense in (
        "?municipality=абв",
        "?state=<b>",
        "?stage=" + "x" * 5000,
        "?period='--",
        "?choose=%00",
        "?municipality=" + "9" * 40,
    ):
        assert client.get(grid_of(deeds, nonsense)).status_code == 200, nonsense


def test_a_filter_changes_the_grid_in_place_as_a_reload_would(deeds: Deeds) -> None:
    client = signed_in(deeds.country, "coordinator")
    assert_swap_is_reload(client, grid_of(deeds), grid_of(deeds, "?stage=launch&state=soon"), target="grid")


def test_who_sees_which_grid(deeds: Deeds) -> None:
    """A school sees its own row and the wave's milestones; a stranger no grid; only who works may choose."""
    seen = {"coordinator": 3, "town": 3, "controller": 3, "ministry": 3, "school": 1}
    for name, rows in seen.items():
        page = signed_in(deeds.country, name).get(grid_of(deeds, "?choose=yes"))
        assert len(table(page)) == rows, name
        assert ("Продолжить с отмеченными" in page.content.decode()) is (name in ("coordinator", "town", "school")), (
            name
        )
    assert signed_in(deeds.country, "stranger").get(grid_of(deeds)).status_code == 404
    assert Client().get(grid_of(deeds)).status_code == 302
    for name in ("controller", "ministry"):
        assert signed_in(deeds.country, name).post(bulk_of(deeds), {"m": "1"}).status_code == 403


def test_withdrawn_milestones_and_centres_are_not_shown(deeds: Deeds) -> None:
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(pk=deeds.works.of("training", deeds.works.centres[0])[0].pk).update(
            withdrawn_at=AT, withdrawn_because="снята изменением"
        )
        Centre.objects.filter(pk=deeds.works.centres[1].pk).update(removed_at=AT, removed_because="исключён")
    rows = {row[0][:14]: row[1:] for row in table(signed_in(deeds.country, "coordinator").get(grid_of(deeds)))}
    assert len(rows) == 2
    assert rows["МБОУ «СОШ № 5»"][0] == "не предусмотрено"


def test_the_spreadsheet_says_what_the_page_says(deeds: Deeds) -> None:
    """Names that look like formulas are texts."""
    with use_scope(SYSTEM_SCOPE):
        organisation = deeds.works.centres[0].organisation
        type(organisation).objects.filter(pk=organisation.pk).update(short_name="=HYPERLINK(1)")
    answer = signed_in(deeds.country, "coordinator").get(
        reverse("execution_grid_sheet", args=[deeds.works.application.pk]) + "?stage=staff-training"
    )
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][0] == "По состоянию на 25.05.2026 12:00"
    assert rows[3] == ["Центр", "Территория", "3.1. обучить педагогов"]
    assert sorted(row[0] for row in rows[4:])[0] == "=HYPERLINK(1)"
    assert {row[2] for row in rows[4:]} == {"скоро срок, 01.06.2026"}


def test_the_grid_asks_the_same_questions_of_thirty_and_three_hundred(deeds: Deeds) -> None:
    """Its own questions are five: the application, what is done once, the cells, the measures, the centres."""
    with use_scope(SYSTEM_SCOPE):
        _more_centres(deeds, 27)
    client = signed_in(deeds.country, "coordinator")
    client.get(grid_of(deeds))
    with CaptureQueriesContext(connection) as few:
        assert len(table(client.get(grid_of(deeds)))) == 30
    with use_scope(SYSTEM_SCOPE):
        _more_centres(deeds, 270)
    with CaptureQueriesContext(connection) as many:
        page = client.get(grid_of(deeds))
    assert len(table(page)) == 300
    assert len(few) == len(many) <= 16
    assert len([each for each in many if 'FROM "execution_' in each["sql"] or 'FROM "centres_' in each["sql"]]) == 4


def _more_centres(deeds: Deeds, count: int) -> None:
    """Rows alike, without waiting for so many schools to be entered one by one."""
    first = deeds.works.centres[0].organisation
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into registry_organisation (kind, region_id, municipality_id, parent_id, path, name, short_name, sort_key, match_key,"
            " inn, kpp, ogrn, address, version) select 'school', region_id, municipality_id, parent_id, '', 'Школа № ' || n, '',"
            " 'школа ' || n, 'школа' || n, '', '', '', '', 1 from registry_organisation, generate_series(1, %s) n where id = %s returning id",
            [count, first.pk],
        )
        schools = [row[0] for row in cursor.fetchall()]
    like = deeds.works.centres[0]
    same = {"wave_id": like.wave_id, "region_id": "02", "programme_id": like.programme_id, "added_at": AT}
    centres = Centre.objects.bulk_create(
        Centre(organisation_id=each, added_by_id=like.added_by_id, **same) for each in schools
    )
    models = [each for each in deeds.works.milestones if each.centre_id == like.pk]
    fields = (
        "wave_id",
        "application_id",
        "measure_id",
        "measure_key",
        "item",
        "stage",
        "period",
        "ordinal",
        "planned_on",
        "due_on",
    )
    Milestone.objects.bulk_create(
        Milestone(
            region_id="02",
            centre=centre,
            organisation_id=centre.organisation_id,
            **{name: getattr(each, name) for name in fields},
        )
        for centre in centres
        for each in models
    )


def bulk_of(deeds: Deeds) -> str:
    return reverse("execution_bulk", args=[deeds.works.application.pk])


def test_one_order_closes_thirteen_centres(db: None) -> None:
    """Chosen in the grid, one document handed in for all; accepted by another official but for two exceptions, which are returned."""
    country = make_country()
    deeds = Deeds(country, make_works(country, schools=13))
    points = [deeds.works.of("report", centre)[0] for centre in deeds.works.centres]
    column = f"{deeds.works.measures['report'].key}-"
    client = signed_in(country, "coordinator")
    page: Any = html.document_fromstring(client.get(grid_of(deeds, f"?choose={column}")).content.decode())
    ticked = page.xpath("//input[@name='m' and @checked]/@value")
    assert sorted(map(int, ticked)) == sorted(each.pk for each in points)
    shown = client.post(bulk_of(deeds), {"m": ticked})
    assert "Выбрано контрольных точек: 13" in shown.content.decode()
    assert "отчёт — 13" in shown.content.decode()
    sent = {"m": ",".join(ticked), "verb": "attach", "evidence_type": "report", "number": "1"}
    assert client.post(bulk_of(deeds), {**sent, "dated_on": ""}).status_code == 422
    done = client.post(
        bulk_of(deeds), {**sent, "dated_on": "2026-03-30", "file": SimpleUploadedFile("приказ.pdf", PDF)}, follow=True
    )
    assert "подан к контрольным точкам: 13" in done.content.decode()
    with use_scope(SYSTEM_SCOPE):
        proofs = list(Proof.objects.order_by("pk").values_list("pk", flat=True))
        assert len(proofs) == 13
    other = signed_in(country, "centre")
    given = {"m": ",".join(ticked), "shown": ",".join(map(str, proofs))}
    assert "На проверке: 13" in other.post(bulk_of(deeds), {"m": ",".join(ticked)}).content.decode()
    done = other.post(
        bulk_of(deeds), {**given, "verb": "accept", "except": [str(each) for each in proofs[:2]]}, follow=True
    )
    assert "Принято документов: 11." in done.content.decode()
    refused = other.post(bulk_of(deeds), {**given, "verb": "return", "reason": ""})
    assert refused.status_code == 422 and "Напишите причину" in refused.content.decode()
    done = other.post(bulk_of(deeds), {**given, "verb": "return", "reason": "не те школы"}, follow=True)
    assert "Возвращено документов: 2. Пропущено: 11" in done.content.decode()
    with use_scope(SYSTEM_SCOPE):
        progress = list(Milestone.objects.filter(pk__in=map(int, ticked)).values_list("progress", flat=True))
        assert (progress.count(Progress.ACCEPTED), progress.count(Progress.RETURNED)) == (11, 2)
        assert set(Decision.objects.filter(outcome="returned").values_list("reason", flat=True)) == {"не те школы"}


def test_what_is_chosen_wrongly_is_said(deeds: Deeds) -> None:
    client, other = signed_in(deeds.country, "coordinator"), deeds.works.of("basis")[0]
    empty = client.post(bulk_of(deeds), {"m": "нечто"}, follow=True)
    assert "Не выбрано ни одной клетки" in empty.content.decode()
    for given, words in (
        ({"verb": "accept"}, "решать нечего"),
        ({"verb": "nonsense", "shown": "1"}, "Неизвестное действие"),
        ({"verb": "accept", "shown": "987654321"}, "Не выбрано"),
    ):
        answer = client.post(bulk_of(deeds), {"m": str(other.pk), **given})
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert client.get(bulk_of(deeds)).status_code == 405
    beyond = signed_in(deeds.country, "stranger").post(bulk_of(deeds), {"m": str(other.pk)})
    assert beyond.status_code == 404


def test_own_documents_are_shown_but_not_offered(deeds: Deeds) -> None:
    milestone = deeds.works.of("report", deeds.works.centres[0])[0]
    proof = deeds.hand_in("town", milestone, "report")
    page = signed_in(deeds.country, "town").post(bulk_of(deeds), {"m": str(milestone.pk)}).content.decode()
    assert "подали вы" in page
    assert f'name="except" value="{proof.pk}"' not in page


def test_schools_of_a_region_are_enough_to_begin(deeds: Deeds) -> None:
    """A wave whose schools have no milestones yet has rows without cells."""
    with use_scope(SYSTEM_SCOPE):
        school = make_schools(deeds.country, 9)[-1]
        like = deeds.works.centres[0]
        Centre.objects.create(
            wave=like.wave,
            region_id="02",
            programme_id=like.programme_id,
            organisation=school,
            added_at=AT,
            added_by=like.added_by,
        )
    rows = table(signed_in(deeds.country, "coordinator").get(grid_of(deeds)))
    assert rows[-1][1:] == ["не предусмотрено"] * 3


def test_a_measure_keeps_its_column_after_an_amendment(deeds: Deeds) -> None:
    """What was done before stays with the old revision's row; the column is one, with the new words."""
    works, country = deeds.works, deeds.country
    before = [len(row) for row in table(signed_in(country, "coordinator").get(grid_of(deeds)))]
    with use_scope(SYSTEM_SCOPE):
        revision = Revision.objects.create(
            roadmap=works.roadmap, organisation=works.roadmap.organisation, region_id="02", number=2, basis=works.order,
            previous=works.revision, created_at=AT, created_by=country.people["coordinator"],
        )  # fmt: skip
        amended = make_measure(
            revision, 4, "Представить отчёт по новой форме", deadline="", stage="indicator-monitoring"
        )
        amended.key = works.measures["report"].key
        amended.save(update_fields=["key"])
        approve(revision, country)
        moved = [each.pk for each in works.of("report", works.centres[0])]
        Milestone.objects.filter(pk__in=moved).update(measure=amended)
    page = signed_in(country, "coordinator").get(grid_of(deeds))
    assert [len(row) for row in table(page)] == before
    assert "Представить отчёт по новой форме" in page.content.decode()
