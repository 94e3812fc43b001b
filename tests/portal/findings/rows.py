"""An order as the engines read it → the rows a reviewer would get, so that checks over rows can be held against checks over files."""

from __future__ import annotations

import datetime
import hashlib

from django.core.files.base import ContentFile

from tests.portal.people import AT, Country
from vekha_portal.files.models import StoredFile
from vekha_portal.orders.models import (
    ExpectedDocument,
    ListedIndicator,
    Measure,
    Order,
    Reading,
    Responsible,
    Revision,
    Roadmap,
)
from vekha_portal.orders.source.bridge import read_document
from vekha_portal.registry.models import Organisation


def rows_of_text(
    text: str, country: Country, organisation: Organisation, *, subsidy_year: int | None = None
) -> list[Revision]:
    """The drafts of everything a text file says; to be called inside a scope that may."""
    data = text.encode()
    seen = read_document(data, "документ.txt", on_page=lambda _, __: None)
    return rows_of_order(seen.found, seen.source, data, country, organisation, subsidy_year=subsidy_year)


def rows_of_order(found, source, data, country, organisation, *, subsidy_year=None) -> list[Revision]:
    """The drafts of an order as it was read, with its file."""
    owned = {"organisation": organisation, "region_id": organisation.region_id}
    who = country.people["coordinator"]
    file = StoredFile.objects.create(
        **owned, name="документ.txt", media_type="text/plain", size=len(data), sha256=hashlib.sha256(data).hexdigest(),
        content=ContentFile(data, name="документ.txt"), kept_at=AT, kept_by=who,
    )  # fmt: skip
    reading = Reading.objects.create(file=file, **owned, asked_at=AT, asked_by=who, ended_at=AT, share=100, found=found, source=source)
    order = Order.objects.create(**owned, reading=reading, created_at=AT, created_by=who, **_requisites(found["order"] or {}))
    drafts = []
    for position, said in enumerate(found["roadmaps"], start=1):
        roadmap = Roadmap.objects.create(
            order=order, **owned, programme_id=None if said["programme"] == "other" else said["programme"],
            position=position, title=said["title"] or "", subsidy_year=subsidy_year or said["year"],
        )  # fmt: skip
        draft = Revision.objects.create(roadmap=roadmap, **owned, number=1, basis=order, created_at=AT, created_by=who)
        for place, measure in enumerate(said["measures"], start=1):
            _measure(draft, owned, place, measure)
        for place, each in enumerate(said["indicators"], start=1):
            ListedIndicator.objects.create(
                revision=draft, **owned, position=place, number=each["number"] or "", name=each["name"],
                unit=each["unit"] or "", opening_year=each["opening_year"], following_years=each["following_years"],
                parent_number=each["parent"] or "", target=each["target"] or "", place=each["place"],
            )  # fmt: skip
        drafts.append(draft)
    return drafts


def _requisites(said) -> dict:
    control, signatory = said.get("control") or {}, said.get("signatory") or {}
    plain = {name: said.get(name) or "" for name in ("kind", "issuer", "number", "title", "coordinator")}
    lists = {name: said.get(name) or [] for name in ("approvals", "acquainted", "cited", "amendments")}
    return {
        **plain,
        **lists,
        "signed_on": datetime.date.fromisoformat(said["date"]) if said.get("date") else None,
        "control_name": control.get("name") or "",
        "control_post": control.get("post") or "",
        "signatory_name": signatory.get("name") or "",
        "signatory_post": signatory.get("post") or "",
        "annexes_declared": said.get("annexes_declared") or 0,
        "annexes_found": said.get("annexes_found") or 0,
    }


def _measure(draft: Revision, owned, position: int, said) -> None:
    measure = Measure.objects.create(
        revision=draft, **owned, position=position, number=said["number"] or "", section=said["section"] or "",
        text=said["text"], items=said["items"], item_stages=said["item_stages"], stage=said["stage"],
        deadline=(said["deadline"] or {}).get("text", ""), place=said["place"], confidence=said["confidence"],
        uncertain=said["uncertain"], notes=said["notes"],
    )  # fmt: skip
    for place, each in enumerate(said["responsibles"], start=1):
        Responsible.objects.create(
            measure=measure, **owned, position=place, name=each["name"], kind=each["kind"], post=each.get("post") or ""
        )
    for place, text in enumerate(said["results"], start=1):
        ExpectedDocument.objects.create(measure=measure, **owned, position=place, text=text, evidence_type="other")
    ExpectedDocument.objects.create(
        measure=measure, **owned, position=99, text="Акт", evidence_type="region-act", is_inferred=True
    )
