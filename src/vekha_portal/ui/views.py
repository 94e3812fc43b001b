"""The gallery of components, and the choice of a theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vekha_portal.ui import samples
from vekha_portal.ui.forms import SampleForm
from vekha_portal.ui.frame import THEME_COOKIE, THEMES, Crumb
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page
from vekha_portal.ui.permissions import can_see_gallery
from vekha_portal.ui.tables import Sorting, turn_to
from vekha_portal.ui.tones import Tone

A_YEAR = 365 * 24 * 3600
HOME = Crumb("Оформление", "/ui/")


def _guard(request: HttpRequest) -> None:
    """The gallery exists for nobody else; its own invented frame stands around it."""
    if not can_see_gallery(request):
        raise Http404
    request.frame = samples.FRAME  # type: ignore[attr-defined]


@page("ui/gallery.html")
def gallery(request: HttpRequest) -> Mapping[str, Any]:
    """Every component with an example."""
    _guard(request)
    return {
        "title": "Оформление",
        "section": request.GET.get("in", "gallery"),
        "crumbs": (Crumb("Администрирование", "/ui/"), Crumb("Оформление")),
        "states": samples.STATES,
        "tones": list(Tone),
        "deadlines": samples.DEADLINES,
        "steps": samples.STEPS,
        "evidence": samples.EVIDENCE,
        "differences": samples.DIFFERENCES,
        "tabs": samples.TABS,
        "facts": samples.FACTS,
    }


@page("ui/gallery/pictures.html")
def pictures(request: HttpRequest) -> Mapping[str, Any]:
    """The pictures: heat grid, Gantt, tile map, charts, calendar."""
    _guard(request)
    return {
        "title": "Картинки",
        "section": "gallery",
        "crumbs": (HOME, Crumb("Картинки")),
        "grid": samples.sample_grid(),
        "map": samples.sample_map(),
        "chart": samples.sample_gantt(),
        "grid_states": samples.STATES[:6],
        "reach": samples.REACH,
        "events": samples.EVENTS,
    }


@page("ui/gallery/table.html", partials=("rows", "summary"), along={"rows": ("summary",)})
def table(request: HttpRequest) -> Mapping[str, Any]:
    """A list with a filter, sorting and pages."""
    _guard(request)
    sorting = Sorting.read(request.GET, samples.COLUMNS, default="due")
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    rows = samples.sort_rows(samples.list_rows(text=text, state=state), sorting.order_by)
    return {
        "title": "Таблица",
        "section": "gallery",
        "crumbs": (HOME, Crumb("Таблица")),
        "sorting": sorting,
        "rows": turn_to(rows, request.GET, size=15),
        "tones": [(str(tone), next(each.label for each in samples.STATES if each.tone is tone)) for tone in Tone],
        "text": text,
        "state": state,
    }


@page("ui/gallery/form.html", partials=("letter",))
def form(request: HttpRequest) -> Answer | HttpResponse:
    """A form that shows what is wrong and what to do."""
    _guard(request)
    shown = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and shown.is_valid():
        messages.success(
            request, f"Письмо № {shown.cleaned_data['number']} зарегистрировано (на самом деле нет: это пример)."
        )
        return HttpResponseRedirect(request.path)
    context = {"title": "Форма", "section": "gallery", "crumbs": (HOME, Crumb("Форма")), "form": shown}
    return Answer(context, UNPROCESSABLE if shown.is_bound else 200)


@page("ui/confirm.html", partials=("dialog",))
def confirm(request: HttpRequest) -> Answer | HttpResponse:
    """A question before something that cannot be undone: a page, or a dialog over another."""
    _guard(request)
    reason = request.POST.get("reason", "").strip()
    if request.method == "POST" and reason:
        messages.success(request, "Документ возвращён (на самом деле нет: это пример).")
        return HttpResponseRedirect("/ui/")
    missing = "Напишите причину: по ней документ исправят." if request.method == "POST" else ""
    context = {
        "title": "Вернуть документ?",
        "section": "gallery",
        "crumbs": (HOME, Crumb("Возврат")),
        "action": request.path,
        "consequences": ("Документ вернётся тому, кто его подал; остальные документы контрольной точки не изменятся.",),
        "asks_reason": True,
        "reason": reason,
        "reason_error": missing,
        "verb": "Вернуть",
        "dangerous": True,
        "back_url": "/ui/",
    }
    return Answer(context, UNPROCESSABLE if missing else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen theme in a cookie and returns to where the person was."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if (chosen := request.POST.get("theme", "")) in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
