"""The only door of this app to the engines: a revision as the order file the rules see, and what they find as plain values."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError

from vekha.calendar.working_days import official_calendar
from vekha.checks.catalogue import RULES
from vekha.checks.page import read_page
from vekha.checks.reference import Reference, document_reference, pack_reference
from vekha.checks.rule import FAMILY_TITLES, Rule
from vekha.checks.run import Finding, Report, run_rules
from vekha.checks.subject import build_subject
from vekha.deadlines import deadline_to_json, parse_deadline
from vekha.documents.plan.wording import where
from vekha.intake.document import Block, Cell, Document, Format, Paragraph, Row, Source, Table
from vekha.intake.open import open_bytes
from vekha.orders.interchange import order_from_json, place_to_json
from vekha.orders.model import OrderFile
from vekha.packs.library import Library, list_packs, roadmap_for
from vekha.problems import Place
from vekha_portal.findings import reading_rows
from vekha_portal.findings.outcome import DOCUMENT, Crash, Found, Outcome, quotes_of
from vekha_portal.findings.rulebook import RulePage, read_example
from vekha_portal.orders.models import Measure, Order, Revision, Roadmap

__all__ = [
    "Checked",
    "check_revision",
    "library",
    "list_rule_pages",
    "order_file_of",
    "place_words",
    "read_document",
    "rules_version",
]

log = structlog.get_logger(__name__)

#: What failed where no rule did: the rows could not be judged, or not be compared.
ROWS, COMPARISON = "rows", "comparison"

_PARTS = {
    "DL": "deadline",
    "RS": "responsibles",
    "ST02": "documents",
    "ST03": "deadline",
    "ST04": "responsibles",
    "ST07": "text",
    "CF05": "deadline",
    "CF07": "deadline",
    "CF08": "documents",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """An order as the rules saw it: the file, and which measure of which revision stands at each place of it."""

    order_file: OrderFile
    revisions: tuple[Revision, ...]
    keys: tuple[tuple[uuid.UUID, ...], ...]

    def index_of(self, revision: Revision) -> int:
        """Which roadmap of the file a revision is."""
        return next(at for at, each in enumerate(self.revisions) if each.pk == revision.pk)


@dataclass(frozen=True, slots=True)
class Beside:
    """Something the roadmap is compared with, and how findings name it."""

    label: str
    document: OrderFile | None = None
    pack: str = ""

    def reference_for(self, own: OrderFile, library: Library, *, year: int | None) -> Reference:
        """The comparison itself."""
        if self.document is not None:
            return document_reference(own, self.document, subsidy_year=year)
        roadmaps = [each.roadmap for each in library.roadmaps if each.id == self.pack]
        return pack_reference(own, self.label, roadmaps)


@cache
def rules_version() -> str:
    """Changes when a rule does: its code, severity or page."""
    text = "\n".join(f"{rule.code} {rule.severity} {rule.page}" for rule in RULES)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def library() -> Library:
    """The built-in packs and those an administrator laid into the folder ``packs`` of the portal's home."""
    folder = Path(settings.ENVIRONMENT.home) / "packs"
    return list_packs((folder,) if folder.is_dir() else ())


def check_revision(revision: Revision) -> Outcome:
    """Everything the rules say of a revision: of its roadmap, and of the order around it.

    The order is judged whole, as a file would be, then the roadmap beside everything it may be compared with.
    """
    crashes: list[Crash] = []
    try:
        checked = order_file_of(revision)
        found = _judge(checked, revision, crashes)
    except DatabaseError:
        raise
    except (
        Exception
    ) as error:  # the engine failed before a rule was asked: kept as an outcome, or it would be tried for ever
        log.error("revision-not-judged", revision=revision.pk, exc_info=error)
        return Outcome((), (Crash("", ROWS, f"{type(error).__name__}: {error}"[:300]),), rules_version())
    for beside in _list_beside(revision, library()):
        try:
            found += _compare(checked, revision, beside, crashes)
        except DatabaseError:
            raise
        except Exception as error:  # as above: what the roadmap itself was found to be stands
            log.error("revision-not-compared", revision=revision.pk, beside=beside.label, exc_info=error)
            crashes.append(Crash("", COMPARISON, f"{type(error).__name__}: {error}"[:300]))
    return Outcome(tuple(found), tuple(dict.fromkeys(crashes)), rules_version())


