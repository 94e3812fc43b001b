"""Writes of a draft's measures: changed, split, merged, moved, added, taken out and returned; nothing is deleted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.actions.editing import (
    Overtaken,
    assign,
    locked_draft,
    locked_measure,
    not_removed,
    record_change,
    save_measure,
    touch_draft,
)
from vekha_portal.orders.bridge import proposed_reach, tell_stage
from vekha_portal.orders.drafting import fit
from vekha_portal.orders.models import ExpectedDocument, Measure, Responsible, Revision
from vekha_portal.orders.source.places import squash

name_kinds(
    {
        "measure-changed": "Мероприятие черновика изменено",
        "measure-split": "Мероприятие черновика разделено",
        "measures-merged": "Мероприятия черновика соединены",
        "measure-moved": "Мероприятие черновика переставлено",
        "measure-added": "Мероприятие добавлено в черновик",
        "measure-removed": "Мероприятие исключено из черновика",
        "measure-restored": "Мероприятие возвращено в черновик",
    }
)

#: What a reviewer writes in the measure itself; its parts have verbs of their own.
FIELDS = ("number", "section", "text", "items", "item_stages", "deadline", "stage", "reach")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who changes a draft, in which role, when."""

    by: Person
    scope: Scope
    at: datetime.datetime

    @property
    def signature(self) -> dict[str, Any]:
        """For the journal."""
        return {"by": self.by, "at": self.at}


@transaction.atomic
def change_measure(*, measure: Measure, version: int, values: Mapping[str, Any], reviewer: Reviewer) -> Measure:
    """Change what a measure says; what is the same already writes nothing. Raises :class:`Refused`, :class:`Overtaken`."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    given = {name: value for name, value in values.items() if name in FIELDS}
    if not str(given.get("text", found.text)).strip():
        raise Refused("Мероприятие без текста: напишите, что нужно сделать, или исключите строку.")
    items = given.get("items", found.items)
    stages = given.get("item_stages", found.item_stages)
    if stages and len(stages) != len(items):
        given["item_stages"] = None
    changed = assign(found, given)
    if changed:
        found.uncertain = [each for each in found.uncertain if each not in values]
        save_measure(found, *given, "uncertain")
        record_change("measure-changed", found, **reviewer.signature, data=changed)
    return found


@transaction.atomic
def split_by_items(*, measure: Measure, version: int, reviewer: Reviewer) -> list[Measure]:
    """Make every sub-item a measure of its own; the documents follow their sub-items, the rest stays with the first."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    if len(found.items) < 2:
        raise Refused("В мероприятии меньше двух подпунктов: делить его по подпунктам не на что.")
    texts = [str(item) for item in found.items]
    stages = list(found.item_stages or [tell_stage(text) for text in texts])
    documents = list(found.documents.filter(removed_at=None).order_by("position", "pk"))
    parts = _split(found, texts, stages, reviewer)
    for document in documents:
        if document.item is not None and 0 < document.item < len(parts):
            _move_document(document, parts[document.item], reviewer.at)
        elif document.item is not None:
            document.item = None
            document.save(update_fields=["item"])
    return parts


