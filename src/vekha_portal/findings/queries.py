"""Reads of findings: what has changed since it was checked, lists with filters, the trend of a roadmap."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from vekha_portal.findings.models import CheckRun, Finding, FindingQuerySet, Severity, Waiver
from vekha_portal.findings.outcome import DOCUMENT
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Order, Revision

#: Everything an order says, as it stands in the rows: another sum means that there is something to check again.
_MARKS = """
select said.basis_id, md5(string_agg(said.sum, '' order by said.sum)) from (
  select r.basis_id, md5(m::text) as sum from orders_measure m join orders_revision r on r.id = m.revision_id
    where r.basis_id = any(%(orders)s) and r.withdrawn_at is null
  union all
  select r.basis_id, md5(p::text) from orders_responsible p join orders_measure m on m.id = p.measure_id
    join orders_revision r on r.id = m.revision_id where r.basis_id = any(%(orders)s) and r.withdrawn_at is null
  union all
  select r.basis_id, md5(d::text) from orders_expecteddocument d join orders_measure m on m.id = d.measure_id
    join orders_revision r on r.id = m.revision_id where r.basis_id = any(%(orders)s) and r.withdrawn_at is null
  union all
  select r.basis_id, md5(i::text) from orders_listedindicator i join orders_revision r on r.id = i.revision_id
    where r.basis_id = any(%(orders)s) and r.withdrawn_at is null
  union all
  select r.basis_id, md5(c::text) from orders_roadmap c join orders_revision r on r.roadmap_id = c.id
    where r.basis_id = any(%(orders)s) and r.withdrawn_at is null
  union all
  select o.id, md5(o::text) from orders_order o where o.id = any(%(orders)s)
) said group by said.basis_id
"""
#: The gravest first.
WEIGHT = Case(
    When(severity=Severity.ERROR, then=Value(0)),
    When(severity=Severity.WARNING, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty means any. ``state`` is «open», «waived» or «gone»."""

    severity: str = ""
    rule: str = ""
    state: str = "open"
    about: str = ""
    words: str = ""


def list_marks(orders: Iterable[int]) -> dict[int, str]:
    """The sum of what each order says now."""
    wanted = sorted(set(orders))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, {"orders": wanted})
        return dict(cursor.fetchall())


def list_unchecked(rules_version: str, *, limit: int) -> list[Revision]:
    """Revisions that changed since they were checked, under these rules or at all; those never checked first.

    A draft is compared by what it says; an approved revision does not change and needs one run after its approval.
    """
    current = CheckRun.objects.filter(revision=OuterRef("pk"), is_current=True)
    fresh = current.filter(checked_at__gte=OuterRef("approved_at"), rules_version=rules_version)
    rows: Any = (
        Revision.objects.filter(withdrawn_at=None)
        .annotate(is_fresh=Exists(fresh))
        .filter(Q(approved_at=None) | Q(is_fresh=False))
        .order_by("-pk")
    )
    found: list[Revision] = list(rows)
    marks = list_marks(each.basis_id for each in found if each.approved_at is None)
    checked = dict(
        CheckRun.objects.filter(revision__in=[each.pk for each in found], is_current=True).values_list(
            "revision_id", "mark"
        )
    )
    waiting = [
        each
        for each in found
        if each.approved_at is not None
        or checked.get(each.pk) != full_mark(marks.get(each.basis_id, ""), rules_version)
    ]
    return sorted(waiting, key=lambda each: each.pk in checked)[:limit]


def full_mark(mark: str, rules_version: str) -> str:
    """What a run keeps: the sum of the order and the rules it was judged by."""
    return f"{mark}/{rules_version}"[:64]


def get_revision(revision_id: int) -> Revision:
    """A revision with all that a check of it reads."""
    return Revision.objects.select_related(
        "roadmap__programme", "roadmap__region", "organisation", "basis__reading__file", "basis__organisation"
    ).get(pk=revision_id)


def list_findings(scope: Scope, filters: Filters, *, day: datetime.date) -> FindingQuerySet:
    """Findings the scope sees, with ``is_waived``, the gravest first where nothing else is asked."""
    rows: Any = Finding.objects.visible_to(scope)
    rows = rows.with_waiver(day).annotate(weight=WEIGHT)
    match filters.state:
        case "gone":
            rows = rows.filter(gone_at__isnull=False)
        case "waived":
            rows = rows.filter(gone_at=None, is_waived=True)
        case "open":
            rows = rows.filter(gone_at=None, is_waived=False)
        case _:
            rows = rows.filter(gone_at=None)
    if filters.severity:
        rows = rows.filter(severity=filters.severity)
    if filters.rule:
        rows = rows.filter(rule=filters.rule)
    if filters.words:
        rows = rows.filter(Q(message__icontains=filters.words) | Q(about__icontains=filters.words))
    match filters.about:
        case "drafts":
            rows = rows.filter(revision__isnull=False, revision__approved_at=None)
        case "roadmaps":
            rows = rows.filter(revision__approved_at__isnull=False)
        case "waves":
            rows = rows.filter(wave__isnull=False)
        case _:
            pass
    return rows  # type: ignore[no-any-return]  # one queryset all along


def list_trend(revision: Revision) -> list[CheckRun]:
    """The runs of a roadmap's revisions, oldest first; of many, the last sixty."""
    rows = CheckRun.objects.filter(revision__roadmap_id=revision.roadmap_id).order_by("-checked_at", "-pk")[:60]
    return list(reversed(rows))


def current_run(revision: Revision) -> CheckRun | None:
    """The last run of a revision."""
    return CheckRun.objects.filter(revision=revision, is_current=True).select_related("checked_by").first()


def list_waivers(fingerprints: Sequence[str], *, roadmaps: Sequence[int], waves: Sequence[int]) -> dict[Any, Waiver]:
    """Waivers that nobody revoked, by roadmap or wave and fingerprint."""
    rows = Waiver.objects.filter(
        Q(roadmap__in=roadmaps) | Q(wave__in=waves), fingerprint__in=fingerprints, revoked_at=None
    ).select_related("made_by")
    return {(each.roadmap_id, each.wave_id, each.fingerprint): each for each in rows}


def list_order_findings(order: Order, *, day: datetime.date) -> list[Finding]:
    """The open findings of everything an order brings, each once: what is said of the whole document stands with its every roadmap."""
    rows: Any = Finding.objects.filter(revision__basis=order, revision__withdrawn_at=None, gone_at=None)
    rows = rows.with_waiver(day).annotate(weight=WEIGHT).select_related("roadmap", "revision")
    known: dict[tuple[int | None, str], Finding] = {}
    for each in rows.order_by("roadmap__position", "weight", "rule", "pk"):
        key = (None if each.part == DOCUMENT else each.roadmap_id, each.fingerprint)
        known.setdefault(key, each)
    return list(known.values())


def count_by_severity(rows: FindingQuerySet) -> dict[str, int]:
    """How many findings of each severity."""
    counted: Any = rows.order_by().values_list("severity").annotate(count=Count("pk"))
    return dict(counted)
