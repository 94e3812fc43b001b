"""Puts a copy in the place of what is there: database and files both, or neither, whenever it is interrupted.

The copy is loaded beside the old data. One statement decides: it gives the new tables the name the portal looks for. What
was begun before it is thrown away by whoever comes next, what was begun after it is finished (:func:`settle`).
On a machine of one's own the unit is a database; on a server, where the portal may own only one, it is a schema.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.roles import make_database, open_schema, provision
from vekha_portal.env import Environment

_PREVIOUS_SCHEMA = "vekha_previous"
Link = psycopg.Connection[Any]


def replace(environment: Environment, media: Path, load: Callable[[str], None]) -> None:
    """Load the tables with ``load(database)``, then put them and the folder ``media`` in place."""
    settle(environment)
    media.mkdir(mode=0o700, exist_ok=True)
    media.rename(_waiting(environment))
    try:
        if environment.database.embedded:
            _replace_database(environment, load)
        else:
            _replace_schema(environment, load)
    finally:
        settle(environment)


def settle(environment: Environment) -> None:
    """Finish or undo a replacement that was interrupted; nearly always there is none."""
    with _administrate(environment) as link:
        swapped = _settle_database(link, environment) if environment.database.embedded else _settle_schema(link)
        waiting, media = _waiting(environment), environment.media
        previous = media.with_name("media.previous")
        if swapped and waiting.is_dir():
            if media.is_dir():
                shutil.rmtree(previous, ignore_errors=True)
                media.rename(previous)
            waiting.rename(media)
        shutil.rmtree(waiting, ignore_errors=True)
        if media.is_dir():
            shutil.rmtree(previous, ignore_errors=True)
        # last, because it is what says that the files belong to the new tables
        if swapped and environment.database.embedded:
            _drop(link, _previous(environment))
        elif swapped:
            link.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(_PREVIOUS_SCHEMA)))


def _replace_database(environment: Environment, load: Callable[[str], None]) -> None:
    name, fresh = environment.database.name, _fresh(environment)
    with _administrate(environment) as link:
        make_database(link, fresh)
        load(fresh)
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN (%s, %s) AND pid <> pg_backend_pid()",
            [name, fresh],
        )
        with link.transaction():  # both or neither: there is always a database of this name
            _rename(link, name, _previous(environment))
            _rename(link, fresh, name)
    provision(environment, read_passwords(environment))


def _settle_database(link: Link, environment: Environment) -> bool:
    """Whether the new database has its name; one that has not is dropped."""
    _drop(link, _fresh(environment))
    return link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_previous(environment)]).fetchone() is not None


def _replace_schema(environment: Environment, load: Callable[[str], None]) -> None:
    with _administrate(environment) as link, link.transaction():
        link.execute(sql.SQL("ALTER SCHEMA public RENAME TO {}").format(sql.Identifier(_PREVIOUS_SCHEMA)))
        link.execute("CREATE SCHEMA public")
    open_schema(environment)
    load(environment.database.name)  # in one transaction: its end is the moment that decides


def _settle_schema(link: Link) -> bool:
    """Whether the new tables are there; without them the old ones get their place back."""
    known = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    if link.execute(known, [_PREVIOUS_SCHEMA]).fetchone() is None:
        return False
    if link.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone() is not None:
        return True
    with link.transaction():
        link.execute("DROP SCHEMA public CASCADE")
        link.execute(sql.SQL("ALTER SCHEMA {} RENAME TO public").format(sql.Identifier(_PREVIOUS_SCHEMA)))
    return False


def _administrate(environment: Environment) -> Link:
    address = environment.database.administration(environment.passfile)
    given = {**address, "dbname": "postgres"} if environment.database.embedded else address
    return psycopg.connect(**given, autocommit=True)


def _waiting(environment: Environment) -> Path:
    return environment.media.with_name("media.restored")


def _fresh(environment: Environment) -> str:
    return f"{environment.database.name}_restored"


def _previous(environment: Environment) -> str:
    return f"{environment.database.name}_previous"


def _drop(link: Link, name: str) -> None:
    link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _rename(link: Link, name: str, to: str) -> None:
    link.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))
