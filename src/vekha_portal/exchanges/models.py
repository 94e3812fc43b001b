"""Exchanges and their letters."""

from __future__ import annotations

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Evidence
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Organisation, Region


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Reads of exchanges."""

    def visible_to(self, scope: Scope) -> Self:
        """Exchanges that the scope's part of the tree began or is the other side of."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(region_id=scope.region)
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
                return self.filter(Q(organisation_id__in=own) | Q(counterpart_id__in=own))
            case _:
                return self.none()


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Exchange(models.Model):
    """Переписка по одному вопросу: письма двух сторон с номерами и датами."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="exchanges", verbose_name="наша сторона"
    )
    counterpart = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="другая сторона в реестре"
    )
    counterpart_name = models.CharField("другая сторона", max_length=600)
    subject = models.CharField("о чём", max_length=600)
    wave = models.ForeignKey(
        Wave, models.PROTECT, null=True, blank=True, related_name="exchanges", verbose_name="волна"
    )
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="exchanges", verbose_name="контрольная точка"
    )
    answer_due_on = models.DateField("ответ нужен до", null=True, blank=True)
    opened_at = models.DateTimeField("начата")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем начата")
    closed_on = models.DateField("завершена", null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем завершена"
    )
    closed_because = models.TextField("чем завершена", default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        """Two sides and a subject; ended by somebody with some outcome."""

        verbose_name = "переписка"
        verbose_name_plural = "переписка"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__regex=r"\S", counterpart_name__regex=r"\S"), name="exchange_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False, closed_because__regex=r"\S"),
                name="exchange_closed_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "closed_on"], name="exchange_of_organisation"),
            models.Index(fields=["counterpart"], name="exchange_of_counterpart"),
            models.Index(fields=["region", "closed_on"], name="exchange_region"),
            models.Index(fields=["milestone"], name="exchange_of_milestone"),
        ]

    def __str__(self) -> str:
        return self.subject


class Direction(models.TextChoices):
    """Which side wrote, as `Exchange.organisation` sees it."""

    OUT = "out", "исходящее"
    IN = "in", "входящее"


class Letter(models.Model):
    """Письмо переписки: номер и дата, как на бланке; ошибочно внесённое остаётся с пометкой."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="letters", verbose_name="переписка")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    direction = models.CharField("направление", max_length=3, choices=Direction.choices)
    number = models.CharField("номер", max_length=120)
    dated_on = models.DateField("дата")
    note = models.TextField("кратко", default="", blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="документ"
    )
    registered_at = models.DateTimeField("внесено")
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем внесено")
    annulled_at = models.DateTimeField("внесено ошибочно", null=True, blank=True)
    annulled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отменено"
    )
    annulled_because = models.TextField("почему отменено", default="", blank=True)

    class Meta:
        """One letter of a number and a date in a direction."""

        verbose_name = "письмо"
        verbose_name_plural = "письма"
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "direction", "number", "dated_on"],
                condition=Q(annulled_at=None),
                name="letter_once",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"\S"), name="letter_has_a_number"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="letter_known_direction"),
            models.CheckConstraint(
                condition=Q(annulled_at=None, annulled_by=None)
                | Q(annulled_at__isnull=False, annulled_by__isnull=False, annulled_because__regex=r"\S"),
                name="letter_annulled_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["exchange", "dated_on"], name="letter_list")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} от {self.dated_on:%d.%m.%Y} № {self.number}"
