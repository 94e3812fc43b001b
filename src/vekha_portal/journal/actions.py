"""The one write of the journal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

from vekha_portal.journal.models import NATIONAL

_INSERT = """
INSERT INTO journal_entry (shard, kind, made_at, by_id, by_name, about_kind, about_id, about_name, path, reason, data,
                           number, role, request_id, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, '', '', '', '')
"""


class Actor(Protocol):
    """Whoever acts: a person with a number and a name."""

    @property
    def pk(self) -> Any:
        """The person's number."""


def record(
    kind: str,
    *,
    by: Actor | None,
    about: Model,
    reason: str = "",
    at: datetime.datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry in the transaction of the deed; ``by`` is ``None`` for the program itself.

    The chain is that of the object's region (``about.region_id``), else the national one. The database gives the number, the
    hash of the entry before and its own, and takes role, assignment and request from the scope in force. It waits while
    another transaction writes to the same chain, and for no other.
    """
    values: list[Any] = [
        getattr(about, "region_id", None) or NATIONAL,
        kind,
        at,
        None if by is None else by.pk,
        "" if by is None else str(by),
        about._meta.label_lower,
        str(about.pk),
        str(about),
        getattr(about, "path", "") or "",
        reason.strip(),
        Jsonb(dict(data or {}), dumps=_dumps),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)


def _dumps(value: Any) -> str:
    return DjangoJSONEncoder(ensure_ascii=False).encode(value)
