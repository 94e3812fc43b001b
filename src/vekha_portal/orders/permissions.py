"""Who may do what with orders: predicates over the scope in force and a row that names its organisation.

The policies of the database (`migrations/0002_policies.py`) say the same of writing; drafts are kept from those below by
`reads`, because a policy on measures would have to ask the revision for every row.
"""

from __future__ import annotations

from typing import Any

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Scope
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.permissions import is_signed_in, is_within

_KEEPERS = frozenset({
    "administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", SYSTEM,
})  # fmt: skip


@predicate
def keeps_orders(scope: Scope) -> bool:
    """The role enters orders of its part of the tree."""
    return scope.role in _KEEPERS


@predicate
def is_kept_here(scope: Scope, row: Any) -> bool:
    """The row (an order, a roadmap, a revision, an organisation) belongs to the scope's own part of the tree.

    A federal operator sees the country and keeps its own orders only.
    """
    organisation = row if isinstance(row, Organisation) else getattr(row, "organisation", None)
    if scope.role == "federal_operator":
        return organisation is not None and organisation.pk in scope.organisations
    return bool(is_within.test(scope, organisation))


can_list_orders = is_signed_in
can_enter_orders = keeps_orders
can_change_order = keeps_orders & is_kept_here
can_approve_revision = keeps_orders & is_kept_here
can_map_responsibles = keeps_orders & is_kept_here
can_change_settings = keeps_orders & is_kept_here
can_upload_order = can_enter_orders
#: An order in the name of this organisation.
can_upload_for = can_change_order
can_view_reading = is_signed_in & is_kept_here
#: Change a draft and what belongs to it; takes an order, a roadmap, a revision or a measure.
can_review = can_change_order
