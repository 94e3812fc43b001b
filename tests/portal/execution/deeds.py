"""Deeds on milestones in one line each, so that tests say what happens and not how it is called."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.portal.people import AT, Country
from tests.portal.works import Works
from vekha_portal.execution.actions import decisions, evidence
from vekha_portal.execution.models import Evidence, Milestone, Proof
from vekha_portal.execution.progress import expected_documents, missing_documents
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

DAY = datetime.date(2026, 2, 20)
PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Deeds:
    """The works of a country, and who does what with them."""

    country: Country
    works: Works

    def key(self, milestone: Milestone, evidence_type: str = "") -> UUID:
        """The key of what a milestone asks for: of this type, or the first."""
        asked = expected_documents(milestone)
        return next(each.key for each in asked if evidence_type in ("", each.evidence_type))

    def enter(
        self, who: str, milestone: Milestone, card: evidence.Card, *, at: datetime.datetime = AT, **more: Any
    ) -> Evidence:
        """A document of the milestone's organisation."""
        scope = self.country.scope(who)
        with use_scope(scope):
            return evidence.add_evidence(
                card=card, organisation=milestone.organisation, by=self.country.people[who], scope=scope, at=at, **more
            )

    def hand_in(
        self, who: str, milestone: Milestone, kind: str = "certificate", *, day: datetime.date = DAY, number: str = "7", at: datetime.datetime = AT,
        additional: bool = False,
    ) -> Proof:  # fmt: skip
        """A document with a reference, handed in for what the milestone asks of its type."""
        scope = self.country.scope(who)
        with use_scope(scope):
            made = self.enter(who, milestone, evidence.Card(kind, day, number=number, reference="в деле № 5"), at=at)
            key = None if additional else self.key(milestone, kind)
            return evidence.submit(
                evidence=made, targets={milestone.pk: key}, by=self.country.people[who], scope=scope, at=at
            )[0]

    def accept(self, who: str, proof: Proof, *, at: datetime.datetime = AT) -> None:
        """A document is accepted."""
        scope = self.country.scope(who)
        with use_scope(scope):
            decisions.accept(proof=proof, by=self.country.people[who], scope=scope, at=at)

    def send_back(self, who: str, proof: Proof, reason: str = "нет подписи", *, at: datetime.datetime = AT) -> None:
        """A document is returned."""
        scope = self.country.scope(who)
        with use_scope(scope):
            decisions.return_document(proof=proof, reason=reason, by=self.country.people[who], scope=scope, at=at)

    def now(self, milestone: Milestone) -> Milestone:
        """The milestone as it is now."""
        with use_scope(SYSTEM_SCOPE):
            return Milestone.objects.select_related("organisation", "measure", "wave").get(pk=milestone.pk)

    def missing(self, milestone: Milestone) -> list[str]:
        """What is still needed, by name."""
        with use_scope(SYSTEM_SCOPE):
            return [each.text for each in missing_documents(milestone)]
