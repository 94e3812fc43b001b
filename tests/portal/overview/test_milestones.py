"""The list of milestones: every filter is that of filtering by hand, a swap is a reload, a file holds the same rows."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl

from tests.portal.overview.conftest import DAY, put
from tests.portal.people import Country, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import Works
from vekha_portal.execution.models import Milestone, State
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.overview.queries import milestones as queries


def varied(works: Works) -> list[Milestone]:
    """Milestones in every state."""
    for milestone, progress in zip(
        works.milestones, ("nothing", "part", "returned", "submitted", "accepted", "not_applicable") * 4, strict=False
    ):
        put(milestone, progress)
    with use_scope(SYSTEM_SCOPE):
        return list(Milestone.objects.filter(region_id="02").select_related("measure", "organisation"))


def numbers(page) -> set[int]:
    return {row.milestone.pk for row in page.context["rows"]}


def test_every_state_is_the_one_a_milestone_says_of_itself(works: Works, country: Country) -> None:
    rows = varied(works)
    client = signed_in(country, "coordinator")
    for state in State:
        wanted = {row.pk for row in rows if row.state_on(DAY) is state}
        assert numbers(client.get(f"/milestones/?state={state}")) == wanted, state
    wanted = {row.pk for row in rows if row.progress in ("nothing", "part", "returned")}
    assert numbers(client.get("/milestones/?state=owed")) == wanted
    assert numbers(client.get("/milestones/?open=1")) == {row.pk for row in rows if not row.is_done}


def test_every_filter_is_that_of_filtering_by_hand(works: Works, country: Country) -> None:
    rows = varied(works)
    client = signed_in(country, "coordinator")
    school = works.centres[1].organisation
    town = school.municipality_id
    cases = {
        "stage=launch": lambda row: row.stage == "launch",
        f"municipality={town}": lambda row: row.organisation.municipality_id == town,
        "programme=growth-point": lambda row: True,
        "programme=it-cube": lambda row: False,
        "year=2026": lambda row: True,
        "year=2025": lambda row: False,
        f"wave={works.wave.pk}": lambda row: True,
        f"centre={works.centres[1].pk}": lambda row: row.centre_id == works.centres[1].pk,
        f"organisation={school.pk}": lambda row: row.organisation_id == school.pk,
        f"measure={works.measures['report'].pk}": lambda row: row.measure_id == works.measures["report"].pk,
        "since=2026-06-01&until=2026-07-01": lambda row: (
            row.due_on is not None and datetime.date(2026, 6, 1) <= row.due_on <= datetime.date(2026, 7, 1)
        ),
        "q=ПЕДАГОГОВ": lambda row: "педагогов" in row.measure.text,
        "q=отчет показателях": lambda row: "отчёт о показателях" in row.measure.text,
        "q=СОШ 101 отчёт": lambda row: "№ 101" in row.organisation.name and "отчёт" in row.measure.text,
        "whose=own": lambda row: row.organisation_id == country.organisations["body02"].pk,
        "whose=territory": lambda row: True,
    }
    for query, fits in cases.items():
        assert numbers(client.get(f"/milestones/?{query}")) == {row.pk for row in rows if fits(row)}, query


def test_a_school_reads_the_plan_above_it_and_tells_it_from_its_own(works: Works, country: Country) -> None:
    client = signed_in(country, "school")
    school = country.organisations["school02"].pk
    with use_scope(SYSTEM_SCOPE):
        own = set(Milestone.objects.filter(organisation_id=school).values_list("pk", flat=True))
        above = set(Milestone.objects.filter(centre=None).values_list("pk", flat=True))
    assert numbers(client.get("/milestones/")) == own | above
    assert numbers(client.get("/milestones/?whose=territory")) == own
    assert numbers(client.get("/milestones/?whose=own")) == own


def test_lists_are_sorted_by_what_was_asked_and_the_country_by_day(works: Works, country: Country) -> None:
    client = signed_in(country, "coordinator")
    days = [row.milestone.due_on for row in client.get("/milestones/?sort=-due&state=ahead").context["rows"]]
    assert days == sorted(days, reverse=True)
    places = [row.milestone.organisation.sort_key for row in client.get("/milestones/?sort=place").context["rows"]]
    assert places == sorted(places)
    ministry = signed_in(country, "ministry")
    assert ministry.get("/milestones/?sort=place").context["sorting"].chosen == "due"
    assert ministry.get("/milestones/?sort=place&region=02").context["sorting"].chosen == "place"


def test_a_swap_of_the_list_is_a_reload(works: Works, country: Country) -> None:
    client = signed_in(country, "coordinator")
    for link in (
        "/milestones/?sort=-due",
        "/milestones/?state=overdue",
        "/milestones/?q=нет+такого",
        "/milestones/?page=2",
    ):
        assert_swap_is_reload(client, "/milestones/", link, target="rows")
    assert_swap_is_reload(client, "/region/02/", "/region/02/?year=2025", target="picture")
    assert_swap_is_reload(client, "/workload/", "/workload/?since=2026-06-01&until=2026-06-30", target="load")
    assert_swap_is_reload(signed_in(country, "ministry"), "/country/", "/country/?sort=name", target="rows")


def test_a_long_list_says_so_instead_of_counting(works: Works, country: Country, monkeypatch) -> None:
    monkeypatch.setattr(queries, "COUNTED", 5)
    page = signed_in(country, "coordinator").get("/milestones/")
    assert page.context["is_more"]
    assert "Найдено больше" in page.content.decode()
    assert len(page.context["rows"]) == 5


def test_files_hold_the_rows_of_the_list(works: Works, country: Country) -> None:
    varied(works)
    client = signed_in(country, "coordinator")
    wanted = numbers(client.get("/milestones/?state=overdue"))
    text = client.get("/milestones.csv?state=overdue")
    assert text.headers["Content-Disposition"] == 'attachment; filename="milestones-2026-05-25.csv"'
    lines = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig")), delimiter=";"))
    assert {int(line[0]) for line in lines[1:]} == wanted
    assert {line[15] for line in lines[1:]} == {"просрочено"}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/milestones.xlsx?state=overdue").content)).active
    assert sheet is not None
    cells = list(sheet.iter_rows(values_only=True))
    assert {row[0] for row in cells[1:]} == wanted
    assert all(isinstance(row[13], datetime.datetime) for row in cells[1:])


def test_a_file_runs_no_formula(works: Works, country: Country) -> None:
    evil = '=HYPERLINK("http://evil.example";"да")'
    with use_scope(SYSTEM_SCOPE):
        works.centres[0].organisation.name = evil
        works.centres[0].organisation.save(update_fields=["name"])
    client = signed_in(country, "coordinator")
    lines = list(csv.reader(io.StringIO(client.get("/milestones.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert f"'{evil}" in {line[4] for line in lines}
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/milestones.xlsx").content)).active
    assert sheet is not None
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == evil]
    assert found
    assert all(cell.data_type == "s" for cell in found)
