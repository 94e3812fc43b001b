"""Reads of orders for pages: who sees which, lists with filters, a revision with all its parts, the settings in force.

Drafts are seen where they are kept and above; those below see what was approved.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from vekha_portal.accounts.scope import ancestors_of
from vekha_portal.journal.models import Entry
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.comparison.bridge import Row
from vekha_portal.orders.dates.bridge import Understanding
from vekha_portal.orders.models import (
    DeadlineSettings,
    ExpectedDocument,
    ListedIndicator,
    Measure,
    Order,
    Responsible,
    Revision,
    Roadmap,
)
from vekha_portal.registry.models import Organisation

DRAFT, APPROVED, WITHDRAWN = "draft", "approved", "withdrawn"


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for in the list of orders; empty means any."""

    words: tuple[str, ...] = ()
    region: str = ""
    programme: str = ""
    state: str = ""
    year: int | None = None


def _own(scope: Scope) -> Q:
    """Rows of the scope's own part of the tree: there drafts are seen too."""
    match scope.reach:
        case Reach.COUNTRY:
            return Q()
        case Reach.REGION:
            return Q(region_id=scope.region)
        case Reach.SUBTREE:
            own = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
            return Q(organisation_id__in=own)
        case _:
            return Q(pk__in=())


def _revisions(**of: Any) -> QuerySet[Revision]:
    return Revision.objects.filter(**of)


def read_orders(scope: Scope) -> QuerySet[Any]:
    """Orders the scope sees, with ``has_approved`` and ``has_draft``."""
    by_basis = _revisions(basis=OuterRef("pk"))
    rows: QuerySet[Any] = Order.objects.visible_to(scope).annotate(
        has_approved=Exists(by_basis.filter(approved_at__isnull=False)),
        has_draft=Exists(by_basis.filter(approved_at=None, withdrawn_at=None)),
    )
    if scope.is_country:
        return rows
    return rows.filter(_own(scope) | Q(has_approved=True) | ~Exists(by_basis))


def read_roadmaps(scope: Scope) -> QuerySet[Any]:
    """Roadmaps the scope sees, with ``has_approved``."""
    approved = _revisions(roadmap=OuterRef("pk"), approved_at__isnull=False)
    rows: QuerySet[Any] = Roadmap.objects.visible_to(scope).annotate(has_approved=Exists(approved))
    return rows if scope.is_country else rows.filter(_own(scope) | Q(has_approved=True))


def read_revisions(scope: Scope) -> QuerySet[Revision]:
    """Revisions the scope sees."""
    rows = Revision.objects.visible_to(scope)
    return rows if scope.is_country else rows.filter(_own(scope) | Q(approved_at__isnull=False))


def list_orders(scope: Scope, filters: Filters) -> QuerySet[Any]:
    """The list with its filters; what was withdrawn is shown only when asked for."""
    rows = read_orders(scope)
    if filters.region:
        rows = rows.filter(region_id=filters.region)
    roadmaps = Roadmap.objects.filter(order=OuterRef("pk"))
    if filters.programme:
        rows = rows.filter(Exists(roadmaps.filter(programme_id=filters.programme)))
    if filters.year:
        rows = rows.filter(Exists(roadmaps.filter(subsidy_year=filters.year)) | Q(signed_on__year=filters.year))
    for word in filters.words:
        names = ("number", "title", "issuer", "kind")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(found)
    match filters.state:
        case "draft":
            rows = rows.filter(has_draft=True, withdrawn_at=None)
        case "approved":
            rows = rows.filter(has_approved=True, withdrawn_at=None)
        case "withdrawn":
            rows = rows.filter(withdrawn_at__isnull=False)
        case _:
            rows = rows.filter(withdrawn_at=None)
    maps = Roadmap.objects.select_related("programme").order_by("position")
    return rows.select_related("organisation", "region").prefetch_related(Prefetch("roadmaps", maps))


def find_order(scope: Scope, order_id: int) -> Order | None:
    """One order the scope sees."""
    rows = read_orders(scope).select_related("organisation", "region", "superior", "amended", "reading__file")
    return rows.filter(pk=order_id).first()


def find_roadmap(scope: Scope, roadmap_id: int) -> Roadmap | None:
    """One roadmap the scope sees."""
    rows = read_roadmaps(scope).select_related("order__organisation", "organisation", "region", "programme")
    return rows.select_related("superior__order").filter(pk=roadmap_id).first()


def find_revision(scope: Scope, revision_id: int) -> Revision | None:
    """One revision the scope sees."""
    rows = read_revisions(scope).select_related("roadmap__order", "roadmap__programme", "organisation", "basis")
    return rows.select_related("roadmap__organisation", "previous").filter(pk=revision_id).first()


def list_revisions(scope: Scope, roadmap: Roadmap) -> list[Revision]:
    """The revisions of a roadmap that the scope sees, the newest first."""
    rows = read_revisions(scope).filter(roadmap=roadmap)
    return list(rows.select_related("basis").order_by("-number"))


