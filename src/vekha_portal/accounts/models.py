"""People, their roles with dates, deputies, invitations."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from vekha_portal.accounts.roles import Role
from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation, Programme, Region


class PersonQuerySet(models.QuerySet["Person"]):
    """Reads of people."""

    def visible_to(self, scope: Scope) -> Self:
        """Oneself, those whose roles the scope sees, those one invited."""
        if scope.is_country:
            return self
        held = RoleAssignment.objects.visible_to(scope).values("person_id")
        return self.filter(Q(pk=scope.person) | Q(pk__in=held) | Q(created_by_id=scope.person))


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]  # a class made at run time
    """Finds people by e-mail whatever its letters' case."""

    def get_by_natural_key(self, email: str | None) -> Person:
        """The person with this address."""
        person: Person = self.get(email__iexact=(email or "").strip())
        return person


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="field_history"), exclude=["password", "last_login"])
class Person(AbstractBaseUser):
    """Человек: входит по электронной почте; права даёт не он сам, а его роли."""

    email = models.EmailField("электронная почта", max_length=254, unique=True)
    surname = models.CharField("фамилия", max_length=100)
    given_name = models.CharField("имя", max_length=100)
    patronymic = models.CharField("отчество", max_length=100, default="", blank=True)
    phone = models.CharField("телефон", max_length=32, default="", blank=True)
    is_active = models.BooleanField("может входить", default=True)
    created_at = models.DateTimeField("добавлен")
    created_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем добавлен"
    )

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["surname", "given_name"]

    class Meta:
        """One person for one address, whatever the case of its letters."""

        verbose_name = "человек"
        verbose_name_plural = "люди"
        constraints = [models.UniqueConstraint(Lower("email"), name="person_one_email")]
        indexes = [models.Index(fields=["surname", "given_name", "id"], name="person_list")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        """Surname, given name and patronymic."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """Surname with initials."""
        initials = " ".join(f"{part[0]}." for part in (self.given_name, self.patronymic) if part)
        return f"{self.surname} {initials}".strip()

    def get_full_name(self) -> str:
        """The name libraries ask for."""
        return self.full_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Permissions are predicates on a scope (`permissions.py`); a person alone has none."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """As :meth:`has_perm`."""
        return False


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Reads of roles."""

    def in_force_on(self, day: datetime.date) -> Self:
        """Roles held on a day by people who may sign in."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def visible_to(self, scope: Scope) -> Self:
        """One's own roles, and those in organisations the scope sees."""
        if scope.is_country:
            return self
        seen = Organisation.objects.visible_to(scope)
        people = [person for person in (scope.person, scope.acting_for) if person is not None]
        return self.filter(Q(person_id__in=people) | Q(organisation__in=seen))


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class RoleAssignment(models.Model):
    """Роль человека в организации на срок; снимается датой окончания, а не удалением."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name="человек")
    role = models.CharField("роль", max_length=32, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assignments", verbose_name="организация"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, verbose_name="программа", help_text="пусто: все программы"
    )
    position = models.CharField("должность", max_length=200, default="", blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    basis = models.CharField("основание", max_length=300, default="", blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        """A term that can be; not twice the same role from the same day."""

        verbose_name = "роль"
        verbose_name_plural = "роли"
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")) | Q(until=F("since") - datetime.timedelta(days=1)),
                name="assignment_term",
            ),
            models.CheckConstraint(condition=Q(role__in=[str(role) for role in Role]), name="assignment_known_role"),
            models.UniqueConstraint(
                fields=["person", "role", "organisation", "programme", "since"],
                nulls_distinct=False,
                name="assignment_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role"], name="assignment_organisation"),
            models.Index(fields=["region", "role"], name="assignment_region"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Deputy(models.Model):
    """Замещение: на время отсутствия одного человека другой действует за него."""

    principal = models.ForeignKey(Person, models.PROTECT, related_name="deputies", verbose_name="кого замещают")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputising", verbose_name="кто замещает")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    since = models.DateField("с")
    until = models.DateField("по")
    reason = models.CharField("причина", max_length=300)

    class Meta:
        """Somebody else, for a term, for a reason."""

        verbose_name = "замещение"
        verbose_name_plural = "замещения"
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="deputy_is_somebody_else"),
            models.CheckConstraint(condition=Q(until__gte=F("since") - datetime.timedelta(days=1)), name="deputy_term"),
            models.CheckConstraint(condition=~Q(reason=""), name="deputy_has_a_reason"),
        ]
        indexes = [models.Index(fields=["deputy", "until"], name="deputy_until")]

    def __str__(self) -> str:
        return f"{self.deputy} за {self.principal}"


class Invitation(models.Model):
    """Приглашение: ссылка, по которой человек один раз задаёт пароль; хранится только её отпечаток."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations", verbose_name="кого")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("когда")
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="кем")
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("использовано", null=True, blank=True)

    class Meta:
        """A link lives for a while."""

        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_lives_for_a_while")
        ]

    def __str__(self) -> str:
        return f"приглашение: {self.person}"


class SignInLock(models.Model):
    """Счёт неудачных входов одного человека с одного адреса; хранится только отпечаток пары."""

    key = models.CharField(max_length=64, primary_key=True, db_collation="C")
    failures = models.PositiveIntegerField("неудачных попыток")
    first_at = models.DateTimeField("первая")
    last_at = models.DateTimeField("последняя")

    class Meta:
        """A count."""

        verbose_name = "неудачные входы"
        verbose_name_plural = "неудачные входы"

    def __str__(self) -> str:
        return f"{self.failures} неудачных входов"
