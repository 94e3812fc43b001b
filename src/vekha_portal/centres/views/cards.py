"""The passport of a centre: its data, its name, its opening. Closing stands above, with what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vekha_portal.centres import actions, permissions
from vekha_portal.centres.actions.cards import CARD_FIELDS
from vekha_portal.centres.forms import CardForm, OpenForm, RenameForm
from vekha_portal.centres.models import Centre
from vekha_portal.centres.views.waves import demand, show_form
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.ui.pages import Answer, page

CLOSED_DOOR = "Паспорт центра ведут его школа, муниципальный орган и региональный координатор."
Outcome = Mapping[str, Any] | Answer | HttpResponse


def visible_centre(request: ScopedRequest, centre_id: int) -> Centre:
    """The centre, or 404."""
    rows = Centre.objects.visible_to(request.scope).select_related(
        "wave__programme", "wave__region", "organisation", "programme"
    )
    found = rows.filter(pk=centre_id).first()
    if found is None:
        raise Http404
    return found


def centre_url(centre: Centre) -> str:
    """The page of a centre; its wave where no app brings such a page."""
    try:
        return reverse("centre", args=[centre.pk])
    except NoReverseMatch:
        return reverse("centres_wave", args=[centre.wave_id])


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_centres)
@page("centres/card.html")
def change(request: ScopedRequest, centre_id: int) -> Outcome:
    """Change the passport."""
    centre = visible_centre(request, centre_id)
    initial = {name: getattr(centre, name) for name in (*CARD_FIELDS, "version")}
    form = CardForm(request.POST or None, initial=initial)

    def write() -> None:
        values, version = form.values(), form.cleaned_data["version"]
        actions.change_centre(
            centre=centre, version=version, values=values, by=request.user, scope=request.scope, at=timezone.now()
        )

    return _answer(request, centre, form, write, "Паспорт", "Записать", "Паспорт записан.")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_centres)
@page("centres/card.html")
def rename(request: ScopedRequest, centre_id: int) -> Outcome:
    """Give the centre another name."""
    centre = visible_centre(request, centre_id)
    form = RenameForm(request.POST or None, initial={"name": centre.name, "version": centre.version})

    def write() -> None:
        actions.rename_centre(
            centre=centre, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now()
        )

    return _answer(request, centre, form, write, "Название", "Переименовать", "Новое название записано.")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_keep_centres)
@page("centres/card.html")
def open_page(request: ScopedRequest, centre_id: int) -> Outcome:
    """Note the day the centre began to work."""
    centre = visible_centre(request, centre_id)
    form = OpenForm(request.POST or None, initial={"on": centre.opened_on, "version": centre.version})

    def write() -> None:
        actions.open_centre(centre=centre, **form.cleaned_data, by=request.user, scope=request.scope, at=timezone.now())

    return _answer(request, centre, form, write, "Открытие центра", "Записать", "Открытие записано.")


def _answer(
    request: ScopedRequest, centre: Centre, form: Any, write: Callable[[], None], title: str, verb: str, done: str
) -> Outcome:
    demand(permissions.can_change_centre, request, centre, CLOSED_DOOR)
    if form.is_bound and form.is_valid():
        try:
            write()
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(centre_url(centre))
    shown = show_form(form, f"{title}: {centre}", verb, centre_url(centre))
    may_end = permissions.can_change_list.test(request.scope, centre.wave)
    return Answer({**shown.context, "centre": centre, "may_end": may_end, "today": timezone.localdate()}, shown.status)
