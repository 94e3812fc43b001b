"""From a reading to a draft: the rows a reviewer works on, made once for each reading, inside the job's transaction.

Texts longer than their field end with «…»; what was read stays whole in the reading.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Model

from vekha_portal.journal.actions import record
from vekha_portal.journal.kinds import name_kinds
from vekha_portal.orders.bridge import DraftFile, DraftIndicator, DraftMeasure, DraftRoadmap, read_draft
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
from vekha_portal.registry.models import Programme

name_kinds({"order-drafted": "Из файла составлен черновик", "order-unread": "Файл не прочитан"})

#: A roadmap has a dozen measures, a plan of a ministry some hundreds; more is another kind of document.
MOST_MEASURES = 3_000
_YEARS = range(2000, 2101)
_LARGEST = Decimal(10) ** 13


def make_draft(reading: Reading, *, at: datetime.datetime) -> Order | None:
    """The draft of what a reading found, or ``None`` with ``reading.failure`` where there is nothing to draft.

    To be called once, with the reading locked; the unique link from the order to its reading stops a second draft.
    """
    draft = read_draft(reading.found or {}, (reading.source or {}).get("places", []))
    count = sum(len(roadmap.measures) for roadmap in draft.roadmaps)
    if draft.failure or count > MOST_MEASURES:
        reading.failure = draft.failure or (
            f"В файле {count} строк, похожих на мероприятия: это не дорожная карта. Загрузите само распоряжение."
        )
        record("order-unread", by=None, about=reading, reason=reading.failure, at=at)
        return None
    order = _make_order(reading, draft, at)
    for position, roadmap in enumerate(draft.roadmaps, start=1):
        _make_roadmap(order, roadmap, position, reading, at)
    data = {"файл": reading.file.name, "карт": len(draft.roadmaps), "мероприятий": count}
    record("order-drafted", by=None, about=order, at=at, data=data)
    return order


def _make_order(reading: Reading, draft: DraftFile, at: datetime.datetime) -> Order:
    values = {name: fit(Order, name, value) for name, value in draft.order.values.items()}
    return Order.objects.create(
        organisation=reading.organisation,
        region_id=reading.region_id,
        reading=reading,
        created_at=at,
        created_by=reading.asked_by,
        **values,
    )


def _make_roadmap(order: Order, draft: DraftRoadmap, position: int, reading: Reading, at: datetime.datetime) -> None:
    owned = {"organisation_id": order.organisation_id, "region_id": order.region_id}
    year = draft.year if draft.year in _YEARS else None
    roadmap = Roadmap.objects.create(
        **owned,
        order=order,
        programme=Programme.objects.filter(pk=draft.programme).first() if draft.programme else None,
        position=position,
        title=draft.title,
        subsidy_year=year or reading.subsidy_year,
    )
    revision = Revision.objects.create(
        **owned, roadmap=roadmap, number=1, basis=order, created_at=at, created_by=reading.asked_by
    )
    add_measures(revision, draft.measures)
    ListedIndicator.objects.bulk_create(
        _indicator(revision, each, place) for place, each in enumerate(draft.indicators, start=1)
    )


def add_measures(revision: Revision, drafts: Iterable[DraftMeasure]) -> list[Measure]:
    """Rows of measures with their responsibles and documents; three statements however many there are."""
    owned = {"organisation_id": revision.organisation_id, "region_id": revision.region_id}
    drafts = list(drafts)
    measures = Measure.objects.bulk_create(
        Measure(
            **owned,
            revision=revision,
            position=position,
            number=fit(Measure, "number", each.number),
            section=each.section,
            text=each.text,
            items=list(each.items),
            item_stages=list(each.item_stages) if each.item_stages else None,
            stage=each.stage,
            reach=each.reach,
            deadline=each.deadline,
            place=dict(each.place),
            cells=dict(each.cells),
            confidence=each.confidence,
            uncertain=list(each.uncertain),
            notes=[{"label": label, "text": text} for label, text in each.notes],
        )
        for position, each in enumerate(drafts, start=1)
    )
    pairs = list(zip(measures, drafts, strict=True))
    Responsible.objects.bulk_create(
        Responsible(
            **owned,
            measure=measure,
            position=place,
            name=fit(Responsible, "name", each.name),
            kind=each.kind,
            post=fit(Responsible, "post", each.post),
            is_lead=place == 1 and len(draft.responsibles) > 1,
        )
        for measure, draft in pairs
        for place, each in enumerate(draft.responsibles, start=1)
    )
    ExpectedDocument.objects.bulk_create(
        ExpectedDocument(
            **owned,
            measure=measure,
            position=place,
            item=each.item,
            text=each.text,
            evidence_type=each.evidence_type,
            is_inferred=each.is_inferred,
        )
        for measure, draft in pairs
        for place, each in enumerate(draft.documents, start=1)
    )
    return measures


def _indicator(revision: Revision, draft: DraftIndicator, position: int) -> ListedIndicator:
    return ListedIndicator(
        revision=revision,
        organisation_id=revision.organisation_id,
        region_id=revision.region_id,
        position=position,
        number=fit(ListedIndicator, "number", draft.number),
        name=draft.name,
        unit=fit(ListedIndicator, "unit", draft.unit),
        opening_year=_decimal(draft.opening_year),
        following_years=_decimal(draft.following_years),
        parent_number=fit(ListedIndicator, "parent_number", draft.parent_number),
        target=draft.target,
        place=dict(draft.place),
    )


def _decimal(value: float | int | None) -> Decimal | None:
    """A minimum as the database keeps it; what no indicator can be is left out (its words stay in the reading)."""
    if value is None or not math.isfinite(value):
        return None
    found = Decimal(str(value))
    return found.quantize(Decimal("0.0001")) if abs(found) < _LARGEST else None


def fit(model: type[Model], name: str, value: Any) -> Any:
    """A text no longer than its field."""
    field = model._meta.get_field(name)
    longest = field.max_length if isinstance(field, models.CharField) else None
    if longest is None or not isinstance(value, str) or len(value) <= longest:
        return value
    return f"{value[: longest - 1]}…"
