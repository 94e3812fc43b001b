"""Counts of milestones that are too many to be counted while somebody waits."""

from __future__ import annotations

from typing import Self

from django.db import models

from vekha_portal.centres.models import Wave
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Programme, Region


class TallyQuerySet(models.QuerySet["Tally"]):
    """Reads of counts."""

    def visible_to(self, scope: Scope) -> Self:
        """Everything for the country, one's own region for a region; nobody else is shown sums."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(region_id=scope.region)
            case _:
                return self.none()


class Tally(models.Model):
    """Сколько контрольных точек волны на одном этапе и в каком они состоянии; пересчитывает программа."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+", verbose_name="волна")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name="программа")
    subsidy_year = models.PositiveSmallIntegerField("год получения субсидии")
    stage = models.CharField("этап", max_length=40)
    total = models.PositiveIntegerField("всего")
    done = models.PositiveIntegerField("исполнено")
    submitted = models.PositiveIntegerField("на проверке")
    overdue = models.PositiveIntegerField("просрочено")
    waiting = models.PositiveIntegerField("ждёт срока")

    objects = TallyQuerySet.as_manager()

    class Meta:
        """One row for a wave and a stage."""

        verbose_name = "счёт контрольных точек"
        verbose_name_plural = "счёт контрольных точек"
        constraints = [models.UniqueConstraint(fields=["wave", "stage"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.wave}, {self.stage}: {self.done} из {self.total}"
