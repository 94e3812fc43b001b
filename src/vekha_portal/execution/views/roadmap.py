"""The page «Дорожная карта»: measures with their live state, a matrix, a chart, a calendar, the document, a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vekha_portal.execution import permissions, roadmap_reads
from vekha_portal.execution.models import Application
from vekha_portal.execution.roadmap_pictures import build_matrix, draw_roadmap, list_events
from vekha_portal.execution.roadmap_reads import RoadmapView
from vekha_portal.execution.roadmap_sheet import write_measures
from vekha_portal.execution.roadmap_source import list_blocks
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.journal.scope import Reach
from vekha_portal.orders.dates.bridge import explain_understanding
from vekha_portal.orders.models import Roadmap
from vekha_portal.orders.permissions import can_change_order
from vekha_portal.orders.reads import find_order, find_roadmap, list_indicators, read_roadmaps
from vekha_portal.ui.components import Tab
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import NO_BREAK

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = (
    ("measures", "Меры", "list-details"),
    ("matrix", "Матрица", "table"),
    ("gantt", "Гант", "timeline"),
    ("calendar", "Календарь", "calendar"),
)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What an address asks for: a roadmap in a wave."""

    view: RoadmapView
    applications: list[Application]


def _look(request: ScopedRequest, roadmap_id: int) -> _Looked:
    roadmap = find_roadmap(request.scope, roadmap_id)
    if roadmap is None:
        raise Http404
    applications = roadmap_reads.list_applications(request.scope, roadmap)
    application = roadmap_reads.choose_application(applications, request.GET.get("wave", ""))
    return _Looked(_read(request, roadmap, application), applications)


def _read(request: ScopedRequest, roadmap: Roadmap, application: Application | None) -> RoadmapView:
    revision, newest = roadmap_reads.choose_revision(request.scope, roadmap, application)
    if revision is None:
        raise Http404
    return roadmap_reads.read_roadmap(request.scope, roadmap, revision, newest, application, day=timezone.localdate())


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _frame(request: ScopedRequest, looked: _Looked, tab: str) -> dict[str, Any]:
    """What stands on every tab: the head, the tabs, the choice of the wave, how deadlines are understood."""
    view = looked.view
    roadmap, application = view.roadmap, view.application
    query = f"?{urlencode({'wave': application.pk})}" if application and len(looked.applications) > 1 else ""
    own = [Tab(label, _url(f"roadmap_{key}", roadmap.pk) + query, key == tab, icon=icon) for key, label, icon in TABS]
    others = [
        ("Исполнение", _url("execution_grid", application.pk) if application else "", "grid-dots"),
        ("Замечания", _url("findings_roadmap", view.revision.pk), "alert-triangle"),
        ("Редакции", _url("orders_revisions", roadmap.pk), "versions"),
    ]
    document = Tab("Документ", _url("roadmap_document", roadmap.pk) + query, tab == "document", icon="file-text")
    return {
        "title": str(roadmap),
        "section": "orders",
        "crumbs": (
            Crumb("Распоряжения", reverse("orders_list")),
            Crumb(str(roadmap.order), reverse("orders_order", args=[roadmap.order_id])),
            Crumb("Дорожная карта"),
        ),
        "view": view,
        "applications": looked.applications,
        "tabs": [*own, *(Tab(label, url, icon=icon) for label, url, icon in others if url), document],
        "sentences": explain_understanding(view.understanding),
        "may_change": can_change_order.test(request.scope, roadmap),
        "may_apply": _may_apply(request, roadmap),
        "sheet_url": _url("roadmap_sheet", roadmap.pk) + query,
        "apply_url": _url("execution_apply", roadmap.pk) if permissions.can_apply.test(request.scope) else "",
        "reapply_url": _url("execution_reapply", application.pk) if application and view.is_behind else "",
        "measures_url": own[0].url,
    }


