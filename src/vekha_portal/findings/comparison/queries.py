"""Reads of comparisons: what may be put side by side, and the deadlines of one stage in every region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vekha_portal.findings.comparison.bridge import last_day
from vekha_portal.findings.comparison.values import RegionLine, Spread, spread_of
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Measure, Revision, Roadmap
from vekha_portal.orders.reads import read_revisions
from vekha_portal.registry.models import OrganisationKind

#: Longer lists are chosen from by region, programme and year.
MOST_CHOICES = 300
_REGIONAL = (OrganisationKind.REGIONAL_BODY, OrganisationKind.REGIONAL_OPERATOR)


@dataclass(frozen=True, slots=True)
class Filters:
    """Of which roadmaps to choose; empty means any."""

    region: str = ""
    programme: str = ""
    year: int | None = None


def list_choices(scope: Scope, filters: Filters) -> list[Revision]:
    """The revisions one may compare, the newest first."""
    rows: Any = read_revisions(scope).filter(withdrawn_at=None)
    if filters.region:
        rows = rows.filter(region_id=filters.region)
    if filters.programme:
        rows = rows.filter(roadmap__programme_id=filters.programme)
    if filters.year:
        rows = rows.filter(roadmap__subsidy_year=filters.year)
    return list(_with_names(rows).order_by("-pk")[:MOST_CHOICES])


def find_choice(scope: Scope, revision_id: int) -> Revision | None:
    """One revision the scope sees, with what a comparison reads of it."""
    rows: Any = read_revisions(scope)
    return _with_names(rows).select_related("basis__reading").filter(pk=revision_id).first()  # type: ignore[no-any-return]


def list_region_lines(scope: Scope, *, programme: str, year: int, stage: str) -> tuple[list[RegionLine], Spread | None]:
    """The deadline of a stage in every region whose roadmap one sees: two queries, however many regions."""
    rows: Any = read_revisions(scope).filter(
        approved_at__isnull=False,
        roadmap__programme_id=programme,
        roadmap__subsidy_year=year,
        roadmap__organisation__kind__in=_REGIONAL,
        region__isnull=False,
    )
    revisions = list(_with_names(rows).order_by("region_id", "-approved_at", "-pk").distinct("region_id"))
    chosen: dict[int, tuple[Any, Measure]] = {}
    for measure in _of_stage([each.pk for each in revisions], stage):
        due = last_day(measure.deadline, year=year)
        known = chosen.get(measure.revision_id)
        if known is None or (due is not None and (known[0] is None or due > known[0])):
            chosen[measure.revision_id] = (due, measure)
    spread = spread_of([due for due, _ in chosen.values() if due is not None])
    return [_region_line(each, chosen.get(each.pk), spread) for each in revisions], spread


def list_years(scope: Scope, programme: str) -> list[int]:
    """The subsidy years of the roadmaps one sees."""
    rows = Roadmap.objects.visible_to(scope).filter(subsidy_year__isnull=False)
    if programme:
        rows = rows.filter(programme_id=programme)
    return sorted({year for year in rows.values_list("subsidy_year", flat=True).distinct() if year}, reverse=True)


def _of_stage(revisions: list[int], stage: str) -> QuerySet[Measure]:
    rows = Measure.objects.filter(revision_id__in=revisions, removed_at=None)
    return rows.filter(Q(stage=stage) | Q(item_stages__contains=[stage])).order_by("revision_id", "position", "pk")


def _with_names(rows: Any) -> Any:
    return rows.select_related("roadmap__programme", "roadmap__order", "region", "basis", "organisation")


def _region_line(revision: Revision, chosen: tuple[Any, Measure] | None, spread: Spread | None) -> RegionLine:
    due, measure = chosen if chosen is not None else (None, None)
    return RegionLine(
        region=str(revision.region),
        code=revision.region_id or "",
        roadmap=str(revision.roadmap),
        revision_id=revision.pk,
        phrase=measure.deadline if measure is not None else "",
        due=due,
        measure=str(measure) if measure is not None else "",
        gap=(due - spread.median).days if due is not None and spread is not None else None,
    )
