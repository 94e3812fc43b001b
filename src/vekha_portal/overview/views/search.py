"""The page of the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.bridge import stage_title
from vekha_portal.overview.folding import list_words
from vekha_portal.overview.permissions import can_view_overview
from vekha_portal.overview.queries.search import SHORTEST, SHOWN, search
from vekha_portal.overview.shown import find_url
from vekha_portal.ui.pages import page

LONGEST = 200


@require_safe
@guarded(can_view_overview)
@page("overview/search.html")
def search_page(request: ScopedRequest) -> Mapping[str, Any]:
    """Orders, measures, centres and organisations that hold the words."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    words = list_words(asked)
    context: dict[str, Any] = {"title": "Поиск", "section": "search", "asked": asked, "shown": SHOWN}
    if not words:
        return context
    if max(map(len, words)) < SHORTEST:
        return {**context, "too_short": True}
    found = search(request.scope, words, day=timezone.localdate())
    query = urlencode({"q": asked})
    return {
        **context,
        "found": found,
        "orders": [(each, find_url("orders_order", each.pk)) for each in found.orders[:SHOWN]],
        "measures": [
            (
                each,
                stage_title(each.stage),
                f"{reverse('milestones')}?measure={each.pk}",
                find_url("roadmap_measures", each.revision.roadmap_id),
            )
            for each in found.measures[:SHOWN]
        ],
        "centres": found.centres[:SHOWN],
        "organisations": found.organisations[:SHOWN],
        "more_orders": len(found.orders) > SHOWN and find_url("orders_list"),
        "more_measures": len(found.measures) > SHOWN and f"{reverse('milestones')}?{query}",
        "more_centres": len(found.centres) > SHOWN and f"{reverse('milestones')}?{query}",
        "more_organisations": len(found.organisations) > SHOWN and f"{reverse('registry_list')}?{query}",
    }
