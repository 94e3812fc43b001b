"""The proof of a milestone: documents handed in and decided upon, extensions, and what is not applicable.

Rows are written once. What may be said later (recalled, taken back, ended) has columns of its own that are filled once; the
database refuses everything else.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from vekha_portal.accounts.models import Person
from vekha_portal.files.models import StoredFile
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.visibility import BindingQuerySet
from vekha_portal.registry.models import Organisation, Region


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Reads of documents."""

    def visible_to(self, scope: Scope) -> Self:
        """Documents of the scope's part of the tree, and those its superiors share with everybody below them."""
        match scope.reach:
            case Reach.COUNTRY:
                return self
            case Reach.REGION:
                return self.filter(region_id=scope.region)
            case Reach.SUBTREE:
                own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
                shared = Q(is_shared_below=True, organisation_id__in=scope.ancestors)
                return self.filter(Q(organisation_id__in=own) | shared)
            case _:
                return self.none()


class Evidence(models.Model):
    """Документ, которым подтверждают исполнение: файл или ссылка на то, что хранится не здесь; новая версия — новая запись."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence", verbose_name="чей документ")
    is_shared_below = models.BooleanField("виден подведомственным", default=False)
    evidence_type = models.CharField("вид документа", max_length=40)
    title = models.CharField("название", max_length=600, default="", blank=True)
    number = models.CharField("номер", max_length=120, default="", blank=True)
    dated_on = models.DateField("дата документа", null=True, blank=True)
    issuer = models.CharField("кем издан", max_length=600, default="", blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="файл"
    )
    signature = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="файл подписи"
    )
    reference = models.CharField("где документ", max_length=600, default="", blank=True)
    url = models.CharField("ссылка", max_length=1000, default="", blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="взамен документа"
    )
    added_at = models.DateTimeField("внесён")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем внесён")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        """A file or a reference; an address is a web address; a signature signs a file; a version follows another document."""

        verbose_name = "документ"
        verbose_name_plural = "документы"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(reference="") | ~Q(url=""), name="evidence_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=r"^https?://[^\s]+$"), name="evidence_web_address"
            ),
            models.CheckConstraint(
                condition=Q(signature=None) | Q(file__isnull=False), name="evidence_signature_signs_a_file"
            ),
            models.CheckConstraint(
                condition=Q(evidence_type__regex=r"^[a-z]+(-[a-z]+)*$"), name="evidence_type_is_a_word"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="evidence_does_not_replace_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "added_at"], name="evidence_of_organisation"),
            models.Index(fields=["region", "evidence_type"], name="evidence_region"),
        ]

    def __str__(self) -> str:
        return self.title or self.file_name or self.reference or self.url

    @property
    def file_name(self) -> str:
        """The name of the file, where there is one."""
        return self.file.name if self.file is not None else ""


class ProofQuerySet(BindingQuerySet["Proof"]):
    """Reads of what was handed in."""

    def live(self) -> Self:
        """What nobody recalled."""
        return self.filter(recalled_at=None)

    def with_outcome(self) -> Self:
        """With ``outcome`` of the decision that holds; empty while nobody decided."""
        holds = Decision.objects.filter(proof=OuterRef("pk"), reopened_at=None).values("outcome")[:1]
        return self.annotate(outcome=Coalesce(Subquery(holds), Value("")))


class Proof(models.Model):
    """Документ, поданный к контрольной точке: к одному из ожидаемых или дополнительный."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто исполняет")
    milestone = models.ForeignKey(
        "execution.Milestone", models.PROTECT, related_name="proofs", verbose_name="контрольная точка"
    )
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="proofs", verbose_name="документ")
    expected_key = models.UUIDField("ожидаемый документ", null=True, blank=True, help_text="пусто: дополнительный")
    dated_on = models.DateField("дата документа", null=True, blank=True)
    submitted_at = models.DateTimeField("подан")
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем подан")
    recalled_at = models.DateTimeField("отозван", null=True, blank=True)
    recalled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отозван"
    )
    recalled_because = models.TextField("почему отозван", default="", blank=True)

    #: by :meth:`ProofQuerySet.with_outcome`
    outcome: str

    objects = ProofQuerySet.as_manager()

    class Meta:
        """A document is handed in once for one thing; recalled by somebody."""

        verbose_name = "поданный документ"
        verbose_name_plural = "поданные документы"
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "evidence", "expected_key"],
                condition=Q(recalled_at=None),
                nulls_distinct=False,
                name="proof_once",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_by=None)
                | Q(recalled_at__isnull=False, recalled_by__isnull=False),
                name="proof_recalled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["milestone", "expected_key"], name="proof_of_milestone"),
            models.Index(fields=["region", "submitted_at"], name="proof_region"),
        ]

    def __str__(self) -> str:
        return f"документ № {self.evidence_id} к контрольной точке № {self.milestone_id}"


