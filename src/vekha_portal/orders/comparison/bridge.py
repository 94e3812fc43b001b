"""The only door to the engine that aligns two roadmaps: rows in, pairs of places in the two lists out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vekha.deadlines import parse_deadline
from vekha.orders.diff import Change, align, changes
from vekha.orders.model import ExpectedDocument, Measure, Programme, Responsible, ResponsibleKind, Roadmap
from vekha.problems import Place
from vekha.stages.catalogue import Stage

__all__ = ["CHANGES", "Pair", "Pairing", "Row", "list_changes", "pair_rows"]

CHANGES: dict[str, str] = {
    Change.NUMBER: "номер",
    Change.TEXT: "мероприятие",
    Change.STAGE: "этап",
    Change.RESPONSIBLES: "ответственные",
    Change.RESULTS: "документы",
    Change.DEADLINE: "срок",
    Change.SECTION: "раздел",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as far as the alignment looks at it; ``responsibles`` are names with their kinds."""

    number: str
    text: str
    stage: str
    deadline: str
    items: tuple[str, ...] = ()
    item_stages: tuple[str, ...] = ()
    responsibles: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same work in both lists, by place, with what differs; ``likeness`` is 0…1."""

    a: int
    b: int
    likeness: float
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Every row of A is in one pair or in ``only_a``, every row of B in one pair or in ``only_b``."""

    pairs: tuple[Pair, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]


def pair_rows(a: Sequence[Row], b: Sequence[Row], *, years: tuple[int | None, int | None] = (None, None)) -> Pairing:
    """Pair the measures of two roadmaps by stage and wording; ``years`` are their subsidy years.

    >>> one, two = Row("1", "Объявить закупки", "procurement", ""), Row("2", "Объявить закупки", "procurement", "1 мая")
    >>> pair_rows([one], [two]).pairs[0].changes
    ('number', 'deadline')
    """
    found = align(_roadmap(a, years[0]), _roadmap(b, years[1]))
    pairs = tuple(Pair(each.a, each.b, each.likeness, tuple(change.value for change in each.changes)) for each in found.pairs)
    return Pairing(pairs, found.only_a, found.only_b)


def list_changes(a: Row, b: Row) -> tuple[str, ...]:
    """What differs between two measures that are known to be the same work."""
    return tuple(change.value for change in changes(_measure(a, None), _measure(b, None)))


def _roadmap(rows: Sequence[Row], year: int | None) -> Roadmap:
    return Roadmap(None, Programme.OTHER, year, tuple(_measure(row, year) for row in rows))


def _measure(row: Row, year: int | None) -> Measure:
    deadline = parse_deadline(row.deadline, year=year)[0] if row.deadline else None
    return Measure(
        number=row.number or None,
        text=row.text,
        items=row.items,
        responsibles=tuple(Responsible(name, _kind(kind)) for name, kind in row.responsibles),
        results=tuple(ExpectedDocument(text) for text in row.documents),
        deadline=deadline,
        stage=_stage(row.stage),
        item_stages=tuple(map(_stage, row.item_stages)) or None,
        place=Place(),
        section=row.section or None,
    )


def _stage(stage: str) -> Stage:
    return Stage(stage) if stage in set(Stage) else Stage.OTHER


def _kind(kind: str) -> ResponsibleKind:
    return ResponsibleKind(kind) if kind in set(ResponsibleKind) else ResponsibleKind.BODY
