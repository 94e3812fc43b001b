"""What a request may see: a value, and the settings of the transaction that the database's policies read.

It stands in the lowest app with tables because every app above filters by it; `accounts.scope` computes it from roles.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.db import DEFAULT_DB_ALIAS, connections, transaction

SYSTEM = "system"
SIGN_IN = "sign-in"
_SETTINGS = ("role", "reach", "region", "path", "ancestors", "person", "assignment", "acting_for", "request")


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


def set_scope(scope: Scope, *, request_id: str = "", using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell the database the scope until the end of the transaction; outside one it would vanish at once, so it is refused."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives only inside a transaction")
    settings = scope_settings(scope, request_id=request_id)
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    values = [part for name, value in settings.items() for part in (f"vekha.{name}", value)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)


def _current(using: str) -> list[str]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["current_setting(%s, true)"] * len(_SETTINGS)),
            [f"vekha.{name}" for name in _SETTINGS],
        )
        return [value or "" for value in cursor.fetchone()]


@contextmanager
def use_scope(scope: Scope, *, request_id: str = "", using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """A transaction (or savepoint) under the scope; what was in force before is in force again after it."""
    with transaction.atomic(using=using):
        before = _current(using)
        set_scope(scope, request_id=request_id, using=using)
        yield
        with connections[using].cursor() as cursor:
            calls = ", ".join(["set_config(%s, %s, true)"] * len(_SETTINGS))
            pairs = zip(_SETTINGS, before, strict=True)
            cursor.execute(f"SELECT {calls}", [part for name, value in pairs for part in (f"vekha.{name}", value)])
