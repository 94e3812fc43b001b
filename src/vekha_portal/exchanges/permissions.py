"""Who may do what with exchanges. The same is said once more by the policies of the database."""

from __future__ import annotations

from vekha_portal.exchanges.models import Exchange
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Scope
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.permissions import is_signed_in, is_within

_WRITERS = frozenset(
    {"administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator", SYSTEM}
)


@predicate
def writes_letters(scope: Scope) -> bool:
    """The role registers letters."""
    return scope.role in _WRITERS


@predicate
def can_open_exchange(scope: Scope, organisation: Organisation) -> bool:
    """In the name of an organisation of one's own part of the tree."""
    return scope.role in _WRITERS and bool(is_within.test(scope, organisation))


@predicate
def can_write_in(scope: Scope, exchange: Exchange) -> bool:
    """Either side of the exchange, and whoever stands above it."""
    sides = (exchange.organisation, exchange.counterpart)
    return scope.role in _WRITERS and any(is_within.test(scope, side) for side in sides)


can_list_exchanges = is_signed_in
can_begin = is_signed_in & writes_letters
