"""What a request may see: a value, and the settings of the transaction that the database's policies read.

It stands in the lowest app with tables because every app above filters by it; `accounts.scope` computes it from roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from psycopg.pq import TransactionStatus

SYSTEM = "system"
SIGN_IN = "sign-in"
_SETTINGS = ("role", "reach", "region", "path", "ancestors", "person", "assignment", "acting_for", "request")
_KEYS = tuple(f"vekha.{name}" for name in _SETTINGS)


class Reach(StrEnum):
    """How far a role sees."""

    COUNTRY = "country"
    REGION = "region"
    SUBTREE = "subtree"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """One role in force: how far it sees and in whose name it acts.

    ``path`` is the tree path of the role's organisation, ``ancestors`` the ids above it; ``programmes`` is empty where the
    role is for all programmes; ``acting_for`` is the absent person a deputy acts for.
    """

    role: str = ""
    reach: Reach = Reach.NOTHING
    regions: frozenset[str] = frozenset()
    organisations: tuple[int, ...] = ()
    path: str = ""
    ancestors: tuple[int, ...] = ()
    programmes: frozenset[str] = frozenset()
    person: int | None = None
    assignment: int | None = None
    acting_for: int | None = None

    @property
    def region(self) -> str:
        """The one region of a regional role, or nothing."""
        return next(iter(self.regions), "")

    @property
    def is_country(self) -> bool:
        """Whether the role sees the whole country."""
        return self.reach is Reach.COUNTRY


NOBODY = Scope()
SYSTEM_SCOPE = Scope(role=SYSTEM, reach=Reach.COUNTRY)
SIGN_IN_SCOPE = Scope(role=SIGN_IN)


def scope_settings(scope: Scope, *, request_id: str = "") -> dict[str, str]:
    """The settings of a transaction that say what the scope says."""
    values = (
        scope.role,
        str(scope.reach),
        scope.region,
        scope.path,
        "{" + ",".join(str(each) for each in scope.ancestors) + "}" if scope.ancestors else "",
        _number(scope.person),
        _number(scope.assignment),
        _number(scope.acting_for),
        request_id,
    )
    return dict(zip(_SETTINGS, values, strict=True))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


_ASSIGN = "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(_SETTINGS))
_EXCHANGE = "SELECT " + ", ".join(["current_setting(%s, true), set_config(%s, %s, true)"] * len(_SETTINGS))


def set_scope(scope: Scope, *, request_id: str = "", using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell the database the scope until the end of the transaction; outside one it would vanish at once, so it is refused."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives only inside a transaction")
    _assign(scope_settings(scope, request_id=request_id).values(), using)


def _assign(values: Iterable[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(_ASSIGN, [part for name, value in zip(_KEYS, values, strict=True) for part in (name, value)])


def _exchange(values: Iterable[str], using: str) -> list[str]:
    """Set the settings and answer what they were, in one question: a row's columns are made from left to right."""
    pairs = zip(_KEYS, values, strict=True)
    with connections[using].cursor() as cursor:
        cursor.execute(_EXCHANGE, [part for name, value in pairs for part in (name, name, value)])
        return [value or "" for value in cursor.fetchone()[::2]]


@contextmanager
def use_scope(scope: Scope, *, request_id: str = "", using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction (or savepoint) under the scope; what was in force before is in force again after it."""
    with transaction.atomic(using=using):
        before = _exchange(scope_settings(scope, request_id=request_id).values(), using)
        yield
        _assign(before, using)


@contextmanager
def look_under(scope: Scope, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """For reading alone, inside a transaction: :func:`use_scope` without a savepoint of its own.

    What the database refuses ends the transaction around it, and the settings with it.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives only inside a transaction")
    before = _exchange(scope_settings(scope).values(), using)
    try:
        yield
    finally:
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            _assign(before, using)