@transaction.atomic
def split_at(*, measure: Measure, version: int, first: str, second: str, reviewer: Reviewer) -> list[Measure]:
    """Cut the text in two at a chosen place; together the two say every word that the one said."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    first, second = first.strip(), second.strip()
    if not first or not second:
        raise Refused("Обе части должны что-то говорить: перенесите часть текста из первого поля во второе.")
    if squash(first) + squash(second) != squash(found.text):
        raise Refused(
            "Две части вместе должны повторять текст мероприятия слово в слово. Сначала разделите, потом правьте."
        )
    return _split(found, [first, second], [tell_stage(first), tell_stage(second)], reviewer)


def _split(found: Measure, texts: Sequence[str], stages: Sequence[str], reviewer: Reviewer) -> list[Measure]:
    _make_room(found.revision_id, found.position, len(texts) - 1)
    before = found.text
    found.text, found.items, found.item_stages = texts[0], [], None
    found.stage, found.reach = stages[0], proposed_reach(stages[0])
    save_measure(found, "text", "items", "item_stages", "stage", "reach")
    parts = [found]
    for at, (text, stage) in enumerate(zip(texts[1:], stages[1:], strict=True), start=1):
        part = Measure.objects.create(
            revision=found.revision,
            organisation_id=found.organisation_id,
            region_id=found.region_id,
            position=found.position + at,
            number=fit(Measure, "number", f"{found.number}.{at + 1}") if found.number else "",
            section=found.section,
            text=text,
            stage=stage,
            reach=proposed_reach(stage),
            deadline=found.deadline,
            place=found.place,
            cells=found.cells,
            confidence=found.confidence,
            uncertain=found.uncertain,
            notes=found.notes,
        )
        _copy_responsibles(found, part)
        parts.append(part)
    data = {"было": before, "стало": [each.text for each in parts]}
    record_change("measure-split", found, **reviewer.signature, data=data)
    return parts


def _copy_responsibles(source: Measure, target: Measure) -> None:
    Responsible.objects.bulk_create(
        Responsible(
            measure=target,
            organisation_id=target.organisation_id,
            region_id=target.region_id,
            position=each.position,
            name=each.name,
            kind=each.kind,
            post=each.post,
            is_lead=each.is_lead,
            mapped_organisation_id=each.mapped_organisation_id,
            mapped_role=each.mapped_role,
            mapped_person_id=each.mapped_person_id,
            is_each_centre=each.is_each_centre,
        )
        for each in source.responsibles.filter(removed_at=None).order_by("position", "pk")
    )


def _move_document(document: ExpectedDocument, target: Measure, at: datetime.datetime) -> None:
    """A document of another measure: the row stays where it was, taken out; its like stands at the other measure."""
    ExpectedDocument.objects.create(
        measure=target,
        organisation_id=target.organisation_id,
        region_id=target.region_id,
        key=document.key,
        position=document.position,
        text=document.text,
        evidence_type=document.evidence_type,
        is_required=document.is_required,
        minimum=document.minimum,
        is_inferred=document.is_inferred,
    )
    document.removed_at = at
    document.save(update_fields=["removed_at"])


@transaction.atomic
def merge_measures(
    *, measure: Measure, version: int, other: Measure, other_version: int, reviewer: Reviewer
) -> Measure:
    """Join a measure to the one before it: two halves of one row that a page break cut, or one deed written in two rows.

    Texts, sub-items, responsibles and documents of both stand together; a second deadline that differs becomes a note.
    """
    found = locked_measure(measure, version, reviewer.scope)
    added = locked_measure(other, other_version, reviewer.scope)
    if found.pk == added.pk or found.revision_id != added.revision_id:
        raise Refused("Соединить можно два разных мероприятия одной карты.")
    not_removed(found)
    not_removed(added)
    found.text = f"{found.text} {added.text}"
    stages = _joined_stages(found, added)
    found.items, found.item_stages = [*found.items, *added.items], stages
    found.notes = [*found.notes, *added.notes, *_second_deadline(found, added)]
    found.deadline = found.deadline or added.deadline
    found.place = _joined_place(found, added)
    found.confidence = min(found.confidence, added.confidence)
    _take_parts(found, added, reviewer.at)
    save_measure(found, "text", "items", "item_stages", "notes", "deadline", "place", "confidence")
    _take_out(added, f"соединено с мероприятием «{found}»"[:500], reviewer)
    data = {"присоединено": added.text, "номер": added.number}
    record_change("measures-merged", found, **reviewer.signature, data=data)
    return found


def _joined_stages(found: Measure, added: Measure) -> list[str] | None:
    if not found.item_stages and not added.item_stages:
        return None
    own = [list(each.item_stages or [each.stage] * len(each.items)) for each in (found, added)]
    return [*own[0], *own[1]]


def _second_deadline(found: Measure, added: Measure) -> list[dict[str, str]]:
    if not found.deadline or not added.deadline or found.deadline == added.deadline:
        return []
    return [{"label": "Срок присоединённой строки", "text": added.deadline}]


def _joined_place(found: Measure, added: Measure) -> dict[str, Any]:
    place = dict(found.place)
    if added.place:
        own = {key: value for key, value in added.place.items() if key != "parts"}
        place["parts"] = [*place.get("parts", []), own, *added.place.get("parts", [])]
    return place


def _take_parts(found: Measure, added: Measure, at: datetime.datetime) -> None:
    known = {each.name for each in found.responsibles.filter(removed_at=None)}
    following = found.responsibles.count()
    for each in added.responsibles.filter(removed_at=None).order_by("position", "pk"):
        if each.name in known:
            continue
        following += 1
        Responsible.objects.create(
            measure=found,
            organisation_id=found.organisation_id,
            region_id=found.region_id,
            position=following,
            name=each.name,
            kind=each.kind,
            post=each.post,
        )
    first = found.documents.count()
    for place, document in enumerate(added.documents.filter(removed_at=None).order_by("position", "pk"), start=1):
        document.position = first + place
        _move_document(document, found, at)


@transaction.atomic
def move_measure(*, measure: Measure, version: int, to: int, reviewer: Reviewer) -> Measure:
    """Put a measure at another place (from 1) of the list; the others keep their order."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    rows = list(Measure.objects.filter(revision_id=found.revision_id, removed_at=None).order_by("position", "pk"))
    others = [each for each in rows if each.pk != found.pk]
    place = min(max(to, 1), len(rows))
    before = next(at for at, each in enumerate(rows, start=1) if each.pk == found.pk)
    if place == before:
        return found
    ordered = [*others[: place - 1], found, *others[place - 1 :]]
    slots = sorted(each.position for each in rows)
    spread = slots if len(set(slots)) == len(slots) else list(range(1, len(rows) + 1))
    for row, slot in zip(ordered, spread, strict=True):
        row.position = slot
    Measure.objects.bulk_update(ordered, ["position"])
    save_measure(found, "position")
    record_change("measure-moved", found, **reviewer.signature, data={"место": {"было": before, "стало": place}})
    return found


