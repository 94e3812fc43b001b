"""Measures of the packs' reference roadmaps, numbered and with the documents they are proved by."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vekha_portal.examples.country.size import BIGGEST_WAVE, ENVIRONMENT, GROWTH_POINT, WavePlan
from vekha_portal.examples.rows import reserve
from vekha_portal.orders.bridge import proposed_documents, proposed_reach
from vekha_portal.orders.evidence_words import tell_evidence_types
from vekha_portal.orders.measures import Reach
from vekha_portal.orders.models import Measure
from vekha_portal.orders.reference.bridge import Reference, ReferenceMeasure, list_references

_REGIONAL, _SCHOOLS = ("Региональный координатор", "role"), ("Общеобразовательные организации", "school")
#: The generation in which the programmes' roadmaps of today begin.
_TODAY = 2024


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that is expected; ``item`` where it belongs to one of several stages."""

    key: uuid.UUID
    type: str
    text: str
    item: int | None
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of an approved revision."""

    id: int
    key: uuid.UUID
    number: str
    words: ReferenceMeasure
    documents: tuple[DocumentRow, ...]
    reach: Reach

    @property
    def responsible(self) -> tuple[str, str]:
        """Who is responsible, with the kind of the name."""
        return _REGIONAL if self.reach is Reach.ONCE else _SCHOOLS

    def points(self) -> Iterator[tuple[int | None, str, tuple[DocumentRow, ...]]]:
        """The parts that get milestones of their own: item, stage, documents."""
        if not self.words.item_stages:
            yield None, self.words.stage, self.documents
        for item, stage in enumerate(self.words.item_stages):
            yield item, stage, tuple(each for each in self.documents if each.item in (None, item))


def list_measures(wave: WavePlan, chance: random.Random, *, thorough: bool) -> tuple[MeasureRow, ...]:
    """The measures a region approves for a wave; a thorough one has thirteen for the growth points too.

    In the biggest wave everything is done at every centre, so that there is one grid with nothing left out.
    """
    measures = _references()[_reference_of(wave, thorough=thorough)].measures
    ids = reserve(Measure, len(measures))
    everywhere = wave.centres >= BIGGEST_WAVE
    return tuple(
        MeasureRow(
            id_,
            _uuid(chance),
            each.number or str(position),
            each,
            tuple(_documents(each, chance)),
            Reach.CENTRE if everywhere else _reach(each),
        )
        for position, (id_, each) in enumerate(zip(ids, measures, strict=True), start=1)
    )


def _reach(measure: ReferenceMeasure) -> Reach:
    stages = measure.item_stages or (measure.stage,)
    return Reach.CENTRE if Reach.CENTRE in {proposed_reach(stage) for stage in stages} else Reach.ONCE


@cache
def _references() -> dict[str, Reference]:
    return {each.id: each for each in list_references()}


def _reference_of(wave: WavePlan, *, thorough: bool) -> str:
    if wave.programme == ENVIRONMENT:
        return "digital-environment-2024"
    if wave.year < _TODAY:
        return f"{wave.programme}-2021"
    return "growth-point-2024" if wave.programme == GROWTH_POINT and not thorough else "school-quantorium-2024"


def _documents(measure: ReferenceMeasure, chance: random.Random) -> Iterator[DocumentRow]:
    for text, kind in zip(measure.documents, tell_evidence_types(measure.documents, stage=measure.stage), strict=True):
        yield DocumentRow(_uuid(chance), kind, text, None, is_inferred=False)
    if not measure.documents:
        for each in proposed_documents(measure.stage, measure.item_stages or None):
            yield DocumentRow(_uuid(chance), each.evidence_type, each.text, each.item, is_inferred=True)


def _uuid(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)
