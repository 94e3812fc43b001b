"""Reads of a wave for its rules: seven queries, however many centres."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Max, Q
from django.utils import timezone

from vekha_portal.accounts.models import Deputy, RoleAssignment
from vekha_portal.centres.models import Wave
from vekha_portal.execution.models import Milestone
from vekha_portal.execution.proof import Proof
from vekha_portal.orders.models import ExpectedDocument, Responsible
from vekha_portal.oversight.facts import Absence, Answerable, Expected, Handed, Point, WaveFacts, group_points
from vekha_portal.oversight.stages.bridge import evidence_name, order_of_work, period_name

_COLUMNS = (
    "pk", "measure_id", "measure_key", "measure__number", "measure__text", "measure__items", "item", "stage", "period",
    "organisation_id", "centre_id", "planned_on", "due_on", "superior__due_on", "progress", "documented_on",
    "centre__organisation__name", "centre__organisation__short_name", "centre__name",
)  # fmt: skip


def read_wave(wave: Wave, *, day: datetime.date) -> WaveFacts:
    """A wave as the rules see it on a day."""
    rows = list(Milestone.objects.in_force().filter(wave=wave).order_by("pk").values_list(*_COLUMNS, named=True))
    measures = {row.measure_id for row in rows}
    documents = _read_documents(wave)
    expected = _read_expected(measures)
    people, absences = _read_people(measures, day)
    points = tuple(
        _point(row, expected.get(row.measure_id, ()), documents.get(row.pk, ()), people.get(row.measure_id, ()))
        for row in rows
    )
    return WaveFacts(wave.pk, day, points, absences, order_of_work(), group_points(points))


def list_open_waves() -> list[int]:
    """Waves that are not over."""
    return list(Wave.objects.filter(closed_on=None).order_by("pk").values_list("pk", flat=True))


def _point(
    row: Any, expected: tuple[Expected, ...], documents: tuple[Handed, ...], people: tuple[Answerable, ...]
) -> Point:
    items = row.measure__items or []
    of_item = row.item is not None and row.item < len(items)
    place = row.centre__name or row.centre__organisation__short_name or row.centre__organisation__name or ""
    return Point(
        id=row.pk,
        measure=row.measure_key,
        number=row.measure__number,
        text=items[row.item] if of_item else row.measure__text,
        stage=row.stage,
        organisation=row.organisation_id,
        place=place,
        centre=row.centre_id,
        period=row.period,
        period_words=period_name(row.period),
        planned_on=row.planned_on,
        due_on=row.due_on,
        superior_due_on=row.superior__due_on,
        progress=row.progress,
        documented_on=row.documented_on,
        required=tuple(each for each in expected if each.item is None or row.item is None or each.item == row.item),
        documents=documents,
        people=people,
    )


def _read_documents(wave: Wave) -> dict[int, tuple[Handed, ...]]:
    rows: Any = Proof.objects.live().with_outcome().filter(milestone__wave=wave).order_by("pk")
    found: dict[int, list[Handed]] = defaultdict(list)
    named = rows.annotate(
        kind=F("evidence__evidence_type"), title=F("evidence__title"), file=F("evidence__file__name"),
        sum=F("evidence__file__sha256"), said_on=F("evidence__dated_on"),
    ).values_list(
        "milestone_id", "evidence_id", "kind", "title", "file", "sum", "dated_on", "said_on", "submitted_at", "outcome",
        "expected_key", named=True,
    )  # fmt: skip
    for row in named:
        found[row.milestone_id].append(
            Handed(
                evidence=row.evidence_id,
                type=row.kind,
                name=row.title or row.file or evidence_name(row.kind),
                submitted_on=timezone.localdate(row.submitted_at),
                dated_on=row.dated_on or row.said_on,
                sha256=row.sum or "",
                outcome=row.outcome,
                expected=row.expected_key,
            )
        )
    return {milestone: tuple(handed) for milestone, handed in found.items()}


def _read_expected(measures: Iterable[int]) -> dict[int, tuple[Expected, ...]]:
    rows = ExpectedDocument.objects.filter(measure__in=measures, removed_at=None, is_required=True)
    found: dict[int, list[Expected]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        words = row.text or evidence_name(row.evidence_type)
        found[row.measure_id].append(Expected(row.key, row.evidence_type, words, row.minimum, row.item))
    return {measure: tuple(wanted) for measure, wanted in found.items()}


def _read_people(
    measures: Iterable[int], day: datetime.date
) -> tuple[dict[int, tuple[Answerable, ...]], Mapping[int, tuple[Absence, ...]]]:
    """The people whom measures name, the end of their roles, and when they are away from that day on."""
    named = list(
        Responsible.objects.filter(measure__in=measures, removed_at=None, mapped_person__isnull=False)
        .select_related("mapped_person")
        .order_by("position", "pk")
    )
    persons = {each.mapped_person_id for each in named if each.mapped_person_id is not None}
    ends = _read_ends(persons)
    found: dict[int, list[Answerable]] = defaultdict(list)
    for each in named:
        if each.mapped_person is not None:
            person = each.mapped_person
            found[each.measure_id].append(Answerable(person.pk, person.short_name, ends.get(person.pk)))
    return {measure: tuple(people) for measure, people in found.items()}, _read_absences(persons, day)


def _read_ends(persons: Iterable[int]) -> dict[int, datetime.date | None]:
    """The last day on which each holds any role; nothing where one role has no end."""
    rows = RoleAssignment.objects.filter(person__in=persons).order_by().values("person_id")
    ends: dict[int, datetime.date | None] = {}
    for row in rows.annotate(last=Max("until"), endless=Max("pk", filter=Q(until=None))):
        ends[row["person_id"]] = None if row["endless"] is not None else row["last"]
    return ends


def _read_absences(persons: Iterable[int], day: datetime.date) -> dict[int, tuple[Absence, ...]]:
    found: dict[int, list[Absence]] = defaultdict(list)
    rows = Deputy.objects.filter(principal__in=persons, until__gte=day).select_related("deputy").order_by("since", "pk")
    for row in rows:
        found[row.principal_id].append(Absence(row.principal_id, row.since, row.until, row.deputy.short_name))
    return {person: tuple(away) for person, away in found.items()}
