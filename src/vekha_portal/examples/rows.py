"""Rows in bulk: copied into a temporary table and inserted from it, because PostgreSQL copies into no table that has policies.

Constraints, triggers and policies work as they do for one row; what is saved is the way between the program and the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb

_TEMPORARY = "load"


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows, from the table's own sequence, so that rows may name each other before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows in their order; ``fields`` are those of the model, what is not named gets the model's plain default."""
    known = {field.name: field for field in model._meta.concrete_fields}
    given = [known[name] for name in fields]
    rest = [field for field in model._meta.concrete_fields if field.name not in fields and field.has_default()]
    columns = [str(field.column) for field in (*given, *rest)]
    jsons = [number for number, field in enumerate(given) if isinstance(field, models.JSONField)]
    defaults = [_default(field) for field in rest]
    return copy_and_insert(model._meta.db_table, columns, (_row(row, jsons, defaults) for row in rows))


def copy_and_insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of the named columns into a table."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    # one for each table: a transaction keeps the lock of every table it ever made
    parts = {"names": names, "table": sql.Identifier(table), "temporary": sql.Identifier(f"{_TEMPORARY}_{table}")}
    with connection.cursor() as cursor:
        shape = "CREATE TEMPORARY TABLE IF NOT EXISTS {temporary} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
        cursor.execute(sql.SQL(shape).format(**parts))
        with cursor.copy(sql.SQL("COPY {temporary} ({names}) FROM STDIN").format(**parts)) as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(sql.SQL("INSERT INTO {table} ({names}) SELECT {names} FROM {temporary}").format(**parts))
        count: int = cursor.rowcount
        cursor.execute(sql.SQL("TRUNCATE {temporary}").format(**parts))
    return count


def _row(row: Sequence[Any], jsons: Sequence[int], defaults: Sequence[Any]) -> list[Any]:
    values = [*row, *defaults]
    for number in jsons:
        values[number] = None if values[number] is None else Jsonb(values[number])
    return values


def _default(field: models.Field[Any, Any]) -> Any:
    value = field.get_default()
    return Jsonb(value) if isinstance(field, models.JSONField) else value


class Numbers:
    """Numbers for rows that are not counted beforehand, reserved by the thousand."""

    def __init__(self, model: type[models.Model], step: int = 5000) -> None:
        self._model, self._step = model, step
        self._left: list[int] = []

    def take(self) -> int:
        """The next one."""
        if not self._left:
            self._left = reserve(self._model, self._step)[::-1]
        return self._left.pop()
