"""Writes about people: inviting, giving and ending roles, deputies, switching, blocking."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from vekha_portal.accounts import permissions
from vekha_portal.accounts.models import Deputy, Invitation, Person, RoleAssignment
from vekha_portal.accounts.roles import Role
from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation, Programme

name_kinds(
    {
        "person-added": "Человек добавлен",
        "person-invited": "Приглашение отправлено",
        "person-joined": "Приглашение принято",
        "person-changed": "Сведения о человеке изменены",
        "person-blocked": "Вход человеку закрыт",
        "person-unblocked": "Вход человеку открыт",
        "role-given": "Роль дана",
        "role-ended": "Роль закончена",
        "deputy-named": "Назначено замещение",
        "deputy-ended": "Замещение прекращено",
    }
)

INVITATION_LIFE = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Name:
    """How a person is called and reached."""

    surname: str
    given_name: str
    patronymic: str = ""
    phone: str = ""


@transaction.atomic
def add_person(*, email: str, name: Name, by: Person | None, scope: Scope, at: datetime.datetime) -> Person:
    """Enter a person without a password; they sign in after an invitation. Raises :class:`Refused` for a known address."""
    if not permissions.can_invite.test(scope):
        raise NotAllowed("Ваша роль не приглашает людей.")
    person = Person(
        email=email.strip().lower(),
        surname=name.surname.strip(),
        given_name=name.given_name.strip(),
        patronymic=name.patronymic.strip(),
        phone=name.phone.strip(),
        created_at=at,
        created_by=by,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(
            f"Человек с адресом {person.email} уже есть. Дайте ему роль; если его не видно, он из другой территории: "
            "обратитесь к администратору."
        ) from error
    record("person-added", by=by, about=person, at=at)
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: Role,
    organisation: Organisation,
    programme: Programme | None = None,
    position: str = "",
    since: datetime.date,
    until: datetime.date | None = None,
    basis: str = "",
    by: Person | None,
    scope: Scope,
    at: datetime.datetime,
) -> RoleAssignment:
    """Give a role in an organisation for a term."""
    found = Organisation.objects.visible_to(scope).filter(pk=organisation.pk).first()
    if found is None or not permissions.can_appoint.test(scope, (role, found)):
        raise NotAllowed(f"Ваша роль не даёт роль «{role.label}» в организации «{organisation}».")
    if until is not None and until < since:
        raise Refused("Окончание роли раньше её начала.")
    assignment = RoleAssignment(
        person=person,
        role=role,
        organisation=found,
        region_id=found.region_id,
        programme=programme,
        position=position.strip(),
        since=since,
        until=until,
        basis=basis.strip(),
    )
    try:
        with transaction.atomic():
            assignment.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("Эта роль с этой даты у человека уже есть.") from error
    data = {"роль": role.label, "человек": person.pk, "с": since, "по": until}
    record("role-given", by=by, about=assignment, reason=basis, at=at, data=data)
    return assignment


@transaction.atomic
def end_role(
    *,
    assignment: RoleAssignment,
    on: datetime.date,
    reason: str,
    by: Person | None,
    scope: Scope,
    at: datetime.datetime,
) -> RoleAssignment:
    """The last day of a role; an ending before its beginning means that it never held."""
    if not permissions.can_end_role.test(scope, assignment):
        raise NotAllowed("Эту роль заканчивает тот, кто может её дать.")
    found = RoleAssignment.objects.visible_to(scope).select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if found is None:
        raise NotAllowed("Этой роли нет или она вне вашей территории.")
    if not reason.strip():
        raise Refused("Укажите причину.")
    if found.until is not None and found.until <= on:
        raise Refused(f"Роль уже закончена {found.until:%d.%m.%Y}.")
    found.until = max(on, found.since - datetime.timedelta(days=1))
    found.save(update_fields=["until"])
    record("role-ended", by=by, about=found, reason=reason, at=at, data={"человек": found.person_id, "по": found.until})
    return found


@transaction.atomic
def name_deputy(
    *,
    principal: Person,
    deputy: Person,
    since: datetime.date,
    until: datetime.date,
    reason: str,
    by: Person | None,
    scope: Scope,
    at: datetime.datetime,
) -> Deputy:
    """Let somebody act for a person during absence: the person names them, or whoever gives the person's roles."""
    held = list(
        RoleAssignment.objects.visible_to(scope)
        .filter(person=principal)
        .in_force_on(since)
        .select_related("organisation")
    )
    manages = permissions.appoints.test(scope) and bool(held) and permissions.may_manage(scope, held)
    if not (permissions.is_self.test(scope, principal) or manages) or scope.acting_for is not None:
        raise NotAllowed("Замещение назначает сам отсутствующий или тот, кто даёт ему роли.")
    if until < since:
        raise Refused("Окончание замещения раньше начала.")
    if not reason.strip():
        raise Refused("Укажите причину: отпуск, болезнь, командировка.")
    if principal.pk == deputy.pk:
        raise Refused("Замещать самого себя нельзя: выберите другого человека.")
    if not held:
        raise Refused("У человека нет ролей на эту дату: замещать нечего.")
    made = Deputy.objects.create(
        principal=principal, deputy=deputy, region_id=held[0].region_id, since=since, until=until, reason=reason.strip()
    )
    record("deputy-named", by=by, about=made, reason=reason, at=at, data={"с": since, "по": until})
    return made


