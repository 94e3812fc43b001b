"""Writes of what belongs to a draft's measure — responsibles, expected documents — and of its indicators and programme."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction

from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.journal.refusals import Refused
from vekha_portal.orders.actions.editing import (
    assign,
    locked_draft,
    locked_measure,
    not_removed,
    record_change,
    save_measure,
    touch_draft,
)
from vekha_portal.orders.actions.measures import Reviewer
from vekha_portal.orders.bridge import list_evidence_types, read_names
from vekha_portal.orders.drafting import fit
from vekha_portal.orders.models import ExpectedDocument, ListedIndicator, Measure, Responsible, Revision, Roadmap

name_kinds(
    {
        "responsible-added": "Ответственный добавлен в черновик",
        "responsible-removed": "Ответственный исключён из черновика",
        "responsible-lead": "Головной исполнитель указан",
        "document-expected": "Ожидаемый документ добавлен в черновик",
        "document-changed": "Ожидаемый документ черновика изменён",
        "document-dropped": "Ожидаемый документ исключён из черновика",
        "roadmap-changed": "Сведения о дорожной карте изменены",
        "indicator-changed": "Показатель черновика изменён",
        "indicator-removed": "Показатель исключён из черновика",
    }
)

DOCUMENT_FIELDS = ("text", "evidence_type", "is_required", "minimum", "item")
INDICATOR_FIELDS = ("number", "name", "unit", "opening_year", "following_years", "parent_number", "target")
_MOST = 200


@transaction.atomic
def add_responsibles(*, measure: Measure, version: int, words: str, reviewer: Reviewer) -> Measure:
    """Add whoever the words name: «Департамент, муниципалитеты» are two."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    named = read_names(words.strip())
    if not named:
        raise Refused("Напишите, кто отвечает: орган, роль, организацию или человека.")
    known = found.responsibles.count()
    if known + len(named) > _MOST:
        raise Refused(f"У мероприятия не может быть больше {_MOST} ответственных.")
    for place, each in enumerate(named, start=known + 1):
        Responsible.objects.create(
            measure=found,
            organisation_id=found.organisation_id,
            region_id=found.region_id,
            position=place,
            name=fit(Responsible, "name", each.name),
            kind=each.kind,
            post=fit(Responsible, "post", each.post),
        )
    save_measure(found)
    record_change("responsible-added", found, **reviewer.signature, data={"кто": [each.name for each in named]})
    return found


@transaction.atomic
def remove_responsible(*, responsible: Responsible, version: int, reviewer: Reviewer) -> Measure:
    """Take a responsible out of a measure."""
    found = locked_measure(responsible.measure, version, reviewer.scope)
    row = Responsible.objects.get(pk=responsible.pk)
    if row.removed_at is None:
        row.removed_at, row.is_lead = reviewer.at, False
        row.save(update_fields=["removed_at", "is_lead"])
        save_measure(found)
        record_change("responsible-removed", found, **reviewer.signature, data={"кто": row.name})
    return found


@transaction.atomic
def name_lead(*, responsible: Responsible, version: int, reviewer: Reviewer) -> Measure:
    """Say who leads; one leads at most."""
    found = locked_measure(responsible.measure, version, reviewer.scope)
    rows = list(found.responsibles.filter(removed_at=None).order_by("position", "pk"))
    if responsible.pk not in {each.pk for each in rows}:
        raise Refused("Этот ответственный уже исключён. Обновите страницу.")
    for row in rows:
        if row.is_lead != (row.pk == responsible.pk):
            row.is_lead = row.pk == responsible.pk
            row.save(update_fields=["is_lead"])
    save_measure(found)
    record_change("responsible-lead", found, **reviewer.signature, data={"кто": responsible.name})
    return found


@transaction.atomic
def add_document(*, measure: Measure, version: int, values: Mapping[str, Any], reviewer: Reviewer) -> Measure:
    """Add a document that proves the measure."""
    found = locked_measure(measure, version, reviewer.scope)
    not_removed(found)
    given = _document_values(found, values)
    known = found.documents.count()
    if known >= _MOST:
        raise Refused(f"У мероприятия не может быть больше {_MOST} документов.")
    ExpectedDocument.objects.create(
        measure=found,
        organisation_id=found.organisation_id,
        region_id=found.region_id,
        position=known + 1,
        **given,
    )
    save_measure(found)
    record_change("document-expected", found, **reviewer.signature, data=given)
    return found


