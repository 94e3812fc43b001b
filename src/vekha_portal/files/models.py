"""A file as it came: bytes outside the database, their sum and size in it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Organisation, Region


def address_of(file: StoredFile, _name: str) -> str:
    """Where the bytes lie: by their sum, so that a name from outside never reaches the disk."""
    return f"originals/{file.sha256[:2]}/{file.sha256}"


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Reads of files."""

    def visible_to(self, scope: Scope) -> Self:
        """Files of the scope's part of the tree, and those its superiors share with everybody below them."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(Q(region_id=scope.region) | Q(region=None, is_shared_below=True))
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~")
                shared = Q(is_shared_below=True) & (Q(organisation_id__in=scope.ancestors) | Q(region=None))
                return self.filter(Q(organisation__in=own) | shared)
            case _:
                return self.none()


class StoredFile(models.Model):
    """Файл, как его передали: байты не меняются никогда, новая версия — новый файл."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чей")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="субъект")
    is_shared_below = models.BooleanField("виден подведомственным", default=False)
    name = models.CharField("имя файла", max_length=255)
    media_type = models.CharField("тип по содержимому", max_length=127)
    size = models.PositiveBigIntegerField("размер, байт")
    sha256 = models.CharField("SHA-256", max_length=64, db_collation="C")
    content = models.FileField("содержимое", upload_to=address_of, max_length=255)
    kept_at = models.DateTimeField("принят")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="кем передан"
    )

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        """A sum is a sum; the same bytes may be handed in by many."""

        verbose_name = "файл"
        verbose_name_plural = "файлы"
        constraints = [models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sum")]
        indexes = [
            models.Index(fields=["sha256"], name="file_same"),
            models.Index(fields=["organisation", "kept_at"], name="file_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.name
