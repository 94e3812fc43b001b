"""Who may keep and read files: predicates over the scope in force and whose file it is."""

from __future__ import annotations

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation
from vekha_portal.registry.permissions import is_signed_in, is_within


@predicate
def is_own_organisation(scope: Scope, organisation: Organisation | None) -> bool:
    """The organisation is in the scope's own part of the tree."""
    return bool(is_within.test(scope, organisation))


#: Whether the row is seen is said by `visible_to` and the database's policies.
can_download_file = is_signed_in
#: In the name of this organisation; which roles keep what is said by whoever calls.
can_keep_file = is_signed_in & is_own_organisation