@transaction.atomic
def end_deputy(*, deputy: Deputy, on: datetime.date, by: Person | None, scope: Scope, at: datetime.datetime) -> Deputy:
    """End a deputy's term earlier."""
    found = Deputy.objects.select_for_update(of=("self",)).select_related("principal").filter(pk=deputy.pk).first()
    if found is None or not (
        permissions.is_self.test(scope, found.principal) or (scope.is_country and permissions.appoints.test(scope))
    ):
        raise NotAllowed("Замещение прекращает сам замещаемый или администратор.")
    found.until = max(min(found.until, on), found.since - datetime.timedelta(days=1))
    found.save(update_fields=["until"])
    record("deputy-ended", by=by, about=found, at=at, data={"по": found.until})
    return found


def hash_token(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, person: Person, by: Person | None, scope: Scope, at: datetime.datetime) -> str:
    """A link's secret for setting a password, good once and for a week; earlier links of the person end."""
    if not permissions.can_invite.test(scope):
        raise NotAllowed("Ваша роль не приглашает людей.")
    held = list(RoleAssignment.objects.visible_to(scope).filter(person=person).select_related("organisation"))
    if not scope.is_country and not (
        permissions.may_manage(scope, held) and (held or person.created_by_id == scope.person)
    ):
        raise NotAllowed("Ссылку этому человеку присылает администратор: у него есть роли вне вашего ведения.")
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person, token_hash=hash_token(token), created_at=at, created_by=by, expires_at=at + INVITATION_LIFE
    )
    record("person-invited", by=by, about=person, at=at)
    return token


def find_invitation(token: str, at: datetime.datetime) -> Invitation | None:
    """The invitation of a link that is still good: unused, in time, and no later one was sent."""
    found = (
        Invitation.objects.select_related("person")
        .filter(token_hash=hash_token(token), used_at=None, expires_at__gt=at)
        .first()
    )
    if found is None or Invitation.objects.filter(person=found.person, pk__gt=found.pk).exists():
        return None
    return found


@transaction.atomic
def accept_invitation(*, token: str, password: str, at: datetime.datetime) -> Person:
    """Set the password of the invited person; the link is used up. Raises :class:`Refused`."""
    found = find_invitation(token, at)
    if found is None:
        raise Refused("Ссылка больше не действует: она использована, просрочена или прислана новая. Попросите новую.")
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if locked.used_at is not None:
        raise Refused("Ссылка уже использована.")
    person = found.person
    if not person.is_active:
        raise Refused("Вход этому человеку закрыт: обратитесь к администратору.")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    record("person-joined", by=person, about=person, at=at)
    return person


@transaction.atomic
def set_active(
    *, person: Person, is_active: bool, reason: str, by: Person | None, scope: Scope, at: datetime.datetime
) -> Person:
    """Close or open sign-in to a person; their sessions end with the next request."""
    found: Person | None = Person.objects.visible_to(scope).select_for_update(of=("self",)).filter(pk=person.pk).first()
    held = list(RoleAssignment.objects.visible_to(scope).filter(person=person).select_related("organisation"))
    if found is None or not permissions.appoints.test(scope) or not scope.is_country:
        raise NotAllowed("Вход закрывает и открывает администратор, который видит все роли человека.")
    if not permissions.may_manage(scope, held) or permissions.is_self.test(scope, found):
        raise NotAllowed("Себе вход не закрывают; у других — только тем, чьи роли вы можете дать.")
    if not reason.strip():
        raise Refused("Укажите причину.")
    found.is_active = is_active
    found.save(update_fields=["is_active"])
    record("person-unblocked" if is_active else "person-blocked", by=by, about=found, reason=reason, at=at)
    return found


@transaction.atomic
def change_own_card(*, person: Person, name: Name, by: Person, scope: Scope, at: datetime.datetime) -> Person:
    """A person writes their own name and telephone."""
    if not permissions.is_self.test(scope, person):
        raise NotAllowed("Свои имя и телефон меняет сам человек.")
    person.surname, person.given_name = name.surname.strip(), name.given_name.strip()
    person.patronymic, person.phone = name.patronymic.strip(), name.phone.strip()
    person.save(update_fields=["surname", "given_name", "patronymic", "phone"])
    record("person-changed", by=by, about=person, at=at)
    return person
