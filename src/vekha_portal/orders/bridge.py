"""The door of this app to the engines: what was read as plain values for rows, a deadline's meaning, the usual work of a stage.

Documents come in by `source.bridge`, dates of approved measures by `dates.bridge`, comparison by `comparison.bridge`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from vekha.deadlines import meaning, parse_deadline, render, resolve
from vekha.deadlines.syntax import NotUnderstood
from vekha.documents.plan.wording import period_name
from vekha.intake.cells.items import read_items
from vekha.intake.cells.responsibles import read_responsibles
from vekha.orders.interchange import order_from_json
from vekha.orders.model import Measure, OrderFile, Programme, Responsible, Roadmap
from vekha.problems import Problem, Severity
from vekha.stages.catalogue import CATALOGUE, EVIDENCE_TITLES, EvidenceType, Stage
from vekha.stages.classify import classify
from vekha_portal.orders.dates.bridge import NOT_STATED, NOT_UNDERSTOOD, Understanding, calendar_of, waiting_words
from vekha_portal.orders.evidence_words import tell_evidence_types

__all__ = [
    "DraftDocument",
    "DraftFile",
    "DraftIndicator",
    "DraftMeasure",
    "DraftOrder",
    "DraftResponsible",
    "DraftRoadmap",
    "Remark",
    "ShownDates",
    "ShownDay",
    "due_dates",
    "list_evidence_types",
    "list_responsible_kinds",
    "proposed_documents",
    "proposed_reach",
    "read_draft",
    "read_items_of",
    "read_names",
    "tell_stage",
]

ONCE, CENTRE = "once", "centre"
_AT_EVERY_CENTRE = frozenset(
    {
        Stage.BASE_EQUIPMENT,
        Stage.INFORMATION_SHEET,
        Stage.ACTIVITY_PLAN,
        Stage.EQUIPMENT_INSTALLED,
        Stage.SITE_MONITORING,
        Stage.STAFF_TRAINING,
        Stage.LAUNCH,
        Stage.INDICATOR_MONITORING,
    }
)
_KINDS = {
    "body": "орган или учреждение",
    "role": "роль",
    "person": "человек",
    "school": "школы",
    "territory": "вся территория",
}
_MOST_DAYS_SHOWN = 8
_SEVERITIES = {Severity.ERROR: "bad", Severity.WARNING: "attention", Severity.NOTE: "quiet"}


def proposed_reach(stage: str) -> str:
    """Whether a measure of this stage is usually done once for the wave or at every centre; a proposal the reviewer may change.

    Acts, agreed lists, money and tenders are the region's: once. What happens inside a school — its own equipment, passport, plan
    of events, delivery, photographs, teachers, opening, figures — is proved by every school.

    >>> proposed_reach("procurement"), proposed_reach("launch"), proposed_reach("never heard of")
    ('once', 'centre', 'once')
    """
    return CENTRE if stage in _AT_EVERY_CENTRE else ONCE


# ── what was read, as values for rows ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DraftResponsible:
    """A responsible as written."""

    name: str
    kind: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """A document a measure asks for; ``item`` is the index of the sub-item it proves."""

    text: str
    evidence_type: str
    item: int | None = None
    is_inferred: bool = False


@dataclass(frozen=True, slots=True)
class DraftMeasure:
    """A measure as read, with what is proposed for it."""

    number: str
    section: str
    text: str
    items: tuple[str, ...]
    item_stages: tuple[str, ...] | None
    stage: str
    reach: str
    deadline: str
    place: Mapping[str, Any]
    cells: Mapping[str, Any]
    confidence: float
    uncertain: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    responsibles: tuple[DraftResponsible, ...]
    documents: tuple[DraftDocument, ...]


@dataclass(frozen=True, slots=True)
class DraftIndicator:
    """An indicator as read."""

    number: str
    name: str
    unit: str
    opening_year: float | int | None
    following_years: float | int | None
    parent_number: str
    target: str
    place: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftRoadmap:
    """A roadmap as read; ``programme`` is the code of the packs, empty where the document names none."""

    title: str
    programme: str
    year: int | None
    measures: tuple[DraftMeasure, ...]
    indicators: tuple[DraftIndicator, ...]


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """The order's own data under the names of its row's fields."""

    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftFile:
    """Everything a file said; without roadmaps and order ``failure`` says why there is no draft."""

    order: DraftOrder
    roadmaps: tuple[DraftRoadmap, ...]
    failure: str = ""


def read_draft(found: Mapping[str, Any], places: Sequence[Sequence[Mapping[str, Any]]]) -> DraftFile:
    """Plain values of what was read; ``places`` come from the source, roadmap by roadmap and measure by measure."""
    file = order_from_json(found)
    roadmaps = tuple(
        _draft_roadmap(roadmap, found["roadmaps"][at], places[at] if at < len(places) else ())
        for at, roadmap in enumerate(file.roadmaps)
    )
    failure = "" if file.roadmaps or file.order is not None else _why_nothing(file)
    return DraftFile(DraftOrder(_order_values(file, found)), roadmaps, failure)


def _why_nothing(file: OrderFile) -> str:
    worst = sorted(file.problems, key=lambda problem: list(Severity).index(problem.severity))
    if not worst:
        return "В файле не найдено ни распоряжения, ни дорожной карты."
    return f"{worst[0].message} {worst[0].hint}".strip()


def _order_values(file: OrderFile, found: Mapping[str, Any]) -> dict[str, Any]:
    order = file.order
    if order is None:
        return {}
    control, signatory = order.control, order.signatory
    return {
        "kind": order.kind or "",
        "issuer": order.issuer or "",
        "number": order.number or "",
        "signed_on": order.date,
        "title": order.title or "",
        "coordinator": order.coordinator or "",
        "control_name": (control.name if control else None) or "",
        "control_post": (control.post if control else None) or "",
        "signatory_name": (signatory.name if signatory else None) or "",
        "signatory_post": (signatory.post if signatory else None) or "",
        "annexes_declared": min(order.annexes_declared, 30_000),
        "annexes_found": min(order.annexes_found, 30_000),
        **{name: found["order"].get(name, []) for name in ("approvals", "acquainted", "cited", "amendments")},
    }


def _draft_roadmap(roadmap: Roadmap, found: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> DraftRoadmap:
    rows = zip(roadmap.measures, found["measures"], strict=True)
    indicators = zip(roadmap.indicators, found["indicators"], strict=True)
    return DraftRoadmap(
        title=roadmap.title or "",
        programme="" if roadmap.programme is Programme.OTHER else roadmap.programme.value,
        year=roadmap.year,
        measures=tuple(
            _draft_measure(measure, json, places[at] if at < len(places) else {})
            for at, (measure, json) in enumerate(rows)
        ),
        indicators=tuple(
            DraftIndicator(
                each.number or "",
                each.name,
                each.unit or "",
                each.opening_year,
                each.following_years,
                each.parent or "",
                each.target or "",
                json["place"],
            )
            for each, json in indicators
        ),
    )


def _draft_measure(measure: Measure, found: Mapping[str, Any], where: Mapping[str, Any]) -> DraftMeasure:
    stages = tuple(stage.value for stage in measure.item_stages) if measure.item_stages else None
    place = dict(found["place"])
    if where.get("parts"):
        place["parts"] = where["parts"]
    return DraftMeasure(
        number=measure.number or "",
        section=measure.section or "",
        text=measure.text,
        items=measure.items,
        item_stages=stages,
        stage=measure.stage.value,
        reach=_reach_of(measure.stage.value, stages),
        deadline=measure.deadline.text if measure.deadline else "",
        place=place,
        cells=where.get("cells", {}),
        confidence=min(max(measure.confidence, 0.0), 1.0),
        uncertain=measure.uncertain,
        notes=tuple((note.label, note.text) for note in measure.notes),
        responsibles=_draft_responsibles(measure.responsibles),
        documents=_draft_documents([each.text for each in measure.results], measure.stage.value, stages),
    )


def _reach_of(stage: str, item_stages: Sequence[str] | None) -> str:
    """A composite measure is done at every centre as soon as one of its items is."""
    return CENTRE if CENTRE in {proposed_reach(each) for each in item_stages or (stage,)} else ONCE


def _draft_responsibles(responsibles: Sequence[Responsible]) -> tuple[DraftResponsible, ...]:
    return tuple(DraftResponsible(each.name, each.kind.value, each.post or "") for each in responsibles)


def _draft_documents(texts: Sequence[str], stage: str, item_stages: Sequence[str] | None) -> tuple[DraftDocument, ...]:
    if not texts:
        return proposed_documents(stage, item_stages)
    kinds = tell_evidence_types(texts, stage=stage)
    return tuple(
        DraftDocument(text, kind, _item_of(at, kind, len(texts), item_stages))
        for at, (text, kind) in enumerate(zip(texts, kinds, strict=True))
    )


def _item_of(at: int, kind: str, count: int, item_stages: Sequence[str] | None) -> int | None:
    """The sub-item a document proves: the only one whose stage asks for such documents, or the one of the same place."""
    if not item_stages:
        return None
    asking = [index for index, stage in enumerate(item_stages) if kind in _usual_types(stage)]
    if len(asking) == 1:
        return asking[0]
    return at if count == len(item_stages) else None


def _usual_types(stage: str) -> set[str]:
    known = CATALOGUE[Stage(stage)].expected if stage in set(Stage) else ()
    return {kind.value for together in known for kind in together}


def proposed_documents(stage: str, item_stages: Sequence[str] | None = None) -> tuple[DraftDocument, ...]:
    """The usual documents of a stage, for a measure whose document names none; of a composite one, those of every item.

    >>> [each.evidence_type for each in proposed_documents("procurement")]
    ['procurement-notice']
    """
    parts = [(stage, None)] if not item_stages else [(each, at) for at, each in enumerate(item_stages)]
    return tuple(
        DraftDocument(EVIDENCE_TITLES[kind], kind.value, at, is_inferred=True)
        for each, at in parts
        if each in set(Stage) and CATALOGUE[Stage(each)].expected
        for kind in CATALOGUE[Stage(each)].expected[0]
    )


# ── what a reviewer types ─────────────────────────────────────────────────────────────────────────


def list_evidence_types() -> tuple[tuple[str, str], ...]:
    """Every type of evidence with its title."""
    return tuple((kind.value, EVIDENCE_TITLES[kind]) for kind in EvidenceType)


def list_responsible_kinds() -> tuple[tuple[str, str], ...]:
    """Every kind of responsible with its title."""
    return tuple(_KINDS.items())


def tell_stage(text: str) -> str:
    """The stage of a measure's words."""
    return classify(text).stage.value


