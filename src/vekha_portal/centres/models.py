"""Waves and the centres they create."""

from __future__ import annotations

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from vekha_portal.accounts.models import Person
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Order
from vekha_portal.registry.models import Organisation, Programme, Region


class WaveQuerySet(models.QuerySet["Wave"]):
    """Reads of waves."""

    def visible_to(self, scope: Scope) -> Self:
        """The waves of the scope's region: that there is one, and who leads it, everybody in the region sees."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION | Reach.SUBTREE:
                return self.filter(region_id=scope.region)
            case _:
                return self.none()


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Wave(models.Model):
    """Волна: программа в регионе в год получения субсидии, с её перечнем школ."""

    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="программа")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="waves", verbose_name="кто ведёт")
    subsidy_year = models.PositiveSmallIntegerField("год получения субсидии")
    list_order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="чем утверждён перечень школ"
    )
    created_at = models.DateTimeField("создана")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем создана")
    closed_on = models.DateField("завершена", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = WaveQuerySet.as_manager()

    class Meta:
        """One wave of a programme in a region in a year."""

        verbose_name = "волна"
        verbose_name_plural = "волны"
        constraints = [
            models.UniqueConstraint(fields=["region", "programme", "subsidy_year"], name="wave_once"),
            models.CheckConstraint(condition=Q(subsidy_year__gte=2000, subsidy_year__lte=2100), name="wave_year"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.region}, {self.subsidy_year}"


class CentreQuerySet(models.QuerySet["Centre"]):
    """Reads of centres."""

    def visible_to(self, scope: Scope) -> Self:
        """The centres at organisations of the scope's part of the tree."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(region_id=scope.region)
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
                return self.filter(organisation_id__in=own)
            case _:
                return self.none()

    def in_list(self) -> Self:
        """Those that are still in the list of their wave."""
        return self.filter(removed_at=None)

    def at_work_on(self, day: datetime.date) -> Self:
        """Open on a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day, removed_at=None)


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Centre(models.Model):
    """Центр: программа в школе; в перечне своей волны, потом открыт, переименован, закрыт."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="centres", verbose_name="волна")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    programme = models.ForeignKey(Programme, models.PROTECT, verbose_name="программа")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="centres", verbose_name="школа")
    name = models.CharField("название центра", max_length=300, default="", blank=True)
    address = models.CharField("адрес центра", max_length=500, default="", blank=True)
    rooms = models.TextField("помещения", default="", blank=True)
    enrolment = models.PositiveIntegerField("число обучающихся", null=True, blank=True)
    enrolment_on = models.DateField("число обучающихся на дату", null=True, blank=True)
    opened_on = models.DateField("открыт", null=True, blank=True)
    closed_on = models.DateField("закрыт", null=True, blank=True)
    closed_because = models.TextField("почему закрыт", default="", blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="продолжает работу как"
    )
    added_at = models.DateTimeField("включён в перечень")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="кем включён")
    removed_at = models.DateTimeField("исключён из перечня", null=True, blank=True)
    removed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем исключён"
    )
    removed_because = models.TextField("почему исключён", default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = CentreQuerySet.as_manager()

    class Meta:
        """A school has one centre of a programme; it closes after it opened."""

        verbose_name = "центр"
        verbose_name_plural = "центры"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=Q(removed_at=None, closed_on=None),
                name="centre_once_at_a_school",
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="centre_term"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_because=""), name="centre_removed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(enrolment=None) | Q(enrolment__lte=20_000), name="centre_enrolment_possible"
            ),
        ]
        indexes = [
            models.Index(fields=["wave", "organisation"], name="centre_of_wave"),
            models.Index(fields=["organisation", "programme"], name="centre_of_organisation"),
            models.Index(fields=["region", "programme"], name="centre_region"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.programme}, {self.organisation}"


class ListImportQuerySet(models.QuerySet["ListImport"]):
    """Reads of kept tables."""

    def visible_to(self, scope: Scope) -> Self:
        """One's own; administrators of the country see all."""
        return self if scope.is_country else self.filter(by_id=scope.person, region_id=scope.region)


class ListImport(models.Model):
    """Загрузка таблицы к волне: файл хранится байт в байт, пока его смотрят и применяют."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="imports", verbose_name="волна")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    by_id = models.BigIntegerField("кто", null=True)
    made_at = models.DateTimeField("когда")
    purpose = models.CharField("для чего", max_length=20)
    asked = models.JSONField("что указано при загрузке", default=dict)
    file_name = models.CharField("файл", max_length=255)
    content = models.BinaryField("содержимое")
    sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField("применён", null=True, blank=True)
    outcome = models.JSONField("что сделано", default=dict)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        """A file and what came of it."""

        verbose_name = "загрузка таблицы к волне"
        verbose_name_plural = "загрузки таблиц к волнам"

    def __str__(self) -> str:
        return self.file_name
