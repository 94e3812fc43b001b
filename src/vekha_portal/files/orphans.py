"""Bytes that no row names: whoever keeps a file holds its sum, and the sweep leaves held sums alone."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction

from vekha_portal.files import disk
from vekha_portal.files.queries import is_kept
from vekha_portal.journal.scope import SYSTEM_SCOPE, use_scope

#: The class of the database's advisory locks of sums.
LOCKS = 0x6F696C65


def hold_sum(total: str) -> None:
    """Until the end of the transaction the sweep leaves bytes of this sum alone."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s, %s)", [LOCKS, _lock_number(total)])


def remove_orphans(*, before: float) -> int:
    """Remove what is older than the moment and belongs to no row; how many."""
    removed = 0
    for total, path in disk.list_sums(before=before):
        if not total:
            path.unlink(missing_ok=True)
            removed += 1
            continue
        with use_scope(SYSTEM_SCOPE):
            removed += _remove_unless_kept(total, path)
    return removed


@transaction.atomic
def _remove_unless_kept(total: str, path: Path) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCKS, _lock_number(total)])
        if not cursor.fetchone()[0] or is_kept(total):
            return False
    path.unlink(missing_ok=True)
    return True


def _lock_number(total: str) -> int:
    return int(total[:8], 16) - (1 << 31)
