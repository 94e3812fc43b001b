"""A database for the tests of the portal: one embedded cluster, a template with all migrations, the web role.

Every test runs as ``vekha_web``, which row-level security binds; ``owner`` is there for what a test has to arrange behind
its back. A test that commits (``transactional_db``, ``live_server``) gets a fresh copy of the template afterwards.
``VEKHA_POSTGRES_BIN`` names other programs of PostgreSQL, so that the same tests run on another version.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.roles import provision
from vekha_portal.env import Environment, Role, read_environment, temporary_home

TEMPLATE = "vekha"  # the database `vekha up` would use; no test writes into it
TESTED = "vekha_test"
IN_A_HURRY = ("--fsync=off", "--synchronous_commit=off", "--full_page_writes=off", "--max_connections=40")


@pytest.fixture(scope="session")
def cluster() -> Iterator[clusters.Cluster]:
    """The running database server of this test session, with the portal's roles."""
    home = temporary_home("vekha-tests-")
    given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VEKHA_ROLE")}
    environment = read_environment({**given, "VEKHA_HOME": str(home)})
    opened = clusters.open_cluster(environment, IN_A_HURRY)
    clusters.initialise(opened, sync=False)
    clusters.start(opened)
    try:
        provision(environment, read_passwords(environment))
        yield opened
    finally:
        clusters.stop(opened)
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def environment(cluster: clusters.Cluster) -> Environment:
    """What the portal is told in this test session."""
    return cluster.environment


@pytest.fixture(scope="session")
def django_db_setup(environment: Environment, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Migrate as the owner into the template, then point Django at a copy of it, as the web role."""
    settings.MEDIA_ROOT = str(environment.media)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        _point_django_at(environment, TEMPLATE, Role.OWNER)
        call_command("migrate", interactive=False, verbosity=0)
        _point_django_at(environment, TESTED, Role.WEB)
        _copy_template(environment)
        # Django would TRUNCATE every table after a test that commits; the web role may not, and append-only tables refuse
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: _copy_template(environment))
        yield
        connections.close_all()


@pytest.fixture(autouse=True, scope="session")
def plain_static() -> Iterator[None]:
    """Pages name their files without sums: nobody has gathered them for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture
def owner(db: None, environment: Environment) -> Iterator[psycopg.Connection[Any]]:
    """The tested database as its owner, in a transaction of its own that is rolled back.

    Sees only what is committed: the rows of the test itself live in the web role's transaction.
    """
    with psycopg.connect(
        **{**environment.database.connection(Role.OWNER, environment.passfile), "dbname": TESTED}
    ) as link:
        yield link
        link.rollback()


@pytest.fixture
def worker(db: None, environment: Environment) -> Iterator[psycopg.Connection[Any]]:
    """The tested database as the role of the jobs, rolled back like ``owner``."""
    with psycopg.connect(
        **{**environment.database.connection(Role.WORKER, environment.passfile), "dbname": TESTED}
    ) as link:
        yield link
        link.rollback()


@pytest.fixture(autouse=True)
def own_media(request: pytest.FixtureRequest) -> Iterator[None]:
    """Files a test uploads go away with it."""
    if not {"db", "transactional_db"} & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        yield
        return
    folder = temporary_home("vekha-media-")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", str(folder))
        yield
    shutil.rmtree(folder, ignore_errors=True)


def _point_django_at(environment: Environment, name: str, role: Role) -> None:
    connections.close_all()
    # in place: the connections of other threads (a live server) are made from the same dictionary
    target = connections.settings["default"]
    target.update(
        {"HOST": environment.database.host, "PORT": environment.database.port, "NAME": name, "USER": str(role)}
    )
    target["OPTIONS"] = {"passfile": str(environment.passfile), "connect_timeout": 10}
    connection.settings_dict.update({key: target[key] for key in ("HOST", "PORT", "NAME", "USER", "OPTIONS")})


def _copy_template(environment: Environment) -> None:
    connections.close_all()
    admin = environment.database.connection(Role.ADMIN, environment.passfile)
    with psycopg.connect(**{**admin, "dbname": "postgres"}, autocommit=True) as link:
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(TESTED)))
        link.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(TESTED), sql.Identifier(Role.OWNER), sql.Identifier(TEMPLATE)
            )
        )
