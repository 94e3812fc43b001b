"""A revision applied to a wave, and its milestones."""

from __future__ import annotations

import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Case, Q, Value, When

from vekha_portal.accounts.models import Person
from vekha_portal.centres.models import Centre, Wave
from vekha_portal.execution.proof import Decision, Evidence, Extension, NotApplicable, Outcome, Proof
from vekha_portal.execution.schedules import Schedule, ScheduleKind, ScheduleLine
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Measure, Revision, Roadmap
from vekha_portal.orders.visibility import BindingQuerySet
from vekha_portal.registry.models import Organisation, Region


@pghistory.track(obj_field=pghistory.ObjForeignKey(related_name="history"))
class Application(models.Model):
    """Применение дорожной карты к волне: действующая редакция, охват каждого мероприятия и горизонт повторов."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="applications", verbose_name="волна")
    roadmap = models.ForeignKey(Roadmap, models.PROTECT, related_name="applications", verbose_name="дорожная карта")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name="редакция")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="чья карта")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="субъект")
    reaches = models.JSONField("охват мероприятий", default=dict)
    horizon_on = models.DateField("сроки рассчитаны по")
    applied_at = models.DateTimeField("применена")
    applied_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем применена")
    version = models.PositiveIntegerField(default=1)

    objects = BindingQuerySet["Application"].as_manager()

    class Meta:
        """A roadmap is applied to a wave once; an amendment is applied again in place."""

        verbose_name = "применение карты"
        verbose_name_plural = "применения карт"
        constraints = [models.UniqueConstraint(fields=["wave", "roadmap"], name="application_once")]
        indexes = [models.Index(fields=["horizon_on"], name="application_horizon")]

    def __str__(self) -> str:
        return f"{self.roadmap} → {self.wave}"


class Progress(models.TextChoices):
    """How far the proof of a milestone is; follows from what was handed in and decided, never typed."""

    NOTHING = "nothing", "ничего не подано"
    PART = "part", "подано не всё"
    SUBMITTED = "submitted", "на проверке"
    RETURNED = "returned", "возвращено"
    ACCEPTED = "accepted", "принято"
    NOT_APPLICABLE = "not_applicable", "не требуется"


#: What needs nobody's work any more.
DONE = (Progress.ACCEPTED, Progress.NOT_APPLICABLE)


class Waiting(models.TextChoices):
    """What a milestone without a date waits for."""

    NOTHING = "", "—"
    SCHEDULE = "schedule", "графика федерального оператора"
    EVENT = "event", "события"
    SUBSIDY_YEAR = "subsidy-year", "года субсидии"
    YEAR = "year", "года"
    NEED = "need", "необходимости"
    UNKNOWN = "unknown", "уточнения срока"


class State(models.TextChoices):
    """What a milestone is on a day."""

    WAITING = "waiting", "ждёт срока"
    AHEAD = "ahead", "впереди"
    SOON = "soon", "скоро срок"
    OVERDUE = "overdue", "просрочено"
    PART = "part", "подано не всё"
    SUBMITTED = "submitted", "на проверке"
    RETURNED = "returned", "возвращено"
    ACCEPTED = "accepted", "принято"
    NOT_APPLICABLE = "not_applicable", "не требуется"


#: A date is soon within this many days.
SOON_DAYS = 14


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Reads of milestones."""

    def visible_to(self, scope: Scope) -> Self:
        """Milestones of the scope's part of the tree, and the plan of its superiors."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(region_id=scope.region)
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
                return self.filter(Q(organisation_id__in=own) | Q(organisation_id__in=scope.ancestors))
            case _:
                return self.none()

    def in_force(self) -> Self:
        """Those that no amendment and no change of the list withdrew."""
        return self.filter(withdrawn_at=None)

    def with_state(self, day: datetime.date) -> Self:
        """With ``state`` on a day, as :meth:`Milestone.state_on` says it.

        Overdue goes before «part» and «returned»: a date that passed is what people must see first; what is submitted in time
        waits for somebody else and is not overdue.
        """
        soon = day + datetime.timedelta(days=SOON_DAYS)
        closed = [When(progress=each.value, then=Value(each.value)) for each in (*DONE, Progress.SUBMITTED)]
        return self.annotate(
            state=Case(
                *closed,
                When(due_on__lt=day, then=Value(State.OVERDUE.value)),
                When(progress=Progress.RETURNED, then=Value(State.RETURNED.value)),
                When(progress=Progress.PART, then=Value(State.PART.value)),
                When(due_on=None, then=Value(State.WAITING.value)),
                When(due_on__lte=soon, then=Value(State.SOON.value)),
                default=Value(State.AHEAD.value),
                output_field=models.CharField(),
            )
        )


@pghistory.track(
    # once for a statement: thousands of rows change at once, and a subtransaction for each of them takes minutes
    pghistory.UpdateEvent(level=pghistory.Statement),
    model_name="MilestoneEvent",
    obj_field=pghistory.ObjForeignKey(related_name="history"),
    fields=["region", "measure", "organisation", "due_on", "waiting_for", "progress", "withdrawn_at", "version"],
)
class Milestone(models.Model):
    """Контрольная точка: мероприятие (или его подпункт) для волны или центра за один период."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="milestones", verbose_name="волна")
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="milestones", verbose_name="применение карты"
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones", verbose_name="мероприятие")
    measure_key = models.UUIDField("ключ мероприятия", editable=False)
    item = models.PositiveSmallIntegerField("подпункт", null=True, blank=True)
    centre = models.ForeignKey(
        Centre, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name="центр"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="milestones", verbose_name="кто исполняет"
    )
    stage = models.CharField("этап", max_length=40)
    period = models.CharField("отчётный период", max_length=20, default="", blank=True)
    ordinal = models.PositiveSmallIntegerField("какой раз", default=1)
    planned_on = models.DateField("срок по распоряжению", null=True, blank=True)
    due_on = models.DateField("срок", null=True, blank=True)
    warn_on = models.DateField("предупредить", null=True, blank=True)
    is_day_off = models.BooleanField("срок в выходной", default=False)
    waiting_for = models.CharField("чего ждёт", max_length=20, choices=Waiting.choices, default="", blank=True)
    called_because = models.TextField("зачем понадобилась", default="", blank=True)
    progress = models.CharField("исполнение", max_length=20, choices=Progress.choices, default=Progress.NOTHING)
    documented_on = models.DateField("дата последнего обязательного документа", null=True, blank=True)
    submitted_at = models.DateTimeField("подано", null=True, blank=True)
    accepted_at = models.DateTimeField("принято", null=True, blank=True)
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="вышестоящая точка"
    )
    withdrawn_at = models.DateTimeField("снята", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем снята"
    )
    withdrawn_because = models.TextField("почему снята", default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MilestoneQuerySet.as_manager()
    state: str  # where `with_state` asked for it

    class Meta:
        """Once for a measure, an item, a centre and a period; without a date it waits for something."""

        verbose_name = "контрольная точка"
        verbose_name_plural = "контрольные точки"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "measure_key", "item", "centre", "period", "ordinal"],
                nulls_distinct=False,
                name="milestone_once",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False) | ~Q(waiting_for="") | Q(withdrawn_at__isnull=False),
                name="milestone_has_a_date_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(progress__in=[each.value for each in Progress]), name="milestone_known_progress"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""), name="milestone_withdrawn_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["wave", "centre", "measure"], name="milestone_grid"),
            models.Index(fields=["organisation", "due_on"], name="milestone_owed"),
            models.Index(fields=["region", "due_on", "progress"], name="milestone_region_due"),
            models.Index(fields=["application", "measure_key"], name="milestone_measure"),
            models.Index(fields=["centre", "due_on"], name="milestone_centre"),
            models.Index(fields=["superior"], name="milestone_below", condition=Q(superior__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.measure)

    def state_on(self, day: datetime.date) -> State:
        """The same as `MilestoneQuerySet.with_state`, for one row."""
        progress = Progress(self.progress)
        if progress in (*DONE, Progress.SUBMITTED):
            return State(progress.value)
        if self.due_on is not None and self.due_on < day:
            return State.OVERDUE
        if progress in (Progress.RETURNED, Progress.PART):
            return State(progress.value)
        if self.due_on is None:
            return State.WAITING
        return State.SOON if self.due_on <= day + datetime.timedelta(days=SOON_DAYS) else State.AHEAD

    @property
    def path(self) -> str:
        """Where its entries of the journal belong."""
        return self.organisation.path

    @property
    def is_done(self) -> bool:
        """Whether nobody has to work on it any more."""
        return self.progress in DONE


__all__ = [
    "DONE",
    "SOON_DAYS",
    "Application",
    "Decision",
    "Evidence",
    "Extension",
    "Milestone",
    "MilestoneQuerySet",
    "NotApplicable",
    "Outcome",
    "Progress",
    "Proof",
    "Schedule",
    "ScheduleKind",
    "ScheduleLine",
    "State",
    "Waiting",
]
