"""Row-level security as SQL: the conditions that policies are made of, and the statements that put them on a table.

Every setting is read through ``nullif(…, '')`` because a pooled connection answers an empty string, not NULL, for a setting of
an earlier transaction; and inside ``(select …)`` so that it is read once for a query, not once for a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.migrations.operations import RunSQL

WEB_ROLES = ("vekha_web", "vekha_worker")


def setting(name: str, kind: str = "text") -> str:
    """A setting of the transaction as an expression; NULL when no scope is in force."""
    cast = "" if kind == "text" else f"::{kind}"
    return f"(select nullif(current_setting('vekha.{name}', true), ''){cast})"


SIGNED_IN = f"{setting('role')} is not null and {setting('role')} <> 'sign-in'"
COUNTRY = f"{setting('reach')} = 'country'"


def has_role(*roles: str) -> str:
    """Whether the role in force is one of these."""
    return f"{setting('role')} in ({', '.join(repr(role) for role in roles)})"


def in_region(column: str = "region_id") -> str:
    """Whether a row belongs to the region of a regional role."""
    return f"({setting('reach')} = 'region' and {column} = {setting('region')})"


def in_subtree(column: str = "path") -> str:
    """Whether a path lies at or below the organisation of the role."""
    return f"({setting('reach')} = 'subtree' and {column} >= {setting('path')} and {column} < {setting('path')} || '~')"


def below_own(column: str) -> str:
    """Whether an organisation's id is at or below the one of the role; the array is made once for a query."""
    inner = f"select array_agg(o.id) from registry_organisation o where {in_subtree('o.path')}"
    return f"({setting('reach')} = 'subtree' and {column} = any (({inner})::bigint[]))"


def above_own(column: str) -> str:
    """Whether an organisation's id is that of a superior of the role's organisation."""
    return f"({setting('reach')} = 'subtree' and {column} = any (({setting('ancestors')})::bigint[]))"


def any_of(*conditions: str) -> str:
    """At least one of the conditions."""
    return "(" + " or ".join(conditions) + ")"


def secure(table: str, *, select: str, insert: str | None = None, update: str | None = None) -> RunSQL:
    """Policies on a table, forced upon its owner too. What has no policy is closed; rows are never deleted."""
    statements: list[Any] = [f"alter table {table} enable row level security", f"alter table {table} force row level security"]
    statements.append(f"create policy {table}_read on {table} for select using ({select})")
    if insert is not None:
        statements.append(f"create policy {table}_add on {table} for insert with check ({insert})")
    if update is not None:
        statements.append(f"create policy {table}_change on {table} for update using ({update}) with check ({update})")
    reverse: list[Any] = [f"drop policy if exists {table}_{verb} on {table}" for verb in ("read", "add", "change")]
    reverse += [f"alter table {table} no force row level security", f"alter table {table} disable row level security"]
    forbidden = ["delete", "truncate"] + (["update"] if update is None else []) + (["insert"] if insert is None else [])
    return RunSQL([*statements, *(revoke(table, forbidden))], reverse)


def revoke(table: str, verbs: Iterable[str]) -> list[Any]:
    """Take privileges away from the roles of the processes, where those roles exist."""
    taken = ", ".join(verbs)
    return [
        f"do $$ begin if exists (select from pg_roles where rolname = '{role}') then "
        f"revoke {taken} on {table} from {role}; end if; end $$"
        for role in WEB_ROLES
    ]
