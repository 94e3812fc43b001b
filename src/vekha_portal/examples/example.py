"""The part of the example that the start asks for: the whole region, into a database in which nobody has worked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from vekha_portal.accounts.models import Person
from vekha_portal.examples.region.load import load_region
from vekha_portal.execution.models import Milestone
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.operations.example import SignIn
from vekha_portal.orders.models import Order
from vekha_portal.registry.models import Organisation


def is_empty() -> bool:
    """Whether there are neither organisations nor people nor work."""
    with use_scope(SYSTEM_SCOPE):
        return not any(rows.objects.exists() for rows in (Organisation, Person, Order, Milestone))


def load_example() -> Sequence[SignIn]:
    """Enter the region around today."""
    return load_region(timezone.localdate())
