"""What pages of orders look up: the row, or 404; the way to it; and rights asked of a row."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from vekha_portal.journal.refusals import NotAllowed
from vekha_portal.journal.requests import ScopedRequest
from vekha_portal.orders import reads
from vekha_portal.orders.actions.rights import NOT_YOURS
from vekha_portal.orders.models import Order, Revision, Roadmap
from vekha_portal.ui.frame import Crumb

SECTION = "orders"


def order_of(request: ScopedRequest, order_id: int) -> Order:
    """The order, if the role sees it."""
    found = reads.find_order(request.scope, order_id)
    if found is None:
        raise Http404
    return found


def roadmap_of(request: ScopedRequest, roadmap_id: int) -> Roadmap:
    """The roadmap, if the role sees it."""
    found = reads.find_roadmap(request.scope, roadmap_id)
    if found is None:
        raise Http404
    return found


def revision_of(request: ScopedRequest, revision_id: int) -> Revision:
    """The revision, if the role sees it."""
    found = reads.find_revision(request.scope, revision_id)
    if found is None:
        raise Http404
    return found


def demand(predicate: Any, request: ScopedRequest, row: Any, why: str = NOT_YOURS) -> None:
    """403 with why, where the predicate says no."""
    if not predicate.test(request.scope, row):
        raise NotAllowed(why)


def url_or_nothing(name: str, *args: Any) -> str:
    """The address of a page of an app above this one; empty where that app is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def crumbs(*steps: tuple[str, str]) -> tuple[Crumb, ...]:
    """The way from the list of orders."""
    return (Crumb("Распоряжения", reverse("orders_list")), *(Crumb(label, url) for label, url in steps))


def order_crumb(order: Order) -> tuple[str, str]:
    """The step of an order."""
    return str(order), reverse("orders_order", args=[order.pk])