def _judge(checked: Checked, revision: Revision, crashes: list[Crash]) -> list[Found]:
    """What is wrong with the roadmap, and with the order around it."""
    at = checked.index_of(revision)
    document, lines = read_document(revision.basis)
    subject = build_subject(
        checked.order_file,
        calendar=official_calendar(region=revision.region_id or ""),
        library=library(),
        subsidy_year=_override(checked, at, revision.roadmap.subsidy_year),
        document=document,
        source_lines=lines,
    )
    report = run_rules(subject, RULES)
    crashes += _crashes(report)
    return [_found(each, checked, at, "") for each in report.findings if each.roadmap in (None, at)]


def _compare(checked: Checked, revision: Revision, beside: Beside, crashes: list[Crash]) -> list[Found]:
    """What the roadmap is beside another."""
    at, year, known = checked.index_of(revision), revision.roadmap.subsidy_year, library()
    own = replace(checked.order_file, roadmaps=(checked.order_file.roadmaps[at],))
    subject = build_subject(
        own,
        calendar=official_calendar(region=revision.region_id or ""),
        library=known,
        subsidy_year=_override(checked, at, year),
        reference=beside.reference_for(own, known, year=year),
    )
    report = run_rules(subject, _COMPARING)
    crashes += _crashes(report)
    alone = Checked(own, (revision,), (checked.keys[at],))
    return [_found(each, alone, 0, beside.label) for each in report.findings]


def order_file_of(revision: Revision) -> Checked:
    """The rows of an order as the engines' value; raises ``NotInterchange`` for rows that make no sense."""
    order, beside = revision.basis, reading_rows.list_beside(revision)
    measures, indicators = reading_rows.list_measures(beside), reading_rows.list_indicators(beside)
    roadmaps = [
        _roadmap_to_json(each.roadmap, order, measures[each.pk])
        | {"indicators": [reading_rows.indicator_to_json(row) for row in indicators[each.pk]]}
        for each in beside
    ]
    value = {
        "schema": "vekha.order/1",
        "source": reading_rows.source_to_json(order),
        "order": reading_rows.order_to_json(order),
        "roadmaps": roadmaps,
        "problems": reading_rows.problems_to_json(order),
    }
    keys = tuple(tuple(row.key for row in measures[each.pk]) for each in beside)
    return Checked(order_from_json(value), tuple(beside), keys)


def read_document(order: Order) -> tuple[Document | None, list[str]]:
    """The document as the reading kept it, with the raw lines of a text; nothing for an order typed in by hand.

    The file itself is not opened again: what came out of it once, in a bounded child process, is in the row.
    """
    kept = order.reading.source if order.reading is not None else None
    if not isinstance(kept, dict):
        return None, []
    source = Source(str(order.reading), Format(kept.get("format", "text")), "")
    lines, blocks = kept.get("lines"), kept.get("blocks")
    if isinstance(lines, list):
        return replace(open_bytes("\n".join(lines).encode(), "документ.txt"), source=source), lines
    if isinstance(blocks, list):
        return Document(source, tuple(_block(each) for each in blocks)), []
    return None, []


def place_words(place: dict[str, Any]) -> str:
    """Where something stands in its file, in Russian.

    >>> place_words({"lines": [43, 46]}), place_words({})
    ('строки 43–46', '')
    """
    return where(_place(place))


_COMPARING = tuple(rule for rule in RULES if rule.needs_reference)


def _override(checked: Checked, at: int, year: int | None) -> int | None:
    """The subsidy year to judge for, where that is not the one the roadmap states."""
    return year if year != checked.order_file.roadmaps[at].year else None


def _roadmap_to_json(roadmap: Roadmap, order: Order, measures: Sequence[Measure]) -> dict[str, Any]:
    stated = reading_rows.read_roadmap(order, roadmap.position) if roadmap.order_id == order.pk else {}
    year = stated.get("year") if stated else roadmap.subsidy_year
    understood = reading_rows.read_deadlines(stated)
    return {
        "title": roadmap.title or None,
        "programme": _programme(roadmap.programme_id),
        "year": year,
        "measures": [reading_rows.measure_to_json(each, _deadline(each, understood, year)) for each in measures],
    }


def _deadline(measure: Measure, understood: dict[Any, Any], year: int | None) -> dict[str, Any] | None:
    """What the reading understood the phrase as, if it still stands; a phrase typed by a reviewer is parsed anew."""
    if not measure.deadline.strip():
        return None
    known = understood.get((reading_rows.place_key(measure.place), measure.deadline))
    if known is not None:
        return dict(known)
    return deadline_to_json(parse_deadline(measure.deadline, year=year)[0])


def _programme(code: str | None) -> str:
    from_engine = {
        "school-quantorium", "growth-point", "digital-environment", "it-cube", "mobile-quantorium",
    }  # fmt: skip
    return code if code in from_engine else "other"


