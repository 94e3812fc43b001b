"""Order, Roadmap, Measure and what they are made of: frozen values, exactly what the document says.

Nothing is resolved here: a deadline stays the phrase and its meaning, a responsible stays a name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vekha.deadlines.syntax import Deadline
from vekha.problems import Place, Problem
from vekha.stages.catalogue import Stage


class Programme(StrEnum):
    """What is being created; ``OTHER`` where the document names none of the known ones."""

    SCHOOL_QUANTORIUM = "school-quantorium"
    GROWTH_POINT = "growth-point"
    DIGITAL_ENVIRONMENT = "digital-environment"
    IT_CUBE = "it-cube"
    MOBILE_QUANTORIUM = "mobile-quantorium"
    OTHER = "other"


class ResponsibleKind(StrEnum):
    """Who a responsible is: a body, a role («региональный координатор»), a person, a school, a whole territory."""

    BODY = "body"
    ROLE = "role"
    PERSON = "person"
    SCHOOL = "school"
    TERRITORY = "territory"


class ApprovalKind(StrEnum):
    """The stamp: «Согласовано» or «Утверждаю»."""

    AGREED = "agreed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Responsible:
    """One responsible of a measure, the name as written; ``post`` is the post beside a person's name, if any."""

    name: str
    kind: ResponsibleKind
    post: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """One document a measure must produce, as written; «по форме, …» belongs to its document."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A cell of a column that has no place of its own («Примечание», «Источник финансирования»): its header and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of a roadmap («мероприятие»).

    ``number`` is without the closing dot and ``None`` where the table has no numbers; ``items`` are the leaves of its list
    without marks; ``item_stages`` runs parallel to ``items`` where one cell joins different stages, else it is ``None``.
    ``section`` is the heading row above it. ``uncertain`` names the fields that were read with low confidence; ``notes`` keeps what other
    columns say.
    """

    number: str | None
    text: str
    items: tuple[str, ...]
    responsibles: tuple[Responsible, ...]
    results: tuple[ExpectedDocument, ...]
    deadline: Deadline | None
    stage: Stage
    item_stages: tuple[Stage, ...] | None
    place: Place
    section: str | None = None
    confidence: float = 1.0
    uncertain: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of an indicator list; minima are ``None`` where the document states none (headings, textual targets).

    ``target`` keeps a textual or unreadable target as written.
    """

    number: str | None
    name: str
    unit: str | None
    opening_year: float | int | None
    following_years: float | int | None
    parent: str | None
    place: Place
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Roadmap:
    """One «комплекс мер» with the indicators that belong to it; ``year`` is the subsidy year the document states, if it does."""

    title: str | None
    programme: Programme
    year: int | None
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """Who controls execution; ``name`` (nominative) is ``None`` if only a post is named."""

    name: str | None
    post: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed; the name as written."""

    name: str | None
    post: str | None


@dataclass(frozen=True, slots=True)
class Approval:
    """A stamp «Согласовано» or «Утверждаю»; the date is ``None`` if it is blank or incomplete."""

    kind: ApprovalKind
    name: str | None
    post: str | None
    date: date | None


@dataclass(frozen=True, slots=True)
class CitedAct:
    """Another act the order names: the superior one, the amended one, the basis; as far as number and date are written."""

    text: str
    number: str | None
    date: date | None
    relation: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change an amending act makes: «пункт 5 изложить в следующей редакции».

    ``action`` is «replace», «add», «remove» or «rephrase»; ``target`` quotes what is changed; ``rows`` are the measure numbers.
    """

    action: str
    target: str
    rows: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Order:
    """The order's own data. Everything the document does not state is ``None``; nothing is filled in from elsewhere."""

    kind: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: date | None = None
    title: str | None = None
    coordinator: str | None = None
    control: Control | None = None
    signatory: Signatory | None = None
    approvals: tuple[Approval, ...] = ()
    acquainted: tuple[str, ...] = ()
    annexes_declared: int = 0
    annexes_found: int = 0
    cited: tuple[CitedAct, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFile:
    """Everything one file says: the order (``None`` for a bare table), its roadmaps, and the problems met while reading."""

    source_name: str
    source_format: str
    source_sha256: str
    source_pages: int | None
    order: Order | None
    roadmaps: tuple[Roadmap, ...]
    problems: tuple[Problem, ...]
