"""The three roles of the portal in the database, and what each may do before any table exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from vekha_portal.embedded.problems import CannotRun
from vekha_portal.env import Environment, Role

PORTAL_ROLES = (Role.OWNER, Role.WEB, Role.WORKER)

# None of them is exempt from row-level security; append-only tables take UPDATE and DELETE back in their migrations.
_LIMITS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT"
_SCHEMA = (
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE, CREATE ON SCHEMA public TO vekha_owner",
    "GRANT USAGE ON SCHEMA public TO vekha_web, vekha_worker",
)
_DEFAULTS = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO vekha_web, vekha_worker",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO vekha_web, vekha_worker",
)


def make_roles(connection: psycopg.Connection[Any], passwords: Mapping[Role, str]) -> None:
    """Make the roles, or give those that exist the passwords of the password file. Raises :class:`CannotRun`."""
    for role in PORTAL_ROLES:
        known = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [str(role)]
        ).fetchone()
        if known and known[0]:
            raise CannotRun(
                f"Роль {role} на сервере не связана правами на строки (SUPERUSER или BYPASSRLS). Снимите их."
            )
        connection.execute(_role_statement(role, passwords[role], exists=known is not None))


def _role_statement(role: Role, password: str, *, exists: bool) -> sql.Composed:
    limits = sql.SQL("LOGIN" if exists else _LIMITS)
    verb = sql.SQL("ALTER" if exists else "CREATE")
    return sql.SQL("{} ROLE {} {} PASSWORD {}").format(verb, sql.Identifier(role), limits, sql.Literal(password))


def make_database(connection: psycopg.Connection[Any], name: str, *, template: str = "template0") -> None:
    """Make a database that belongs to the owner role, unless it exists."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(Role.OWNER), sql.Identifier(template)
        )
    )


def provision(environment: Environment, passwords: Mapping[Role, str]) -> None:
    """Make roles, database and default privileges in the embedded cluster; to be repeated at every start."""
    admin = environment.database.administration(environment.passfile)
    with psycopg.connect(**{**admin, "dbname": "postgres"}, autocommit=True) as connection:
        make_roles(connection, passwords)
        make_database(connection, environment.database.name)
    open_schema(environment)


def open_schema(environment: Environment) -> None:
    """Give the roles their rights in the portal's database."""
    with psycopg.connect(**environment.database.administration(environment.passfile), autocommit=True) as connection:
        for statement in _SCHEMA:
            connection.execute(sql.SQL(statement))
    grant_defaults(environment)


def grant_defaults(environment: Environment, name: str | None = None) -> None:
    """Let the web and worker roles use what the owner will create."""
    owner = environment.database.connection(Role.OWNER, environment.passfile)
    with psycopg.connect(**{**owner, "dbname": name or environment.database.name}, autocommit=True) as connection:
        for statement in _DEFAULTS:
            connection.execute(sql.SQL(statement))


def join_server(environment: Environment, passwords: Mapping[Role, str]) -> None:
    """See that the server lets the three roles in; make them where the address may. Raises :class:`CannotRun`."""
    refused = _refused_roles(environment)
    if not refused:
        return
    if environment.database.user in ("", *PORTAL_ROLES):
        raise CannotRun(f"{refused} Создайте роли командами, которые печатает vekha doctor --sql.")
    try:
        with psycopg.connect(
            **environment.database.administration(environment.passfile), autocommit=True
        ) as connection:
            make_roles(connection, passwords)
        open_schema(environment)
    except psycopg.Error as error:
        raise CannotRun(
            f"Роль {environment.database.user} не смогла создать роли Вехи: {_first_line(error)} "
            "Пусть администратор базы выполнит команды, которые печатает vekha doctor --sql."
        ) from error
    still = _refused_roles(environment)
    if still:
        raise CannotRun(still)


def statements_for_administrator(passwords: Mapping[Role, str]) -> list[str]:
    """The SQL that prepares a server's database for the portal, passwords included."""
    roles = [f"{_role_statement(role, passwords[role], exists=False).as_string()};" for role in PORTAL_ROLES]
    defaults = [each.replace("PRIVILEGES IN", "PRIVILEGES FOR ROLE vekha_owner IN") for each in _DEFAULTS]
    return roles + [f"{each};" for each in (*_SCHEMA, *defaults)]


def _refused_roles(environment: Environment) -> str:
    for role in PORTAL_ROLES:
        try:
            psycopg.connect(**environment.database.connection(role, environment.passfile), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            return f"Сервер {environment.database.host} не впустил роль {role}: {_first_line(error)}"
    return ""


def _first_line(error: psycopg.Error) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
