"""What the header gives: the order, the annexes it declares, and the heading above every data table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vekha.orders.model import Order, Programme
from vekha.problems import Place, Problem


class AnnexKind(StrEnum):
    """What an annex is: a roadmap, a list of indicators, or something that is not read as a table of either."""

    ROADMAP = "roadmap"
    INDICATORS = "indicators"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AnnexDeclaration:
    """One annex the order's items say it has; ``number`` is ``None`` for the only annex or an unnumbered one."""

    number: str | None
    kind: AnnexKind
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """The heading that introduces a data table; ``title`` is ``None`` where nothing stands between two parts of a table.

    ``programme`` is what the heading names, or what the whole order is about where the heading names nothing.
    """

    title: str | None
    year: int | None
    programme: Programme
    annex_number: str | None
    kind: AnnexKind
    place: Place


@dataclass(frozen=True, slots=True)
class OrderData:
    """Everything the text around the data tables says; ``order`` is ``None`` for a document that is only a table.

    ``order.annexes_found`` is left at 0: who reads the tables knows it. ``headings`` has an entry for every data table, by its
    index among the blocks. ``default_year`` is the one year that the order's title, items or headings name, if it is one.
    ``abbreviations`` maps the long form to the short one of every «(далее – …)».
    """

    order: Order | None
    annexes: tuple[AnnexDeclaration, ...] = ()
    headings: Mapping[int, AnnexHeading] = field(default_factory=dict)
    programme: Programme = Programme.OTHER
    default_year: int | None = None
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
