"""What a revision is made of: measures with their responsibles and expected documents, and indicators.

Rows of a draft change; rows of an approved revision do not, and the database sees to it. Nothing is deleted: a measure that a
reviewer takes out stays with who did it and why.
"""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.accounts.roles import Role
from vekha_portal.orders.visibility import BindingQuerySet
from vekha_portal.registry.models import Organisation, Region


class Reach(models.TextChoices):
    """Whether a measure is done once for the wave or at every centre."""

    ONCE = "once", "один раз на всю волну"
    CENTRE = "centre", "в каждом центре"


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Measure(models.Model):
    """Мероприятие дорожной карты; `key` один и тот же во всех редакциях, за ним идёт исполнение."""

    revision = models.ForeignKey("orders.Revision", models.PROTECT, related_name="measures", verbose_name="редакция")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья карта")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    key = models.UUIDField("ключ", default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField("по порядку")
    number = models.CharField("номер", max_length=40, default="", blank=True)
    section = models.TextField("раздел", default="", blank=True)
    text = models.TextField("мероприятие")
    items = models.JSONField("подпункты", default=list, blank=True)
    item_stages = models.JSONField("этапы подпунктов", null=True, blank=True)
    stage = models.CharField("этап", max_length=40)
    reach = models.CharField("охват", max_length=10, choices=Reach.choices, default=Reach.ONCE)
    deadline = models.TextField("срок, как в документе", default="", blank=True)
    superior_key = models.UUIDField("мероприятие вышестоящей карты", null=True, blank=True)
    place = models.JSONField("место в документе", default=dict, blank=True)
    cells = models.JSONField("места ячеек", default=dict, blank=True)
    confidence = models.FloatField("уверенность чтения", default=1.0)
    uncertain = models.JSONField("прочитано неуверенно", default=list, blank=True)
    notes = models.JSONField("прочие графы", default=list, blank=True)
    removed_at = models.DateTimeField("исключено", null=True, blank=True)
    removed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем исключено"
    )
    removed_because = models.TextField("почему исключено", default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BindingQuerySet["Measure"].as_manager()

    class Meta:
        """One measure of a key in a revision; a confidence is a share."""

        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="measure_key"),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="measure_confidence"),
        ]
        indexes = [
            models.Index(fields=["revision", "position", "id"], name="measure_list"),
            models.Index(fields=["key"], name="measure_by_key"),
        ]

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 80 else f"{self.text[:79].rpartition(' ')[0] or self.text[:79]}…"
        return f"{self.number}. {text}" if self.number else text

    @property
    def full_title(self) -> str:
        """The number and the whole text, where a decision is made over it."""
        return f"{self.number}. {self.text}" if self.number else self.text


class Responsible(models.Model):
    """Ответственный исполнитель мероприятия: как написано, и кто это в системе."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="responsibles", verbose_name="мероприятие")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья карта")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    position = models.PositiveSmallIntegerField("по порядку")
    name = models.CharField("как написано", max_length=1000)
    kind = models.CharField("вид", max_length=20)
    post = models.CharField("должность", max_length=600, default="", blank=True)
    is_lead = models.BooleanField("головной исполнитель", default=False)
    mapped_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="организация"
    )
    mapped_role = models.CharField("роль", max_length=32, choices=Role.choices, default="", blank=True)
    mapped_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="человек"
    )
    is_each_centre = models.BooleanField("школа каждого центра", default=False)
    removed_at = models.DateTimeField("исключён", null=True, blank=True)

    objects = BindingQuerySet["Responsible"].as_manager()

    class Meta:
        """In the order of the cell."""

        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"
        indexes = [models.Index(fields=["measure", "position"], name="responsible_list")]

    def __str__(self) -> str:
        return self.name


class ExpectedDocument(models.Model):
    """Документ, которым подтверждают результат мероприятия; `key` один и тот же во всех редакциях."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="documents", verbose_name="мероприятие")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья карта")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    key = models.UUIDField("ключ", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("по порядку")
    item = models.PositiveSmallIntegerField("к подпункту", null=True, blank=True)
    text = models.TextField("как написано", default="", blank=True)
    evidence_type = models.CharField("вид документа", max_length=40)
    is_required = models.BooleanField("обязателен", default=True)
    minimum = models.PositiveSmallIntegerField("не менее, штук", default=1)
    is_inferred = models.BooleanField("выведен по этапу", default=False)
    removed_at = models.DateTimeField("исключён", null=True, blank=True)

    objects = BindingQuerySet["ExpectedDocument"].as_manager()

    class Meta:
        """One document of a key at a measure; at least one piece."""

        verbose_name = "ожидаемый документ"
        verbose_name_plural = "ожидаемые документы"
        constraints = [
            models.UniqueConstraint(fields=["measure", "key"], name="expected_document_key"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="expected_document_minimum"),
        ]
        indexes = [models.Index(fields=["measure", "position"], name="expected_document_list")]

    def __str__(self) -> str:
        return self.text or self.evidence_type


class ListedIndicator(models.Model):
    """Показатель из перечня распоряжения с минимальными значениями."""

    revision = models.ForeignKey("orders.Revision", models.PROTECT, related_name="indicators", verbose_name="редакция")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья карта")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    key = models.UUIDField("ключ", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("по порядку")
    number = models.CharField("номер", max_length=40, default="", blank=True)
    name = models.TextField("показатель")
    unit = models.CharField("единица измерения", max_length=200, default="", blank=True)
    opening_year = models.DecimalField("в год открытия", max_digits=18, decimal_places=4, null=True, blank=True)
    following_years = models.DecimalField("в последующие годы", max_digits=18, decimal_places=4, null=True, blank=True)
    parent_number = models.CharField("в составе показателя №", max_length=40, default="", blank=True)
    target = models.TextField("как написано", default="", blank=True)
    place = models.JSONField("место в документе", default=dict, blank=True)
    removed_at = models.DateTimeField("исключён", null=True, blank=True)

    objects = BindingQuerySet["ListedIndicator"].as_manager()

    class Meta:
        """One indicator of a key in a revision."""

        verbose_name = "показатель"
        verbose_name_plural = "показатели"
        constraints = [models.UniqueConstraint(fields=["revision", "key"], name="listed_indicator_key")]
        indexes = [models.Index(fields=["revision", "position"], name="listed_indicator_list")]

    def __str__(self) -> str:
        return self.name
