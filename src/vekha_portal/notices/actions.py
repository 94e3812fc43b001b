"""Opening and revoking addresses of calendars."""

from __future__ import annotations

import datetime
import secrets
from hashlib import sha256

from django.db import transaction

from vekha_portal.accounts.models import Person, RoleAssignment
from vekha_portal.journal.actions import record
from vekha_portal.journal.refusals import NotAllowed, Refused
from vekha_portal.journal.scope import Scope
from vekha_portal.notices.models import CalendarFeed
from vekha_portal.notices.permissions import can_keep_feeds, can_revoke_feed
from vekha_portal.registry.models import Programme

#: Addresses one person may have at once: a phone, an office, a spare, in several roles.
MOST = 10


def hash_token(token: str) -> str:
    """The fingerprint by which an address is found.

    >>> hash_token("x")[:8]
    '2d711642'
    """
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def open_feed(
    *, person: Person, assignment: RoleAssignment, programme: Programme | None, scope: Scope, at: datetime.datetime
) -> str:
    """A new address for the role; its secret is returned once and kept nowhere."""
    if not can_keep_feeds.test(scope) or scope.person != person.pk or assignment.person_id != person.pk:
        raise NotAllowed("Календарь открывают для себя и для своей роли.")
    Person.objects.select_for_update().get(pk=person.pk)
    if CalendarFeed.objects.filter(person=person).live().count() >= MOST:
        raise Refused(f"Больше {MOST} адресов календаря не нужно: отзовите те, которыми не пользуетесь.")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person=person,
        assignment=assignment,
        region_id=assignment.region_id,
        programme=programme,
        token_hash=hash_token(token),
        created_at=at,
    )
    record("calendar-feed-opened", by=person, about=feed, at=at)
    return token


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: Person, scope: Scope, at: datetime.datetime) -> None:
    """The address answers nobody any more; doing it twice is doing it once."""
    if not can_revoke_feed.test(scope, feed):
        raise NotAllowed("Адрес календаря отзывает тот, кто его открыл.")
    locked = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if locked.revoked_at is not None:
        return
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    record("calendar-feed-revoked", by=by, about=locked, at=at)


def note_use(feed: CalendarFeed, *, on: datetime.date) -> None:
    """Remember the day; a calendar asks many times a day, and one note is enough."""
    CalendarFeed.objects.filter(pk=feed.pk).exclude(used_on=on).update(used_on=on)
