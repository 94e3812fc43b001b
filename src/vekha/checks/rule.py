"""What a rule is: its code and page, and the function that gives the violations of one subject."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vekha.checks.subject import Row, Subject
from vekha.problems import Place, Severity

_CODE = re.compile(r"[A-Z]{2}\d{2}")
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Family(StrEnum):
    """What a rule is about; the members stand in the order in which people read findings."""

    STRUCTURE = "structure"
    DEADLINES = "deadlines"
    RESPONSIBLES = "responsibles"
    CONFORMITY = "conformity"
    INDICATORS = "indicators"
    REFERENCES = "references"


FAMILY_TITLES = {
    Family.STRUCTURE: "Документ",
    Family.DEADLINES: "Сроки",
    Family.RESPONSIBLES: "Ответственные",
    Family.CONFORMITY: "Соответствие образцу",
    Family.INDICATORS: "Показатели",
    Family.REFERENCES: "Ссылки на акты",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing a rule objects to: a Russian sentence that quotes the document, what to do, and where it is.

    ``roadmap`` and ``measure`` are indices; both are ``None`` for what concerns the whole document. ``day`` is the date it is
    about. ``severity`` is given only where one case of a rule weighs otherwise than the rule.
    """

    message: str
    hint: str
    roadmap: int | None = None
    measure: int | None = None
    place: Place | None = None
    day: date | None = None
    severity: Severity | None = None


Check = Callable[[Subject], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue; ``covers`` are the codes of reading problems that it tells about in its own words.

    ``needs_reference`` is true where there is nothing to say without a document to compare with.
    """

    code: str
    slug: str
    family: Family
    severity: Severity
    basis: str
    title: str
    page: str
    check: Check = field(repr=False)
    covers: tuple[str, ...] = ()
    needs_reference: bool = False


def rule(
    code: str,
    *,
    slug: str,
    family: Family,
    severity: Severity,
    basis: str,
    covers: tuple[str, ...] = (),
    needs_reference: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function whose docstring is the rule's page.

    Raises ``ValueError`` for a code or slug of another form, and for a function without a page.
    """
    if not _CODE.fullmatch(code) or not _SLUG.fullmatch(slug):
        raise ValueError(f"a rule is called like DL04 and due-on-day-off, not {code} and {slug}")

    def make(check: Check) -> Rule:
        page = inspect.cleandoc(check.__doc__ or "")
        if not page:
            raise ValueError(f"rule {code} has no page")
        title = page.partition("\n")[0].rstrip(".")
        return Rule(code, slug, family, severity, basis, title, page, check, covers, needs_reference)

    return make


def at(row: Row, message: str, hint: str, *, day: date | None = None, severity: Severity | None = None) -> Violation:
    """The violation of one measure, placed where the measure stands."""
    return Violation(message, hint, row.roadmap_index, row.index, row.measure.place, day, severity)
