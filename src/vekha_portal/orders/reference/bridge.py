"""The only door to the packs' reference roadmaps."""

from __future__ import annotations

from dataclasses import dataclass

from vekha.packs.library import find_roadmap, list_packs
from vekha.packs.model import ReferenceRoadmap

__all__ = ["Reference", "ReferenceMeasure", "list_references", "read_reference"]


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
