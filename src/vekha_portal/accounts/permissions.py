"""Who may do what with people and roles: predicates over the scope in force and the object.

The same is said once more by the policies of the database (`migrations/0003_policies.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import FEDERAL_ROLES, HELD_IN, MAY_APPOINT, Role, reach_of
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import SYSTEM, Reach, Scope
from vekha_portal.registry.models import Organisation, OrganisationKind
from vekha_portal.registry.permissions import is_signed_in, is_within

_WIDTH = {Reach.NOTHING: 0, Reach.SUBTREE: 1, Reach.REGION: 2, Reach.COUNTRY: 3}


@predicate
def is_known(scope: Scope) -> bool:
    """Somebody signed in, with or without a role."""
    return scope.person is not None


@predicate
def is_open(scope: Scope) -> bool:
    """Anybody at all: sign-in and invitations."""
    return True


@predicate
def appoints(scope: Scope) -> bool:
    """The role may give some role to somebody."""
    return scope.role == SYSTEM or bool(appointable_roles(scope))


@predicate
def is_self(scope: Scope, person: Person) -> bool:
    """The person's own affair."""
    return scope.person is not None and scope.person == person.pk


def appointable_roles(scope: Scope) -> tuple[Role, ...]:
    """The roles that the role in force may give."""
    if scope.role == SYSTEM:
        return tuple(Role)
    given = MAY_APPOINT.get(Role(scope.role), ()) if scope.role in set(Role) else ()
    return tuple(role for role in given if scope.is_country or role not in FEDERAL_ROLES)


@predicate
def can_appoint(scope: Scope, wanted: tuple[Role, Organisation]) -> bool:
    """This role, in this organisation: within one's own part of the tree, never wider than one sees oneself."""
    role, organisation = wanted
    kind = OrganisationKind(organisation.kind)
    reach = reach_of(role, region=organisation.region_id, kind=kind)
    return (
        role in appointable_roles(scope)
        and kind in HELD_IN[role]
        and is_within.test(scope, organisation)
        and _WIDTH[reach] <= _WIDTH[scope.reach]
    )


@predicate
def can_end_role(scope: Scope, assignment: RoleAssignment) -> bool:
    """Whoever could give the role may end it."""
    return bool(can_appoint.test(scope, (Role(assignment.role), assignment.organisation)))


def may_manage(scope: Scope, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether every role a person holds is one the scope could have given; then the card of the person is in its care."""
    return all(can_end_role.test(scope, assignment) for assignment in assignments)


can_list_people = is_signed_in
can_view_people = is_signed_in
can_invite = appoints
can_deputise = is_known
can_change_own_card = is_known
