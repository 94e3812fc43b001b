"""The list of milestones with its filters, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.exports import write_csv, write_xlsx
from vekha_portal.overview.forms import MilestonesForm
from vekha_portal.overview.permissions import can_view_overview
from vekha_portal.overview.queries.milestones import COUNTED, EXPORTED, Counted, list_milestones, rows_for_export
from vekha_portal.overview.shown import show_rows
from vekha_portal.ui.pages import page
from vekha_portal.ui.tables import Column, Sorting, turn_to

_DUE = Column("due", "Срок", ("due_on",))
COLUMNS = (
    Column("measure", "Мероприятие", ("measure__position", "measure_id", "item")),
    Column("place", "Где", ("organisation__sort_key", "due_on")),
    _DUE,
    Column("state", "Состояние", ("progress", "due_on")),
    Column("stage", "Этап", ("stage", "due_on")),
)
#: The country is listed by date alone: nothing else has an index over every region.
COUNTRY_COLUMNS = tuple(column if column is _DUE else Column(column.key, column.label) for column in COLUMNS)


@require_safe
@guarded(can_view_overview)
@page("overview/milestones.html", partials=("rows", "summary"), along={"rows": ("summary",)})
def milestones(request: ScopedRequest) -> Mapping[str, Any]:
    """Milestones the role sees."""
    scope, day = request.scope, timezone.localdate()
    form = MilestonesForm(request.GET, scope=scope, day=day)
    filters = form.filters()
    columns = COUNTRY_COLUMNS if scope.is_country and not filters.region else COLUMNS
    sorting = Sorting.read(request.GET, columns, "due")
    counted = Counted(list_milestones(scope, filters, day=day).order_by(*sorting.order_by))
    turned = turn_to(counted, request.GET)
    return {
        "title": "Контрольные точки",
        "section": "milestones",
        "form": form,
        "sorting": sorting,
        "page": turned,
        "rows": show_rows(turned.object_list, today=day),
        "is_more": counted.is_more,
        "counted": COUNTED,
        "exported": EXPORTED,
        "export": request.GET.urlencode(),
        "is_country": scope.is_country,
    }


@require_safe
@guarded(can_view_overview)
def milestones_file(request: ScopedRequest, kind: str) -> HttpResponse:
    """The same list as a file."""
    scope, day = request.scope, timezone.localdate()
    filters = MilestonesForm(request.GET, scope=scope, day=day).filters()
    rows = list_milestones(scope, filters, day=day).order_by("due_on", "pk")
    write, media = {
        "csv": (write_csv, "text/csv; charset=utf-8"),
        "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }[kind]
    content = write(rows_for_export(rows, day=day))
    headers = {"Content-Disposition": f'attachment; filename="milestones-{day:%Y-%m-%d}.{kind}"'}
    return HttpResponse(content, content_type=media, headers=headers)
