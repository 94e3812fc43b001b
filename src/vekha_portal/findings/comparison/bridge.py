"""The only door to the engine that aligns roadmaps: two revisions, or a revision and a reference, as lines side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from vekha.calendar.periods import add_months
from vekha.calendar.working_days import official_calendar
from vekha.deadlines import Deadline, parse_deadline, resolve
from vekha.orders.diff import Alignment, Change, Pair, Regrouping, align
from vekha.orders.model import Measure, Roadmap
from vekha.stages.catalogue import Stage, title
from vekha_portal.findings.bridge import library, order_file_of
from vekha_portal.findings.comparison.values import Comparison, Line, Side
from vekha_portal.orders.models import Revision

__all__ = [
    "Plan",
    "compare_plans",
    "find_pack",
    "last_day",
    "list_packs",
    "list_stages",
    "name_of",
    "plan_of",
    "stage_name",
]

CHANGES = {
    Change.NUMBER: "номер",
    Change.TEXT: "формулировка",
    Change.STAGE: "этап",
    Change.RESPONSIBLES: "ответственные",
    Change.RESULTS: "документы",
    Change.DEADLINE: "срок",
    Change.SECTION: "раздел",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """One side of a comparison; ``year`` is the subsidy year its deadlines are counted for."""

    title: str
    roadmap: Roadmap
    year: int | None


def plan_of(revision: Revision) -> Plan:
    """A revision as a side; raises ``NotInterchange`` for rows that make no sense."""
    checked = order_file_of(revision)
    roadmap = checked.order_file.roadmaps[checked.index_of(revision)]
    year = revision.roadmap.subsidy_year if revision.roadmap.subsidy_year is not None else roadmap.year
    return Plan(name_of(revision), roadmap, year)


def name_of(revision: Revision) -> str:
    """A revision among others: whose, which programme, which year, by what order."""
    roadmap = revision.roadmap
    year = f", {roadmap.subsidy_year}" if roadmap.subsidy_year else ""
    draft = "черновик" if revision.is_draft else str(revision)
    return f"{revision.organisation}: {roadmap.programme or roadmap}{year} — {revision.basis}, {draft}"


def list_packs() -> list[tuple[str, str]]:
    """The reference roadmaps of the packs: identifier and title."""
    return [(each.id, f"Образец: {each.roadmap.title or each.id}") for each in library().roadmaps]


def find_pack(identifier: str) -> Plan | None:
    """A reference roadmap as a side."""
    for each in library().roadmaps:
        if each.id == identifier:
            return Plan(f"Образец: {each.roadmap.title or each.id}", each.roadmap, each.roadmap.year)
    return None


def compare_plans(a: Plan, b: Plan, *, region: str = "") -> Comparison:
    """The measures of two plans aligned, in the order of the first; a reference without a year is counted for the other's wave."""
    years = (a.year or b.year, b.year or a.year)
    shift = (years[1] or 0) - (years[0] or 0)
    alignment = align(a.roadmap, b.roadmap)
    first = [_side(each, years[0], region, shift) for each in a.roadmap.measures]
    second = [_side(each, years[1], region, 0) for each in b.roadmap.measures]
    pairs = {pair.a: pair for pair in alignment.pairs}
    notes = _notes(alignment)
    lines = [_line(alignment, at, pairs.get(at), first, second, notes) for at in range(len(first))]
    lines += [
        Line(title(b.roadmap.measures[at].stage), None, second[at], note=notes.get(("b", at), ""))
        for at in alignment.only_b
    ]
    return Comparison(a.title, b.title, tuple(lines), shift)


def last_day(phrase: str, *, year: int | None, region: str = "") -> datetime.date | None:
    """The day a phrase asks for its work to be done by: of a repetition the first, of several the last.

    >>> last_day("1 октября 2024 г., далее – ежеквартально", year=2024)
    datetime.date(2024, 10, 1)
    """
    return _due(parse_deadline(phrase, year=year)[0], year, region) if phrase else None


def list_stages() -> list[tuple[str, str]]:
    """Every stage with its title, in the order of work."""
    return [(each.value, title(each)) for each in Stage if each is not Stage.OTHER]


def stage_name(stage: str) -> str:
    """The title of a stage; the word itself where it is none."""
    return title(Stage(stage)) if stage in set(Stage) else stage


def _due(deadline: Deadline, year: int | None, region: str) -> datetime.date | None:
    calendar = official_calendar(region=region)
    found = []
    for part in deadline.parts or (deadline,):
        days = resolve(part, calendar=calendar, year=year, subsidy_year=year).dates
        if days:
            found.append((days[0] if part.repeat is not None else days[-1]).due)
    return max(found, default=None)


def _side(measure: Measure, year: int | None, region: str, shift: int) -> Side:
    due = None if measure.deadline is None else _due(measure.deadline, year, region)
    return Side(
        number=measure.number or "",
        text=measure.text,
        deadline=measure.deadline.text if measure.deadline is not None else "",
        due=_moved(due, shift),
        responsibles="; ".join(each.name for each in measure.responsibles),
        documents="; ".join(each.text for each in measure.results),
    )


def _moved(day: datetime.date | None, years: int) -> datetime.date | None:
    if day is None or not years:
        return day
    try:
        return add_months(day, 12 * years)
    except (OverflowError, ValueError):
        return None


def _line(
    alignment: Alignment,
    at: int,
    pair: Pair | None,
    first: list[Side],
    second: list[Side],
    notes: dict[tuple[str, int], str],
) -> Line:
    measure = alignment.a.measures[at]
    if pair is None:
        return Line(title(measure.stage), first[at], None, note=notes.get(("a", at), ""))
    own, other = first[at], second[pair.b]
    days = (other.due - own.due).days if own.due is not None and other.due is not None else None
    told = [CHANGES[each] for each in pair.changes]
    if days == 0:  # the same day in other words, or of another wave
        told = [each for each in told if each != CHANGES[Change.DEADLINE]]
    note = notes.get(("b", pair.b), "") or notes.get(("a", at), "")
    return Line(title(measure.stage), own, other, tuple(told), days or None, note)


def _notes(alignment: Alignment) -> dict[tuple[str, int], str]:
    """Where a measure seems to have gone, or to have come from."""
    notes: dict[tuple[str, int], str] = {}
    for word, groups in (("разделено", alignment.split), ("объединено", alignment.merged)):
        for group in groups:
            text = f"Похоже, {word}: {_numbers(alignment, group)}."
            notes |= {("a", at): text for at in group.a} | {("b", at): text for at in group.b}
    return notes


def _numbers(alignment: Alignment, group: Regrouping) -> str:
    before = _named(alignment.a.measures, group.a)
    return f"{before} → {_named(alignment.b.measures, group.b)}"


def _named(measures: tuple[Measure, ...], indices: Iterable[int]) -> str:
    return ", ".join(f"№ {measures[at].number}" if measures[at].number else f"({at + 1})" for at in indices)
