"""Reads of the registry: the list with filters and search, and what a card shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from vekha_portal.journal.scope import Scope
from vekha_portal.registry.models import Organisation, OrganisationQuerySet


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; empty means any. ``words`` are folded."""

    words: tuple[str, ...] = ()
    kind: str = ""
    region: str = ""
    municipality: int | None = None
    is_rural: bool = False
    with_closed: bool = False


def list_organisations(scope: Scope, filters: Filters, *, day: datetime.date) -> OrganisationQuerySet:
    """Organisations the scope sees, with ``day_name``; digits are looked for among identifiers, words in names."""
    rows = Organisation.objects.visible_to(scope)
    if not filters.with_closed:
        rows = rows.at_work_on(day)
    exact = {"kind": filters.kind, "region_id": filters.region, "municipality_id": filters.municipality}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.is_rural:
        rows = rows.filter(school__is_rural=True)
    for word in filters.words:
        found = Q(sort_key__contains=word)
        if word.isdigit():
            found |= Q(inn__startswith=word) | Q(ogrn__startswith=word) | Q(kpp__startswith=word)
        rows = rows.filter(found)
    return rows.select_related("region", "municipality", "school").named_on(day)
