"""Who may do what with findings: whoever keeps the order (or wave) it is about. The policies of the database say the same."""

from __future__ import annotations

from vekha_portal.orders.permissions import is_kept_here, keeps_orders
from vekha_portal.registry.permissions import is_signed_in

can_list_findings = is_signed_in
can_read_rules = is_signed_in
can_compare = is_signed_in
#: Each takes a revision, a run, a finding: a row that names its organisation.
can_check = keeps_orders & is_kept_here
can_waive = keeps_orders & is_kept_here
can_correct = keeps_orders & is_kept_here