class Outcome(models.TextChoices):
    """What was decided about a document."""

    ACCEPTED = "accepted", "принят"
    RETURNED = "returned", "возвращён"


class Decision(models.Model):
    """Решение по поданному документу; действует, пока его не отменили с указанием причины."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто исполняет")
    proof = models.ForeignKey(Proof, models.PROTECT, related_name="decisions", verbose_name="поданный документ")
    outcome = models.CharField("решение", max_length=20, choices=Outcome.choices)
    reason = models.TextField("причина", default="", blank=True)
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем")
    reopened_at = models.DateTimeField("отменено", null=True, blank=True)
    reopened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отменено"
    )
    reopened_because = models.TextField("почему отменено", default="", blank=True)

    objects = BindingQuerySet["Decision"].as_manager()

    class Meta:
        """One decision holds at a time; a return and a second thought have reasons."""

        verbose_name = "решение"
        verbose_name_plural = "решения"
        constraints = [
            models.UniqueConstraint(fields=["proof"], condition=Q(reopened_at=None), name="decision_one_holds"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_known_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RETURNED) | Q(reason__regex=r"\S"), name="decision_return_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False, reopened_because__regex=r"\S"),
                name="decision_reopened_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["region", "made_at"], name="decision_region")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Extension(models.Model):
    """Продление срока контрольной точки: просьба, ответ на неё и новый срок."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто исполняет")
    milestone = models.ForeignKey(
        "execution.Milestone", models.PROTECT, related_name="extensions", verbose_name="контрольная точка"
    )
    due_on = models.DateField("срок, когда просили")
    wanted_on = models.DateField("просят до")
    reason = models.TextField("почему просят")
    asked_at = models.DateTimeField("когда просят")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто просит")
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем решено"
    )
    granted_on = models.DateField("новый срок", null=True, blank=True, help_text="пусто: отказано")
    decision_reason = models.TextField("основание решения", default="", blank=True)

    objects = BindingQuerySet["Extension"].as_manager()

    class Meta:
        """One request at a time, answered by somebody else; a refusal has a reason; a new date is later."""

        verbose_name = "продление срока"
        verbose_name_plural = "продления сроков"
        constraints = [
            models.UniqueConstraint(fields=["milestone"], condition=Q(decided_at=None), name="extension_one_request"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="extension_has_a_reason"),
            models.CheckConstraint(condition=Q(wanted_on__gt=F("due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(granted_on=None) | Q(granted_on__gt=F("due_on"), decided_at__isnull=False),
                name="extension_granted_is_later",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="extension_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="extension_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(granted_on__isnull=False) | Q(decision_reason__regex=r"\S"),
                name="extension_refused_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["region", "asked_at"], name="extension_region")]

    def __str__(self) -> str:
        return f"продление до {self.granted_on or self.wanted_on:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.decided_at is None


class NotApplicable(models.Model):
    """Контрольная точка не требуется: почему, с кем согласовано, и когда снова потребовалась."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="субъект")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто исполняет")
    milestone = models.ForeignKey(
        "execution.Milestone", models.PROTECT, related_name="not_applicable", verbose_name="контрольная точка"
    )
    reason = models.TextField("почему не требуется")
    agreed_with = models.CharField("с кем согласовано", max_length=600)
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кем")
    ended_at = models.DateTimeField("снова требуется с", null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем отменено"
    )
    ended_because = models.TextField("почему снова требуется", default="", blank=True)

    objects = BindingQuerySet["NotApplicable"].as_manager()

    class Meta:
        """One holds at a time; for a reason, agreed with somebody; ended for a reason."""

        verbose_name = "не требуется"
        verbose_name_plural = "не требуются"
        constraints = [
            models.UniqueConstraint(fields=["milestone"], condition=Q(ended_at=None), name="not_applicable_one_holds"),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S", agreed_with__regex=r"\S"), name="not_applicable_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_because__regex=r"\S"),
                name="not_applicable_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


__all__ = ["Decision", "Evidence", "Extension", "NotApplicable", "Outcome", "Proof"]
