"""The only door to the packs' reference roadmaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vekha.packs.library import find_roadmap, list_packs
from vekha.packs.model import ReferenceRoadmap
from vekha.stages.catalogue import CATALOGUE, EvidenceType, Stage
from vekha.text.normalise import fold

__all__ = ["Reference", "ReferenceMeasure", "evidence_type_of", "list_references", "read_reference"]

#: The words by which the packs name their documents; the first that fits decides.
_WORDS: tuple[tuple[str, EvidenceType], ...] = (
    ("письмо федерального оператора", EvidenceType.LETTER_IN),
    ("письмо", EvidenceType.LETTER_OUT),
    ("акт субъекта", EvidenceType.REGION_ACT),
    ("локальн", EvidenceType.SCHOOL_ACT),
    ("по форме", EvidenceType.FILLED_FORM),
    ("распор", EvidenceType.EDUCATION_BODY_ORDER),
    ("акт", EvidenceType.EDUCATION_BODY_ORDER),
    ("соглашен", EvidenceType.AGREEMENT),
    ("извещен", EvidenceType.PROCUREMENT_NOTICE),
    ("удостоверен", EvidenceType.CERTIFICATE),
    ("публикац", EvidenceType.MEDIA_PUBLICATION),
    ("отчет", EvidenceType.REPORT),
    ("план", EvidenceType.PLAN),
)


@dataclass(frozen=True, slots=True)
class ReferenceMeasure:
    """A measure in generic words; ``responsibles`` are names with their kinds."""

    number: str
    text: str
    items: tuple[str, ...]
    item_stages: tuple[str, ...]
    stage: str
    deadline: str
    responsibles: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference roadmap of one generation of a programme."""

    id: str
    title: str
    programme: str
    first_year: int | None
    measures: tuple[ReferenceMeasure, ...]


def list_references() -> tuple[Reference, ...]:
    """The reference roadmaps of the built-in packs, the latest generation of a programme first."""
    found = [_reference(each) for each in list_packs().roadmaps]
    return tuple(sorted(found, key=lambda each: (each.programme, -(each.first_year or 0))))


def read_reference(identifier: str) -> Reference | None:
    """The reference roadmap with this identifier.

    >>> len(read_reference("school-quantorium-2024").measures)
    13
    """
    found = find_roadmap(identifier, list_packs())
    return None if found is None else _reference(found)


def evidence_type_of(text: str, stage: str) -> str:
    """The type of a document that a reference roadmap names; else the one its stage usually asks for.

    >>> evidence_type_of("Письмо федеральному оператору", "design-project")
    'letter-out'
    """
    folded = fold(text)
    for words, kind in _WORDS:
        if re.search(rf"\b{words}", folded):
            return kind.value
    usual = CATALOGUE[Stage(stage)].expected if stage in set(Stage) else ()
    return usual[0][0].value if usual else EvidenceType.OTHER.value


def _reference(each: ReferenceRoadmap) -> Reference:
    roadmap = each.roadmap
    measures = tuple(
        ReferenceMeasure(
            number=measure.number or "",
            text=measure.text,
            items=measure.items,
            item_stages=tuple(measure.item_stages or ()),
            stage=measure.stage.value,
            deadline=measure.deadline.text if measure.deadline else "",
            responsibles=tuple((person.name, person.kind.value) for person in measure.responsibles),
            documents=tuple(document.text for document in measure.results),
        )
        for measure in roadmap.measures
    )
    return Reference(each.id, roadmap.title or each.id, roadmap.programme.value, each.first_year, measures)
