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
from vekha_portal.orders.actions.rights import locked_revision, same_version
from vekha_portal.orders.models import ExpectedDocument, Measure, Responsible, Revision

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
    measures = Measure.objects.select_for_update().filter(revision=revision, removed_at=None).order_by("pk")
    own = next((each for each in measures if each.key == row.measure_key), None)
    offers = list_offers(row, own, year=revision.roadmap.subsidy_year)
    chosen = next((each for each in offers if each.kind == kind), None)
    if own is None or chosen is None:
        raise Refused(GONE)
    same_version(version, own)
    if kind == CYRILLIC:
        changed = _all_in_cyrillic(list(measures))
    else:
        own.deadline = chosen.after
        own.version += 1
        own.save(update_fields=["deadline", "version"])
        changed = {str(own.pk): {"deadline": [chosen.before, chosen.after]}}
    _note(revision, row, changed, by, at)
    check_now(revision_id=revision.pk, occasion=Occasion.CHANGE, by=by, at=at)


def _note(revision: Revision, finding: Finding, changed: Any, by: Person, at: datetime.datetime) -> None:
    data = {"rule": finding.rule, "finding": finding.pk, "measures": changed}
    record("finding-corrected", by=by, about=revision, at=at, data=data)


def _all_in_cyrillic(measures: list[Measure]) -> dict[str, Any]:
    """One word stands in many cells: all measures of the draft are put right at once."""
    changed: dict[str, Any] = {}
    parts = _fix_parts(measures)
    for each in measures:
        found = {name: in_cyrillic(getattr(each, name)) for name in _TEXTS}
        found = {name: value for name, value in found.items() if value != getattr(each, name)}
        items = [in_cyrillic(item) for item in each.items]
        if not found and items == each.items and each.pk not in parts:
            continue
        changed[str(each.pk)] = {name: [getattr(each, name), value] for name, value in found.items()}
        for name, value in found.items():
            setattr(each, name, value)
        each.items = items
        each.version += 1
        each.save(update_fields=[*_TEXTS, "items", "version"])
    return changed


def _fix_parts(measures: list[Measure]) -> set[int]:
    """Responsibles and documents in Russian letters; gives the measures that have some."""
    touched = set()
    within = {"measure__in": [each.pk for each in measures], "removed_at": None}
    for person in Responsible.objects.select_for_update().filter(**within).order_by("pk"):
        name, post = in_cyrillic(person.name), in_cyrillic(person.post)
        if (name, post) != (person.name, person.post):
            person.name, person.post = name, post
            person.save(update_fields=["name", "post"])
            touched.add(person.measure_id)
    for document in ExpectedDocument.objects.select_for_update().filter(**within).order_by("pk"):
        text = in_cyrillic(document.text)
        if text != document.text:
            document.text = text
            document.save(update_fields=["text"])
            touched.add(document.measure_id)
    return touched
