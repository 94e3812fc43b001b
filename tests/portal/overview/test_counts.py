"""Regions and the country in numbers: as counted by hand, kept sums as counted now, risks with their reasons."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction

from tests.portal.overview.conftest import DAY, put
from tests.portal.people import AT, Country, signed_in
from tests.portal.works import Works
from vekha_portal.centres.models import Centre
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.overview import jobs
from vekha_portal.overview.actions import count_milestones
from vekha_portal.overview.models import Tally
from vekha_portal.overview.queries import country as queries
from vekha_portal.overview.queries.region import Cell, Choice, Strand
from vekha_portal.overview.risks import find_risks

UNFINISHED = ("nothing", "part", "returned")


def vary(works: Works) -> None:
    for milestone, progress in zip(
        works.milestones, ("accepted", "part", "submitted", "returned", "nothing") * 4, strict=False
    ):
        put(milestone, progress)


def by_hand(rows: list[Milestone]) -> Cell:
    late = sum(row.progress in UNFINISHED and row.due_on is not None and row.due_on < DAY for row in rows)
    return Cell(
        total=len(rows),
        done=sum(row.is_done for row in rows),
        submitted=sum(row.progress == "submitted" for row in rows),
        overdue=late,
        waiting=sum(row.progress in UNFINISHED and row.due_on is None for row in rows),
    )


def all_rows(**conditions: object) -> list[Milestone]:
    with use_scope(SYSTEM_SCOPE):
        return list(Milestone.objects.filter(withdrawn_at=None, **conditions))


def test_a_region_is_counted_as_by_hand(works: Works, neighbour: Milestone, country: Country) -> None:
    vary(works)
    page = signed_in(country, "coordinator").get("/region/02/")
    assert page.context["whole"] == by_hand(all_rows(region_id="02"))
    text = page.content.decode()
    places = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page.context["grid"].body)
    assert places == ["Регион в целом", "Зареченск"]
    town = country.organisations["school02"].municipality_id
    for stage in ("launch", "indicator-monitoring"):
        cell = by_hand(all_rows(region_id="02", stage=stage))
        assert f"municipality={town}&amp;stage={stage}" in text
        assert f"исполнено {cell.done} из {cell.total}" in text
    listed = signed_in(country, "coordinator").get(page.context["overdue_url"])
    assert listed.context["page"].paginator.count == page.context["whole"].overdue


def test_waves_count_centres_opened_in_time_and_late(works: Works, country: Country) -> None:
    in_time, late, unopened = works.centres
    with use_scope(SYSTEM_SCOPE):
        Centre.objects.filter(pk=in_time.pk).update(opened_on=datetime.date(2026, 5, 20))
        Centre.objects.filter(pk=late.pk).update(opened_on=datetime.date(2026, 5, 24))
        Milestone.objects.filter(centre=late, stage="launch").update(due_on=datetime.date(2026, 5, 1))
        Milestone.objects.filter(centre=unopened, stage="launch").update(due_on=datetime.date(2026, 5, 1))
    line = signed_in(country, "coordinator").get("/region/02/").context["waves"][0][0]
    assert (line.centres, line.opened, line.in_time, line.late) == (3, 2, 1, 2)


def test_the_country_is_counted_as_by_hand(works: Works, neighbour: Milestone, country: Country) -> None:
    vary(works)
    page = signed_in(country, "ministry").get("/country/")
    assert page.context["whole"] == by_hand(all_rows())
    lines = {line.code: line for line in page.context["lines"]}
    assert {code: line.cell for code, line in lines.items()} == {
        code: by_hand(all_rows(region_id=code)) for code in ("01", "02")
    }
    assert lines["02"].centres == 3
    assert page.context["counted_at"] is None
    only = signed_in(country, "ministry").get("/country/?programme=it-cube")
    assert only.context["regions"] == 0
    assert "нет волн" in only.content.decode()


@pytest.mark.parametrize("chosen", ["name", "-overdue", "share", "-centres"])
def test_regions_are_sorted_by_what_was_asked(
    works: Works, neighbour: Milestone, country: Country, chosen: str
) -> None:
    lines = signed_in(country, "ministry").get(f"/country/?sort={chosen}").context["lines"]
    keys = [line.key(chosen.removeprefix("-")) for line in lines]
    assert keys == sorted(keys, reverse=chosen.startswith("-"))


def test_kept_sums_say_what_counting_says_and_follow_it(
    works: Works, neighbour: Milestone, country: Country, monkeypatch
) -> None:
    vary(works)
    live = signed_in(country, "ministry").get("/country/").context
    monkeypatch.setattr(queries, "COUNTED_LIVE", 0)
    jobs.count_country(timestamp=0)
    kept = signed_in(country, "ministry").get("/country/")
    assert kept.context["counted_at"] is not None
    assert "Подсчитано" in kept.content.decode()
    assert {line.code: line.cell for line in kept.context["lines"]} == {line.code: line.cell for line in live["lines"]}
    year = signed_in(country, "ministry").get("/country/?year=2026&programme=growth-point").context
    assert year["whole"] == live["whole"]
    with use_scope(SYSTEM_SCOPE):
        Milestone.objects.filter(region_id="01").update(withdrawn_at=AT, withdrawn_because="ошибка")
        Milestone.objects.filter(region_id="02", stage="launch").update(progress="accepted")
        count_milestones(day=DAY, at=AT)
        count_milestones(day=DAY, at=AT)
    after = signed_in(country, "ministry").get("/country/").context
    assert after["whole"] == by_hand(all_rows())
    assert {line.code: line.cell.total for line in after["lines"]} == {"01": 0, "02": after["whole"].total}


def test_yesterday_s_sums_are_not_believed(works: Works, country: Country, monkeypatch) -> None:
    monkeypatch.setattr(queries, "COUNTED_LIVE", 0)
    with use_scope(SYSTEM_SCOPE):
        count_milestones(day=DAY - datetime.timedelta(1), at=AT)
    page = signed_in(country, "ministry").get("/country/").context
    assert page["counted_at"] is None
    assert page["whole"] == by_hand(all_rows())


def test_sums_are_read_within_the_scope_and_written_by_the_program_alone(
    works: Works, neighbour: Milestone, country: Country
) -> None:
    with use_scope(SYSTEM_SCOPE):
        count_milestones(day=DAY, at=AT)
    seen = {"ministry": {"01", "02"}, "coordinator": {"02"}, "stranger": {"01"}, "town": set(), "school": set()}
    for name, regions in seen.items():
        with use_scope(country.scope(name)):
            assert set(Tally.objects.values_list("region_id", flat=True)) == regions, name
        with use_scope(SYSTEM_SCOPE):
            visible = Tally.objects.visible_to(country.scope(name))
            assert set(visible.values_list("region_id", flat=True)) == regions, name
        with (
            use_scope(country.scope(name)),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("delete from overview_tally")


def test_a_late_stage_says_what_it_holds_up() -> None:
    soon, far = DAY + datetime.timedelta(30), DAY + datetime.timedelta(400)
    strands = [
        Strand(wave=1, stage="procurement", overdue=3, oldest=DAY - datetime.timedelta(40), open=5, next_on=None, centres=2, waiting=0),
        Strand(wave=1, stage="equipment-installed", overdue=0, oldest=None, open=42, next_on=soon, centres=42, waiting=0),
        Strand(wave=1, stage="launch", overdue=0, oldest=None, open=42, next_on=far, centres=42, waiting=0),
        Strand(wave=1, stage="staff-training", overdue=0, oldest=None, open=7, next_on=soon, centres=7, waiting=0),
        Strand(wave=2, stage="infrastructure-list", overdue=0, oldest=None, open=1, next_on=None, centres=0, waiting=1),
    ]  # fmt: skip
    risks = find_risks(
        strands, waves={1: "Точка роста, 2026", 2: "IT-куб, 2026"}, region="02", choice=Choice(), today=DAY
    )
    first, second = (risk.why.replace("\N{NO-BREAK SPACE}", " ") for risk in risks)
    assert first == (
        "просрочено: 3 контрольные точки, старшая — на 40 дней; под угрозой «Оборудование получено и установлено» 24 июня у 42 центров"
    )
    assert second.startswith("срок неизвестен: 1 контрольная точка")
    assert Counter(risk.state.label for risk in risks) == {"просрочено": 1, "ждёт срока": 1}
