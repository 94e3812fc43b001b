"""Days that somebody else sets: the federal operator's schedule, the day of an event; with the letter that says so."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.registry.models import Organisation, Region


class ScheduleKind(models.TextChoices):
    """What the entered day is."""

    SCHEDULE = "schedule", "срок по графику"
    EVENT = "event", "день события"


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Reads of schedules."""

    def visible_to(self, scope: Scope) -> Self:
        """The schedules of the scope's region: they bind everybody in it."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION | Reach.SUBTREE:
                return self.filter(region_id=scope.region)
            case _:
                return self.none()


class Schedule(models.Model):
    """График федерального оператора или день события для волны: каким письмом установлен, каких мероприятий касается."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="schedules", verbose_name="волна")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто ведёт волну")
    kind = models.CharField("что установлено", max_length=10, choices=ScheduleKind.choices)
    stage = models.CharField("этап", max_length=40, default="", blank=True)
    measure_keys = models.JSONField("мероприятия", default=list, blank=True)
    letter_number = models.CharField("номер письма", max_length=120)
    letter_on = models.DateField("дата письма")
    entered_at = models.DateTimeField("внесён")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем внесён")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        """A stage or measures; never changed: another letter is another schedule, and the last one counts."""

        verbose_name = "график"
        verbose_name_plural = "графики"
        constraints = [
            models.CheckConstraint(condition=~Q(stage="") | ~Q(measure_keys=[]), name="schedule_about_something"),
            models.CheckConstraint(condition=~Q(letter_number=""), name="schedule_by_a_letter"),
        ]
        indexes = [models.Index(fields=["wave", "entered_at"], name="schedule_of_wave")]

    def __str__(self) -> str:
        return f"письмо от {self.letter_on:%d.%m.%Y} № {self.letter_number}"


class ScheduleLine(models.Model):
    """День из графика: для всей волны или для одного центра."""

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="lines", verbose_name="график")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="schedule_lines", verbose_name="центр"
    )
    day = models.DateField("день")

    class Meta:
        """One day for a centre, and one for the rest of the wave."""

        verbose_name = "строка графика"
        verbose_name_plural = "строки графика"
        constraints = [
            models.UniqueConstraint(fields=["schedule", "centre"], nulls_distinct=False, name="schedule_line_once")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}"
