"""How many times a password may be wrong: counted by person and address together.

A school sits behind one address and one person may be guessed at from many, so neither alone is locked.
"""

from __future__ import annotations

import datetime
from hashlib import sha256

from django.db import connection

from vekha_portal.accounts.models import SignInLock

ATTEMPTS = 5
WINDOW = datetime.timedelta(minutes=15)

_COUNT = """
INSERT INTO accounts_signinlock AS lock (key, failures, first_at, last_at) VALUES (%(key)s, 1, %(at)s, %(at)s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN lock.last_at < %(old)s THEN 1 ELSE lock.failures + 1 END,
  first_at = CASE WHEN lock.last_at < %(old)s THEN excluded.first_at ELSE lock.first_at END,
  last_at = excluded.last_at
"""


def lock_key(email: str, address: str) -> str:
    """The fingerprint of a pair; no address of e-mail is kept for people who may not exist."""
    return sha256(f"{email.strip().casefold()}|{address}".encode()).hexdigest()


def locked_until(key: str, at: datetime.datetime) -> datetime.datetime | None:
    """Until when this pair may not try; nothing when it may."""
    found = SignInLock.objects.filter(pk=key, failures__gte=ATTEMPTS, last_at__gt=at - WINDOW).first()
    return None if found is None else found.last_at + WINDOW


def count_failure(key: str, at: datetime.datetime) -> None:
    """One more wrong password; two at once are both counted."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "at": at, "old": at - WINDOW})


def forget_failures(key: str, at: datetime.datetime) -> None:
    """A right password begins the count anew."""
    SignInLock.objects.filter(pk=key).update(failures=0, last_at=at)
