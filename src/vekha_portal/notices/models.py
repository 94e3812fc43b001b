"""Secret addresses of calendars."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.journal.scope import SYSTEM, Scope
from vekha_portal.registry.models import Programme, Region


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Reads of addresses."""

    def visible_to(self, scope: Scope) -> Self:
        """One's own; nobody else is told of them."""
        return self if scope.role == SYSTEM else self.filter(person_id=scope.person)

    def live(self) -> Self:
        """Those nobody revoked."""
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """Секретный адрес календаря сроков: человек в одной из своих ролей; хранится только отпечаток адреса."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="чей")
    assignment = models.ForeignKey(RoleAssignment, models.PROTECT, related_name="+", verbose_name="в какой роли")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, verbose_name="программа", help_text="пусто: все программы"
    )
    token_hash = models.CharField(max_length=64, unique=True, db_collation="C")
    created_at = models.DateTimeField("создан")
    used_on = models.DateField("последний раз открыт", null=True, blank=True)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        """A fingerprint is a fingerprint."""

        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календарей"
        constraints = [
            models.CheckConstraint(condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"), name="calendar_feed_fingerprint")
        ]
        indexes = [models.Index(fields=["person", "revoked_at"], name="calendar_feed_of_person")]

    def __str__(self) -> str:
        return f"календарь: {self.assignment}"
