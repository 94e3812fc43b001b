"""The page «Понимание сроков»: the settings of the open questions of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions
from vekha_portal.orders.actions.settings import change_settings
from vekha_portal.orders.dates.bridge import explain_understanding
from vekha_portal.orders.forms.settings import SettingsForm
from vekha_portal.orders.models import DeadlineSettings
from vekha_portal.orders.people import names_of_people
from vekha_portal.orders.reads import settings_for
from vekha_portal.orders.views.found import SECTION, crumbs, demand
from vekha_portal.registry.models import Organisation
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_list_orders)
@page("orders/settings.html", partials=["settings"])
def settings(request: ScopedRequest, organisation_id: int | None = None) -> Outcome:
    """How an organisation understands debatable deadlines; one's own where none is named."""
    wanted = organisation_id or next(iter(request.scope.organisations), 0)
    organisation = Organisation.objects.visible_to(request.scope).filter(pk=wanted).first()
    if organisation is None:
        raise Http404
    may_change = permissions.can_change_settings.test(request.scope, organisation)
    own = DeadlineSettings.objects.visible_to(request.scope).filter(organisation=organisation).first()
    known = settings_for(organisation)
    initial = {
        "before_includes_day": "yes" if known.before_includes_day else "no",
        "warning_days": known.warning_days,
        "version": own.version if own else 0,
    }
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound:
        demand(permissions.can_change_settings, request, organisation)
    if form.is_bound and form.is_valid():
        try:
            change_settings(
                organisation=organisation,
                version=form.cleaned_data["version"],
                before_includes_day=form.cleaned_data["before_includes_day"] == "yes",
                warning_days=form.cleaned_data["warning_days"],
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Записано. Новые сроки считаются так; уже созданные точки сами не переносятся.")
            return redirect("orders_settings_of", organisation.pk)
    context = {
        "title": "Как понимаются сроки",
        "section": SECTION,
        "crumbs": crumbs(("Понимание сроков", "")),
        "organisation": organisation,
        "own": own,
        "changed_by": names_of_people([own.changed_by_id]).get(own.changed_by_id, "") if own else "",
        "known": known,
        "sentences": explain_understanding(known),
        "form": form,
        "may_change": may_change,
    }
    return Answer(context, UNPROCESSABLE if form.is_bound else 200)
