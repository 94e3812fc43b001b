"""What proves the milestones: documents registered elsewhere, handed in and decided upon by people of the region."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from vekha_portal.examples.country.measures import DocumentRow
from vekha_portal.examples.country.roadmaps import WaveRows
from vekha_portal.examples.rows import Numbers, insert
from vekha_portal.execution.models import (
    Decision,
    Evidence,
    NotApplicable,
    Outcome,
    Progress,
    Proof,
    Schedule,
)

_EVIDENCE = (
    "id", "region", "organisation", "is_shared_below", "evidence_type", "title", "number", "dated_on", "issuer", "reference",
    "added_at", "added_by",
)  # fmt: skip
_PROOF = (
    "id", "region", "organisation", "milestone", "evidence", "expected_key", "dated_on", "submitted_at", "submitted_by"
)  # fmt: skip
_DECISION = ("region", "organisation", "proof", "outcome", "reason", "made_at", "made_by")
_NOT_APPLICABLE = ("region", "organisation", "milestone", "reason", "agreed_with", "made_at", "made_by")
#: Days before the handing in on which the first, second and third document of a milestone were signed.
_BEFORE = (9, 4, 1)
#: Days before the due day on which documents of the region that serve all its centres were signed.
_SHARED_BEFORE = 40
#: What the region writes once for all centres of a wave.
_SHARED = frozenset({"letter-out", "letter-in", "education-body-order", "region-act", "agreement"})
_REASONS = (
    "Не читается печать: приложите скан в хорошем качестве.",
    "В документе не та школа.",
    "Нет подписи руководителя.",
    "Приложен проект, а нужен подписанный документ.",
)


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose milestone it is, who hands in and who decides."""

    milestone: int
    organisation: int
    by: int
    decides: int
    is_centre: bool


@dataclass(slots=True)
class Proofs:
    """Collects the rows of a region and writes them."""

    evidence: Numbers = field(default_factory=lambda: Numbers(Evidence))
    proofs: Numbers = field(default_factory=lambda: Numbers(Proof))
    schedules: Numbers = field(default_factory=lambda: Numbers(Schedule, 200))
    _evidence: list[tuple[object, ...]] = field(default_factory=list)
    _proofs: list[tuple[object, ...]] = field(default_factory=list)
    _decisions: list[tuple[object, ...]] = field(default_factory=list)
    _not_applicable: list[tuple[object, ...]] = field(default_factory=list)
    _shared: dict[uuid.UUID, tuple[int, datetime.date]] = field(default_factory=dict)
    _owner: tuple[int, str, int] = (0, "", 0)
    _shared_on: datetime.date | None = None

    def begin(self, wave: WaveRows, due: datetime.date | None) -> None:
        """The next milestones are those of one measure and one day of a wave."""
        self._shared.clear()
        self._owner = (*wave.owner, wave.coordinator)
        self._shared_on = None if due is None else max(due - datetime.timedelta(days=_SHARED_BEFORE), wave.signed_on)

    def add(
        self, hand: Hand, documents: Sequence[DocumentRow], progress: Progress, submitted: datetime.datetime | None,
        decided: datetime.datetime | None,
    ) -> datetime.date | None:  # fmt: skip
        """The rows behind a progress; the day of the last document that is there."""
        region = self._owner[1]
        if submitted is None:
            if decided is not None:
                self._not_applicable.append(
                    (region, hand.organisation, hand.milestone, "Мероприятие для этой школы не проводится.",
                     "федеральный оператор", decided, hand.decides)
                )  # fmt: skip
            return None
        last = None
        handed_in = documents[:1] if progress is Progress.PART else documents
        for place, document in enumerate(handed_in):
            evidence, dated = self._document(hand, document, submitted, place)
            proof = self.proofs.take()
            self._proofs.append(
                (proof, region, hand.organisation, hand.milestone, evidence, document.key, dated, submitted, hand.by)
            )
            if decided is not None:
                self._decide(
                    hand, proof, decided, is_returned=progress is Progress.RETURNED and place == len(handed_in) - 1
                )
            last = dated if last is None else max(last, dated)
        return last

    def write(self) -> None:
        """Write everything and begin anew."""
        insert(Evidence, _EVIDENCE, self._evidence)
        insert(Proof, _PROOF, self._proofs)
        insert(Decision, _DECISION, self._decisions)
        insert(NotApplicable, _NOT_APPLICABLE, self._not_applicable)
        for rows in (self._evidence, self._proofs, self._decisions, self._not_applicable):
            rows.clear()

    def _decide(self, hand: Hand, proof: int, at: datetime.datetime, *, is_returned: bool) -> None:
        outcome, reason = Outcome.RETURNED if is_returned else Outcome.ACCEPTED, ""
        if is_returned:
            reason = _REASONS[proof % len(_REASONS)]
        self._decisions.append((self._owner[1], hand.organisation, proof, str(outcome), reason, at, hand.decides))

    def _document(
        self, hand: Hand, document: DocumentRow, submitted: datetime.datetime, place: int
    ) -> tuple[int, datetime.date]:
        """One for all centres where the region signs it; else the school's own."""
        body, _, coordinator = self._owner
        shared_on = self._shared_on
        if hand.is_centre and document.type in _SHARED and shared_on is not None and shared_on < submitted.date():
            if document.key not in self._shared:
                number = self.evidence.take()
                self._shared[document.key] = (number, shared_on)
                at = datetime.datetime.combine(shared_on, datetime.time(12), datetime.UTC)
                self._evidence.append(self._row(number, document, body, shared_on, at, coordinator, is_shared=True))
            return self._shared[document.key]
        number, dated = self.evidence.take(), submitted.date() - datetime.timedelta(days=_BEFORE[min(place, 2)])
        self._evidence.append(
            self._row(number, document, hand.organisation, dated, submitted, hand.by, is_shared=False)
        )
        return number, dated

    def _row(
        self, number: int, document: DocumentRow, organisation: int, dated: datetime.date, at: datetime.datetime, by: int,
        *, is_shared: bool,
    ) -> tuple[object, ...]:  # fmt: skip
        return (
            number, self._owner[1], organisation, is_shared, document.type, document.text, str(number % 997 + 1), dated, "",
            f"дело № {number % 61 + 1:02d}-{dated.year}", at, by,
        )  # fmt: skip
