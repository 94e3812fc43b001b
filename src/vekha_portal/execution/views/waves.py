"""A wave: what is applied to it, its schools, how they get onto its list and off it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.centres.actions import keep_list
from vekha_portal.centres.actions.lists import KEPT_BY
from vekha_portal.centres.forms import EndCentreForm, ReasonForm, SchoolFilterForm, TableForm, words_of
from vekha_portal.centres.lists import plan_list
from vekha_portal.centres.models import ListImport
from vekha_portal.centres.permissions import can_change_list, can_change_wave
from vekha_portal.centres.queries import list_centres, list_schools
from vekha_portal.centres.sheets import XLSX
from vekha_portal.centres.views.cards import centre_url, visible_centre
from vekha_portal.centres.views.waves import demand, show_form, visible_wave
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.lists import add_schools, carry_out_list, close_centre, remove_school
from vekha_portal.execution.apply_reads import count_by_centre, list_applicable
from vekha_portal.execution.models import Application, Schedule
from vekha_portal.execution.schedule_reads import list_needs
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.sheets import mark_errors, read_sheet
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.russian import counted
from vekha_portal.ui.tables import Column, Sorting, turn_to

Outcome = Mapping[str, Any] | Answer | HttpResponse
PURPOSE = "schools"
SHOWN = 300
#: Schools ticked on one page.
AT_ONCE = 500
COLUMNS = (
    Column("school", "Школа", ("organisation__sort_key",)),
    Column("place", "Муниципальное образование", ("organisation__municipality__sort_key", "organisation__sort_key")),
    Column("state", "Центр", ("opened_on",)),
    Column("points", "Контрольных точек: принято из всех", numeric=True),
    Column("late", "Просрочено", numeric=True),
    Column("deeds", "Что можно"),
)
CHOICE = (
    Column("tick", "Отметка", narrow=True),
    Column("school", "Школа", ("sort_key",)),
    Column("place", "Муниципальное образование", ("municipality__sort_key", "sort_key")),
    Column("inn", "ИНН", ("inn",)),
    Column("enrolment", "Обучающихся", ("school__enrolment",), numeric=True),
)


@require_safe
@guarded(permissions.can_view_milestones)
@page("execution/wave.html", partials=["schools"])
def wave_page(request: ScopedRequest, wave_id: int) -> Outcome:
    """A wave."""
    wave, scope, day = visible_wave(request, wave_id), request.scope, timezone.localdate()
    words = words_of(request.GET.get("q", "")[:200])
    sorting = Sorting.read(request.GET, COLUMNS, "school")
    centres = turn_to(list_centres(scope, wave, words=words).order_by(*sorting.order_by), request.GET)
    counts = count_by_centre(wave, day, list(centres.object_list))
    applications = Application.objects.visible_to(scope).filter(wave=wave)
    may_change = bool(can_change_list.test(scope, wave)) and wave.closed_on is None
    return {
        "title": str(wave),
        "section": "waves",
        "wave": wave,
        "today": day,
        "sorting": sorting,
        "page": centres,
        "rows": [(each, counts.get(each.pk, (0, 0, 0))) for each in centres.object_list],
        "removed": list_centres(scope, wave, removed=True).order_by("-removed_at", "pk")[:50],
        "applications": applications.select_related("roadmap__organisation", "roadmap__order", "revision").order_by(
            "pk"
        ),
        "applicable": list_applicable(scope, wave)
        if permissions.can_apply.test(scope) and wave.closed_on is None
        else [],
        "schedules": Schedule.objects.visible_to(scope).filter(wave=wave).order_by("-entered_at", "-pk")[:20],
        "may_change_list": may_change,
        "needs": list_needs(scope, wave) if permissions.can_apply.test(scope) and wave.closed_on is None else [],
        "may_change": can_change_wave.test(scope, wave) and wave.closed_on is None,
        "may_schedule": permissions.can_schedule_wave.test(scope, wave) and wave.closed_on is None,
        "q": request.GET.get("q", "")[:200],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_lists)
@page("execution/wave_schools.html", partials=["schools"])
def choose(request: ScopedRequest, wave_id: int) -> Outcome:
    """Choose schools of the registry for the list."""
    wave, scope, now = visible_wave(request, wave_id), request.scope, timezone.now()
    demand(can_change_list, request, wave, KEPT_BY)
    refused = ""
    ticked = [
        int(each)
        for each in request.POST.getlist("school")[:AT_ONCE]
        if each.isascii() and each.isdigit() and len(each) < 18
    ]
    if request.method == "POST":
        schools = list(Organisation.objects.visible_to(scope).filter(pk__in=ticked))
        try:
            if not schools:
                raise Refused("Не отмечено ни одной школы: поставьте отметки и повторите.")
            added = add_schools(wave=wave, schools=schools, by=request.user, scope=scope, at=now)
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Включено в перечень: {counted(len(added), 'школа', 'школы', 'школ')}.")
            return redirect("centres_wave", wave.pk)
    form = SchoolFilterForm(request.GET, wave=wave)
    sorting = Sorting.read(request.GET, CHOICE, "school")
    rows = list_schools(scope, wave, form.filters(), day=now.date()).order_by(*sorting.order_by)
    context = {
        "title": "Выбрать школы",
        "section": "waves",
        "wave": wave,
        "form": form,
        "sorting": sorting,
        "page": turn_to(rows, request.GET, size=100),
        "ticked": ticked,
        "refused": refused,
    }
    return Answer(context, UNPROCESSABLE if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_lists)
@page("centres/form.html")
def upload(request: ScopedRequest, wave_id: int) -> Outcome:
    """Load the list from a table: first the table is kept and looked at."""
    wave = visible_wave(request, wave_id)
    demand(can_change_list, request, wave, KEPT_BY)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TableForm(*posted)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        kept = keep_list(
            wave=wave,
            purpose=PURPOSE,
            asked={},
            file_name=file.name,
            content=file.read(),
            by=request.user,
            scope=request.scope,
            at=timezone.now(),
        )
        return redirect("centres_list_import", kept.pk)
    back = reverse("centres_wave", args=[wave.pk])
    return show_form(form, "Загрузить перечень школ из таблицы", "Посмотреть, что будет", back)


def _kept(request: ScopedRequest, import_id: int) -> ListImport:
    rows = ListImport.objects.visible_to(request.scope).filter(purpose=PURPOSE)
    found = rows.select_related("wave__programme", "wave__region", "wave__organisation").filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_lists)
@page("execution/wave_import.html")
def import_page(request: ScopedRequest, import_id: int) -> Outcome:
    """What the table would do, what is wrong, what to decide; then it is done, wholly or not at all."""
    kept = _kept(request, import_id)
    given = {name.removeprefix("row-"): str(value) for name, value in request.POST.items() if name.startswith("row-")}
    refused = ""
    if request.method == "POST":
        try:
            count = carry_out_list(kept=kept, decisions=given, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"Включено в перечень: {counted(count, 'школа', 'школы', 'школ')}.")
            return redirect("centres_wave", kept.wave_id)
    context: dict[str, Any] = {
        "title": f"Перечень: {kept.file_name}",
        "section": "waves",
        "kept": kept,
        "refused": refused,
        "decisions": given,
    }
    if kept.applied_at is None:
        plan = plan_list(read_sheet(bytes(kept.content)), wave=kept.wave, scope=request.scope, decisions=given)
        context |= {"plan": plan, "errors": plan.errors[:SHOWN], "found": plan.found[:SHOWN]}
    return Answer(context, UNPROCESSABLE if refused else 200)


@require_safe
@guarded(permissions.can_keep_lists)
def import_errors(request: ScopedRequest, import_id: int) -> HttpResponse:
    """The table with its wrong cells marked."""
    kept = _kept(request, import_id)
    sheet = read_sheet(bytes(kept.content))
    plan = plan_list(sheet, wave=kept.wave, scope=request.scope, decisions={})
    headers = {"Content-Disposition": f'attachment; filename="errors-{kept.pk}.xlsx"'}
    return HttpResponse(mark_errors(sheet, plan.errors), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_lists)
@page("centres/form.html")
def remove(request: ScopedRequest, centre_id: int) -> Outcome:
    """Take a school off the list, with the reason."""
    centre = visible_centre(request, centre_id)
    demand(can_change_list, request, centre.wave, KEPT_BY)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            count = remove_school(centre=centre, reason=reason, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = counted(count, "контрольная точка", "контрольные точки", "контрольных точек")
            messages.success(request, f"Школа исключена из перечня, снято: {words}.")
            return redirect("centres_wave", centre.wave_id)
    note = "Открытые контрольные точки школы будут сняты с этой причиной; принятые останутся."
    title = f"Исключить из перечня: {centre.organisation}"
    return show_form(form, title, "Исключить", reverse("centres_wave", args=[centre.wave_id]), note)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_lists)
@page("centres/card.html")
def close(request: ScopedRequest, centre_id: int) -> Outcome:
    """Close a centre or merge it into another."""
    centre = visible_centre(request, centre_id)
    demand(can_change_list, request, centre.wave, KEPT_BY)
    initial = {"on": timezone.localdate(), "version": centre.version}
    form = EndCentreForm(request.POST or None, scope=request.scope, centre=centre, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            close_centre(centre=centre, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now())
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Закрытие записано; история центра сохранена.")
            return redirect(centre_url(centre))
    note = "Что нужно было сделать до этого дня, остаётся в долгу; контрольные точки с более поздним сроком снимаются."
    shown = show_form(form, f"Закрытие центра: {centre}", "Записать", centre_url(centre), note)
    return Answer({**shown.context, "centre": centre, "may_end": True}, shown.status)
