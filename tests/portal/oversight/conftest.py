"""A wave of three centres with milestones, where documents are handed in behind the pages."""

from __future__ import annotations

import datetime
import hashlib

import pytest

from tests.portal.people import AT, Country, make_country
from tests.portal.works import Works, make_works
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Evidence, Proof
from vekha_portal.files.models import StoredFile
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope


@pytest.fixture
def country(db) -> Country:
    """People and organisations."""
    return make_country()


@pytest.fixture
def works(country) -> Works:
    """The wave."""
    return make_works(country)


def hand_in(
    works: Works, country: Country, milestone: Milestone, kind: str, *, dated: datetime.date | None = None, content: str = "",
    expected: str = "",
) -> Proof:  # fmt: skip
    """A document of a type at a milestone, with a file of that content."""
    owned = {"region_id": "02", "organisation_id": milestone.organisation_id}
    who = country.people["coordinator"]
    with use_scope(SYSTEM_SCOPE):
        text = content or f"{milestone.pk} {kind} {dated}"
        file = StoredFile.objects.create(
            **owned, name=f"{kind}.pdf", media_type="application/pdf", size=len(text), sha256=hashlib.sha256(text.encode()).hexdigest(),
            content=f"originals/{milestone.pk}", kept_at=AT, kept_by=who,
        )  # fmt: skip
        evidence = Evidence.objects.create(
            **owned, evidence_type=kind, title=kind, dated_on=dated, file=file, added_at=AT, added_by=who
        )
        key = None
        if expected:
            key = milestone.measure.documents.get(evidence_type=expected).key
        return Proof.objects.create(
            **owned, milestone=milestone, evidence=evidence, expected_key=key, dated_on=dated, submitted_at=AT, submitted_by=who
        )  # fmt: skip
