"""Who may read the journal: everybody signed in, each what the role sees; nobody changes it."""

from __future__ import annotations

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import Reach, Scope


@predicate
def can_read_journal(scope: Scope) -> bool:
    """Any role is in force."""
    return bool(scope.role) and scope.reach is not Reach.NOTHING
