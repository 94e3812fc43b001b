"""What is offered to put a finding right: a verb, what it would write, and the version of the measure it was seen in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vekha_portal.findings.corrections.bridge import moved, workdays_around
from vekha_portal.findings.models import Finding
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.ui.russian import WEEKDAYS_SHORT

PREVIOUS, NEXT, CYRILLIC = "previous", "next", "cyrillic"


@dataclass(frozen=True, slots=True)
class Offer:
    """One correction of one finding; ``after`` is the new phrase of a deadline."""

    kind: str
    label: str
    version: int
    before: str = ""
    after: str = ""


def list_measures_of(revision: Revision, findings: Iterable[Finding]) -> Mapping[Any, Measure]:
    """The measures the findings are about, by key; none are corrected in a revision that is no draft."""
    keys = {each.measure_key for each in findings if each.measure_key is not None}
    if not keys or not revision.is_draft:
        return {}
    return {each.key: each for each in Measure.objects.filter(revision=revision, key__in=keys, removed_at=None)}


def list_offers(finding: Finding, measure: Measure | None, *, year: int | None = None) -> tuple[Offer, ...]:
    """What may be done with one click: only where it is certain what was meant."""
    if measure is None or finding.gone_at is not None:
        return ()
    match finding.rule:
        case "DL04":
            return tuple(_other_days(finding, measure, year))
        case "ST14":
            return (Offer(CYRILLIC, "Заменить латинские буквы русскими", measure.version),)
        case _:
            return ()


def _other_days(finding: Finding, measure: Measure, year: int | None) -> Iterable[Offer]:
    if finding.day is None:
        return
    for kind, day in zip((PREVIOUS, NEXT), workdays_around(finding.day, region=finding.region_id or ""), strict=True):
        phrase = moved(measure.deadline, day, year=year)
        if phrase and phrase != measure.deadline:
            label = f"На {WEEKDAYS_SHORT[day.weekday()]} {day:%d.%m.%Y}"
            yield Offer(kind, label, measure.version, measure.deadline, phrase)
