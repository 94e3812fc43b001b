"""The write of a correction: an edit of the draft like any other, by whoever may edit it, and a check after it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from vekha_portal.accounts.models import Person
from vekha_portal.findings.corrections.bridge import in_cyrillic
from vekha_portal.findings.corrections.offers import CYRILLIC, list_offers
from vekha_portal.findings.models import Finding, Occasion
from vekha_portal.findings.permissions import can_correct
from vekha_portal.findings.runs import check_now
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.actions.editing import record_change, save_measure
from vekha_portal.orders.actions.measures import Reviewer, change_measure
from vekha_portal.orders.actions.rights import locked_revision, same_version
from vekha_portal.orders.models import ExpectedDocument, Measure, Responsible

_TEXTS = ("text", "section", "deadline")
GONE = "Исправлять уже нечего: замечание снято или мероприятие исключено. Обновите страницу."


@transaction.atomic
def correct(*, finding: Finding, kind: str, version: int, by: Person, scope: Scope, at: datetime.datetime) -> None:
    """Put a finding right in the draft it stands in, then check the draft again."""
    if finding.revision is None:
        raise Refused("Это замечание исправляют в самой волне, а не в распоряжении.")
    revision = locked_revision(finding.revision, scope, can_correct)
    if not revision.is_draft:
        raise Refused("Редакция утверждена и не меняется. Исправление вносят новой редакцией.")
    row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    measures = list(Measure.objects.filter(revision=revision, removed_at=None).order_by("pk"))
    own = next((each for each in measures if each.key == row.measure_key), None)
    chosen = {each.kind: each for each in list_offers(row, own, year=revision.roadmap.subsidy_year)}.get(kind)
    if own is None or chosen is None:
        raise Refused(GONE)
    same_version(version, own)
    reviewer = Reviewer(by, scope, at)
    if kind == CYRILLIC:
        for each in measures:
            _in_cyrillic(each, reviewer)
    else:
        change_measure(measure=own, version=version, values={"deadline": chosen.after}, reviewer=reviewer)
    record("finding-corrected", by=by, about=revision, at=at, data={"rule": row.rule, "finding": row.pk, "kind": kind})
    check_now(revision_id=revision.pk, occasion=Occasion.CHANGE, by=by, at=at)


def _in_cyrillic(measure: Measure, reviewer: Reviewer) -> None:
    """One word stands in many cells: every measure of the draft is put right, with its responsibles and documents."""
    values: dict[str, Any] = {name: in_cyrillic(getattr(measure, name)) for name in _TEXTS}
    values["items"] = [in_cyrillic(item) for item in measure.items]
    changed = change_measure(measure=measure, version=measure.version, values=values, reviewer=reviewer)
    within = {"measure": measure, "removed_at": None}
    parts = {
        "ответственные": _fix(Responsible.objects.filter(**within), ("name", "post")),
        "документы": _fix(ExpectedDocument.objects.filter(**within), ("text",)),
    }
    told = {name: texts for name, texts in parts.items() if texts}
    if told:
        save_measure(changed)
        record_change("measure-changed", changed, **reviewer.signature, data=told)


def _fix(rows: Any, fields: tuple[str, ...]) -> list[str]:
    """The new texts of what had Latin letters."""
    told: list[str] = []
    for row in rows.select_for_update().order_by("pk"):
        changed = {name: text for name in fields if (text := in_cyrillic(getattr(row, name))) != getattr(row, name)}
        if changed:
            for name, text in changed.items():
                setattr(row, name, text)
            row.save(update_fields=list(changed))
            told += changed.values()
    return told
