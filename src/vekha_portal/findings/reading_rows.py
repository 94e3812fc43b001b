"""Rows of an order as its interchange object: what the engines read a file into, rebuilt from what reviewers made of it.

Knows the shape of «vekha.order/1» and the tables of `orders`, no engine; the bridge turns the object into values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch

from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Order, Responsible, Revision

Json = dict[str, Any]


def list_beside(revision: Revision) -> list[Revision]:
    """The revisions that one order brings: this one, and for its other roadmaps the latest that was not abandoned."""
    chosen: dict[int, Revision] = {}
    rows = Revision.objects.filter(basis_id=revision.basis_id, withdrawn_at=None).select_related("roadmap")
    for each in rows.order_by("roadmap__position", "number"):
        if each.roadmap_id not in chosen or chosen[each.roadmap_id].pk != revision.pk:
            chosen[each.roadmap_id] = each
    if revision.roadmap_id not in chosen or chosen[revision.roadmap_id].pk != revision.pk:
        chosen[revision.roadmap_id] = revision
    return sorted(chosen.values(), key=lambda each: (each.roadmap.position, each.pk))


def list_measures(revisions: Iterable[Revision]) -> dict[int, list[Measure]]:
    """The measures of each revision that nobody took out, with their responsibles and documents. Three queries."""
    found: dict[int, list[Measure]] = {each.pk: [] for each in revisions}
    rows = Measure.objects.filter(revision_id__in=found, removed_at=None).order_by("revision_id", "position", "pk")
    responsibles: Any = Responsible.objects.filter(removed_at=None).order_by("position", "pk")
    documents: Any = ExpectedDocument.objects.filter(removed_at=None).order_by("position", "pk")
    for each in rows.prefetch_related(Prefetch("responsibles", responsibles), Prefetch("documents", documents)):
        found[each.revision_id].append(each)
    return found


def list_indicators(revisions: Iterable[Revision]) -> dict[int, list[ListedIndicator]]:
    """The indicators of each revision that nobody took out."""
    found: dict[int, list[ListedIndicator]] = {each.pk: [] for each in revisions}
    for each in ListedIndicator.objects.filter(revision_id__in=found, removed_at=None).order_by("position", "pk"):
        found[each.revision_id].append(each)
    return found


def source_to_json(order: Order) -> Json:
    """Which file the order was read from; what was typed in by hand has none."""
    known = _found(order).get("source")
    if isinstance(known, dict):
        return known
    return {"name": str(order), "format": "text", "sha256": "", "pages": None}


def problems_to_json(order: Order) -> list[Json]:
    """What the reading noticed."""
    problems = _found(order).get("problems")
    return problems if isinstance(problems, list) else []


def order_to_json(order: Order) -> Json:
    """The requisites; an empty field is what the document does not state."""
    return {
        "kind": order.kind or None,
        "issuer": order.issuer or None,
        "number": order.number or None,
        "date": order.signed_on.isoformat() if order.signed_on else None,
        "title": order.title or None,
        "coordinator": order.coordinator or None,
        "control": _named(order.control_name, order.control_post),
        "signatory": _named(order.signatory_name, order.signatory_post),
        "approvals": order.approvals,
        "acquainted": order.acquainted,
        "annexes_declared": order.annexes_declared,
        "annexes_found": order.annexes_found,
        "cited": order.cited,
        "amendments": order.amendments,
    }


def measure_to_json(measure: Measure, deadline: Json | None) -> Json:
    """One measure; ``deadline`` is its phrase with what it means."""
    responsibles = [
        {"name": each.name, "kind": each.kind, **({"post": each.post} if each.post else {})}
        for each in measure.responsibles.all()
    ]
    return {
        "number": measure.number or None,
        "text": measure.text,
        "items": measure.items,
        "responsibles": responsibles,
        "results": [each.text for each in measure.documents.all() if not each.is_inferred and each.text],
        "deadline": deadline,
        "stage": measure.stage,
        "item_stages": measure.item_stages or None,
        "place": measure.place,
        "section": measure.section or None,
        "confidence": measure.confidence,
        "uncertain": measure.uncertain,
        "notes": measure.notes,
    }


def indicator_to_json(indicator: ListedIndicator) -> Json:
    """One line of the list of indicators."""
    return {
        "number": indicator.number or None,
        "name": indicator.name,
        "unit": indicator.unit or None,
        "opening_year": _number(indicator.opening_year),
        "following_years": _number(indicator.following_years),
        "parent": indicator.parent_number or None,
        "target": indicator.target or None,
        "place": indicator.place,
    }


def read_roadmap(order: Order, position: int) -> Mapping[str, Any]:
    """The roadmap of that place as the file states it; empty where there was no file."""
    roadmaps = _found(order).get("roadmaps")
    if isinstance(roadmaps, list) and 0 < position <= len(roadmaps) and isinstance(roadmaps[position - 1], dict):
        found: Mapping[str, Any] = roadmaps[position - 1]
        return found
    return {}


def read_deadlines(roadmap: Mapping[str, Any]) -> dict[tuple[str, str], Json]:
    """What the reading understood each phrase as, by the place of its measure and the phrase: a date whose year was inferred."""
    known: dict[tuple[str, str], Json] = {}
    measures: Sequence[Any] = roadmap.get("measures") or ()
    for each in measures:
        deadline = each.get("deadline") if isinstance(each, dict) else None
        if isinstance(deadline, dict):
            known[place_key(each.get("place")), str(deadline.get("text", ""))] = deadline
    return known


def place_key(place: Any) -> str:
    """A place as something to look up by."""
    return repr(sorted((place or {}).items()))


def _found(order: Order) -> Mapping[str, Any]:
    reading = order.reading
    return reading.found if reading is not None and isinstance(reading.found, dict) else {}


def _named(name: str, post: str) -> Json | None:
    return {"name": name or None, "post": post or None} if name or post else None


def _number(value: Any) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
