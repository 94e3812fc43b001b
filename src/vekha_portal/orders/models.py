"""Orders, their readings, roadmaps, revisions; what a revision is made of stands in `measures`.

A row belongs to an organisation of a region. Who stands below that organisation reads it too: an order binds those below.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q

from vekha_portal.accounts.models import Person
from vekha_portal.files.models import StoredFile
from vekha_portal.orders.measures import ExpectedDocument, ListedIndicator, Measure, Responsible
from vekha_portal.orders.visibility import BindingQuerySet
from vekha_portal.registry.models import Organisation, Programme, Region


class Reading(models.Model):
    """Чтение файла распоряжения: ход задания и то, что прочитано, как его вернули программы чтения."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="файл")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чей файл")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    asked_at = models.DateTimeField("загружен")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем загружен")
    begun_at = models.DateTimeField("начато", null=True, blank=True)
    ended_at = models.DateTimeField("закончено", null=True, blank=True)
    subsidy_year = models.PositiveSmallIntegerField("год получения субсидии", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    step = models.CharField("что делается", max_length=200, default="", blank=True)
    share = models.PositiveSmallIntegerField("сделано, %", default=0)
    found = models.JSONField("прочитано", null=True, blank=True)
    source = models.JSONField("исходный вид", null=True, blank=True)
    failure = models.TextField("почему не прочитано", default="", blank=True)

    objects = BindingQuerySet["Reading"].as_manager()

    class Meta:
        """A share of a whole; an end after a beginning."""

        verbose_name = "чтение файла"
        verbose_name_plural = "чтения файлов"
        constraints = [
            models.CheckConstraint(condition=Q(share__lte=100), name="reading_share"),
            models.CheckConstraint(
                condition=Q(subsidy_year=None) | Q(subsidy_year__gte=2000, subsidy_year__lte=2100), name="reading_year"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "asked_at"], name="reading_list")]

    def __str__(self) -> str:
        return self.file.name


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Order(models.Model):
    """Распоряжение, приказ, постановление: реквизиты, как в документе; пусто там, где документ молчит."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="orders", verbose_name="чьё распоряжение"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    kind = models.CharField("вид", max_length=60, default="", blank=True)
    issuer = models.CharField("издан", max_length=600, default="", blank=True)
    number = models.CharField("номер", max_length=120, default="", blank=True)
    signed_on = models.DateField("дата", null=True, blank=True)
    title = models.TextField("заголовок", default="", blank=True)
    coordinator = models.CharField("региональный координатор", max_length=600, default="", blank=True)
    control_name = models.CharField("контроль: кто", max_length=300, default="", blank=True)
    control_post = models.CharField("контроль: должность", max_length=600, default="", blank=True)
    signatory_name = models.CharField("подписал", max_length=300, default="", blank=True)
    signatory_post = models.CharField("должность подписавшего", max_length=600, default="", blank=True)
    approvals = models.JSONField("согласования и утверждения", default=list, blank=True)
    acquainted = models.JSONField("ознакомлены", default=list, blank=True)
    cited = models.JSONField("упомянутые акты", default=list, blank=True)
    amendments = models.JSONField("вносимые изменения", default=list, blank=True)
    annexes_declared = models.PositiveSmallIntegerField("приложений объявлено", default=0)
    annexes_found = models.PositiveSmallIntegerField("приложений в файле", default=0)
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="вышестоящий акт"
    )
    amended = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amending", verbose_name="изменяет распоряжение"
    )
    reading = models.OneToOneField(
        Reading, models.PROTECT, null=True, blank=True, related_name="order", verbose_name="прочитано из файла"
    )
    created_at = models.DateTimeField("внесено")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем внесено")
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отозвано"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BindingQuerySet["Order"].as_manager()

    class Meta:
        """Neither its own superior nor its own amendment."""

        verbose_name = "распоряжение"
        verbose_name_plural = "распоряжения"
        constraints = [
            models.CheckConstraint(
                condition=Q(superior=None) | ~Q(superior=F("id")), name="order_is_not_its_own_superior"
            ),
            models.CheckConstraint(condition=Q(amended=None) | ~Q(amended=F("id")), name="order_does_not_amend_itself"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="order_withdrawn_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "signed_on", "id"], name="order_list"),
            models.Index(fields=["region", "signed_on", "id"], name="order_region_list"),
            models.Index(fields=["number"], name="order_number"),
        ]

    def __str__(self) -> str:
        kind = self.kind.capitalize() or "Документ"
        number = f" № {self.number}" if self.number else " без номера"
        return f"{kind}{f' от {self.signed_on:%d.%m.%Y}' if self.signed_on else ''}{number}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Roadmap(models.Model):
    """Дорожная карта (комплекс мер), утверждённая распоряжением; живёт в своих редакциях."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="roadmaps", verbose_name="распоряжение")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roadmaps", verbose_name="чья")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, verbose_name="программа")
    position = models.PositiveSmallIntegerField("по порядку в распоряжении", default=1)
    title = models.TextField("заголовок", default="", blank=True)
    subsidy_year = models.PositiveSmallIntegerField("год получения субсидии", null=True, blank=True)
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="вышестоящая карта"
    )

    objects = BindingQuerySet["Roadmap"].as_manager()

    class Meta:
        """One place in the order; a year of this century."""

        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="roadmap_place"),
            models.CheckConstraint(
                condition=Q(subsidy_year=None) | Q(subsidy_year__gte=2000, subsidy_year__lte=2100), name="roadmap_year"
            ),
            models.CheckConstraint(
                condition=Q(superior=None) | ~Q(superior=F("id")), name="roadmap_is_not_its_own_superior"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "programme", "id"], name="roadmap_region_list"),
            models.Index(fields=["organisation", "id"], name="roadmap_list"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.programme or 'Дорожная карта'}, {self.order}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Revision(models.Model):
    """Редакция дорожной карты: черновик, пока не утверждена; утверждённая не меняется, изменение — новая редакция."""

    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="revisions", verbose_name="дорожная карта")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    number = models.PositiveSmallIntegerField("номер редакции")
    basis = models.ForeignKey(Order, models.PROTECT, related_name="revisions", verbose_name="каким распоряжением")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="прежняя редакция"
    )
    created_at = models.DateTimeField("начата")
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем начата")
    approved_at = models.DateTimeField("утверждена", null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем утверждена"
    )
    withdrawn_at = models.DateTimeField("черновик оставлен", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем оставлен"
    )
    version = models.PositiveIntegerField(default=1)

    objects = BindingQuerySet["Revision"].as_manager()

    class Meta:
        """One draft at a time; approved or abandoned, by somebody."""

        verbose_name = "редакция"
        verbose_name_plural = "редакции"
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="revision_number"),
            models.UniqueConstraint(
                fields=["roadmap"], condition=Q(approved_at=None, withdrawn_at=None), name="revision_one_draft"
            ),
            models.CheckConstraint(condition=Q(approved_at=None) | Q(withdrawn_at=None), name="revision_one_end"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="revision_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"редакция {self.number}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.approved_at is None and self.withdrawn_at is None


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class DeadlineSettings(models.Model):
    """Как организация понимает спорные сроки; где не задано — как у вышестоящей, а если нигде, то по умолчанию."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="deadline_settings", verbose_name="организация"
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    before_includes_day = models.BooleanField("«до 1 февраля» включает 1 февраля", default=True)
    warning_days = models.PositiveSmallIntegerField("за сколько дней предупреждать об окончании периода", default=30)
    changed_at = models.DateTimeField("изменено")
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем изменено")
    version = models.PositiveIntegerField(default=1)

    objects = BindingQuerySet["DeadlineSettings"].as_manager()

    class Meta:
        """A warning comes within a year."""

        verbose_name = "понимание сроков"
        verbose_name_plural = "понимание сроков"
        constraints = [models.CheckConstraint(condition=Q(warning_days__lte=366), name="deadline_warning_days")]

    def __str__(self) -> str:
        return f"понимание сроков: {self.organisation}"

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path


__all__ = [
    "BindingQuerySet",
    "DeadlineSettings",
    "ExpectedDocument",
    "ListedIndicator",
    "Measure",
    "Order",
    "Reading",
    "Responsible",
    "Revision",
    "Roadmap",
]
