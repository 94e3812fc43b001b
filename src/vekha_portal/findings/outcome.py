"""What a run of rules brings, as plain values: the same for rules over an order and for rules over a wave."""

from __future__ import annotations

import datetime
import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: The part of what is said of the whole document and not of one of its roadmaps.
DOCUMENT = "document"
_QUOTED = re.compile(r"«([^«»]*(?:«[^«»]*»[^«»]*)*)»")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a rule objects to. ``essence`` is what makes it this finding and no other of the same rule and place.

    ``reference`` says what it was compared with; ``organisation`` and ``about`` are for findings about one centre of a wave.
    """

    rule: str
    severity: str
    message: str
    hint: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)
    measure_key: uuid.UUID | None = None
    number: str = ""
    part: str = ""
    day: datetime.date | None = None
    reference: str = ""
    essence: tuple[str, ...] = ()
    organisation: int | None = None
    about: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same defect in every run; other wording of the rule or another number of days does not change it."""
        parts = [self.rule, self.reference, str(self.measure_key or ""), str(self.day or ""), *self.essence]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that neither passed nor objected."""

    rule: str
    slug: str
    error: str

    def to_json(self) -> dict[str, str]:
        """As it is kept with the run."""
        return {"rule": self.rule, "slug": self.slug, "error": self.error}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run: what was found, which rules crashed, under which rules."""

    found: tuple[Found, ...]
    crashes: tuple[Crash, ...]
    rules_version: str

    def by_fingerprint(self) -> dict[str, Found]:
        """Findings by fingerprint; those that are the same to it are counted apart in the order of the document."""
        known: dict[str, Found] = {}
        for each in self.found:
            unique, count = each, 2
            while unique.fingerprint in known:
                unique = _numbered(each, count)
                count += 1
            known[unique.fingerprint] = unique
        return known


def quotes_of(message: str) -> tuple[str, ...]:
    """What a message quotes: the document's own words, which stay when the rule is worded better.

    >>> quotes_of("Латинские буквы в слове «MAOU» (2 раза): пишется «МАОУ».")
    ('MAOU', 'МАОУ')
    """
    return tuple(_QUOTED.findall(message))


def count_severities(found: Iterable[Found]) -> dict[str, int]:
    """How many of each severity.

    >>> count_severities([Found("DL04", "warning", "…")])
    {'error': 0, 'warning': 1, 'note': 0}
    """
    counts = {"error": 0, "warning": 0, "note": 0}
    for each in found:
        counts[each.severity] = counts.get(each.severity, 0) + 1
    return counts


def _numbered(found: Found, count: int) -> Found:
    return Found(
        **{name: getattr(found, name) for name in Found.__dataclass_fields__ if name != "essence"},
        essence=(*found.essence, str(count)),
    )
