"""Who keeps addresses of calendars: everybody their own; the feed itself is open to whoever holds the address."""

from __future__ import annotations

from vekha_portal.accounts.permissions import is_known
from vekha_portal.journal.predicates import predicate
from vekha_portal.journal.scope import Scope
from vekha_portal.notices.models import CalendarFeed


@predicate
def is_own_feed(scope: Scope, feed: CalendarFeed) -> bool:
    """The person's own address."""
    return scope.person is not None and feed.person_id == scope.person


can_keep_feeds = is_known
can_revoke_feed = is_known & is_own_feed