@transaction.atomic
def change_document(
    *, document: ExpectedDocument, version: int, values: Mapping[str, Any], reviewer: Reviewer
) -> Measure:
    """Change a document: its words, type, whether it is required, how many; a proposed one becomes the reviewer's."""
    found = locked_measure(document.measure, version, reviewer.scope)
    row = ExpectedDocument.objects.get(pk=document.pk)
    if row.removed_at is not None:
        raise Refused("Этот документ уже исключён. Обновите страницу.")
    changed = assign(row, {**_document_values(found, values), "is_inferred": False})
    if changed:
        row.save(update_fields=[*DOCUMENT_FIELDS, "is_inferred"])
        save_measure(found)
        record_change("document-changed", found, **reviewer.signature, data=changed)
    return found


@transaction.atomic
def remove_document(*, document: ExpectedDocument, version: int, reviewer: Reviewer) -> Measure:
    """Take a document out of what is expected."""
    found = locked_measure(document.measure, version, reviewer.scope)
    row = ExpectedDocument.objects.get(pk=document.pk)
    if row.removed_at is None:
        row.removed_at = reviewer.at
        row.save(update_fields=["removed_at"])
        save_measure(found)
        record_change("document-dropped", found, **reviewer.signature, data={"документ": str(row)})
    return found


def _document_values(measure: Measure, values: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: values[name] for name in DOCUMENT_FIELDS if name in values}
    if given.get("evidence_type") not in dict(list_evidence_types()):
        raise Refused("Выберите вид документа из списка.")
    item = given.get("item")
    if item is not None and not 0 <= item < len(measure.items):
        raise Refused("Такого подпункта в мероприятии нет. Обновите страницу.")
    return given


@transaction.atomic
def change_roadmap(*, revision: Revision, version: int, values: Mapping[str, Any], reviewer: Reviewer) -> Roadmap:
    """Change the title, programme and subsidy year of the roadmap while its first revision is a draft."""
    draft = locked_draft(revision, reviewer.scope)
    if draft.version != version:
        raise Refused("Пока вы заполняли форму, черновик изменили. Посмотрите, что теперь записано, и повторите.")
    if draft.number != 1:
        raise Refused("Карта уже действует: её программа и год не меняются новой редакцией.")
    roadmap = Roadmap.objects.select_for_update(of=("self",)).get(pk=draft.roadmap_id)
    given = {name: values[name] for name in ("title", "programme", "subsidy_year") if name in values}
    changed = assign(roadmap, given)
    if changed:
        roadmap.save(update_fields=list(given))
        touch_draft(draft.pk)
        record("roadmap-changed", by=reviewer.by, about=roadmap, at=reviewer.at, data=changed)
    return roadmap


def fingerprint(indicator: ListedIndicator) -> str:
    """What an indicator says, as a sum: a form brings back the sum of what was seen."""
    values = [str(getattr(indicator, name)) for name in INDICATOR_FIELDS]
    return sha256("\0".join(values).encode()).hexdigest()


@transaction.atomic
def change_indicator(
    *, indicator: ListedIndicator, seen: str, values: Mapping[str, Any], reviewer: Reviewer
) -> ListedIndicator:
    """Change an indicator of a draft; ``seen`` is the fingerprint the reviewer saw, another means that somebody was faster."""
    locked_draft(indicator.revision, reviewer.scope)
    row = ListedIndicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if fingerprint(row) != seen:
        raise Refused("Пока вы правили, этот показатель изменил кто-то другой. Обновите страницу и повторите.")
    given = {name: values[name] for name in INDICATOR_FIELDS if name in values}
    if not str(given.get("name", row.name)).strip():
        raise Refused("Показатель без названия: напишите его или исключите строку.")
    changed = assign(row, given)
    if changed:
        row.save(update_fields=list(given))
        touch_draft(row.revision_id)
        record_change("indicator-changed", row, **reviewer.signature, data=changed)
    return row


@transaction.atomic
def remove_indicator(*, indicator: ListedIndicator, reviewer: Reviewer) -> ListedIndicator:
    """Take an indicator out of a draft; it is returned by the same button."""
    locked_draft(indicator.revision, reviewer.scope)
    row = ListedIndicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    row.removed_at = None if row.removed_at else reviewer.at
    row.save(update_fields=["removed_at"])
    touch_draft(row.revision_id)
    done = "исключён" if row.removed_at else "возвращён"
    record_change("indicator-removed", row, **reviewer.signature, data={"показатель": row.name, "сделано": done})
    return row
