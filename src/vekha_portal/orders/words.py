"""How orders, roadmaps and revisions are called on pages: their states as badges."""

from __future__ import annotations

from typing import Any

from vekha_portal.orders.models import Revision
from vekha_portal.ui.tones import State, Tone


def order_state(order: Any) -> State:
    """The state of an order of `reads.read_orders`."""
    if order.withdrawn_at is not None:
        return State("отозвано", Tone.QUIET, "ban")
    if order.has_approved and order.has_draft:
        return State("утверждено, готовится редакция", Tone.BUSY)
    if order.has_draft:
        return State("черновик", Tone.ATTENTION, "edit")
    return State("утверждено", Tone.GOOD) if order.has_approved else State("без дорожных карт", Tone.QUIET)


def revision_state(revision: Revision, in_force: Revision | None) -> State:
    """The state of a revision beside the one in force."""
    if revision.is_draft:
        return State("черновик", Tone.ATTENTION, "edit")
    if revision.withdrawn_at is not None:
        return State("черновик оставлен", Tone.QUIET, "ban")
    if in_force is not None and revision.pk == in_force.pk:
        return State("действует", Tone.GOOD)
    return State("заменена", Tone.QUIET, "history")
