"""The people of an order: who answers for what, and who is named where; spellings of one person are one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vekha.checks.subject import Row, Subject
from vekha.checks.wording import folded
from vekha.orders.model import ResponsibleKind
from vekha.problems import Place
from vekha.text.names import same_person, similar_person

_CAPITALS = re.compile(r"[А-ЯЁ]")
_LONG_LIST = 200


@dataclass(frozen=True, slots=True)
class Person:
    """A person responsible for measures, named as in the first of them."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One spelling of a name and where it stands first; ``initials`` are the capital letters of the name, sorted."""

    name: str
    where: str
    initials: str
    roadmap: int | None = None
    measure: int | None = None
    place: Place | None = None


def responsible_people(subject: Subject) -> tuple[Person, ...]:
    """The people responsible, in order of appearance, each with all their measures."""
    by_spelling: dict[str, tuple[str, list[Row]]] = {}
    for row in subject.rows:
        for responsible in row.measure.responsibles:
            if responsible.kind is ResponsibleKind.PERSON:
                rows = by_spelling.setdefault(_spelling(responsible.name), (responsible.name, []))[1]
                if not rows or rows[-1] is not row:
                    rows.append(row)
    return tuple(Person(name, tuple(rows)) for name, rows in by_spelling.values())


def people_of(subject: Subject) -> Iterator[Mention]:
    """Every spelling of every person named: responsibles, the acquainted, who controls, signs and approves."""
    met: set[str] = set()
    for mention in _mentions(subject):
        if _spelling(mention.name) not in met:
            met.add(_spelling(mention.name))
            yield mention


class NameList:
    """A list of names to look people up in; only names with the same capital letters are compared in a very long one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._all = tuple(names)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for name in self._all:
            self._alike[_capitals(name)].append(name)

    def has(self, name: str) -> bool:
        """Whether the list names the person, a slip in the spelling forgiven (that is a finding of its own)."""
        names = self._all if len(self._all) <= _LONG_LIST else self._alike[_capitals(name)][:_LONG_LIST]
        return any(same_person(name, each) or similar_person(name, each) for each in names)


def _mentions(subject: Subject) -> Iterator[Mention]:
    for row in subject.rows:
        for responsible in row.measure.responsibles:
            if responsible.kind is ResponsibleKind.PERSON:
                where = f"мероприятие {row.label}"
                yield _mention(responsible.name, where, row.roadmap_index, row.index, row.measure.place)
    order = subject.order
    for name in order.acquainted:
        yield _mention(name, "список «Ознакомлены»")
    for each, where in ((order.control, "контроль"), (order.signatory, "подпись")):
        if each is not None and each.name:
            yield _mention(each.name, where)
    for approval in order.approvals:
        if approval.name:
            yield _mention(approval.name, "гриф")


def _mention(
    name: str, where: str, roadmap: int | None = None, measure: int | None = None, place: Place | None = None
) -> Mention:
    """Letters of the surname but the first are small, so the capitals are the initials of all three parts."""
    return Mention(name, where, _capitals(name), roadmap, measure, place)


def _capitals(name: str) -> str:
    return "".join(sorted(_CAPITALS.findall(name)))


def _spelling(name: str) -> str:
    """The words of a name, then its initials in their order: «Лосев Н.А.» and «Н. А. Лосев» are spelt alike."""
    words = re.split(r"[\s.]+", folded(name).strip(" ."))
    return " ".join(sorted(word for word in words if len(word) > 1) + [word for word in words if len(word) == 1])
