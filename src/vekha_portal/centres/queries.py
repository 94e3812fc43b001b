"""Reads of waves and centres: lists with filters, who may lead a wave, which schools may come onto its list."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vekha_portal.centres.models import Centre, Wave, WaveQuerySet
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Order
from vekha_portal.registry.models import Organisation, OrganisationKind, OrganisationQuerySet

_MAY_LEAD = (OrganisationKind.REGIONAL_BODY, OrganisationKind.REGIONAL_OPERATOR, OrganisationKind.OTHER)


@dataclass(frozen=True, slots=True)
class WaveFilters:
    """What to look for; empty means any."""

    region: str = ""
    programme: str = ""
    year: int | None = None
    with_closed: bool = True


@dataclass(frozen=True, slots=True)
class SchoolFilters:
    """Which schools to offer; ``words`` are folded."""

    words: tuple[str, ...] = ()
    municipality: int | None = None
    is_rural: bool = False


def list_waves(scope: Scope, filters: WaveFilters) -> WaveQuerySet:
    """Waves the scope sees, with ``centres_count``: how many schools of the scope's part are on the list."""
    centres = Centre.objects.visible_to(scope).in_list().filter(wave=OuterRef("pk")).order_by().values("wave")
    counted = centres.annotate(count=Count("pk")).values("count")
    rows = Wave.objects.visible_to(scope)
    exact = {"region_id": filters.region, "programme_id": filters.programme, "subsidy_year": filters.year}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if not filters.with_closed:
        rows = rows.filter(closed_on=None)
    rows = rows.select_related("programme", "region", "organisation")
    return rows.annotate(centres_count=Coalesce(Subquery(counted), 0))


def list_leaders(scope: Scope, region: str) -> OrganisationQuerySet:
    """The organisations that may lead a wave of a region."""
    rows = Organisation.objects.visible_to(scope).filter(kind__in=_MAY_LEAD, closed_on=None)
    return rows.filter(region_id=region) if region else rows.exclude(region=None)


def list_orders_of(scope: Scope, region: str) -> QuerySet[Order]:
    """The orders that may have approved a list of schools of a region."""
    rows = Order.objects.visible_to(scope).filter(withdrawn_at=None)
    if region:
        rows = rows.filter(Q(region_id=region) | Q(region=None))
    return rows.order_by("-signed_on", "-pk")


def list_schools(scope: Scope, wave: Wave, filters: SchoolFilters, *, day: datetime.date) -> OrganisationQuerySet:
    """Schools of the wave's region at work on a day that have no centre of its programme."""
    taken = Centre.objects.filter(
        programme_id=wave.programme_id, region_id=wave.region_id, removed_at=None, closed_on=None
    )
    rows = (
        Organisation.objects.visible_to(scope)
        .filter(kind=OrganisationKind.SCHOOL, region_id=wave.region_id)
        .at_work_on(day)
        .exclude(pk__in=taken.values("organisation_id"))
    )
    if filters.municipality is not None:
        rows = rows.filter(municipality_id=filters.municipality)
    if filters.is_rural:
        rows = rows.filter(school__is_rural=True)
    for word in filters.words:
        found = Q(sort_key__contains=word)
        if word.isdigit():
            found |= Q(inn__startswith=word) | Q(ogrn__startswith=word)
        rows = rows.filter(found)
    return rows.select_related("municipality", "school")


def list_centres(scope: Scope, wave: Wave, *, words: tuple[str, ...] = (), removed: bool = False) -> QuerySet[Centre]:
    """The centres of a wave that the scope sees: those on the list, or those taken off it."""
    rows = Centre.objects.visible_to(scope).filter(wave=wave, removed_at__isnull=not removed)
    for word in words:
        rows = rows.filter(organisation__sort_key__contains=word)
    return rows.select_related("organisation__municipality", "programme", "removed_by")
