"""What a pack holds, as frozen values. What no source states is ``None`` or empty."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from vekha.orders.addition import OverCentres, OverTime
from vekha.orders.model import Indicator, Programme, Roadmap


@dataclass(frozen=True, slots=True)
class ActReference:
    """An act is known by number *and* date."""

    number: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class NationalProject:
    """A national project with its term; ``successor`` is the identifier of the one that follows it."""

    id: str
    name: str
    start: datetime.date
    end: datetime.date
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeRecord:
    """A programme of creating centres: the spellings of its name, and the projects it belongs to.

    ``start`` and ``end`` are the programme's own; where they are ``None`` only its national project has a term.
    """

    id: str
    name: str
    names: tuple[str, ...]
    national_project: str | None = None
    federal_project: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    successor: str | None = None

    @property
    def programme(self) -> Programme:
        """The programme in the vocabulary of orders; a programme added by a user is ``OTHER`` there."""
        return Programme(self.id) if self.id in set(Programme) else Programme.OTHER


@dataclass(frozen=True, slots=True)
class ReferenceRoadmap:
    """The roadmap of one generation in generic words, from the subsidy year ``first_year`` until a later generation."""

    id: str
    first_year: int | None
    roadmap: Roadmap


@dataclass(frozen=True, slots=True)
class EditionIndicator:
    """An indicator of an edition: its minima and how its values add up."""

    indicator: Indicator
    over_time: OverTime
    over_centres: OverCentres


@dataclass(frozen=True, slots=True)
class IndicatorEdition:
    """The indicators of one edition of the federal recommendations; ``act`` is the one that recommends them."""

    id: str
    title: str
    programme: Programme
    indicators: tuple[EditionIndicator, ...]
    act: ActReference | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A federal act orders refer to; ``repealed_by`` is ``None`` where no repeal is known."""

    number: str
    date: datetime.date
    about: str
    kind: str | None = None
    programmes: tuple[str, ...] = ()
    repealed_by: ActReference | None = None

    def is_in_force(self, on: datetime.date) -> bool:
        """Whether no known act repealed it by that day; an act of the future is not in force."""
        return self.date <= on and (self.repealed_by is None or on < self.repealed_by.date)


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its two-digit code; the federal district is ``None`` where none is assigned."""

    code: str
    name: str
    federal_district: str | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """One file of reference data, with where it comes from; every section may be empty."""

    id: str
    title: str
    sources: tuple[str, ...]
    note: str | None = None
    national_projects: tuple[NationalProject, ...] = ()
    programmes: tuple[ProgrammeRecord, ...] = ()
    roadmaps: tuple[ReferenceRoadmap, ...] = ()
    editions: tuple[IndicatorEdition, ...] = ()
    acts: tuple[Act, ...] = ()
    regions: tuple[Region, ...] = ()