@transaction.atomic
def add_measure(
    *, revision: Revision, after: Measure | None, text: str, deadline: str = "", reviewer: Reviewer
) -> Measure:
    """A measure that the document has and the reading lost, after another one or at the end."""
    draft = locked_draft(revision, reviewer.scope)
    if not text.strip():
        raise Refused("Напишите, что нужно сделать: мероприятие без текста не добавляется.")
    place = _place_after(draft, after)
    stage = tell_stage(text)
    added = Measure.objects.create(
        revision=draft,
        organisation_id=draft.organisation_id,
        region_id=draft.region_id,
        position=place,
        text=text.strip(),
        deadline=deadline.strip(),
        stage=stage,
        reach=proposed_reach(stage),
    )
    touch_draft(draft.pk)
    record_change("measure-added", added, **reviewer.signature, data={"текст": added.text, "срок": added.deadline})
    return added


def _place_after(draft: Revision, after: Measure | None) -> int:
    if after is None:
        last = Measure.objects.filter(revision=draft).order_by("-position").values_list("position", flat=True).first()
        return (last or 0) + 1
    above = Measure.objects.filter(pk=after.pk, revision=draft).first()
    if above is None:
        raise Refused("Мероприятия, после которого нужно добавить, в этой редакции нет. Обновите страницу.")
    _make_room(draft.pk, above.position, 1)
    return above.position + 1


def _make_room(revision_id: int, after: int, count: int) -> None:
    rows = list(Measure.objects.filter(revision_id=revision_id, position__gt=after))
    for row in rows:
        row.position += count
    Measure.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_measure(*, measure: Measure, version: int, reason: str, reviewer: Reviewer) -> Measure:
    """Take a measure out; it stays visible as such, with who did it and why."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    if not reason.strip():
        raise Refused("Напишите, почему мероприятие исключается: например, «это заголовок раздела».")
    _take_out(found, reason.strip(), reviewer)
    record_change("measure-removed", found, reason=reason, **reviewer.signature, data={"текст": found.text})
    return found


def _take_out(measure: Measure, reason: str, reviewer: Reviewer) -> None:
    measure.removed_at, measure.removed_by, measure.removed_because = reviewer.at, reviewer.by, reason
    save_measure(measure, "removed_at", "removed_by", "removed_because")


@transaction.atomic
def restore_measure(*, measure: Measure, version: int, reviewer: Reviewer) -> Measure:
    """Return a measure that was taken out."""
    found = locked_measure(measure, version, reviewer.scope)
    if found.removed_at is None:
        return found
    found.removed_at, found.removed_by, found.removed_because = None, None, ""
    save_measure(found, "removed_at", "removed_by", "removed_because")
    record_change("measure-restored", found, **reviewer.signature, data={"текст": found.text})
    return found


__all__ = [
    "FIELDS",
    "Overtaken",
    "Reviewer",
    "add_measure",
    "change_measure",
    "merge_measures",
    "move_measure",
    "remove_measure",
    "restore_measure",
    "split_at",
    "split_by_items",
]
