"""A real order → the rows a reviewer gets, approved as they were read: for tests that apply it to waves."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from tests.portal.people import AT, Country
from tests.portal.works import approve
from vekha_portal.files.models import StoredFile
from vekha_portal.orders.drafting import make_draft
from vekha_portal.orders.models import Reading, Revision
from vekha_portal.orders.source.bridge import read_document


def approved_seed(seeds_dir: Path, number: str, country: Country, *, body: str = "body02") -> list[Revision]:
    """The approved first revisions of everything a seed says, as an organisation's; to be called inside a scope that may."""
    path = next(iter(sorted(seeds_dir.glob(f"{number}_*.txt"))))
    data = path.read_bytes()
    seen = read_document(data, path.name, on_page=lambda _, __: None)
    organisation, who = country.organisations[body], country.people["coordinator"]
    owned = {"organisation": organisation, "region_id": organisation.region_id}
    file = StoredFile.objects.create(
        **owned,
        name=path.name,
        media_type="text/plain",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content=ContentFile(data, name="order.txt"),
        kept_at=AT,
        kept_by=who,
    )
    reading = Reading.objects.create(
        file=file, **owned, asked_at=AT, asked_by=who, ended_at=AT, share=100, found=seen.found, source=seen.source
    )
    order = make_draft(reading, at=AT)
    assert order is not None
    revisions = list(
        Revision.objects.filter(roadmap__order=order)
        .select_related("roadmap__organisation", "roadmap__order", "roadmap__programme")
        .order_by("roadmap__position")
    )
    for revision in revisions:
        approve(revision, country)
    return revisions
