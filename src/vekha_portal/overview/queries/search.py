"""The search over orders, measures, centres and organisations: every word must be there, whatever its letters' case.

Words are looked for inside folded keys. Under row-level security only comparisons that cannot tell of hidden rows may use an
index, and «contains» is not one of them: so each group is one pass over a narrow column, some milliseconds for the country.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from vekha_portal.centres.models import Centre
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.models import Measure, Order, Revision
from vekha_portal.overview.folding import has_key, has_name
from vekha_portal.registry.models import Organisation

#: Rows of one group.
SHOWN = 10
#: A shorter word alone would find everything.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, by groups; each holds one row more than is shown when there are more."""

    orders: list[Order]
    measures: list[Measure]
    centres: list[Centre]
    organisations: list[Organisation]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.orders or self.measures or self.centres or self.organisations)


def search(scope: Scope, words: tuple[str, ...], *, day: datetime.date) -> Found:
    """Everything that holds all the words, at most `SHOWN` + 1 of a kind. Five queries."""
    return Found(
        _orders(scope, words), _measures(scope, words), _centres(scope, words), _organisations(scope, words, day)
    )


def _orders(scope: Scope, words: tuple[str, ...]) -> list[Order]:
    rows = Order.objects.visible_to(scope).filter(withdrawn_at=None)
    for word in words:
        rows = rows.filter(has_key(word))
    return list(rows.order_by("-signed_on", "-pk")[: SHOWN + 1])


def _measures(scope: Scope, words: tuple[str, ...]) -> list[Measure]:
    """Measures of the revisions that hold: approved, and not followed by another approved one."""
    rows = Measure.objects.visible_to(scope).filter(removed_at=None)
    for word in words:
        rows = rows.filter(has_key(word, table="orders_measure"))
    later = Revision.objects.filter(
        roadmap_id=OuterRef("revision__roadmap_id"), number__gt=OuterRef("revision__number"), approved_at__isnull=False
    )
    rows = rows.filter(~Exists(later), revision__approved_at__isnull=False)
    if scope.programmes:
        rows = rows.filter(revision__roadmap__programme_id__in=scope.programmes)
    return list(rows.select_related("revision__roadmap__order").order_by("-revision_id", "position", "pk")[: SHOWN + 1])


def _centres(scope: Scope, words: tuple[str, ...]) -> list[Centre]:
    """First the numbers over narrow columns, then the rows: joined before they are few, they would take ten times as long."""
    rows = Centre.objects.visible_to(scope).in_list()
    if scope.programmes:
        rows = rows.filter(programme_id__in=scope.programmes)
    schools = Organisation.objects.visible_to(scope)
    for word in words:
        schools = schools.filter(sort_key__contains=word)
        named = has_name("centres_centre.name", word)
        rows = rows.annotate(**{f"named_{len(rows.query.annotations)}": named})
    by_name = Q(**dict.fromkeys(rows.query.annotations, True)) if words else Q()
    numbers = (
        rows.filter(Q(organisation_id__in=schools.values("pk")) | by_name).order_by("pk").values_list("pk", flat=True)
    )
    around = ("organisation__municipality", "organisation__region", "programme", "wave")
    found = Centre.objects.filter(pk__in=list(numbers[: SHOWN + 1])).select_related(*around)
    return sorted(found, key=lambda centre: (centre.organisation.sort_key, centre.pk))


def _organisations(scope: Scope, words: tuple[str, ...], day: datetime.date) -> list[Organisation]:
    rows = Organisation.objects.visible_to(scope).at_work_on(day)
    for word in words:
        found = Q(sort_key__contains=word)
        if word.isdigit():
            found |= Q(inn__startswith=word) | Q(ogrn__startswith=word)
        rows = rows.filter(found)
    return list(rows.select_related("region", "municipality").order_by("sort_key", "pk")[: SHOWN + 1])
