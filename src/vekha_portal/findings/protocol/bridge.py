"""The only door to the engine that writes protocols: findings of an order as a DOCX file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from vekha.documents.protocol.docx import write_protocol
from vekha.documents.protocol.model import Protocol, Remark, Section
from vekha.problems import Severity
from vekha_portal.findings.bridge import place_words
from vekha_portal.findings.models import CheckRun, Finding, Waiver
from vekha_portal.findings.outcome import DOCUMENT
from vekha_portal.findings.rulebook import find_page, list_pages
from vekha_portal.orders.models import Order

__all__ = ["draw_up"]


def draw_up(
    order: Order,
    findings: Sequence[Finding],
    *,
    runs: Sequence[CheckRun],
    waivers: Mapping[Any, Waiver],
    by: str,
    day: datetime.date,
) -> bytes:
    """The protocol of the last check of everything an order brings; ``by`` is who draws it up."""
    whole = [each for each in findings if each.part == DOCUMENT]
    sections = [Section("Документ в целом", _remarks(whole, waivers))] if whole else []
    roadmaps = {run.revision.roadmap_id: run.revision.roadmap for run in runs if run.revision is not None}
    for roadmap in sorted(roadmaps.values(), key=lambda each: each.position):
        own = [each for each in findings if each.part != DOCUMENT and each.roadmap_id == roadmap.pk]
        sections.append(Section(str(roadmap), _remarks(own, waivers)))
    crashed = dict.fromkeys(str(crash["rule"]) for run in runs for crash in run.crashes)
    latest = max((run.checked_at for run in runs), default=None)
    reading = order.reading
    return write_protocol(
        Protocol(
            about=str(order),
            subject=order.title,
            organisation=str(order.organisation),
            source=reading.file.name if reading is not None else "внесено без файла",
            drawn_up_on=day,
            checked=f"{timezone.localtime(latest):%d.%m.%Y в %H:%M}" if latest is not None else "не проверялся",
            rules=f"{len(list_pages())}, версия {runs[0].rules_version}" if runs else "",
            sections=tuple(sections),
            crashed=tuple(code for code in crashed if code),
            drawn_up_by=by,
        )
    )


def _remarks(findings: Iterable[Finding], waivers: Mapping[Any, Waiver]) -> tuple[Remark, ...]:
    return tuple(_remark(each, waivers.get((each.roadmap_id, each.wave_id, each.fingerprint))) for each in findings)


def _remark(finding: Finding, waiver: Waiver | None) -> Remark:
    page = find_page(finding.rule)
    number = f"№ {finding.measure_number}" if finding.measure_number else ""
    compared = f"Сравнение: {finding.reference}." if finding.reference else ""
    left = (
        f"Принято по {waiver.ends_on:%d.%m.%Y}: {waiver.reason} ({waiver.made_by}, {timezone.localtime(waiver.made_at):%d.%m.%Y})."
        if waiver is not None and vars(finding).get("is_waived")
        else ""
    )
    return Remark(
        rule=finding.rule,
        severity=Severity(finding.severity),
        place=", ".join(part for part in (number, place_words(finding.place)) if part),
        text=" ".join(part for part in (finding.message, compared) if part),
        advice=finding.hint,
        basis=page.basis if page is not None else "",
        waiver=left,
    )
