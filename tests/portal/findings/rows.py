"""An order as text → the draft that a reviewer gets of it, through the portal's own reading and drafting."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile

from tests.portal.people import AT, Country
from vekha_portal.files.models import StoredFile
from vekha_portal.orders.drafting import make_draft
from vekha_portal.orders.models import Reading, Revision, Roadmap
from vekha_portal.orders.source.bridge import read_document
from vekha_portal.registry.models import Organisation


def rows_of_text(
    text: str, country: Country, organisation: Organisation, *, subsidy_year: int | None = None
) -> list[Revision]:
    """The drafts of everything a text file says; to be called inside a scope that may."""
    data = text.encode()
    seen = read_document(data, "документ.txt", on_page=lambda _, __: None)
    owned = {"organisation": organisation, "region_id": organisation.region_id}
    who = country.people["coordinator"]
    file = StoredFile.objects.create(
        **owned, name="документ.txt", media_type="text/plain", size=len(data), sha256=hashlib.sha256(data).hexdigest(),
        content=ContentFile(data, name="документ.txt"), kept_at=AT, kept_by=who,
    )  # fmt: skip
    reading = Reading.objects.create(
        file=file, **owned, asked_at=AT, asked_by=who, ended_at=AT, share=100, found=seen.found, source=seen.source,
        subsidy_year=subsidy_year,
    )  # fmt: skip
    order = make_draft(reading, at=AT)
    assert order is not None, reading.failure
    Roadmap.objects.filter(order=order, subsidy_year=None).update(subsidy_year=subsidy_year)
    drafts = Revision.objects.filter(basis=order).select_related("roadmap__programme", "roadmap__order", "basis", "organisation")
    return list(drafts.order_by("roadmap__position"))
