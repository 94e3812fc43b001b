"""Regions, municipalities, organisations with their names in time, schools, programmes."""

from __future__ import annotations

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from vekha_portal.journal.scope import Reach, Scope


class Region(models.Model):
    """Субъект Российской Федерации с двузначным кодом."""

    code = models.CharField("код", max_length=2, primary_key=True, db_collation="C")
    name = models.CharField("название", max_length=200, unique=True)
    federal_district = models.CharField("федеральный округ", max_length=100, default="", blank=True)
    sort_key = models.CharField(max_length=200, db_collation="C")

    class Meta:
        """Reference data."""

        verbose_name = "субъект Российской Федерации"
        verbose_name_plural = "субъекты Российской Федерации"

    def __str__(self) -> str:
        return self.name

    @property
    def region_id(self) -> str:
        """A region's entries stand in its own chain of the journal."""
        return self.code


class Programme(models.Model):
    """Программа создания центров; из набора справочных данных."""

    code = models.CharField("обозначение", max_length=64, primary_key=True, db_collation="C")
    name = models.CharField("название", max_length=300)
    names = models.JSONField("варианты названия", default=list)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="преемник")

    class Meta:
        """Reference data."""

        verbose_name = "программа"
        verbose_name_plural = "программы"

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """Муниципальное образование субъекта."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    name = models.CharField("название", max_length=300)
    oktmo = models.CharField("ОКТМО", max_length=11, default="", blank=True, db_collation="C")
    sort_key = models.CharField(max_length=300, db_collation="C")

    class Meta:
        """One name in one region."""

        verbose_name = "муниципальное образование"
        verbose_name_plural = "муниципальные образования"
        constraints = [
            models.UniqueConstraint(fields=["region", "sort_key"], name="municipality_once_in_a_region"),
            models.UniqueConstraint(fields=["oktmo"], condition=~Q(oktmo=""), name="municipality_one_oktmo"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKind(models.TextChoices):
    """What an organisation is in this work."""

    FEDERAL_OPERATOR = "federal_operator", "Федеральный оператор"
    MINISTRY = "ministry", "Министерство"
    REGIONAL_BODY = "regional_body", "Региональный орган управления образованием"
    REGIONAL_OPERATOR = "regional_operator", "Региональный оператор"
    MUNICIPAL_AUTHORITY = "municipal_authority", "Муниципальный орган управления образованием"
    SCHOOL = "school", "Школа"
    OTHER = "other", "Иная организация"


FEDERAL_KINDS = (OrganisationKind.FEDERAL_OPERATOR, OrganisationKind.MINISTRY)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def visible_to(self, scope: Scope) -> Self:
        """What a scope sees: its part of the tree, its superiors, and the federal bodies."""
        around = Q(kind__in=FEDERAL_KINDS) | Q(pk__in=scope.ancestors)
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(Q(region_id=scope.region) | around)
            case Reach.SUBTREE:
                return self.filter(Q(path__gte=scope.path, path__lt=scope.path + "~") | around)
            case _:
                return self.none()

    def at_work_on(self, day: datetime.date) -> Self:
        """Organisations that exist on a day."""
        return self.filter(Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))

    def named_on(self, day: datetime.date) -> Self:
        """With ``day_name``: what each was called on the day."""
        names = OrganisationName.objects.filter(organisation=OuterRef("pk"))
        held = names.filter(Q(since=None) | Q(since__lte=day)).order_by(F("since").desc(nulls_last=True))
        first = names.order_by(F("since").asc(nulls_first=True))
        found = Coalesce(Subquery(held.values("name")[:1]), Subquery(first.values("name")[:1]), F("name"))
        return self.annotate(day_name=found)

    def under(self, organisation: Organisation) -> Self:
        """The organisation and everything below it."""
        return self.filter(path__gte=organisation.path, path__lt=organisation.path + "~")


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Organisation(models.Model):
    """Организация: ведомство, оператор, муниципальный орган, школа."""

    kind = models.CharField("вид", max_length=32, choices=OrganisationKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="муниципальное образование"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="вышестоящая организация"
    )
    path = models.CharField(
        max_length=255, default="", editable=False, db_collation="C", help_text="ставит база данных"
    )
    name = models.CharField("полное наименование", max_length=600)
    short_name = models.CharField("краткое наименование", max_length=300, default="", blank=True)
    sort_key = models.CharField(max_length=600, db_collation="C", help_text="для порядка и поиска")
    match_key = models.CharField(max_length=600, db_collation="C", help_text="для поиска двойников")
    inn = models.CharField("ИНН", max_length=12, default="", blank=True, db_collation="C")
    kpp = models.CharField("КПП", max_length=9, default="", blank=True, db_collation="C")
    ogrn = models.CharField("ОГРН", max_length=15, default="", blank=True, db_collation="C")
    address = models.CharField("адрес", max_length=500, default="", blank=True)
    opened_on = models.DateField("создана", null=True, blank=True)
    closed_on = models.DateField("прекратила деятельность", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="правопреемник"
    )
    version = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """Identifiers are whole and unique; a successor needs an end."""

        verbose_name = "организация"
        verbose_name_plural = "организации"
        constraints = [
            models.CheckConstraint(
                condition=Q(inn="") | Q(inn__regex=r"^(\d{10}|\d{12})$"), name="organisation_inn_digits"
            ),
            models.CheckConstraint(
                condition=Q(kpp="") | Q(kpp__regex=r"^\d{4}[0-9A-Z]{2}\d{3}$"), name="organisation_kpp"
            ),
            models.CheckConstraint(
                condition=Q(ogrn="") | Q(ogrn__regex=r"^(\d{13}|\d{15})$"), name="organisation_ogrn"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="organisation_term",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | (Q(closed_on__isnull=False) & ~Q(successor=F("id"))),
                name="organisation_successor_after_the_end",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FEDERAL_KINDS) | Q(kind=OrganisationKind.OTHER) | Q(region__isnull=False),
                name="organisation_has_a_region",
            ),
            models.UniqueConstraint(
                fields=["inn", "kpp"], condition=~Q(inn="") & Q(closed_on=None), name="organisation_one_inn_and_kpp"
            ),
            models.UniqueConstraint(fields=["path"], name="organisation_one_path"),
            models.UniqueConstraint(fields=["region", "id"], name="organisation_region_key"),
        ]
        indexes = [
            models.Index(fields=["region", "kind", "sort_key", "id"], name="organisation_region_list"),
            models.Index(fields=["kind", "sort_key", "id"], name="organisation_list"),
            models.Index(fields=["sort_key", "id"], name="organisation_sort"),
            models.Index(fields=["region", "match_key"], name="organisation_match"),
            models.Index(fields=["ogrn"], name="organisation_ogrn_find"),
            models.Index(fields=["inn"], name="organisation_inn_find"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def name_on(self, day: datetime.date) -> str:
        """What it was called on a day; before its first known name, that name."""
        names = sorted(self.names.all(), key=lambda name: name.since or datetime.date.min)
        held = [name for name in names if name.since is None or name.since <= day] or names[:1]
        return held[-1].name if held else self.name

    def is_at_work_on(self, day: datetime.date) -> bool:
        """Whether it exists on a day."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day < self.closed_on)


