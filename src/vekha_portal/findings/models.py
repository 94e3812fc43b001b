"""Runs of the rules, what they found, and which findings somebody answers for leaving.

A finding is one row from the run that first met it to the run that no longer does; nightly runs add rows only where something
changed. The wave is named by its table: this app does not know what a wave is.
"""

from __future__ import annotations

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from vekha_portal.accounts.models import Person
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Revision, Roadmap
from vekha_portal.registry.models import Organisation, Region


class Severity(models.TextChoices):
    """How much a finding weighs."""

    ERROR = "error", "ошибка"
    WARNING = "warning", "предупреждение"
    NOTE = "note", "примечание"


class Occasion(models.TextChoices):
    """Why a run was made."""

    CHANGE = "change", "черновик изменён"
    APPROVAL = "approval", "редакция утверждена"
    ASKED = "asked", "по просьбе"
    NIGHTLY = "nightly", "ночная проверка"


class OwnQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models of this module share it
    """Reads of what is one's own affair: defects of an order are seen by its keepers and those above, not by those below."""

    def visible_to(self, scope: Scope) -> Self:
        """What the scope sees; the database's policies say the same."""
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


class CheckRun(models.Model):
    """Проверка редакции или волны: когда, кем, по каким правилам, сколько замечаний; сбой правила — отдельный исход."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="check_runs", verbose_name="редакция"
    )
    wave = models.ForeignKey(
        "centres.Wave", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="волна"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    occasion = models.CharField("почему", max_length=10, choices=Occasion.choices)
    checked_at = models.DateTimeField("проверено")
    checked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем запущено"
    )
    rules_version = models.CharField("правила", max_length=64)
    mark = models.CharField("состояние проверенного", max_length=64, default="", blank=True)
    errors = models.PositiveIntegerField("ошибок", default=0)
    warnings = models.PositiveIntegerField("предупреждений", default=0)
    notes = models.PositiveIntegerField("примечаний", default=0)
    crashes = models.JSONField("правила со сбоем", default=list, blank=True)
    is_current = models.BooleanField("последняя", default=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        """Of one revision or of one wave; one run of each is the current one."""

        verbose_name = "проверка"
        verbose_name_plural = "проверки"
        constraints = [
            models.CheckConstraint(
                condition=Q(revision=None, wave__isnull=False) | Q(revision__isnull=False, wave=None),
                name="check_run_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(is_current=True, wave=None), name="check_run_current_of_revision"
            ),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(is_current=True, revision=None), name="check_run_current_of_wave"
            ),
        ]
        indexes = [
            models.Index(fields=["revision", "-checked_at"], name="check_run_of_revision"),
            models.Index(fields=["wave", "-checked_at"], name="check_run_of_wave"),
            models.Index(fields=["organisation", "is_current"], name="check_run_organisation"),
        ]

    def __str__(self) -> str:
        return f"проверка {self.checked_at:%d.%m.%Y %H:%M}"

    @property
    def total(self) -> int:
        """How many findings it had."""
        return self.errors + self.warnings + self.notes


class FindingQuerySet(OwnQuerySet):
    """Reads of findings."""

    def open(self) -> Self:
        """Those that the last run still met."""
        return self.filter(gone_at=None)

    def with_waiver(self, day: datetime.date) -> Self:
        """With ``is_waived``: whether somebody answers for leaving it on that day."""
        same = Waiver.objects.filter(fingerprint=OuterRef("fingerprint"), revoked_at=None, ends_on__gte=day)
        of_roadmap = same.filter(roadmap=OuterRef("roadmap"))
        of_wave = same.filter(wave=OuterRef("wave"))
        return self.annotate(is_waived=Exists(of_roadmap) | Exists(of_wave))


class Finding(models.Model):
    """Замечание правила: одна строка от проверки, которая его нашла, до проверки, которая его больше не находит."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="редакция"
    )
    roadmap = models.ForeignKey(
        Roadmap, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="дорожная карта"
    )
    wave = models.ForeignKey(
        "centres.Wave", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="волна"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чьё")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    rule = models.CharField("правило", max_length=8)
    severity = models.CharField("важность", max_length=8, choices=Severity.choices)
    message = models.TextField("замечание")
    hint = models.TextField("что делать", default="", blank=True)
    place = models.JSONField("место в документе", default=dict, blank=True)
    measure_key = models.UUIDField("ключ мероприятия", null=True, blank=True)
    measure_number = models.CharField("номер мероприятия", max_length=40, default="", blank=True)
    part = models.CharField("графа", max_length=20, default="", blank=True)
    day = models.DateField("дата", null=True, blank=True)
    reference = models.CharField("сравнено с", max_length=300, default="", blank=True)
    about = models.CharField("о чём", max_length=300, default="", blank=True)
    fingerprint = models.CharField("отпечаток", max_length=64, db_collation="C")
    found_at = models.DateTimeField("найдено")
    gone_at = models.DateTimeField("больше не находится", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        """Open once in a revision or a wave."""

        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        constraints = [
            models.CheckConstraint(
                condition=Q(revision=None, roadmap=None, wave__isnull=False)
                | Q(revision__isnull=False, roadmap__isnull=False, wave=None),
                name="finding_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["revision", "wave", "fingerprint"],
                condition=Q(gone_at=None),
                nulls_distinct=False,
                name="finding_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["revision", "severity"], name="finding_of_revision"),
            models.Index(fields=["wave", "severity"], name="finding_of_wave"),
            models.Index(fields=["organisation", "severity"], name="finding_organisation", condition=Q(gone_at=None)),
            models.Index(fields=["region", "severity"], name="finding_region", condition=Q(gone_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


class Waiver(models.Model):
    """Решение оставить замечание до срока: кто, почему, до какого дня; замечание остаётся и показано как принятое."""

    roadmap = models.ForeignKey(
        Roadmap, models.PROTECT, null=True, blank=True, related_name="waivers", verbose_name="дорожная карта"
    )
    wave = models.ForeignKey(
        "centres.Wave", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="волна"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чьё")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    fingerprint = models.CharField("отпечаток", max_length=64, db_collation="C")
    rule = models.CharField("правило", max_length=8)
    message = models.TextField("замечание")
    reason = models.TextField("почему")
    ends_on = models.DateField("действует по")
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем")
    revoked_at = models.DateTimeField("отменено", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отменено"
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        """For a reason; one at a time for a finding of a roadmap or wave; revoked by somebody."""

        verbose_name = "принятое замечание"
        verbose_name_plural = "принятые замечания"
        constraints = [
            models.CheckConstraint(
                condition=Q(roadmap=None, wave__isnull=False) | Q(roadmap__isnull=False, wave=None),
                name="waiver_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="waiver_revoked_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["roadmap", "wave", "fingerprint"],
                condition=Q(revoked_at=None),
                nulls_distinct=False,
                name="waiver_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, по {self.ends_on:%d.%m.%Y}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


__all__ = ["CheckRun", "Finding", "FindingQuerySet", "Occasion", "Severity", "Waiver"]
