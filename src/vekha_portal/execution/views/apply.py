"""Applying a roadmap: to which wave, what would be made, and the difference when it is applied again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from vekha_portal.centres.models import Wave
from vekha_portal.centres.views.waves import visible_wave
from vekha_portal.execution import permissions
from vekha_portal.execution.actions.apply import (
    CLOSED_DOOR,
    apply_roadmap,
    check_revision,
    choose_reaches,
    newest_revision,
    preview_again,
    reapply_roadmap,
)
from vekha_portal.execution.actions.need import call_for
from vekha_portal.execution.apply_reads import (
    list_fitting_waves,
    read_reaches,
    show_difference,
    show_measures,
)
from vekha_portal.execution.models import Application, Milestone
from vekha_portal.execution.plans import horizon_for, list_own_centres, read_ground
from vekha_portal.execution.wave_forms import NeedForm
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure, Revision, Roadmap
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.russian import counted

Outcome = Mapping[str, Any] | Answer | HttpResponse
_POINTS = ("контрольная точка", "контрольные точки", "контрольных точек")


def _roadmap(request: ScopedRequest, roadmap_id: int) -> Roadmap:
    rows = Roadmap.objects.visible_to(request.scope).select_related("organisation", "order", "programme")
    found = rows.filter(pk=roadmap_id).first()
    if found is None:
        raise Http404
    return found


def _revision(roadmap: Roadmap) -> Revision:
    found = newest_revision(roadmap)
    if found is None:
        raise NotAllowed("У этой карты ещё нет утверждённой редакции: сначала утвердите её на странице распоряжения.")
    return found


@require_safe
@guarded(permissions.can_apply)
@page("execution/apply_waves.html")
def choose_wave(request: ScopedRequest, roadmap_id: int) -> Outcome:
    """To which wave a roadmap is applied."""
    roadmap = _roadmap(request, roadmap_id)
    revision = _revision(roadmap)
    applied = {each.wave_id: each.pk for each in Application.objects.visible_to(request.scope).filter(roadmap=roadmap)}
    waves = list_fitting_waves(request.scope, roadmap)
    return {
        "title": "К какой волне применить карту",
        "section": "waves",
        "roadmap": roadmap,
        "revision": revision,
        "waves": [(wave, applied.get(wave.pk)) for wave in waves],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_apply)
@page("execution/apply.html", partials=["measures"])
def apply(request: ScopedRequest, wave_id: int, roadmap_id: int) -> Outcome:
    """What applying would make, measure by measure; then it is made."""
    wave, roadmap = visible_wave(request, wave_id), _roadmap(request, roadmap_id)
    known = Application.objects.visible_to(request.scope).filter(wave=wave, roadmap=roadmap).first()
    if known is not None:
        return redirect("execution_reapply", known.pk)
    if not permissions.can_apply_here.test(request.scope, (roadmap, wave)):
        raise NotAllowed(CLOSED_DOOR)
    revision = _revision(roadmap)
    wanted = read_reaches({name: str(value) for name, value in request.POST.items()})
    refused = ""
    if request.method == "POST" and "look" not in request.POST:
        try:
            made = apply_roadmap(
                revision=revision, wave=wave, reaches=wanted, by=request.user, scope=request.scope, at=timezone.now()
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            count = Milestone.objects.filter(application=made).count()
            messages.success(request, f"Карта применена: {counted(count, *_POINTS)}.")
            return redirect("execution_grid", made.pk)
    return Answer(_shown(request, wave, revision, wanted, refused), UNPROCESSABLE if refused else 200)


def _shown(
    request: ScopedRequest, wave: Wave, revision: Revision, wanted: Mapping[str, str], refused: str
) -> dict[str, Any]:
    day = timezone.localdate()
    if not refused:
        try:
            check_revision(revision, wave, request.scope)
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
    until = horizon_for(wave, day)
    ground = read_ground(wave=wave, revision=revision, reaches=choose_reaches(revision, wanted), until=until)
    measures = show_measures(ground, day=day)
    return {
        "title": "Применить дорожную карту",
        "section": "waves",
        "wave": wave,
        "roadmap": revision.roadmap,
        "revision": revision,
        "measures": measures,
        "centres": len(ground.centres),
        "until": until,
        "total": sum(each.count for each in measures),
        "waiting": sum(1 for each in measures if each.waiting),
        "days_off": sum(each.days_off for each in measures),
        "past": sum(each.past for each in measures),
        "refused": refused,
        "today": day,
        "reaches": Reach.choices,
        "back_url": reverse("centres_wave", args=[wave.pk]),
    }


def visible_application(request: ScopedRequest, application_id: int) -> Application:
    """The application, or 404."""
    rows = Application.objects.visible_to(request.scope).select_related(
        "wave__programme",
        "wave__region",
        "wave__organisation",
        "roadmap__organisation",
        "roadmap__order",
        "roadmap__programme",
        "revision__roadmap__organisation",
        "revision__basis",
    )
    found = rows.filter(pk=application_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_apply)
@page("execution/reapply.html")
def reapply(request: ScopedRequest, application_id: int) -> Outcome:
    """What would change if the newest revision, the settings and the calendar of today were applied; then it is done."""
    application = visible_application(request, application_id)
    if not permissions.can_apply_here.test(request.scope, (application.roadmap, application.wave)):
        raise NotAllowed(CLOSED_DOOR)
    revision = _revision(application.roadmap)
    refused = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            done = reapply_roadmap(
                application=application,
                revision=revision,
                reaches={},
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0,
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            words = ", ".join(f"{name} — {count}" for name, count in done.counts.items() if count)
            messages.success(request, f"Сроки обновлены: {words or 'изменений нет'}.")
            return redirect("execution_grid", application.pk)
        application = visible_application(request, application_id)
    difference = preview_again(application=application, revision=revision, reaches={}).difference
    context = {
        "title": "Применить карту заново",
        "section": "waves",
        "application": application,
        "revision": revision,
        "difference": difference,
        "figures": [
            ("остаются", str(difference.kept)),
            ("меняют срок", str(len(difference.moved))),
            ("появятся", str(len(difference.new))),
            ("вернутся", str(len(difference.restored))),
            ("будут сняты", str(len(difference.withdrawn))),
        ],
        "shown": show_difference(difference, [application.revision, revision]),
        "is_newer": revision.pk != application.revision_id,
        "refused": refused,
    }
    return Answer(context, UNPROCESSABLE if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_apply)
@page("centres/form.html")
def need(request: ScopedRequest, application_id: int, measure_id: int) -> Outcome:
    """Call for a measure that is done as the need arises."""
    application = visible_application(request, application_id)
    if not permissions.can_apply_here.test(request.scope, (application.roadmap, application.wave)):
        raise NotAllowed(CLOSED_DOOR)
    measure = Measure.objects.filter(pk=measure_id, revision=application.revision, removed_at=None).first()
    if measure is None:
        raise Http404
    is_for_centres = application.reaches.get(str(measure.key), measure.reach) == Reach.CENTRE
    centres = list_own_centres(application.wave, application.roadmap.organisation) if is_for_centres else []
    form = NeedForm(request.POST or None, centres=[each.pk for each in centres])
    if form.is_bound and form.is_valid():
        try:
            made = call_for(
                application=application,
                measure=measure,
                **form.cleaned_data,
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Назначено: исполнитель увидит новую контрольную точку.")
            return redirect("execution_milestone", made.pk)
    context = {
        "title": f"Назначить исполнение: {measure}",
        "section": "waves",
        "form": form,
        "verb": "Назначить",
        "back_url": reverse("execution_grid", args=[application.pk]),
        "note": f"Срок в распоряжении: «{measure.deadline}».",
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)
