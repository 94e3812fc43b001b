"""Who may do what with the registry: predicates over the scope in force and the organisation.

The same is said once more by the policies of the database (`migrations/0002_tree.py`); a test walks both.
"""

from __future__ import annotations

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Reach, Scope
from vekha_portal.registry.models import FEDERAL_KINDS, Organisation

_KEEPERS = frozenset({"administrator", "regional_coordinator", "regional_operator", "municipality", SYSTEM})


@predicate
def is_signed_in(scope: Scope) -> bool:
    """Any role is in force."""
    return bool(scope.role) and scope.reach is not Reach.NOTHING


@predicate
def keeps_registry(scope: Scope) -> bool:
    """The role keeps the registry of its part of the tree."""
    return scope.role in _KEEPERS


@predicate
def is_within(scope: Scope, organisation: Organisation | None) -> bool:
    """The organisation is in the scope's own part of the tree (superiors are only seen)."""
    if organisation is None:
        return False
    match scope.reach:
        case Reach.COUNTRY:
            return True
        case Reach.REGION:
            return organisation.region_id is not None and organisation.region_id == scope.region
        case Reach.SUBTREE:
            return organisation.path.startswith(scope.path)
        case _:
            return False


@predicate
def is_own_school(scope: Scope, organisation: Organisation | None) -> bool:
    """A school's own card."""
    return scope.role == "school" and organisation is not None and organisation.pk in scope.organisations


@predicate
def is_above(scope: Scope, organisation: Organisation | None) -> bool:
    """A superior or a federal body: everybody sees it."""
    return organisation is not None and (organisation.kind in FEDERAL_KINDS or organisation.pk in scope.ancestors)


can_list_organisations = is_signed_in
can_view_organisation = is_signed_in & (is_within | is_above)
can_add_organisation = keeps_registry
can_import_organisations = keeps_registry
can_change_organisation = (keeps_registry & is_within) | is_own_school
can_rename_organisation = keeps_registry & is_within
can_close_organisation = keeps_registry & is_within
can_merge_organisation = keeps_registry & is_within
can_move_organisation = keeps_registry & is_within
