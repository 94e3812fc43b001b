"""Comparisons: two plans side by side, a plan and the federal reference, one stage across 89 regions."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.portal.findings.rows import rows_of_text
from tests.portal.people import make_country, make_organisation, signed_in
from tests.portal.ui.swaps import assert_swap_is_reload
from tests.portal.works import approve, make_measure, make_order, make_revision
from tests.vekha.checks.examples import order
from vekha_portal.findings.comparison.bridge import compare_plans, find_pack, plan_of
from vekha_portal.findings.comparison.queries import list_region_lines
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.registry.models import OrganisationKind, Region

YEAR = 2027
OTHER = order(
    "Утвердить перечень школ | не позднее 1 сентября 2027 г. | Департамент образования | Приказ",
    "Начало работы центра | 1 сентября 2027 г. | Министерство образования | Приказ",
    "Обучить педагогов | 1 августа 2027 г. | Департамент образования | =СУММ(1;2)",
    title="Комплекс мер по созданию центров «Точка роста» в 2027 году",
)


@pytest.fixture
def pair(draft):
    """The draft and another plan of the same region."""
    with use_scope(SYSTEM_SCOPE):
        (other,) = rows_of_text(OTHER, draft.country, draft.country.organisations["body02"], subsidy_year=YEAR)
    return draft.revision, other


def test_measures_are_paired_with_days_earlier_and_later(draft, pair) -> None:
    with use_scope(SYSTEM_SCOPE):
        found = compare_plans(*(plan_of(each) for each in pair))
    by_stage = {line.stage: line for line in found.lines}
    assert by_stage["Правовая основа"].days == 17
    assert by_stage["Правовая основа"].changes == ("срок",)
    assert by_stage["Начало работы"].changes == ("номер", "ответственные")
    assert (found.only_a, found.only_b, found.later, found.earlier) == (1, 1, 1, 0)
    assert {line.verdict for line in found.lines if line.a is None or line.b is None} == {"исчезло", "появилось"}


def test_last_year_is_moved_to_this_year_before_days_are_compared(draft, pair) -> None:
    with use_scope(SYSTEM_SCOPE):
        text = OTHER.replace("2027", "2026")
        (last,) = rows_of_text(text, draft.country, draft.country.organisations["body02"], subsidy_year=2026)
        found = compare_plans(plan_of(last), plan_of(pair[1]))
    assert found.shift == 1
    assert [line.days for line in found.lines] == [None, None, None]
    assert all("срок" not in line.changes for line in found.lines)


def test_a_plan_beside_the_federal_reference(draft) -> None:
    reference = find_pack("growth-point-2024")
    assert reference is not None
    with use_scope(SYSTEM_SCOPE):
        found = compare_plans(reference, plan_of(draft.revision))
    assert found.a_title.startswith("Образец: ")
    assert any(line.a and line.b for line in found.lines)


def test_the_page_and_its_spreadsheet(draft, pair) -> None:
    client = signed_in(draft.country, "coordinator")
    query = f"?a={pair[0].pk}&b={pair[1].pk}"
    page = client.get(f"/findings/compare/{query}")
    assert page.status_code == 200
    assert "позже на 17\u00a0дней" in page.content.decode()
    (sheet,) = load_workbook(io.BytesIO(client.get(f"/findings/compare/sheet.xlsx{query}").content)).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=СУММ(1;2)" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, "a document's text never becomes a formula"
    assert_swap_is_reload(client, "/findings/compare/", f"/findings/compare/{query}", target="comparison")


@pytest.mark.parametrize("query", ["?a=999999&b=999998", "?a=pack:нет&b=x", "?a=1e9&b=<b>"])
def test_what_is_not_there_is_said(draft, query) -> None:
    client = signed_in(draft.country, "coordinator")
    page = client.get(f"/findings/compare/{query}")
    assert page.status_code == 422
    assert "Такой карты нет, или она вам не видна" in page.content.decode()
    assert client.get(f"/findings/compare/sheet.xlsx{query}").status_code == 422
    assert client.get("/findings/compare/regions.xlsx").status_code == 422


def test_a_draft_of_others_cannot_be_compared(draft, pair) -> None:
    address = f"/findings/compare/?a={pair[0].pk}&b={pair[1].pk}"
    for name in ("school", "town", "stranger"):
        assert signed_in(draft.country, name).get(address).status_code == 422
    same = signed_in(draft.country, "coordinator").get(f"/findings/compare/?a={pair[0].pk}&b={pair[0].pk}")
    assert "Это одна и та же карта" in same.content.decode()


@pytest.fixture
def regions(db):
    """An approved roadmap in each of six regions, one of them without the stage, one waiting for a schedule."""
    country = make_country()
    with use_scope(SYSTEM_SCOPE):
        codes = list(Region.objects.order_by("code").values_list("code", flat=True)[2:8])
        for place, code in enumerate(codes):
            make_region(country, code, place)
    return country


def make_region(country, code: str, place: int) -> None:
    country.organisations[f"body{code}"] = make_organisation(f"Департамент {code}", OrganisationKind.REGIONAL_BODY, region=code)
    revision = make_revision(country, make_order(country, body=f"body{code}", number=f"{code}-р"))
    phrase = "согласно графику федерального оператора" if place == 1 else f"до {place + 1} апреля 2026 г."
    if place != 2:
        make_measure(revision, 1, "Объявить закупки", deadline=phrase, stage="procurement")
        make_measure(revision, 2, "Утвердить перечень", deadline="1 февраля 2026 г.", stage="legal-basis")
    approve(revision, country)


def lines_of(country, name="ministry"):
    scope = country.scope(name)
    with use_scope(scope):
        return list_region_lines(scope, programme="growth-point", year=2026, stage="procurement")


def test_one_stage_across_regions(regions) -> None:
    lines, spread = lines_of(regions)
    assert len(lines) == 6
    assert spread is not None
    assert (str(spread.earliest), str(spread.median), str(spread.latest)) == ("2026-04-01", "2026-04-04", "2026-04-06")
    assert [line.gap for line in lines] == [-3, None, None, 0, 1, 2]
    assert lines[1].phrase == "согласно графику федерального оператора"
    assert lines[2].phrase == ""
    assert lines_of(regions, "stranger")[0] == []


def test_the_page_of_regions_sorts_and_has_a_spreadsheet(regions) -> None:
    client = signed_in(regions, "ministry")
    address = "/findings/compare/regions/?programme=growth-point&year=2026&stage=procurement"
    dues = [line.due for line in client.get(f"{address}&sort=-due").context["lines"]]
    assert dues == [*sorted(dues[:4], reverse=True), None, None]
    assert "медиана" in client.get(address).content.decode()
    answer = client.get(address.replace("regions/", "regions.xlsx"))
    (sheet,) = load_workbook(io.BytesIO(answer.content)).worksheets
    assert sheet.max_row == 3 + 1 + 6
    assert_swap_is_reload(client, "/findings/compare/regions/", address, target="regions")


def test_89_regions_cost_as_many_queries_as_six(regions) -> None:
    scope = regions.scope("ministry")

    def count() -> int:
        with use_scope(scope), CaptureQueriesContext(connection) as queries:
            list_region_lines(scope, programme="growth-point", year=2026, stage="procurement")
        return len(queries)

    before = count()
    with use_scope(SYSTEM_SCOPE):
        codes = list(Region.objects.order_by("code").values_list("code", flat=True)[8:30])
        for code in codes:
            make_region(regions, code, 3)
    assert count() == before == 2
    assert len(lines_of(regions)[0]) == 28
