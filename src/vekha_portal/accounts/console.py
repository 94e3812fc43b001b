"""What the console does with people: the same actions as the pages, in the name of the program itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from vekha_portal.accounts.actions import Name, accept_invitation, add_person, give_role, invite
from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope
from vekha_portal.registry.actions import Card, add_organisation
from vekha_portal.registry.models import Organisation, OrganisationKind

HOME = "Администрация портала"


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added; ``token`` is the secret of a link, empty when a password was given."""

    person: Person
    assignment: RoleAssignment
    token: str = ""


def add_user(
    *, email: str, surname: str, given_name: str, patronymic: str, role: str, organisation: int, password: str
) -> Added:
    """Add a person with a role; all or nothing. Raises :class:`Refused` with what to do."""
    now = timezone.now()
    if role not in set(Role):
        raise Refused(f"Роли «{role}» нет. Есть: {', '.join(Role)}.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(f"«{email}» — не адрес электронной почты.") from error
    with use_scope(SYSTEM_SCOPE):
        where = _organisation(organisation, now)
        person = add_person(email=email, name=Name(surname, given_name, patronymic), by=None, scope=SYSTEM_SCOPE, at=now)
        assignment = give_role(
            person=person, role=Role(role), organisation=where, since=timezone.localdate(), by=None, scope=SYSTEM_SCOPE, at=now
        )
        token = invite(person=person, by=None, scope=SYSTEM_SCOPE, at=now)
        if password:
            accept_invitation(token=token, password=password, at=now)
            token = ""
    return Added(person, assignment, token)


def _organisation(number: int, at: datetime.datetime) -> Organisation:
    if number:
        found = Organisation.objects.filter(pk=number).first()
        if found is None:
            raise Refused(f"Организации № {number} в реестре нет.")
        return found
    home = Organisation.objects.filter(kind=OrganisationKind.OTHER, name=HOME, region=None).first()
    return home or add_organisation(
        card=Card(name=HOME, kind=OrganisationKind.OTHER), region=None, parent=None, by=None, scope=SYSTEM_SCOPE, at=at
    )
