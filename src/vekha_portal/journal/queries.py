"""Reads of the journal: filters, and pages found by the last row seen instead of counted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.dateparse import parse_datetime

from vekha_portal.journal.models import Entry, EntryQuerySet
from vekha_portal.journal.scope import Scope

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader of the journal looks for; empty means any."""

    kind: str = ""
    who: str = ""
    about: str = ""
    shard: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    about_kind: str = ""
    about_id: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the journal, and the mark after which the next one begins."""

    entries: list[Entry]
    after: str


def read_journal(scope: Scope, filters: Filters, *, after: str = "", zone: datetime.tzinfo, size: int = PAGE) -> Leaf:
    """Entries from the newest, ``size`` a page; one query however long the journal is."""
    rows = _filtered(Entry.objects.visible_to(scope), filters, zone)
    mark = _parse_mark(after)
    if mark is not None:
        moment, key = mark
        rows = rows.filter(Q(made_at__lt=moment) | Q(made_at=moment, pk__lt=key))
    found = list(rows.order_by("-made_at", "-pk")[: size + 1])
    more = len(found) > size
    entries = found[:size]
    return Leaf(entries, f"{entries[-1].made_at.isoformat()}_{entries[-1].pk}" if more else "")


def _filtered(rows: EntryQuerySet, filters: Filters, zone: datetime.tzinfo) -> EntryQuerySet:
    exact = {
        "kind": filters.kind,
        "shard": filters.shard,
        "about_kind": filters.about_kind,
        "about_id": filters.about_id,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.who:
        rows = rows.filter(by_name__icontains=filters.who)
    if filters.about:
        rows = rows.filter(about_name__icontains=filters.about)
    if filters.since:
        rows = rows.filter(made_at__gte=datetime.datetime.combine(filters.since, datetime.time.min, zone))
    if filters.until:
        day_after = filters.until + datetime.timedelta(days=1)
        rows = rows.filter(made_at__lt=datetime.datetime.combine(day_after, datetime.time.min, zone))
    return rows


def _parse_mark(text: str) -> tuple[datetime.datetime, int] | None:
    """A mark of the address; nonsense is the first page."""
    moment, _, key = text.rpartition("_")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    try:
        found = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    return None if found is None or found.tzinfo is None else (found, int(key))
