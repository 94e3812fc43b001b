"""Reads for readings and reviews: a reading with and without its document, same files, a draft with all its parts."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Order, Reading, Responsible, Revision
from vekha_portal.orders.reads import read_revisions


def find_reading(scope: Scope, reading_id: int) -> Reading | None:
    """A reading the scope sees, without the document itself: it is asked for every second."""
    rows = Reading.objects.visible_to(scope).select_related("file", "organisation", "asked_by")
    return rows.defer("found", "source").filter(pk=reading_id).first()


def list_same_files(scope: Scope, reading: Reading) -> QuerySet[Reading]:
    """Other readings of the same bytes, the newest first."""
    rows = Reading.objects.visible_to(scope).defer("found", "source").exclude(pk=reading.pk)
    return rows.filter(file__sha256=reading.file.sha256).select_related("file").order_by("-asked_at", "-pk")


def list_drafts(order: Order) -> list[Revision]:
    """The drafts that an order brought, by the place of their roadmaps."""
    rows = Revision.objects.filter(basis=order, approved_at=None, withdrawn_at=None)
    return list(rows.select_related("roadmap__programme").order_by("roadmap__position", "pk"))


def find_revision(scope: Scope, revision_id: int) -> Revision | None:
    """A revision the scope sees, with whatever the review shows of its order and its document."""
    rows = read_revisions(scope).select_related(
        "organisation", "roadmap__programme", "basis__reading__file"
    )
    return rows.select_related("roadmap__order__reading__file", "roadmap__organisation").filter(pk=revision_id).first()


def sees_draft(scope: Scope, revision: Revision) -> bool:
    """Whether the scope sees a revision: drafts are not shown to those below."""
    return read_revisions(scope).filter(pk=revision.pk).exists()


def list_reviewed(revision: Revision) -> list[Measure]:
    """All measures of a draft, those taken out too, with ``responsibles_now`` and ``documents_now``; three queries."""
    return list(_with_parts(Measure.objects.filter(revision=revision)).order_by("position", "pk"))


def find_measure(scope: Scope, measure_id: int) -> Measure | None:
    """A measure the scope sees, with its parts and its draft."""
    rows: Any = _with_parts(Measure.objects.visible_to(scope)).select_related(
        "revision__organisation", "revision__roadmap__programme", "revision__roadmap__order__reading__file"
    )
    found: Measure | None = rows.filter(pk=measure_id).first()
    return found


def _with_parts(rows: Any) -> Any:
    responsibles = Responsible.objects.filter(removed_at=None).order_by("position", "pk")
    documents = ExpectedDocument.objects.filter(removed_at=None).order_by("position", "pk")
    return rows.select_related("removed_by").prefetch_related(
        Prefetch("responsibles", responsibles, to_attr="responsibles_now"),
        Prefetch("documents", documents, to_attr="documents_now"),
    )


def find_part(model: Any, scope: Scope, part_id: int) -> Any:
    """A responsible or an expected document the scope sees, with its measure and draft."""
    rows = model.objects.visible_to(scope).select_related("measure__revision__organisation")
    return rows.filter(pk=part_id).first()


def list_indicators(revision: Revision) -> list[ListedIndicator]:
    """All indicators of a draft, those taken out too."""
    return list(ListedIndicator.objects.filter(revision=revision).order_by("position", "pk"))


def find_indicator(scope: Scope, indicator_id: int) -> ListedIndicator | None:
    """An indicator the scope sees."""
    rows = ListedIndicator.objects.visible_to(scope).select_related("revision__organisation")
    return rows.filter(pk=indicator_id).first()


def last_change(measure: Measure) -> Entry | None:
    """Who changed a measure last."""
    about = {"about_kind": "orders.measure", "about_id": str(measure.pk)}
    return Entry.objects.filter(**about).order_by("-made_at", "-pk").first()
