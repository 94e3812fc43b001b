"""A copy takes the place of database and files together, at whatever moment its work is cut short."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded import replacement
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.roles import provision
from vekha_portal.env import Environment, Role, read_environment, temporary_home

OLD, NEW = ("old", "old"), ("new", "new")


class Killed(BaseException):
    """The process went no further."""


@pytest.fixture(scope="module")
def server() -> Iterator[Environment]:
    home = temporary_home("vekha-replacement-")
    opened = clusters.open_cluster(read_environment({"VEKHA_HOME": str(home)}), ["--fsync=off"])
    clusters.initialise(opened, sync=False)
    clusters.start(opened)
    provision(opened.environment, read_passwords(opened.environment))
    yield opened.environment
    clusters.stop(opened)
    shutil.rmtree(home)


@pytest.fixture(params=["embedded", "server"])
def environment(server: Environment, request: pytest.FixtureRequest) -> Iterator[Environment]:
    """An installation with one row and one file: with a database of its own, and with one on somebody's server."""
    url = f"postgresql://vekha_admin@/vekha?host={server.database.host}"
    made = (
        server
        if request.param == "embedded"
        else read_environment({"VEKHA_HOME": str(server.home), "DATABASE_URL": url})
    )
    with connect(made) as link:
        link.execute("CREATE TABLE public.mark AS SELECT 'old' AS mark")
    made.media.mkdir(exist_ok=True)
    (made.media / "mark").write_text("old", encoding="ascii")
    yield made
    with connect(made) as link:
        link.execute("DROP TABLE public.mark")
    shutil.rmtree(made.media)


@pytest.fixture
def fresh(environment: Environment) -> Path:
    """The files of a copy, unpacked."""
    folder = environment.home / "unpacked"
    folder.mkdir()
    (folder / "mark").write_text("new", encoding="ascii")
    return folder


@pytest.fixture
def load(environment: Environment) -> Callable[[str], None]:
    def make(database: str) -> None:
        with connect(environment, database) as link:
            link.execute("CREATE TABLE public.mark AS SELECT 'new' AS mark")

    return make


def connect(environment: Environment, database: str = "vekha") -> psycopg.Connection[Any]:
    address = environment.database.administration(environment.passfile)
    return psycopg.connect(**{**address, "dbname": database}, autocommit=True)


def state(environment: Environment) -> tuple[str, str]:
    """Which row and which file are there; and that nothing stands beside them."""
    with connect(environment) as link:
        row = link.execute("SELECT mark FROM public.mark").fetchone()
        assert link.execute("SELECT count(*) FROM pg_database WHERE datname ~ '^vekha_'").fetchone() == (0,)
        assert link.execute("SELECT count(*) FROM pg_namespace WHERE nspname ~ '^vekha'").fetchone() == (0,)
    assert not list(environment.home.glob("media.*"))
    assert row is not None
    return row[0], (environment.media / "mark").read_text(encoding="ascii")


def cut_short(environment: Environment, media: Path, load: Callable[[str], None]) -> None:
    """Replace as a process that is killed before it comes to settle anything."""
    real, calls = replacement.settle, iter((True, False))

    def settle(given: Environment) -> None:
        if not next(calls):
            raise Killed
        real(given)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(replacement, "settle", settle)
        replacement.replace(environment, media, load)


def test_both_are_replaced_and_nothing_is_left_beside(
    environment: Environment, fresh: Path, load: Callable[[str], None]
) -> None:
    replacement.replace(environment, fresh, load)
    assert state(environment) == NEW
    replacement.settle(environment)
    assert state(environment) == NEW
    with connect(environment) as link:
        link.execute("SET ROLE vekha_owner")
        link.execute("CREATE TABLE public.another (id int)")
        assert link.execute("SELECT has_table_privilege('vekha_web', 'another', 'insert')").fetchone() == (True,)
        link.execute("DROP TABLE public.another")


def test_a_copy_that_cannot_be_loaded_changes_nothing(environment: Environment, fresh: Path) -> None:
    def refuse(_: str) -> None:
        raise ValueError("bad dump")

    with pytest.raises(ValueError, match="bad dump"):
        replacement.replace(environment, fresh, refuse)
    assert state(environment) == OLD


def test_killed_while_loading_it_never_happened(environment: Environment, fresh: Path) -> None:
    def die(_: str) -> None:
        raise Killed

    cut_short(environment, fresh, die)
    replacement.settle(environment)
    assert state(environment) == OLD
    with connect(environment) as link:
        assert link.execute("SELECT has_schema_privilege('vekha_owner', 'public', 'create')").fetchone() == (True,)


def test_killed_after_the_tables_the_files_follow(
    environment: Environment, fresh: Path, load: Callable[[str], None]
) -> None:
    cut_short(environment, fresh, load)
    assert (environment.media / "mark").read_text(encoding="ascii") == "old"
    replacement.settle(environment)
    assert state(environment) == NEW


def test_killed_between_the_folders_the_files_follow(
    environment: Environment, fresh: Path, load: Callable[[str], None]
) -> None:
    cut_short(environment, fresh, load)
    environment.media.rename(environment.home / "media.previous")
    replacement.settle(environment)
    assert state(environment) == NEW


def test_killed_after_the_folders_the_rest_is_cleared(
    environment: Environment, fresh: Path, load: Callable[[str], None]
) -> None:
    cut_short(environment, fresh, load)
    environment.media.rename(environment.home / "media.previous")
    (environment.home / "media.restored").rename(environment.media)
    replacement.settle(environment)
    assert state(environment) == NEW


def test_somebody_connected_does_not_stop_it(
    environment: Environment, fresh: Path, load: Callable[[str], None]
) -> None:
    with psycopg.connect(**environment.database.connection(Role.WEB, environment.passfile)):
        replacement.replace(environment, fresh, load)
    assert state(environment) == NEW