def _block(said: dict[str, Any]) -> Block:
    place = _place(said.get("place") or {})
    if "text" in said:
        return Paragraph(said["text"], place, bool(said.get("heading")))
    rows = tuple(
        Row(
            tuple(Cell(text, column, row_span, col_span) for text, column, col_span, row_span, *_ in each["cells"]),
            _place(each.get("place") or {}),
        )
        for each in said.get("rows", ())
    )
    return Table(rows, int(said.get("width", 0)), place)


def _place(place: dict[str, Any]) -> Place:
    known: dict[str, Any] = {name: value for name, value in place.items() if name in Place.__dataclass_fields__}
    spans = {name: tuple(known[name]) for name in ("lines", "rows") if known.get(name)}
    return Place(**{**known, **spans})


def _list_beside(revision: Revision, known: Library) -> list[Beside]:
    """What a roadmap is compared with: the superior one, else the federal reference; its previous revision or last year's."""
    roadmap = revision.roadmap
    beside = []
    superior = _superior(roadmap, revision.basis)
    reference = roadmap_for(roadmap.programme_id or "", roadmap.subsidy_year or 0, known)
    if superior is not None:
        beside.append(Beside("вышестоящая карта", _alone(superior)))
    elif reference is not None:
        beside.append(Beside("федеральный образец", pack=reference.id))
    before = revision.previous or _last_years(roadmap)
    if before is not None:
        label = "прежняя редакция" if revision.previous_id else "карта прошлого года"
        beside.append(Beside(label, _alone(before)))
    return beside


def _superior(roadmap: Roadmap, order: Order) -> Revision | None:
    """What binds the roadmap: the one it names, else the one of its programme in the order above."""
    if roadmap.superior_id is not None:
        return _approved(Roadmap.objects.filter(pk=roadmap.superior_id))
    if order.superior_id is None or roadmap.programme_id is None:
        return None
    return _approved(Roadmap.objects.filter(order_id=order.superior_id, programme_id=roadmap.programme_id))


def _approved(roadmaps: Iterable[Roadmap]) -> Revision | None:
    rows = Revision.objects.filter(roadmap__in=roadmaps, approved_at__isnull=False)
    return rows.select_related("roadmap", "basis__reading").order_by("-number", "-pk").first()


def _last_years(roadmap: Roadmap) -> Revision | None:
    if roadmap.subsidy_year is None or roadmap.programme_id is None:
        return None
    return _approved(
        Roadmap.objects.filter(
            organisation_id=roadmap.organisation_id,
            programme_id=roadmap.programme_id,
            subsidy_year=roadmap.subsidy_year - 1,
        )
    )


def _alone(revision: Revision) -> OrderFile:
    checked = order_file_of(revision)
    roadmap = checked.order_file.roadmaps[checked.index_of(revision)]
    return replace(checked.order_file, source_name=str(revision.basis), roadmaps=(roadmap,))


def _crashes(report: Report) -> list[Crash]:
    for crash in report.crashes:
        log.error("rule-crashed", rule=crash.rule, exc_info=crash.error)
    return [Crash(each.rule, each.slug, f"{type(each.error).__name__}: {each.error}"[:300]) for each in report.crashes]


def _found(finding: Finding, checked: Checked, at: int, reference: str) -> Found:
    measure = finding.measure_index if finding.roadmap is not None else None
    return Found(
        rule=finding.rule,
        severity=finding.severity.value,
        message=finding.message,
        hint=finding.hint,
        place=place_to_json(finding.place) if finding.place is not None else {},
        measure_key=checked.keys[at][measure] if measure is not None else None,
        number=finding.measure or "",
        part=_part(finding),
        day=finding.day,
        reference=reference,
        essence=() if finding.day is not None and measure is not None else quotes_of(finding.message),
    )


def _part(finding: Finding) -> str:
    """What of the document it is about: the whole of it, or a cell of a measure."""
    if finding.roadmap is None:
        return DOCUMENT
    found = _PARTS.get(finding.rule) or _PARTS.get(finding.rule[:2])
    return found or ("text" if finding.measure_index is not None else "")


def list_rule_pages() -> tuple[RulePage, ...]:
    """The pages of the rules over orders."""
    return tuple(_page(rule) for rule in RULES)


def _page(rule: Rule) -> RulePage:
    page = read_page(rule.page)
    parts = (("Дано", page.given), ("Образец", page.sample), ("Нарушение", page.wrong), ("Правильно", page.right))
    return RulePage(
        code=rule.code,
        slug=rule.slug,
        family=FAMILY_TITLES[rule.family],
        severity=rule.severity.value,
        title=rule.title,
        why=page.why,
        basis=rule.basis,
        examples=tuple(read_example(title, text) for title, text in parts if text),
        needs_reference=rule.needs_reference,
    )
