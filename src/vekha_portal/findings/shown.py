"""What pages show of a finding: words, colours, addresses; worked out for a whole page with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from vekha_portal.findings.bridge import place_words
from vekha_portal.findings.corrections.offers import Offer, list_offers
from vekha_portal.findings.models import CheckRun, Finding, FindingQuerySet, Severity, Waiver
from vekha_portal.findings.permissions import can_correct, can_waive
from vekha_portal.findings.queries import list_waivers
from vekha_portal.findings.rulebook import title_of
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Measure, Revision
from vekha_portal.ui.components import Chart, Series
from vekha_portal.ui.tones import State, Tone

STATES = {
    Severity.ERROR: State("ошибка", Tone.BAD),
    Severity.WARNING: State("предупреждение", Tone.ATTENTION),
    Severity.NOTE: State("примечание", Tone.QUIET, "info-circle"),
}
_PARTS = {
    "deadline": "срок",
    "responsibles": "ответственные",
    "documents": "документы",
    "text": "мероприятие",
    "document": "весь документ",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding on a page."""

    finding: Finding
    state: State
    rule_title: str
    where: str
    where_url: str
    subject: str
    subject_url: str
    waiver: Waiver | None = None
    offers: tuple[Offer, ...] = ()
    may_waive: bool = False
    is_waived: bool = False


def show(
    findings: Sequence[Finding], scope: Scope, *, measures: Mapping[Any, Measure] | None = None, year: int | None = None
) -> list[Shown]:
    """Findings as a page shows them; two queries, for their waivers and the places of their measures."""
    waivers = list_waivers(
        [each.fingerprint for each in findings],
        roadmaps=[each.roadmap_id for each in findings if each.roadmap_id],
        waves=[each.wave_id for each in findings if each.wave_id],
    )
    places = list_places(findings)
    return [_show(each, scope, waivers, places, measures or {}, year) for each in findings]


def list_places(findings: Iterable[Finding]) -> dict[Any, int]:
    """The row of every measure that is spoken of, by its revision and key."""
    named = [(each.revision_id, each.measure_key) for each in findings if each.revision_id and each.measure_key]
    rows = Measure.objects.filter(revision__in={each for each, _ in named}, key__in={key for _, key in named})
    return {(revision, key): pk for revision, key, pk in rows.values_list("revision_id", "key", "pk")}


def address_of(name: str, *arguments: Any) -> str:
    """The address of a page of another app; empty where that page is not part of this portal."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def list_codes(rows: FindingQuerySet) -> list[tuple[str, str]]:
    """The rules that found something, for a filter."""
    codes = sorted(set(rows.order_by().values_list("rule", flat=True).distinct()))
    return [(code, f"{code} {title_of(code)}".strip()) for code in codes]


def subject_of(finding: Finding) -> tuple[str, str]:
    """What a finding is about, and its page."""
    if finding.revision is not None and finding.roadmap is not None:
        draft = ", черновик" if finding.revision.is_draft else f", {finding.revision}"
        return f"{finding.roadmap}{draft}", reverse("findings_roadmap", args=[finding.revision_id])
    return f"Волна: {finding.wave}", address_of("oversight_wave", finding.wave_id)


def draw_trend(runs: Iterable[CheckRun]) -> Chart | None:
    """How many findings each run had; nothing to draw from one run."""
    known = list(runs)
    if len(known) < 2:
        return None
    named = (("ошибки", "errors"), ("предупреждения", "warnings"), ("примечания", "notes"))
    series = tuple(Series(name, tuple(getattr(run, column) for run in known)) for name, column in named)
    return Chart("Замечания по проверкам", tuple(f"{run.checked_at:%d.%m %H:%M}" for run in known), series)


def address_of_revision(revision: Revision) -> str:
    """Where a revision is read: a draft on the page of its review, an approved one on its own."""
    if revision.is_draft:
        return address_of("orders_review", revision.pk)
    return address_of("roadmap_measures", revision.roadmap_id)


def _show(
    finding: Finding,
    scope: Scope,
    waivers: Mapping[Any, Waiver],
    places: Mapping[Any, int],
    measures: Mapping[Any, Measure],
    year: int | None,
) -> Shown:
    known: Any = finding
    waiver = waivers.get((finding.roadmap_id, finding.wave_id, finding.fingerprint))
    subject, address = subject_of(finding)
    may_correct = bool(measures) and can_correct.test(scope, finding)
    measure = measures.get(finding.measure_key)
    return Shown(
        finding=finding,
        state=STATES[Severity(finding.severity)],
        rule_title=title_of(finding.rule),
        where=_where(finding),
        where_url=_where_address(finding, places),
        subject=subject,
        subject_url=address,
        waiver=waiver if known.is_waived else None,
        offers=list_offers(finding, measure, year=year) if may_correct else (),
        may_waive=finding.gone_at is None and can_waive.test(scope, finding),
        is_waived=known.is_waived,
    )


def _where_address(finding: Finding, places: Mapping[Any, int]) -> str:
    if finding.revision is not None:
        address, place = address_of_revision(finding.revision), places.get((finding.revision_id, finding.measure_key))
        return f"{address}#measure-{place}" if address and place else address
    milestone = finding.place.get("milestone")
    return address_of("execution_milestone", milestone) if milestone else ""


def _where(finding: Finding) -> str:
    number = f"№ {finding.measure_number}" if finding.measure_number else ""
    parts = (finding.about, number, _PARTS.get(finding.part, ""), place_words(finding.place))
    whole = "вся карта" if finding.revision_id else "вся волна"
    return ", ".join(part for part in parts if part) or whole
