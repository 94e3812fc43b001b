"""Waves: the list, a new one, who leads it, its end, its list of schools as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.centres import actions, permissions
from vekha_portal.centres.forms import EndWaveForm, WaveChangeForm, WaveFilterForm, WaveForm
from vekha_portal.centres.models import Wave
from vekha_portal.centres.queries import list_centres, list_waves
from vekha_portal.centres.sheets import XLSX, write_list
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.tables import Column, Sorting, turn_to

COLUMNS = (
    Column("programme", "Программа", ("programme__name", "-subsidy_year")),
    Column("region", "Субъект", ("region__sort_key", "-subsidy_year")),
    Column("year", "Год субсидии", ("subsidy_year", "region_id"), numeric=True),
    Column("leader", "Кто ведёт", ("organisation__sort_key",)),
    Column("centres", "Школ в перечне", ("centres_count",), numeric=True),
    Column("state", "Состояние", ("closed_on",)),
)


@require_safe
@guarded(permissions.can_view_waves)
@page("centres/waves.html", partials=["waves"])
def list_page(request: ScopedRequest) -> Mapping[str, Any]:
    """The waves of the role's territory."""
    form = WaveFilterForm(request.GET, scope=request.scope)
    sorting = Sorting.read(request.GET, COLUMNS, "-year")
    rows = list_waves(request.scope, form.filters()).order_by(*sorting.order_by)
    return {
        "title": "Волны и центры",
        "section": "waves",
        "form": form,
        "sorting": sorting,
        "page": turn_to(rows, request.GET),
        "may_open": permissions.can_lead.test(request.scope),
    }


def visible_wave(request: ScopedRequest, wave_id: int) -> Wave:
    """The wave, or 404."""
    rows = Wave.objects.visible_to(request.scope).select_related("programme", "region", "organisation", "list_order")
    found = rows.filter(pk=wave_id).first()
    if found is None:
        raise Http404
    return found


def demand(predicate: Any, request: ScopedRequest, about: object, why: str) -> None:
    """403 with why, before a form is shown to somebody who could not send it."""
    if not predicate.test(request.scope, about):
        raise NotAllowed(why)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_lead)
@page("centres/form.html")
def new(request: ScopedRequest) -> Mapping[str, Any] | Answer | HttpResponse:
    """Begin a wave."""
    scope = request.scope
    initial = {
        "region": scope.region,
        "subsidy_year": timezone.localdate().year + 1,
        "organisation": next(iter(scope.organisations), None),
    }
    form = WaveForm(request.POST or None, scope=scope, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            wave = actions.open_wave(**form.cleaned_data, by=request.user, scope=scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Волна начата. Теперь составьте перечень школ.")
            return redirect("centres_wave", wave.pk)
    return show_form(form, "Новая волна", "Начать волну", reverse("centres_waves"))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_lead)
@page("centres/form.html")
def change(request: ScopedRequest, wave_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """Who leads a wave and what approved its list."""
    wave = visible_wave(request, wave_id)
    demand(permissions.can_change_wave, request, wave, actions.waves.CLOSED_DOOR)
    initial = {"version": wave.version, "organisation": wave.organisation_id, "list_order": wave.list_order_id}
    form = WaveChangeForm(request.POST or None, scope=request.scope, wave=wave, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.change_wave(wave=wave, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано.")
            return redirect("centres_wave", wave.pk)
    return show_form(form, f"Изменить: {wave}", "Записать", reverse("centres_wave", args=[wave.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_lead)
@page("centres/form.html")
def close(request: ScopedRequest, wave_id: int) -> Mapping[str, Any] | Answer | HttpResponse:
    """End a wave."""
    wave = visible_wave(request, wave_id)
    demand(permissions.can_change_wave, request, wave, actions.waves.CLOSED_DOOR)
    form = EndWaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            actions.close_wave(wave=wave, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Волна завершена: её контрольные точки сохранены, новых сроков не будет.")
            return redirect("centres_wave", wave.pk)
    note = "После завершения перечень и сроки волны больше не меняются; повторяющиеся отчёты дальше не назначаются."
    return show_form(form, f"Завершить: {wave}", "Завершить волну", reverse("centres_wave", args=[wave.pk]), note)


@require_safe
@guarded(permissions.can_view_waves)
def list_sheet(request: ScopedRequest, wave_id: int) -> HttpResponse:
    """The list of schools as XLSX."""
    wave = visible_wave(request, wave_id)
    rows = list_centres(request.scope, wave).order_by(
        "organisation__municipality__sort_key", "organisation__sort_key", "pk"
    )
    headers = {"Content-Disposition": f'attachment; filename="schools-{wave.pk}.xlsx"'}
    return HttpResponse(write_list(wave, rows), content_type=XLSX, headers=headers)


def show_form(form: Any, title: str, verb: str, back: str, note: str = "") -> Answer:
    """The page of one form; 422 when it came back with errors."""
    context = {"title": title, "form": form, "verb": verb, "back_url": back, "section": "waves", "note": note}
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)
