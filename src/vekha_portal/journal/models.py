"""The journal's one table."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from vekha_portal.journal.scope import Reach, Scope

NATIONAL = "00"
FIRST = "0" * 64


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the journal."""

    def visible_to(self, scope: Scope) -> Self:
        """The entries a scope may read: its region's or its organisations', and what the person did."""
        if scope.is_country:
            return self
        own = Q(by_id=scope.person) if scope.person else Q(pk__in=())
        match scope.reach:
            case Reach.REGION:
                return self.filter(own | Q(shard=scope.region))
            case Reach.SUBTREE:
                return self.filter(own | Q(path__gte=scope.path, path__lt=scope.path + "~"))
            case _:
                return self.none()


class Entry(models.Model):
    """Запись журнала: кто, когда, что сделал, с чем и почему. Не меняется и не удаляется."""

    shard = models.CharField("цепочка", max_length=2, db_collation="C", help_text="код субъекта, 00 — общая")
    number = models.BigIntegerField("номер в цепочке", help_text="ставит база данных")
    kind = models.CharField("событие", max_length=64)
    made_at = models.DateTimeField("когда")
    by_id = models.BigIntegerField("кто", null=True)
    by_name = models.TextField("имя", default="")
    role = models.CharField("в какой роли", max_length=32, default="")
    assignment_id = models.BigIntegerField("назначение", null=True)
    acting_for_id = models.BigIntegerField("за кого", null=True)
    request_id = models.CharField("запрос", max_length=64, default="")
    about_kind = models.CharField("вид объекта", max_length=64)
    about_id = models.CharField("объект", max_length=64)
    about_name = models.TextField("название объекта", default="")
    path = models.CharField("место в дереве организаций", max_length=255, default="", db_collation="C")
    reason = models.TextField("почему", default="")
    data = models.JSONField("подробности", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        """One number and one place in one chain."""

        verbose_name = "запись журнала"
        verbose_name_plural = "записи журнала"
        constraints = [
            models.UniqueConstraint(fields=["shard", "number"], name="journal_one_number_in_a_chain"),
            models.CheckConstraint(condition=Q(kind__regex=r"^[a-z]+(-[a-z]+)*$"), name="journal_kind_is_a_word"),
        ]
        indexes = [
            models.Index(fields=["shard", "-made_at", "-id"], name="journal_shard_time"),
            models.Index(fields=["-made_at", "-id"], name="journal_time"),
            models.Index(fields=["about_kind", "about_id", "-made_at"], name="journal_about"),
            models.Index(fields=["by_id", "-made_at"], name="journal_by"),
            models.Index(fields=["path", "-made_at"], name="journal_path"),
        ]

    def __str__(self) -> str:
        return f"{self.shard}/{self.number} {self.kind}: {self.about_name}"
