"""Pages of comparisons, and the same as spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from vekha_portal.findings.comparison.bridge import Plan, compare_plans, find_pack, plan_of, stage_name
from vekha_portal.findings.comparison.forms import ChooseForm, StageForm
from vekha_portal.findings.comparison.queries import list_region_lines, list_years
from vekha_portal.findings.comparison.sheets import comparison_sheet, region_sheet
from vekha_portal.findings.comparison.values import Comparison, RegionLine, Spread
from vekha_portal.findings.permissions import can_compare
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import Answer, page
from vekha_portal.ui.tables import Column, Sorting

SECTION = "findings"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("region", "Субъект", ("region",)),
    Column("due", "Срок", ("due",)),
    Column("gap", "К медиане", ("gap",), numeric=True),
    Column("phrase", "Как в распоряжении"),
    Column("measure", "Мероприятие"),
)
NOT_FOUND = "Такой карты нет, или она вам не видна. Выберите карту из списка."


def _side(form: ChooseForm, asked: str) -> Plan | None:
    if asked.startswith("pack:"):
        return find_pack(asked.removeprefix("pack:"))
    found = form.revision(asked)
    return plan_of(found) if found is not None else None


def _comparison(request: ScopedRequest) -> tuple[ChooseForm, Comparison | None, str]:
    form = ChooseForm(request.GET, scope=request.scope)
    asked = [request.GET.get(side, "") for side in ("a", "b")]
    if not all(asked):
        return form, None, ""
    a, b = (_side(form, each) for each in asked)
    if a is None or b is None:
        return form, None, NOT_FOUND
    if asked[0] == asked[1]:
        return form, None, "Это одна и та же карта: выберите две разные."
    return form, compare_plans(a, b), ""


@require_safe
@guarded(can_compare)
@page("findings/compare.html", partials=["comparison"])
def compare(request: ScopedRequest) -> Answer:
    """Two roadmaps side by side."""
    form, comparison, refused = _comparison(request)
    context = {
        "title": "Сравнение карт",
        "section": SECTION,
        "crumbs": (Crumb("Замечания", reverse("findings_list")), Crumb("Сравнение карт")),
        "form": form,
        "comparison": comparison,
        "refused": refused,
        "sheet_url": f"{reverse('compare_sheet')}?{request.GET.urlencode()}",
    }
    return Answer(context, 422 if refused else 200)


@require_safe
@guarded(can_compare)
def compare_sheet(request: ScopedRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    _, comparison, refused = _comparison(request)
    if comparison is None:
        return HttpResponse(refused or "Выберите две карты.", status=422, content_type="text/plain; charset=utf-8")
    return _file(comparison_sheet(comparison), "comparison")


def _stage(request: ScopedRequest) -> tuple[StageForm, str, list[RegionLine] | None, Spread | None]:
    years = list_years(request.scope, "")
    form = StageForm(request.GET, years=years)
    form.is_valid()
    given = form.cleaned_data
    programme, year, stage = given.get("programme"), given.get("year"), given.get("stage")
    if not (programme and year and stage):
        return form, "", None, None
    lines, spread = list_region_lines(request.scope, programme=programme.pk, year=year, stage=stage)
    return form, f"{programme}, {year} год: {stage_name(stage)}", lines, spread


def _sorted(lines: list[RegionLine], chosen: str) -> list[RegionLine]:
    """Regions without a day come last, whichever way."""
    name = {"region": "region", "due": "due", "gap": "due"}[chosen.removeprefix("-")]
    known = [line for line in lines if getattr(line, name) is not None]
    unknown = [line for line in lines if getattr(line, name) is None]
    known.sort(key=lambda line: (getattr(line, name), line.region), reverse=chosen.startswith("-"))
    return [*known, *unknown]


@require_safe
@guarded(can_compare)
@page("findings/compare_regions.html", partials=["regions"])
def compare_regions(request: ScopedRequest) -> Mapping[str, Any]:
    """The deadlines of one stage across regions."""
    form, subject, lines, spread = _stage(request)
    sorting = Sorting.read(request.GET, COLUMNS, "due")
    return {
        "title": "Сроки этапа по регионам",
        "section": SECTION,
        "crumbs": (Crumb("Замечания", reverse("findings_list")), Crumb("Сроки по регионам")),
        "form": form,
        "subject": subject,
        "sorting": sorting,
        "lines": None if lines is None else _sorted(lines, sorting.chosen),
        "spread": spread,
        "without": 0 if lines is None else sum(line.due is None for line in lines),
        "sheet_url": f"{reverse('compare_regions_sheet')}?{request.GET.urlencode()}",
    }


@require_safe
@guarded(can_compare)
def compare_regions_sheet(request: ScopedRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    _, subject, lines, spread = _stage(request)
    if lines is None:
        return HttpResponse("Выберите программу, год и этап.", status=422, content_type="text/plain; charset=utf-8")
    return _file(region_sheet(_sorted(lines, "due"), spread, title=subject), "regions")


def _file(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(data, content_type=XLSX, headers=headers)
