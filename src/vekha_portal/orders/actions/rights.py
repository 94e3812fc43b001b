"""What every write of orders asks first: the right, and the row as it is now, locked."""

from __future__ import annotations

from typing import Any

from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Order, Revision, Roadmap

NOT_YOURS = (
    "Распоряжение ведёт организация, которая его внесла, и те, кто выше неё в субъекте. "
    "Обратитесь к ним: имена — в разделе «Люди и роли»."
)


def demand(predicate: Any, scope: Scope, row: Any, why: str = NOT_YOURS) -> None:
    """Refuse where the predicate says no."""
    if not predicate.test(scope, row):
        raise NotAllowed(why)


def locked_order(order: Order, scope: Scope, predicate: Any) -> Order:
    """The order as it is now, locked until the end of the transaction."""
    demand(predicate, scope, order)
    rows = Order.objects.visible_to(scope).select_related("organisation").select_for_update(of=("self",))
    found = rows.filter(pk=order.pk).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    demand(predicate, scope, found)
    return found


def locked_roadmap(roadmap: Roadmap, scope: Scope, predicate: Any) -> Roadmap:
    """The roadmap as it is now, locked until the end of the transaction."""
    demand(predicate, scope, roadmap)
    rows = Roadmap.objects.visible_to(scope).select_related("organisation", "order").select_for_update(of=("self",))
    found = rows.filter(pk=roadmap.pk).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    demand(predicate, scope, found)
    return found


def locked_revision(revision: Revision, scope: Scope, predicate: Any) -> Revision:
    """The revision as it is now, locked until the end of the transaction."""
    demand(predicate, scope, revision)
    rows = Revision.objects.visible_to(scope).select_related("organisation", "roadmap__order", "basis")
    found = rows.select_for_update(of=("self",)).filter(pk=revision.pk).first()
    if found is None:
        raise NotAllowed(NOT_YOURS)
    demand(predicate, scope, found)
    return found


def same_version(seen: int, row: Any) -> None:
    """Whoever saw an older version is told, not overwritten."""
    if row.version != seen:
        raise Refused(
            "Пока вы заполняли форму, это изменил кто-то другой. Посмотрите, что теперь записано, и повторите."
        )
