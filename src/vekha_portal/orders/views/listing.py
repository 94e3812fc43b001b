"""The list of orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.orders import permissions, reads
from vekha_portal.orders.forms.listing import FilterForm
from vekha_portal.orders.views.found import SECTION
from vekha_portal.orders.words import order_state
from vekha_portal.ui.pages import page
from vekha_portal.ui.tables import Column, Sorting, turn_to

COLUMNS = (
    Column("date", "Дата", ("signed_on",)),
    Column("number", "Номер", ("number",)),
    Column("title", "О чём", ("title",)),
    Column("organisation", "Чьё", ("organisation__sort_key",)),
    Column("programmes", "Дорожные карты"),
    Column("state", "Состояние"),
)


@require_safe
@guarded(permissions.can_list_orders)
@page("orders/list.html", partials=["orders"])
def list_page(request: ScopedRequest) -> Mapping[str, Any]:
    """Orders the role sees: its own, those of its superiors, the federal ones."""
    form = FilterForm(request.GET, scope=request.scope)
    sorting = Sorting.read(request.GET, COLUMNS, "-date")
    shown = turn_to(reads.list_orders(request.scope, form.filters()).order_by(*sorting.order_by), request.GET)
    return {
        "title": "Распоряжения",
        "section": SECTION,
        "form": form,
        "sorting": sorting,
        "page": shown,
        "rows": [(order, order_state(order)) for order in shown],
        "is_filtered": any(value for name, value in request.GET.items() if name not in ("page", "sort")),
        "may_enter": permissions.can_enter_orders.test(request.scope),
    }
