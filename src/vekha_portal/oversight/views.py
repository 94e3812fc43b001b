"""The page of what was found in a wave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vekha_portal.centres.models import Wave
from vekha_portal.findings import queries
from vekha_portal.findings.forms import FilterForm
from vekha_portal.findings.models import CheckRun, Finding
from vekha_portal.findings.shown import address_of, draw_trend, list_codes, show
from vekha_portal.findings.views import COLUMNS, SECTION
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.oversight import actions
from vekha_portal.oversight.permissions import can_check_wave, can_open_wave, can_view_wave
from vekha_portal.ui.frame import Crumb
from vekha_portal.ui.pages import page
from vekha_portal.ui.tables import Sorting, turn_to


def _wave(request: ScopedRequest, wave_id: int) -> Wave:
    rows = Wave.objects.visible_to(request.scope).select_related("programme", "region", "organisation")
    found = rows.filter(pk=wave_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@guarded(can_open_wave)
@page("oversight/wave.html", partials=["findings"])
def wave_page(request: ScopedRequest, wave_id: int) -> Mapping[str, Any]:
    """What the rules found in a wave; those below see what is about themselves."""
    wave, day, scope = _wave(request, wave_id), timezone.localdate(), request.scope
    form = FilterForm(request.GET, rules=list_codes(Finding.objects.visible_to(scope).filter(wave=wave, gone_at=None)))
    sorting = Sorting.read(request.GET, COLUMNS, "severity")
    rows = queries.list_findings(scope, form.filters(), day=day).filter(wave=wave)
    turned = turn_to(rows.select_related("organisation").order_by(*sorting.order_by), request.GET)
    turned.object_list = show([_with_wave(each, wave) for each in turned.object_list], scope)
    runs = list(CheckRun.objects.visible_to(scope).filter(wave=wave).order_by("-checked_at", "-pk")[:60])
    return {
        "title": f"Замечания: {wave}",
        "section": SECTION,
        "crumbs": (Crumb("Замечания", reverse("findings_list")), Crumb(str(wave))),
        "wave": wave,
        "wave_url": address_of("centres_wave", wave.pk),
        "form": form,
        "sorting": sorting,
        "page": turned,
        "run": runs[0] if runs else None,
        "trend": draw_trend(reversed(runs)),
        "sees_all": can_view_wave.test(scope, wave.organisation),
        "may_check": can_check_wave.test(scope, wave),
    }


def _with_wave(finding: Finding, wave: Wave) -> Finding:
    """The rows of one wave share it, so that a page asks for it once."""
    finding.wave = wave
    return finding


@require_POST
@guarded(can_open_wave)
def check(request: ScopedRequest, wave_id: int) -> HttpResponse:
    """Check now."""
    wave = _wave(request, wave_id)
    run = actions.ask_check(
        wave=wave, day=timezone.localdate(), by=request.user, scope=request.scope, at=timezone.now()
    )
    messages.success(request, f"Проверено. Замечаний: {run.total}.")
    return redirect("oversight_wave", wave_id)
