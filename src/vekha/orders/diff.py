"""Two roadmaps side by side: which measures are the same work, what changed in each, what is new and what is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vekha.deadlines.syntax import Bound, Deadline, OnDate, Period, RelativeDate, RelativePeriod, meaning
from vekha.orders.assignment import assign
from vekha.orders.likeness import ALL_PAIRS, Profile, Wording, pair_scores, profile
from vekha.orders.model import Measure, OrderFile, Responsible, ResponsibleKind, Roadmap
from vekha.text.names import same_person
from vekha.text.normalise import fold


class Change(StrEnum):
    """What differs between the two measures of a pair."""

    NUMBER = "number"
    TEXT = "text"
    STAGE = "stage"
    RESPONSIBLES = "responsibles"
    RESULTS = "results"
    DEADLINE = "deadline"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same work in both roadmaps, by index of the measure, with what differs; ``likeness`` is 0…1."""

    a: int
    b: int
    likeness: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Regrouping:
    """One measure that became several, or several that became one, by indices; one of them is also a pair."""

    a: tuple[int, ...]
    b: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two roadmaps aligned: every measure of A is in one pair or in ``only_a``, every measure of B in one pair or ``only_b``.

    ``split`` and ``merged`` say in addition where a measure left alone seems to have gone.
    """

    a: Roadmap
    b: Roadmap
    pairs: tuple[Pair, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
    split: tuple[Regrouping, ...] = ()
    merged: tuple[Regrouping, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadmapPair:
    """Two roadmaps of two files that are about the same; by index, ``None`` where the other file has no such roadmap."""

    a: int | None
    b: int | None
    alignment: Alignment


#: How much of a measure's wording must stand in another to say that it went there.
_ABSORBED = 0.6


def align(a: Roadmap, b: Roadmap) -> Alignment:
    """Pair the measures of two roadmaps by stage and wording so that the whole fits best; numbers are only a hint."""
    rows, columns = [profile(each) for each in a.measures], [profile(each) for each in b.measures]
    scores = pair_scores(rows, columns)
    chosen = assign(scores)
    years = _years(a, b)
    pairs = tuple(
        Pair(row, column, round(min(scores[row, column], 1.0), 3), changes(a.measures[row], b.measures[column], years=years))
        for row, column in chosen.items()
    )
    taken = set(chosen.values())
    only_a = tuple(row for row in range(len(rows)) if row not in chosen)
    only_b = tuple(column for column in range(len(columns)) if column not in taken)
    wording = Wording(rows, columns)
    back = {column: row for row, column in chosen.items()}
    merged = tuple(Regrouping(a=group, b=(whole,)) for whole, group in _absorbed(only_a, rows, columns, back, wording))
    split = tuple(Regrouping(a=(whole,), b=group) for whole, group in _absorbed(only_b, columns, rows, chosen, wording))
    return Alignment(a, b, pairs, only_a, only_b, split, merged)


def align_files(a: OrderFile, b: OrderFile) -> tuple[RoadmapPair, ...]:
    """Pair the roadmaps of two files (by programme and likeness) and align each pair; every roadmap occurs exactly once."""
    aligned = {
        (row, column): align(first, second)
        for row, first in enumerate(a.roadmaps)
        for column, second in enumerate(b.roadmaps)
        if first.programme is second.programme or min(len(a.roadmaps), len(b.roadmaps)) == 1
    }
    scores = {
        key: 0.1 + sum(pair.likeness for pair in each.pairs) + (1.0 if each.a.programme is each.b.programme else 0.0)
        for key, each in aligned.items()
    }
    chosen = assign(scores)
    taken = set(chosen.values())
    pairs = [RoadmapPair(row, column, aligned[row, column]) for row, column in chosen.items()]
    for row, roadmap in enumerate(a.roadmaps):
        if row not in chosen:
            pairs.append(RoadmapPair(row, None, align(roadmap, _nothing_like(roadmap))))
    for column, roadmap in enumerate(b.roadmaps):
        if column not in taken:
            pairs.append(RoadmapPair(None, column, align(_nothing_like(roadmap), roadmap)))
    return tuple(pairs)


def changes(a: Measure, b: Measure, *, years: frozenset[int] = frozenset()) -> tuple[Change, ...]:
    """What differs between two measures that are the same work.

    Deadlines are compared by what they mean; ``years`` are the subsidy years the documents state, so that «1 марта года
    получения субсидии» and «1 марта 2024 года» are the same deadline of a roadmap for 2024.
    """
    differs = {
        Change.NUMBER: a.number != b.number,
        Change.TEXT: _wording(a.text) != _wording(b.text),
        Change.STAGE: (a.stage, a.item_stages) != (b.stage, b.item_stages),
        Change.RESPONSIBLES: not _same_responsibles(a.responsibles, b.responsibles),
        Change.RESULTS: _counted(each.text for each in a.results) != _counted(each.text for each in b.results),
        Change.DEADLINE: not same_deadline(a.deadline, b.deadline, years=years),
        Change.SECTION: _wording(a.section or "") != _wording(b.section or ""),
    }
    return tuple(change for change, is_met in differs.items() if is_met)


def same_deadline(a: Deadline | None, b: Deadline | None, *, years: frozenset[int] = frozenset()) -> bool:
    """Whether two deadlines mean the same: the same day stays the same with «не позднее», and for a known subsidy year."""
    if a is None or b is None:
        return a is b
    first, second = _settled(meaning(a)), _settled(meaning(b))
    return first == second or any(_in_year(first, year) == _in_year(second, year) for year in years)


def _settled(deadline: Deadline) -> Deadline:
    """A bare date means «не позднее», and «до» includes its day: the three differ in words only."""
    parts = tuple(_settled(part) for part in deadline.parts)
    return Deadline(deadline.text, deadline.when, Bound.NOT_LATER_THAN, deadline.repeat, parts=parts)


def _in_year(deadline: Deadline, subsidy_year: int) -> Deadline:
    """The deadline with its relative dates counted from one subsidy year; impossible days stay relative."""
    when = deadline.when
    match when:
        case RelativeDate(day, month, offset):
            when = _on_date(subsidy_year + offset, month, day) or when
        case RelativePeriod(start, end, offset, workday) if end is not None:
            first = _on_date(subsidy_year + offset, *start)
            last = _on_date(subsidy_year + offset + (end < start), *end)
            when = Period(first.day, last.day, workday) if first and last else when
        case _:
            pass
    parts = tuple(_in_year(part, subsidy_year) for part in deadline.parts)
    return Deadline(deadline.text, when, deadline.bound, deadline.repeat, parts=parts)


def _on_date(year: int, month: int, day: int) -> OnDate | None:
    try:
        return OnDate(date(year, month, day))
    except ValueError:
        return None


def _years(a: Roadmap, b: Roadmap) -> frozenset[int]:
    """The subsidy years to settle relative deadlines with: two different ones are two waves, which prove nothing."""
    stated = {roadmap.year for roadmap in (a, b) if roadmap.year is not None}
    return frozenset(stated) if len(stated) == 1 else frozenset()


def _wording(text: str) -> str:
    return fold(text).strip(" .;,")


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(_wording(text) for text in texts)


def _same_responsibles(a: tuple[Responsible, ...], b: tuple[Responsible, ...]) -> bool:
    if len(a) != len(b):
        return False
    left = list(b)
    for each in a:
        found = next((other for other in left if _same_responsible(each, other)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _same_responsible(a: Responsible, b: Responsible) -> bool:
    if _wording(a.name) == _wording(b.name):
        return True
    return ResponsibleKind.PERSON in (a.kind, b.kind) and same_person(a.name, b.name)


def _absorbed(
    alone: tuple[int, ...], parts: list[Profile], wholes: list[Profile], partner: dict[int, int], wording: Wording
) -> list[tuple[int, tuple[int, ...]]]:
    """For each whole that took in measures left alone: the whole, and the group with the partner it is paired with."""
    if len(alone) * len(partner) > ALL_PAIRS:
        return []
    groups: dict[int, list[int]] = {}
    for index in alone:
        likely = [whole for whole in partner if parts[index].stages & wholes[whole].stages]
        best = max(likely, key=lambda whole: (wording.coverage(parts[index], wholes[whole]), -whole), default=None)
        if best is not None and wording.coverage(parts[index], wholes[best]) >= _ABSORBED:
            groups.setdefault(best, []).append(index)
    return [(whole, tuple(sorted([partner[whole], *group]))) for whole, group in sorted(groups.items())]


def _nothing_like(roadmap: Roadmap) -> Roadmap:
    return Roadmap(title=None, programme=roadmap.programme, year=None, measures=())