def _may_apply(request: ScopedRequest, roadmap: Roadmap) -> bool:
    """A region applies its own roadmaps and the federal ones, those below it their own; the wave is asked about later."""
    scope = request.scope
    if not permissions.can_apply.test(scope):
        return False
    return bool(can_change_order.test(scope, roadmap)) or (roadmap.region_id is None and scope.reach is Reach.REGION)


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/roadmap.html")
def measures(request: ScopedRequest, roadmap_id: int) -> Mapping[str, Any]:
    """The table as in the order, each measure with its next day and the state of its milestones."""
    looked = _look(request, roadmap_id)
    application = looked.view.application
    grid = _url("execution_grid", application.pk) if application else ""
    indicators = list_indicators(looked.view.revision)
    return {**_frame(request, looked, "measures"), "grid_url": grid, "indicators": indicators}


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/roadmap_matrix.html", partials=["matrix"])
def matrix(request: ScopedRequest, roadmap_id: int) -> Mapping[str, Any]:
    """Days × programmes of the whole order, with the people in the cells."""
    looked = _look(request, roadmap_id)
    views = _beside(request, looked.view)
    person = request.GET.get("person", "")[:1000]
    built = build_matrix(views, person=person)
    return {**_frame(request, looked, "matrix"), "matrix": built, "person": person if person in built.people else ""}


def _beside(request: ScopedRequest, view: RoadmapView) -> list[RoadmapView]:
    """All roadmaps of the order as they stand, each in the wave of the same year where there is one."""
    rows = read_roadmaps(request.scope).filter(order=view.roadmap.order_id)
    rows = rows.select_related("order__organisation", "organisation", "region", "programme")
    views = []
    for roadmap in rows.order_by("position"):
        if roadmap.pk == view.roadmap.pk:
            views.append(view)
            continue
        applications = roadmap_reads.list_applications(request.scope, roadmap)
        same_year = [each for each in applications if each.wave.subsidy_year == view.year]
        views.append(_read(request, roadmap, next(iter(same_year or applications), None)))
    return views


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/roadmap_gantt.html")
def gantt(request: ScopedRequest, roadmap_id: int) -> Mapping[str, Any]:
    """The chart: a line for each measure, days off shaded, today marked."""
    looked = _look(request, roadmap_id)
    frame = _frame(request, looked, "gantt")
    return {**frame, "chart": draw_roadmap(looked.view, url=frame["measures_url"])}


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/roadmap_calendar.html")
def calendar(request: ScopedRequest, roadmap_id: int) -> Mapping[str, Any]:
    """The days in a calendar; a list of days without scripts."""
    looked = _look(request, roadmap_id)
    frame = _frame(request, looked, "calendar")
    events = list_events(looked.view, url=frame["measures_url"])
    today = looked.view.today
    ahead = [event.day for event in events if event.day >= today]
    shown = today if not events else ahead[0] if ahead else events[-1].day
    return {**frame, "events": events, "day": shown.isoformat()}


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/roadmap_document.html")
def document(request: ScopedRequest, roadmap_id: int) -> Mapping[str, Any]:
    """The order that approves the roadmap: requisites, the file as it came, its text."""
    looked = _look(request, roadmap_id)
    order = find_order(request.scope, looked.view.revision.basis_id)
    if order is None:
        raise Http404
    reading = order.reading
    return {
        **_frame(request, looked, "document"),
        "order": order,
        "reading": reading,
        "blocks": list_blocks(reading.source) if reading is not None else [],
    }


@require_safe
@guarded(permissions.can_view_milestones)
def sheet(request: ScopedRequest, roadmap_id: int) -> HttpResponse:
    """The table of measures as a spreadsheet."""
    view = _look(request, roadmap_id).view
    number = "".join(each if each.isalnum() or each in "-." else "_" for each in view.roadmap.order.number or "карта")
    name = f"Меры {number}, {view.year or 'все годы'}.xlsx".replace(NO_BREAK, " ")
    headers = {
        "Content-Disposition": f"attachment; filename=\"measures-{roadmap_id}.xlsx\"; filename*=UTF-8''{quote(name)}"
    }
    return HttpResponse(write_measures(view, at=timezone.now()), content_type=XLSX, headers=headers)
