"""Who opens which page: predicates over the scope in force; what a page shows is filtered by the scope besides."""

from __future__ import annotations

from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.permissions import is_signed_in

_REVIEWERS = frozenset(
    {"administrator", "regional_coordinator", "regional_operator", "municipality", "school", "federal_operator"}
)


@predicate
def sees_region(scope: Scope) -> bool:
    """A whole region, or all of them."""
    return scope.reach in (Reach.REGION, Reach.COUNTRY)


@predicate
def sees_country(scope: Scope) -> bool:
    """All regions."""
    return scope.is_country


@predicate
def leads_others(scope: Scope) -> bool:
    """Whose part of the tree holds more than the own organisation."""
    return scope.reach is not Reach.NOTHING and scope.role != "school"


@predicate
def is_administrator(scope: Scope) -> bool:
    """Keeps the site, or its region's part of it."""
    return scope.role == "administrator" and scope.reach is not Reach.NOTHING


@predicate
def reviews_drafts(scope: Scope) -> bool:
    """Has drafts of orders to look through."""
    return scope.role in _REVIEWERS and scope.reach is not Reach.NOTHING


can_view_overview = is_signed_in
can_view_region = sees_region
can_view_country = sees_country
can_view_workload = leads_others
can_administer = is_administrator
