"""The page «Нагрузка»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.bridge import is_day_off
from vekha_portal.overview.forms import SpanForm
from vekha_portal.overview.permissions import can_view_workload
from vekha_portal.overview.queries import workload as queries
from vekha_portal.overview.queries.workload import LoadedDay, Span
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import long_day

#: The heaviest days that are named.
HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day in the table: how heavy it is beside the heaviest, and whether anybody works on it."""

    loaded: LoadedDay
    share: int
    is_off: bool
    is_heavy: bool
    url: str


@require_safe
@guarded(can_view_workload)
@page("overview/workload.html", partials=("load",))
def workload(request: ScopedRequest) -> Mapping[str, Any]:
    """Days, organisations, people, absences."""
    scope, today = request.scope, timezone.localdate()
    form = SpanForm(request.GET, scope=scope)
    span = form.span(today=today)
    days = queries.days_of(scope, span)
    is_wide = scope.is_country and not span.region
    lines = _lines(days, span)
    return {
        "title": "Нагрузка",
        "section": "workload",
        "form": form,
        "span": span,
        "subtitle": f"Что предстоит сдать с {long_day(span.since)} по {long_day(span.until)}",
        "lines": lines,
        "heaviest": sorted((line for line in lines if line.is_heavy), key=lambda line: -line.loaded.count),
        "total": sum(day.count for day in days),
        "is_wide": is_wide,
        "regions": [(each, _here(span, region=each["region_id"])) for each in queries.regions_of(scope, span)] if is_wide else [],
        "organisations": []
        if is_wide
        else [
            (each, _list(span, organisation=each["organisation_id"])) for each in queries.organisations_of(scope, span)
        ],
        "carriers": [] if is_wide else queries.carriers_of(scope, span),
        "absences": queries.absences_of(scope, span),
    }  # fmt: skip


def _lines(days: Sequence[LoadedDay], span: Span) -> list[DayLine]:
    most = max((day.count for day in days), default=0)
    heavy = {day.day for day in sorted(days, key=lambda day: (-day.count, day.day))[:HEAVIEST]}
    return [
        DayLine(
            day, day.count * 100 // most, is_day_off(day.day), day.day in heavy, _list(span, since=day.day, until=day.day)
        )
        for day in days
    ]  # fmt: skip


def _list(span: Span, **filters: Any) -> str:
    known: dict[str, Any] = {"since": span.since, "until": span.until, "open": 1, "region": span.region, **filters}
    return f"{reverse('milestones')}?{urlencode({name: value for name, value in known.items() if value})}"


def _here(span: Span, **changed: Any) -> str:
    known: dict[str, Any] = {"since": span.since, "until": span.until, **changed}
    return f"{reverse('workload')}?{urlencode(known)}"
