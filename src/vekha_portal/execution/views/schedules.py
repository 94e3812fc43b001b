"""Schedules: what waits for one, entering a day for a wave, loading days of each school from a table."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.centres.actions import keep_list
from vekha_portal.centres.models import ListImport, Wave
from vekha_portal.centres.sheets import XLSX
from vekha_portal.centres.views.waves import visible_wave
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.schedule import CLOSED_DOOR, carry_out_table, enter_schedule
from vekha_portal.execution.models import Schedule, ScheduleKind
from vekha_portal.execution.schedule_reads import list_waiting_measures
from vekha_portal.execution.schedule_tables import plan_days
from vekha_portal.execution.wave_forms import ScheduleForm, ScheduleTableForm
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.registry.sheets import mark_errors, read_sheet
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.tables import turn_to

Outcome = Mapping[str, Any] | Answer | HttpResponse
PURPOSE = "schedule"
SHOWN = 300


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/schedules.html")
def schedules(request: ScopedRequest) -> Outcome:
    """Which waves wait for somebody else's dates, and the letters that gave some."""
    waits = Q(milestones__withdrawn_at=None, milestones__due_on=None) & ~Q(milestones__waiting_for="")
    waves = Wave.objects.visible_to(request.scope).filter(closed_on=None)
    counted: Any = waves.annotate(waiting=Count("milestones", filter=waits))
    rows = Schedule.objects.visible_to(request.scope).select_related("wave__programme", "wave__region")
    rows = rows.annotate(days=Count("lines")).order_by("-entered_at", "-pk")
    return {
        "title": "Графики и события",
        "section": "waves",
        "waves": counted.filter(waiting__gt=0).select_related("programme", "region").order_by("-waiting", "pk")[:100],
        "page": turn_to(rows, request.GET),
        "may_enter": permissions.can_schedule.test(request.scope),
    }


def _demand(request: ScopedRequest, wave: Wave) -> None:
    if not permissions.can_schedule_wave.test(request.scope, wave):
        raise NotAllowed(CLOSED_DOOR)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_schedule)
@page("execution/schedule.html")
def schedule(request: ScopedRequest, wave_id: int) -> Outcome:
    """Enter one day for the whole wave."""
    wave = visible_wave(request, wave_id)
    _demand(request, wave)
    form = ScheduleForm(request.POST or None, measures=list_waiting_measures(request.scope, wave))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            entered = enter_schedule(
                wave=wave,
                days={None: given["day"]},
                letter=form.letter,
                measure_keys=[uuid.UUID(each) for each in given["measures"]],
                kind=ScheduleKind(given["kind"]),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"График внесён, сроков назначено: {entered.dated}.")
            return redirect("centres_wave", wave.pk)
    context = {
        "title": "Внести график или событие",
        "section": "waves",
        "wave": wave,
        "form": form,
        "may_load": True,
        "back_url": reverse("centres_wave", args=[wave.pk]),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_schedule)
@page("execution/schedule.html")
def upload(request: ScopedRequest, wave_id: int) -> Outcome:
    """Load days of each school: first the table is kept and looked at."""
    wave = visible_wave(request, wave_id)
    _demand(request, wave)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScheduleTableForm(*posted, measures=list_waiting_measures(request.scope, wave))
    form.fields["file"].help_text = "Столбцы: полное наименование, ИНН, срок (ДД.ММ.ГГГГ). По строке на школу."
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        kept = keep_list(
            wave=wave,
            purpose=PURPOSE,
            asked=form.asked(),
            file_name=file.name,
            content=file.read(),
            by=request.user,
            scope=request.scope,
            at=timezone.now(),
        )
        return redirect("execution_schedule_import", kept.pk)
    context = {
        "title": "Загрузить график из таблицы",
        "section": "waves",
        "wave": wave,
        "form": form,
        "back_url": reverse("execution_schedule", args=[wave.pk]),
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)


def _kept(request: ScopedRequest, import_id: int) -> ListImport:
    rows = ListImport.objects.visible_to(request.scope).filter(purpose=PURPOSE)
    found = rows.select_related("wave__programme", "wave__region", "wave__organisation").filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_schedule)
@page("execution/schedule_import.html")
def import_page(request: ScopedRequest, import_id: int) -> Outcome:
    """What the table would do; then it is done, wholly or not at all."""
    kept = _kept(request, import_id)
    refused = ""
    if request.method == "POST":
        try:
            dated = carry_out_table(kept=kept, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"График внесён, сроков назначено: {dated}.")
            return redirect("centres_wave", kept.wave_id)
    context: dict[str, Any] = {
        "title": f"График: {kept.file_name}",
        "section": "waves",
        "kept": kept,
        "refused": refused,
    }
    if kept.applied_at is None:
        plan = plan_days(read_sheet(bytes(kept.content)), wave=kept.wave, scope=request.scope)
        context |= {"errors": plan.errors[:SHOWN], "rows": plan.shown[:SHOWN], "count": len(plan.days)}
    return Answer(context, UNPROCESSABLE if refused else 200)


@require_safe
@guarded(permissions.can_schedule)
def import_errors(request: ScopedRequest, import_id: int) -> HttpResponse:
    """The table with its wrong cells marked."""
    kept = _kept(request, import_id)
    sheet = read_sheet(bytes(kept.content))
    plan = plan_days(sheet, wave=kept.wave, scope=request.scope)
    headers = {"Content-Disposition": f'attachment; filename="errors-{kept.pk}.xlsx"'}
    return HttpResponse(mark_errors(sheet, plan.errors), content_type=XLSX, headers=headers)
