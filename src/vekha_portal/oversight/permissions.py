"""Who sees what was found in a wave, and who asks for a check: whoever leads the wave, and those above."""

from __future__ import annotations

from vekha_portal.orders.permissions import is_kept_here, keeps_orders
from vekha_portal.registry.permissions import is_signed_in, is_within

can_open_wave = is_signed_in
#: Each takes the wave, or its organisation.
can_view_wave = is_signed_in & is_within
can_check_wave = keeps_orders & is_kept_here
