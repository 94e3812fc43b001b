"""The roles people hold: what each is called, how far it sees, where it can be held, and whom it may appoint."""

from __future__ import annotations

from django.db import models

from vekha_portal.journal.scope import Reach
from vekha_portal.registry.models import OrganisationKind as Kind


class Role(models.TextChoices):
    """The parties of the work; what a person does is decided by the role in force, not by the person."""

    ADMINISTRATOR = "administrator", "Администратор"
    FEDERAL_OPERATOR = "federal_operator", "Федеральный оператор"
    MINISTRY = "ministry", "Министерство"
    REGIONAL_COORDINATOR = "regional_coordinator", "Региональный координатор"
    REGIONAL_OPERATOR = "regional_operator", "Региональный оператор"
    MUNICIPALITY = "municipality", "Муниципальный орган"
    SCHOOL = "school", "Школа"
    CONTROLLER = "controller", "Контроль за исполнением"


_ANY = frozenset(Kind)
HELD_IN: dict[Role, frozenset[Kind]] = {
    Role.ADMINISTRATOR: _ANY - {Kind.SCHOOL, Kind.MUNICIPAL_AUTHORITY},
    Role.FEDERAL_OPERATOR: frozenset({Kind.FEDERAL_OPERATOR}),
    Role.MINISTRY: frozenset({Kind.MINISTRY, Kind.FEDERAL_OPERATOR}),
    Role.REGIONAL_COORDINATOR: frozenset({Kind.REGIONAL_BODY, Kind.REGIONAL_OPERATOR}),
    Role.REGIONAL_OPERATOR: frozenset({Kind.REGIONAL_OPERATOR}),
    Role.MUNICIPALITY: frozenset({Kind.MUNICIPAL_AUTHORITY}),
    Role.SCHOOL: frozenset({Kind.SCHOOL}),
    Role.CONTROLLER: _ANY,
}
_LOCAL = (Role.MUNICIPALITY, Role.SCHOOL, Role.CONTROLLER)
MAY_APPOINT: dict[Role, tuple[Role, ...]] = {
    Role.ADMINISTRATOR: tuple(Role),
    Role.REGIONAL_COORDINATOR: (Role.REGIONAL_OPERATOR, *_LOCAL),
    Role.MUNICIPALITY: (Role.SCHOOL,),
}
#: Roles that may only be given by one who sees the whole country.
FEDERAL_ROLES = frozenset({Role.FEDERAL_OPERATOR, Role.MINISTRY})
KEEPS_REGISTRY = frozenset({Role.ADMINISTRATOR, Role.REGIONAL_COORDINATOR, Role.REGIONAL_OPERATOR, Role.MUNICIPALITY})


def reach_of(role: Role, *, region: str | None, kind: Kind) -> Reach:
    """How far a role sees when it is held in an organisation of that kind and region.

    >>> reach_of(Role.CONTROLLER, region="02", kind=Kind.MUNICIPAL_AUTHORITY)
    <Reach.SUBTREE: 'subtree'>
    """
    match role:
        case Role.MINISTRY | Role.FEDERAL_OPERATOR:
            return Reach.COUNTRY
        case Role.MUNICIPALITY | Role.SCHOOL:
            return Reach.SUBTREE
        case Role.CONTROLLER if kind in (Kind.SCHOOL, Kind.MUNICIPAL_AUTHORITY):
            return Reach.SUBTREE
        case _:
            return Reach.REGION if region else Reach.COUNTRY
