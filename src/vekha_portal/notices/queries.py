"""What a calendar shows: the open days of one role, single ones of its own, whole groups of those below it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from vekha_portal.execution.models import DONE, Milestone
from vekha_portal.journal.scope import Reach, Scope
from vekha_portal.orders.models import Responsible
from vekha_portal.registry.models import Organisation

#: How far back an open day is still shown, and how far ahead.
BACK, AHEAD = 92, 550
#: A calendar holds at most so many milestones.
MOST = 20_000
_FIELDS = (
    "pk", "due_on", "planned_on", "version", "item", "period", "ordinal", "application_id", "measure_key", "organisation_id",
    "centre_id", "measure__number", "measure__text", "measure__items", "measure__deadline", "wave__programme__name",
    "wave__subsidy_year", "measure_id",
)  # fmt: skip


@dataclass(slots=True)
class Group:
    """One measure and period for many centres; the day is the one most of them have."""

    first: dict[str, Any]
    days: Counter[datetime.date] = field(default_factory=Counter)
    version: int = 0

    @property
    def day(self) -> datetime.date:
        """The day of most centres; of equally many, the earlier."""
        return min(self.days, key=lambda day: (-self.days[day], day))

    @property
    def count(self) -> int:
        """How many are open."""
        return self.days.total()


def open_days(scope: Scope, programme: str, *, today: datetime.date) -> tuple[list[dict[str, Any]], list[Group]]:
    """What the role owes itself, one by one, and what is owed below it, in groups. Two queries."""
    named = Q(mapped_person_id=scope.acting_for or scope.person)
    measures = set(Responsible.objects.filter(named, removed_at=None).values_list("measure_id", flat=True)[:2000])
    rows = Milestone.objects.visible_to(scope).in_force().exclude(progress__in=DONE)
    rows = rows.filter(
        due_on__gte=today - datetime.timedelta(BACK), due_on__lte=today + datetime.timedelta(AHEAD), **_narrow(scope)
    )
    if programme:
        rows = rows.filter(wave__programme_id=programme)
    own = Q(organisation_id__in=scope.organisations) | Q(measure_id__in=measures)
    if scope.reach is Reach.COUNTRY:
        rows = rows.filter(own)
    elif scope.reach is Reach.SUBTREE:
        below = Organisation.objects.filter(path__gte=scope.path, path__lt=scope.path + "~").values("pk")
        rows = rows.filter(own | Q(organisation_id__in=below))
    found = rows.order_by("due_on", "pk").values(*_FIELDS)[:MOST]
    return _parted(found, lambda row: row["organisation_id"] in scope.organisations or row["measure_id"] in measures)


def _narrow(scope: Scope) -> dict[str, Any]:
    """The region and the programmes of the role, named so that indexes help."""
    known: dict[str, Any] = {"region_id": scope.region} if scope.region else {}
    return {**known, "wave__programme_id__in": scope.programmes} if scope.programmes else known


def _parted(rows: Iterable[dict[str, Any]], is_own: Any) -> tuple[list[dict[str, Any]], list[Group]]:
    single: list[dict[str, Any]] = []
    groups: dict[tuple[Any, ...], Group] = {}
    for row in rows:
        if is_own(row):
            single.append(row)
            continue
        key = (row["application_id"], row["measure_key"], row["item"], row["period"], row["ordinal"])
        group = groups.setdefault(key, Group(row))
        group.days[row["due_on"]] += 1
        group.version = max(group.version, row["version"])
    return single, list(groups.values())


def text_of(row: dict[str, Any]) -> str:
    """The measure, or the item of a composite one; people are not in it."""
    items, item = row["measure__items"], row["item"]
    text = (
        str(items[item]) if item is not None and isinstance(items, list) and item < len(items) else row["measure__text"]
    )
    text = " ".join(text.split())
    return text if len(text) <= 120 else f"{text[:119]}…"


def lines_of(row: dict[str, Any]) -> Iterator[str]:
    """What stands in the description of an event."""
    yield f"{row['wave__programme__name']}, {row['wave__subsidy_year']} год"
    if row["measure__deadline"]:
        yield f"Срок в документе: «{row['measure__deadline']}»"