class OrganisationName(models.Model):
    """Наименование организации с даты; действует до следующего."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names", verbose_name="организация")
    region = models.ForeignKey(Region, models.PROTECT, null=True, verbose_name="субъект")
    name = models.CharField("полное наименование", max_length=600)
    short_name = models.CharField("краткое наименование", max_length=300, default="", blank=True)
    since = models.DateField("с даты", null=True, blank=True)
    basis = models.CharField("основание", max_length=300, default="", blank=True)

    class Meta:
        """One name from one day on, so that periods cannot overlap."""

        verbose_name = "наименование"
        verbose_name_plural = "наименования"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "since"], nulls_distinct=False, name="organisation_one_name_from_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SchoolQuerySet(models.QuerySet["School"]):
    """Reads of schools."""

    def visible_to(self, scope: Scope) -> Self:
        """The schools whose organisation the scope sees."""
        return self.filter(organisation__in=Organisation.objects.visible_to(scope))


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class School(models.Model):
    """Школа: то, что есть только у общеобразовательной организации."""

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="school", verbose_name="организация"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    is_rural = models.BooleanField("сельская", default=False)
    is_small = models.BooleanField("малокомплектная", default=False)
    enrolment = models.PositiveIntegerField("число обучающихся", null=True, blank=True)
    enrolment_on = models.DateField("число обучающихся на дату", null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        """A number of pupils that can be true."""

        verbose_name = "школа"
        verbose_name_plural = "школы"
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment=None) | Q(enrolment__lte=20_000), name="school_enrolment_possible"
            )
        ]
        indexes = [models.Index(fields=["region", "organisation"], name="school_region_key")]

    def __str__(self) -> str:
        return str(self.organisation)


class ImportQuerySet(models.QuerySet["OrganisationImport"]):
    """Reads of imports."""

    def visible_to(self, scope: Scope) -> Self:
        """One's own imports; administrators of the country see all."""
        return self if scope.is_country else self.filter(by_id=scope.person, region_id=scope.region)


class OrganisationImport(models.Model):
    """Загрузка организаций из таблицы: файл хранится байт в байт, пока его смотрят и применяют."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    by_id = models.BigIntegerField("кто", null=True)
    made_at = models.DateTimeField("когда")
    file_name = models.CharField("файл", max_length=255)
    content = models.BinaryField("содержимое")
    sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField("применён", null=True, blank=True)
    outcome = models.JSONField("что сделано", default=dict)

    objects = ImportQuerySet.as_manager()

    class Meta:
        """A file and what came of it."""

        verbose_name = "загрузка организаций"
        verbose_name_plural = "загрузки организаций"

    def __str__(self) -> str:
        return self.file_name
