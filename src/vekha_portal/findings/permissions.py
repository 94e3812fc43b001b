"""Who may do what with findings: whoever keeps the order (or wave) it is about. The policies of the database say the same."""

from __future__ import annotations

from typing import Any

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Scope
from vekha_portal.orders.permissions import is_kept_here, keeps_orders
from vekha_portal.registry.permissions import is_signed_in

_LEADERS = frozenset({"administrator", "regional_coordinator", "regional_operator", SYSTEM})


@predicate
def leads_waves(scope: Scope, row: Any) -> bool:
    """The role leads waves: nobody excuses what was found about their own work."""
    return scope.role in _LEADERS


@predicate
def is_of_order(scope: Scope, row: Any) -> bool:
    """What was found is about an order, not about the work of a wave."""
    return row.wave_id is None


can_list_findings = is_signed_in
can_read_rules = is_signed_in
can_compare = is_signed_in
#: Each takes a revision, a run, a finding: a row that names its organisation.
can_check = keeps_orders & is_kept_here
can_waive = keeps_orders & is_kept_here & (is_of_order | leads_waves)
can_correct = keeps_orders & is_kept_here