def read_items_of(text: str) -> tuple[str, ...]:
    """The items of the list inside a text; none where it has no list."""
    return tuple(item.text for item in read_items(text).items)


def read_names(text: str) -> tuple[DraftResponsible, ...]:
    """Typed words as responsibles: several in one line are told apart."""
    return _draft_responsibles(read_responsibles(text))


# ── what a phrase of a deadline means ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Remark:
    """What is doubtful, for people: a tone of the page, a sentence, what to do."""

    tone: str
    message: str
    hint: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of a deadline; the working days around it if it is a day off; the period it closes, in words."""

    due: datetime.date
    is_day_off: bool
    before: datetime.date
    after: datetime.date
    period: str = ""
    warn_on: datetime.date | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class ShownDates:
    """What a phrase means: its canonical words, the days (the first few), what it waits for, what is doubtful about it."""

    phrase: str
    canonical: str
    days: tuple[ShownDay, ...]
    more: int
    waiting: str
    remarks: tuple[Remark, ...]

    @property
    def is_understood(self) -> bool:
        """Whether the phrase says something."""
        return bool(self.canonical)


def due_dates(
    phrase: str,
    *,
    settings: Understanding,
    subsidy_year: int | None,
    year: int | None = None,
    until: datetime.date | None = None,
    schedule: datetime.date | None = None,
    event: datetime.date | None = None,
    region: str = "",
) -> ShownDates:
    """What a deadline's phrase means under an organisation's settings, for showing.

    ``subsidy_year`` dates what is relative to it, and years that the phrase leaves out unless ``year`` says otherwise;
    ``schedule`` and ``event`` are the days of what is awaited, once known; ``until`` ends repetitions; ``region`` chooses its days off.

    >>> shown = due_dates("до 1 марта года получения субсидии", settings=Understanding(), subsidy_year=2026)
    >>> shown.canonical, [(day.due.isoformat(), day.is_day_off, day.before.isoformat()) for day in shown.days]
    ('до 1 марта года получения субсидии', [('2026-03-01', True, '2026-02-27')])
    """
    return _due_dates(phrase, settings, subsidy_year, year or subsidy_year, until, schedule, event, region)


@lru_cache(maxsize=4096)
def _due_dates(
    phrase: str,
    settings: Understanding,
    subsidy_year: int | None,
    year: int | None,
    until: datetime.date | None,
    schedule: datetime.date | None,
    event: datetime.date | None,
    region: str,
) -> ShownDates:
    conventions = settings.conventions
    deadline, problems = parse_deadline(phrase, year=year, conventions=conventions)
    calendar = calendar_of(region)
    found = resolve(
        deadline,
        calendar=calendar,
        subsidy_year=subsidy_year,
        year=year,
        until=until,
        schedule=schedule,
        event=event,
        conventions=conventions,
    )
    days = tuple(
        ShownDay(
            day.due,
            day.day_off,
            day.previous_workday,
            day.next_workday,
            period_name(day.period) if day.period else "",
            day.warn_on,
            calendar.is_provisional(day.due.year),
        )
        for day in found.dates[:_MOST_DAYS_SHOWN]
    )
    understood = not isinstance(deadline.when, NotUnderstood) or bool(deadline.parts)
    waiting = "" if days else waiting_words(_why_no_day(phrase, understood, found.waiting_for))
    remarks = tuple(_remark(problem) for problem in dict.fromkeys((*problems, *found.problems)))
    canonical = render(meaning(deadline)) if understood else ""
    return ShownDates(phrase, canonical, days, len(found.dates) - len(days), waiting, remarks)


def _why_no_day(phrase: str, understood: bool, waiting: str | None) -> str:  # noqa: FBT001 — told by the lines above
    if waiting:
        return str(waiting)
    if not phrase.strip():
        return NOT_STATED
    return "" if understood else NOT_UNDERSTOOD


def _remark(problem: Problem) -> Remark:
    return Remark(_SEVERITIES[problem.severity], problem.message, problem.hint, problem.code)
