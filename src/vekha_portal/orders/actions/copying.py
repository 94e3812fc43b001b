"""Rows of a draft made from something that is there: a reference roadmap, the revision before, another order's draft.

Called inside the transaction of a write; whoever calls has asked for the right.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from vekha_portal.orders.bridge import proposed_reach
from vekha_portal.orders.evidence_words import tell_evidence_types
from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Responsible, Revision
from vekha_portal.orders.reads import list_indicators, list_measures
from vekha_portal.orders.reference.bridge import Reference
from vekha_portal.registry.bridge import fold

_MEASURE = (
    "number", "section", "text", "items", "item_stages", "stage", "reach", "deadline", "superior_key", "place", "cells",
    "confidence", "uncertain", "notes",
)  # fmt: skip
_RESPONSIBLE = ("name", "kind", "post", "is_lead")
_MAPPING = ("mapped_organisation_id", "mapped_role", "mapped_person_id", "is_each_centre")
_DOCUMENT = ("item", "text", "evidence_type", "is_required", "minimum", "is_inferred")
_INDICATOR = ("number", "name", "unit", "opening_year", "following_years", "parent_number", "target", "place")


def copy_revision(source: Revision, target: Revision) -> int:
    """Everything of an approved revision, under the same keys; how many measures."""
    measures = list_measures(source)
    made = _add_measures(measures, target, [each.key for each in measures])
    known: list[Any] = list(measures)
    responsibles = [(new, old) for new, row in zip(made, known, strict=True) for old in row.responsibles_now]
    documents = [(new, old, old.key) for new, row in zip(made, known, strict=True) for old in row.documents_now]
    _add_responsibles(responsibles, target, {})
    _add_documents(documents, target)
    _add_indicators([(each, each.key) for each in list_indicators(source)], target)
    return len(made)


def copy_aligned(
    draft: Revision,
    current: Revision,
    target: Revision,
    follows: Mapping[int, uuid.UUID],
    keeps: Collection[uuid.UUID] = (),
) -> int:
    """Another draft as the next revision; a measure that follows one of the current revision takes over its key.

    ``follows`` says for a measure of the draft (its primary key) which key it continues; ``keeps`` names the measures of the
    current revision that stay as they are where nothing continues them. With the key go what people said of it before: who its
    responsibles are, its reach, its link to the superior's measure.
    """
    before: dict[uuid.UUID, Any] = {each.key: each for each in list_measures(current)}
    rows = _in_order([(each, follows.get(each.pk)) for each in list_measures(draft)], before, frozenset(keeps))
    measures, keys = [each for each, _ in rows], [key for _, key in rows]
    made = _add_measures(measures, target, keys, before)
    responsibles: list[tuple[Measure, Responsible]] = []
    documents: list[tuple[Measure, ExpectedDocument, uuid.UUID]] = []
    known: list[Any] = list(measures)
    for new, row in zip(made, known, strict=True):
        old = before.get(new.key)
        responsibles += [(new, each) for each in row.responsibles_now]
        kept = _document_keys(row.documents_now, [] if old is None else old.documents_now)
        documents += [(new, each, key) for each, key in zip(row.documents_now, kept, strict=True)]
    said = {fold(person.name): person for each in before.values() for person in each.responsibles_now}
    _add_responsibles(responsibles, target, said)
    _add_documents(documents, target)
    names = {fold(each.name): each.key for each in list_indicators(current)}
    indicators = list_indicators(draft)
    _add_indicators([(each, names.pop(fold(each.name), uuid.uuid4())) for each in indicators], target)
    return len(made)


def _in_order(
    new: Sequence[tuple[Measure, uuid.UUID | None]], before: Mapping[uuid.UUID, Measure], keeps: frozenset[uuid.UUID]
) -> list[tuple[Measure, uuid.UUID]]:
    """The measures with their keys: a whole new table in its own order; rows put into the old table in the order of that one."""
    following = {key: measure for measure, key in new if key is not None}
    kept = keeps - set(following)
    if not kept:
        return [(measure, key or uuid.uuid4()) for measure, key in new]
    old = [(following.get(key, was), key) for key, was in before.items() if key in following or key in kept]
    return [*old, *((measure, uuid.uuid4()) for measure, key in new if key is None)]


def copy_reference(reference: Reference, revision: Revision) -> int:
    """The measures of a reference roadmap, as the first words of a draft."""
    owned = _owner(revision)
    made = Measure.objects.bulk_create(
        Measure(
            **owned,
            revision=revision,
            position=position,
            number=each.number,
            text=each.text,
            items=list(each.items),
            item_stages=list(each.item_stages) or None,
            stage=each.stage,
            reach=proposed_reach(each.stage),
            deadline=each.deadline,
        )
        for position, each in enumerate(reference.measures, start=1)
    )
    pairs = list(zip(made, reference.measures, strict=True))
    Responsible.objects.bulk_create(
        Responsible(**owned, measure=new, position=place, name=name, kind=kind, is_lead=place == 1)
        for new, each in pairs
        for place, (name, kind) in enumerate(each.responsibles, start=1)
    )
    ExpectedDocument.objects.bulk_create(
        ExpectedDocument(**owned, measure=new, position=place, text=text, evidence_type=kind)
        for new, each in pairs
        for place, (text, kind) in enumerate(
            zip(each.documents, tell_evidence_types(each.documents, stage=each.stage), strict=True), start=1
        )
    )
    return len(made)


def _owner(revision: Revision) -> dict[str, Any]:
    return {"organisation_id": revision.organisation_id, "region_id": revision.region_id}


def _add_measures(
    measures: Sequence[Measure],
    target: Revision,
    keys: Sequence[uuid.UUID],
    before: Mapping[uuid.UUID, Measure] | None = None,
) -> list[Measure]:
    rows = []
    for position, (each, key) in enumerate(zip(measures, keys, strict=True), start=1):
        values = {name: getattr(each, name) for name in _MEASURE}
        old = (before or {}).get(key)
        if old is not None:
            values |= {"reach": old.reach, "superior_key": old.superior_key}
        rows.append(Measure(**_owner(target), revision=target, key=key, position=position, **values))
    return Measure.objects.bulk_create(rows)


def _add_responsibles(
    pairs: Sequence[tuple[Measure, Responsible]], target: Revision, said: Mapping[str, Responsible]
) -> None:
    rows = []
    for measure, each in pairs:
        mapped = any(getattr(each, name) for name in _MAPPING)
        meant = each if mapped else said.get(fold(each.name), each)
        values = {name: getattr(each, name) for name in _RESPONSIBLE}
        values |= {name: getattr(meant, name) for name in _MAPPING}
        rows.append(Responsible(**_owner(target), measure=measure, position=each.position, **values))
    Responsible.objects.bulk_create(rows)


def _add_documents(rows: Sequence[tuple[Measure, ExpectedDocument, uuid.UUID]], target: Revision) -> None:
    ExpectedDocument.objects.bulk_create(
        ExpectedDocument(
            **_owner(target),
            measure=measure,
            key=key,
            position=each.position,
            **{name: getattr(each, name) for name in _DOCUMENT},
        )
        for measure, each, key in rows
    )


def _add_indicators(rows: Sequence[tuple[ListedIndicator, uuid.UUID]], target: Revision) -> None:
    ListedIndicator.objects.bulk_create(
        ListedIndicator(
            **_owner(target),
            revision=target,
            key=key,
            position=each.position,
            **{name: getattr(each, name) for name in _INDICATOR},
        )
        for each, key in rows
    )


def _document_keys(new: Sequence[ExpectedDocument], old: Sequence[ExpectedDocument]) -> list[uuid.UUID]:
    """The key of the document each one continues: the same words first, then the same type in order; else a key of its own."""
    left = list(old)
    keys: list[uuid.UUID | None] = []
    for each in new:
        same = next((document for document in left if fold(document.text) == fold(each.text)), None)
        if same is not None:
            left.remove(same)
        keys.append(None if same is None else same.key)
    for place, each in enumerate(new):
        if keys[place] is None:
            same = next((document for document in left if document.evidence_type == each.evidence_type), None)
            if same is not None:
                left.remove(same)
            keys[place] = uuid.uuid4() if same is None else same.key
    return [key or uuid.uuid4() for key in keys]
