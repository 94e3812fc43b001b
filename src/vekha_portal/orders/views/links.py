"""The page that links the measures of a roadmap to those of a superior's."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, reads
from vekha_portal.orders.actions.superior import link_measures
from vekha_portal.orders.models import Revision, Roadmap
from vekha_portal.orders.pairs import propose_links
from vekha_portal.orders.views.found import SECTION, crumbs, demand, order_crumb, revision_of
from vekha_portal.ui.pages import UNPROCESSABLE, Answer, page

Outcome = Mapping[str, Any] | Answer | HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(permissions.can_enter_orders)
@page("orders/links.html")
def links(request: ScopedRequest, revision_id: int) -> Outcome:
    """Choose the superior's roadmap and, for each measure, the one it carries out."""
    revision = revision_of(request, revision_id)
    demand(permissions.can_change_order, request, revision)
    candidates = _candidates(request, revision)
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("superior", "" if request.method == "POST" else str(revision.roadmap.superior_id or ""))
    superior = next((each for each in candidates if str(each.pk) == wanted), None)
    refused = ""
    if request.method == "POST":
        try:
            if wanted and superior is None:
                raise Refused("Этой карты нет или она вам не видна: выберите другую.")
            link_measures(
                revision=revision,
                superior=superior,
                links=_chosen(request.POST),
                by=request.user,
                scope=request.scope,
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "Связи записаны." if superior else "Связь с вышестоящей картой снята.")
            return redirect(reverse("orders_links", args=[revision.pk]))
    context = {
        "title": "Связь с вышестоящей картой",
        "section": SECTION,
        "crumbs": crumbs(order_crumb(revision.basis), ("Связь с вышестоящей картой", "")),
        "revision": revision,
        "candidates": candidates,
        "superior": superior,
        "proposal": propose_links(revision, superior) if superior is not None else None,
        "refused": refused,
    }
    return Answer(context, UNPROCESSABLE if refused else 200)


def _candidates(request: ScopedRequest, revision: Revision) -> list[Roadmap]:
    """Roadmaps in force of other organisations: of the superior act first, then of the same programme."""
    roadmap = revision.roadmap
    rows = reads.read_roadmaps(request.scope).filter(has_approved=True, order__withdrawn_at=None)
    rows = rows.exclude(organisation=revision.organisation_id).select_related("order", "programme", "organisation")
    if revision.region_id is not None:
        rows = rows.filter(region_id__in=[revision.region_id]) | rows.filter(region=None)
    acts = {revision.basis.superior_id, roadmap.order.superior_id} - {None}

    def distance(each: Roadmap) -> tuple[bool, bool, bool, int]:
        return (
            each.order_id not in acts,
            each.programme_id != roadmap.programme_id,
            each.subsidy_year != roadmap.subsidy_year,
            -each.pk,
        )

    own = revision.organisation.path
    above = [each for each in rows.order_by("-pk")[:300] if not each.organisation.path.startswith(own)]
    return sorted(above, key=distance)


def _chosen(posted: QueryDict) -> dict[int, uuid.UUID | None]:
    """The link of each measure: fields «link-<measure>» with a key or nothing; nonsense is left out."""
    found: dict[int, uuid.UUID | None] = {}
    for name, value in posted.items():
        number = name.removeprefix("link-")
        if name != number and number.isascii() and number.isdigit() and isinstance(value, str):
            try:
                found[int(number)] = uuid.UUID(value) if value else None
            except ValueError:
                continue
    return found