def revision_in_force(revisions: list[Revision]) -> Revision | None:
    """The last approved one of a list."""
    approved = [each for each in revisions if each.approved_at is not None]
    return max(approved, key=lambda each: each.number, default=None)


def open_draft(revisions: list[Revision]) -> Revision | None:
    """The one that is still being written, of a list."""
    return next((each for each in revisions if each.is_draft), None)


def list_measures(revision: Revision) -> list[Measure]:
    """The measures of a revision as they stand, with ``responsibles_now`` and ``documents_now``; three queries."""
    responsibles = Responsible.objects.filter(removed_at=None).order_by("position", "pk")
    documents = ExpectedDocument.objects.filter(removed_at=None).order_by("position", "pk")
    rows: Any = Measure.objects.filter(revision=revision, removed_at=None).order_by("position", "pk")
    return list(
        rows.prefetch_related(
            Prefetch("responsibles", responsibles, to_attr="responsibles_now"),
            Prefetch("documents", documents, to_attr="documents_now"),
        )
    )


def list_indicators(revision: Revision) -> list[ListedIndicator]:
    """The indicators of a revision as they stand."""
    return list(ListedIndicator.objects.filter(revision=revision, removed_at=None).order_by("position", "pk"))


def row_of(measure: Measure) -> Row:
    """A measure of :func:`list_measures` as the alignment takes it."""
    known: Any = measure
    return Row(
        number=measure.number,
        text=measure.text,
        stage=measure.stage,
        deadline=measure.deadline,
        items=tuple(measure.items),
        item_stages=tuple(measure.item_stages or ()),
        responsibles=tuple((each.name, each.kind) for each in known.responsibles_now),
        documents=tuple(each.text for each in known.documents_now if not each.is_inferred),
        section=measure.section,
    )


def settings_for(organisation: Organisation) -> Understanding:
    """How an organisation understands deadlines: its own settings, else those of the nearest superior, else the defaults."""
    own_and_above = [organisation.pk, *reversed(ancestors_of(organisation.path))]
    found = {
        each.organisation_id: each
        for each in DeadlineSettings.objects.filter(organisation_id__in=own_and_above).select_related("organisation")
    }
    for pk in own_and_above:
        if (each := found.get(pk)) is not None:
            return Understanding(each.before_includes_day, each.warning_days, str(each.organisation))
    return Understanding()


def list_entries(scope: Scope, order: Order, *, limit: int = 60) -> list[Entry]:
    """Who did what with an order, its roadmaps and revisions, the newest first."""
    about = Q(about_kind="orders.order", about_id=str(order.pk))
    for kind, pks in (
        ("orders.roadmap", Roadmap.objects.filter(order=order).values_list("pk", flat=True)),
        ("orders.revision", _revisions(basis=order).values_list("pk", flat=True)),
    ):
        about |= Q(about_kind=kind, about_id__in=[str(pk) for pk in pks])
    if order.reading_id is not None:
        about |= Q(about_kind="orders.reading", about_id=str(order.reading_id))
    return list(Entry.objects.visible_to(scope).filter(about).order_by("-made_at", "-pk")[:limit])


def propose_superiors(scope: Scope, order: Order) -> list[Order]:
    """The orders that the order cites by number and date, but for those it changes."""
    return _cited(scope, order, lambda relation: relation not in ("amended", "repealed"))


def propose_amended(scope: Scope, order: Order) -> list[Order]:
    """The orders of the same organisation that the order changes by its own words, or is said to change."""
    found = _cited(scope, order, lambda relation: relation == "amended")
    known = [each for each in found if each.organisation_id == order.organisation_id]
    if order.amended_id is not None and all(each.pk != order.amended_id for each in known):
        known = [*read_orders(scope).select_related("organisation").filter(pk=order.amended_id), *known]
    return known


def _cited(scope: Scope, order: Order, fits: Callable[[str], bool]) -> list[Order]:
    cited = [each for each in order.cited if isinstance(each, dict) and each.get("number") and each.get("date")]
    cited = [each for each in cited if fits(str(each.get("relation", "")))]
    found = Q(pk__in=())
    for each in cited[:40]:
        day = _day(each["date"])
        if day is not None:
            found |= Q(number__iexact=str(each["number"]).strip(), signed_on=day)
    rows = read_orders(scope).filter(found).exclude(pk=order.pk)
    return list(rows.select_related("organisation").order_by("-signed_on", "pk")[:20])


def search_orders(scope: Scope, words: tuple[str, ...], *, without: Order) -> list[Order]:
    """Orders to choose from, by words."""
    rows = list_orders(scope, Filters(words=words)).exclude(pk=without.pk)
    return list(rows.order_by("-signed_on", "-pk")[:30])


def _day(text: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        return None
