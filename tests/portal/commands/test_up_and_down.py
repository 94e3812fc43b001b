"""`vekha up` and `vekha down` as a person uses them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.portal.machine import INSTALLATIONS, MOMENTS, Machine, a_machine, wait_for
from vekha_portal.embedded.processes import has_ended
from vekha_portal.env import Role

pytestmark = pytest.mark.slow
_SYSTEM_PYTHON = Path("/usr/bin/python3")


@pytest.fixture(scope="module")
def running() -> Iterator[Machine]:
    """One that works, for tests that leave it working; versions of PostgreSQL differ in how they start and end, below."""
    with a_machine() as machine:
        machine.up()
        yield machine


def test_it_answers_people(running: Machine) -> None:
    assert json.loads(running.ask("healthz")) == json.loads(running.ask("readyz")) == {"status": "ok"}


def test_its_processes_count_together_and_its_files_come_packed(running: Machine) -> None:
    page = running.ask("sign-in/")
    found = re.search(r'"/(static/[^"]+\.css)"', page)
    assert found is not None and running.ask(found[1])
    assert (running.home / found[1]).with_name(f"{Path(found[1]).name}.gz").is_file()
    numbers = running.ask("metrics")
    assert 'route="/sign-in/",status="200"' in numbers and "vekha_database_answers 1.0" in numbers


def test_a_second_one_is_refused_and_told_where_the_first_is(running: Machine) -> None:
    done = running.vekha("up", "--port", "1024")
    assert done.returncode == 1
    assert f"Веха уже запущена и отвечает по адресу http://localhost:{running.port}/" in done.stderr
    assert running.answers()


def test_web_and_worker_have_their_own_roles(running: Machine) -> None:
    with running.connect(Role.ADMIN) as link:
        query = "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'vekha' AND pid <> pg_backend_pid()"
        roles = {row[0] for row in link.execute(query)}
    assert roles <= {"vekha_web", "vekha_worker"} and "vekha_worker" in roles


def test_the_worker_does_jobs(running: Machine) -> None:
    task = "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', %s, '{\"timestamp\": 1}') RETURNING id"
    with running.connect() as link:
        row = link.execute(task, ["vekha_portal.operations.jobs.requeue_stalled"]).fetchone()
        done = "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'succeeded'"
        wait_for(lambda: link.execute(done, row).fetchone(), what="the job is done")


def test_logs_are_lines_of_json_without_the_query(running: Machine) -> None:
    running.ask("healthz?email=anna@school.example")
    text = (running.home / "logs" / "web.log").read_text(encoding="utf-8")
    assert "school.example" not in text
    for line in text.splitlines():
        assert re.match(r"\{.*\}$|\[[A-Z]+\] ", line), line  # the web server itself names its levels in brackets


def test_what_is_private_is_private(running: Machine) -> None:
    for name in ("secrets", "media", "logs"):
        assert stat.S_IMODE((running.home / name).stat().st_mode) == 0o700
    for path in (running.home / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("major", INSTALLATIONS)
def test_a_signal_stops_everything(major: int) -> None:
    with a_machine(INSTALLATIONS[major], used=True) as machine:
        for number in (signal.SIGINT, signal.SIGTERM):  # SIGHUP: below, with the window closed
            machine.up()
            pids = [machine.postmaster(), *machine.processes()]
            assert len(pids) >= 4  # database, web and its process, jobs
            code, said = machine.end(number)
            assert code == 0
            assert said.splitlines()[-1] == "Остановлено."
            assert all(has_ended(pid) for pid in pids)
        log = (machine.home / "logs" / "postgres.log").read_text(encoding="utf-8")
        assert "database system is shut down" in log and "not properly shut down" not in log


def assert_nothing_is_left(machine: Machine) -> None:
    assert not machine.processes()
    assert not machine.servers()
    assert not (machine.folder / "data.new").exists()
    assert not (machine.data / "postmaster.pid").exists()
    assert not list((machine.home / "run").glob(".s.PGSQL*"))
    assert not list(machine.home.rglob("*.new"))


@pytest.mark.parametrize("major", INSTALLATIONS)
def test_a_signal_at_any_moment_of_a_first_start_leaves_nothing(major: int) -> None:
    with a_machine(INSTALLATIONS[major]) as machine:
        for name, passed in MOMENTS.items():
            machine.begin()
            wait_for(lambda: passed(machine), what=name)  # noqa: B023 — called at once
            code, said = machine.end()
            assert (code, said.splitlines()[-2:]) == (0, ["Останавливаю…", "Остановлено."]), name
            assert_nothing_is_left(machine)
        machine.up()
        assert machine.answers()


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Machine]:
    """A machine whose PostgreSQL, once born, does nothing as long as ``hold`` is there: it has written no file yet."""
    with a_machine(INSTALLATIONS[min(INSTALLATIONS)], used=True) as machine:
        programs, original = machine.home / "programs", machine.postgres
        programs.mkdir()
        (machine.home / "hold").touch()
        for name in ("initdb", "pg_dump", "pg_restore", "postgres"):
            waits = (
                f"while [ $1 = -D ] && [ -e {machine.home}/hold ]; do sleep 0.05; done" if name == "postgres" else ""
            )
            (programs / name).write_text(f'#!/bin/sh\n{waits}\nexec {original}/{name} "$@"\n', encoding="ascii")
            (programs / name).chmod(0o755)
        machine.postgres = programs
        yield machine


def test_a_signal_finds_a_database_that_was_only_just_born(held: Machine) -> None:
    held.begin()
    wait_for(held.servers, what="PostgreSQL is born")
    assert not (held.data / "postmaster.pid").exists()
    assert held.end()[0] == 0
    assert_nothing_is_left(held)


@pytest.mark.parametrize("name", ["backup", "restore"])
def test_a_signal_ends_a_copy_and_the_database_it_started(held: Machine, name: str, tmp_path: Path) -> None:
    file = tmp_path / "vekha.tar"
    if name == "restore":
        (held.home / "hold").unlink()
        assert held.vekha("backup", str(file)).returncode == 0
        (held.home / "hold").touch()
    held.command(name, str(file))
    wait_for(held.servers, what="PostgreSQL is born")
    code, said = held.end()
    assert code == 1 and said.startswith("Прервано: ")
    assert_nothing_is_left(held)
    assert file.exists() == (name == "restore") and len(list(tmp_path.iterdir())) == file.exists()
    assert not list(held.home.glob("restore-*")) and not list(held.home.glob("backup-*"))


def test_down_finds_a_database_that_was_only_just_born(held: Machine) -> None:
    held.begin()
    wait_for(held.servers, what="PostgreSQL is born")
    assert held.end(signal.SIGKILL)[0] == -signal.SIGKILL
    assert len(held.servers()) >= 1
    assert held.vekha("down").stdout.splitlines()[-1] == "Остановлено."
    assert_nothing_is_left(held)


def test_the_next_start_takes_over_a_database_that_was_only_just_born(held: Machine) -> None:
    held.begin()
    wait_for(held.servers, what="PostgreSQL is born")
    (born,) = (pid for pid in held.servers() if b"-D" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"))
    held.end(signal.SIGKILL)
    (held.home / "hold").unlink()
    held.up()
    assert held.postmaster() == born
    assert held.end()[0] == 0
    assert_nothing_is_left(held)


def test_a_closed_window_ends_it_in_order_and_nohup_keeps_it() -> None:
    with a_machine(used=True) as machine:
        machine.up()
        assert machine.supervisor is not None and machine.supervisor.stdout is not None
        machine.supervisor.stdout.close()
        machine.supervisor.send_signal(signal.SIGHUP)
        assert machine.supervisor.wait() == 0
        assert_nothing_is_left(machine)
        machine.program = ("/usr/bin/env", "--ignore-signal=HUP", *machine.program)
        machine.up()
        machine.supervisor.send_signal(signal.SIGHUP)
        assert machine.answers()
        assert machine.end()[0] == 0


def test_a_web_process_that_dies_is_replaced(running: Machine) -> None:
    keeper, *workers = sorted(running.processes("web"))
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    wait_for(running.answers, what="another web process")
    assert keeper in running.processes("web")


def test_down_stops_it_from_another_window_and_clears_what_a_killed_one_left() -> None:
    with a_machine(used=True) as machine:
        machine.up()
        pids = [machine.postmaster(), *machine.processes()]
        done = machine.vekha("down")
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Остановлено.")
        assert all(has_ended(pid) for pid in pids)
        assert machine.end()[0] == 0
        again = machine.vekha("down")
        assert (again.returncode, again.stdout) == (0, "Веха не запущена.\n")
        machine.up()
        machine.end(signal.SIGKILL)
        assert machine.vekha("down").returncode == 0
        assert_nothing_is_left(machine)


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with a_machine() as machine, socket.socket() as taken:
        taken.bind(("127.0.0.1", machine.port))
        taken.listen()
        done = machine.vekha("up", "--port", str(machine.port))
        assert done.returncode == 1
        assert f"Порт {machine.port} на 127.0.0.1 занят" in done.stderr
        assert f"vekha up --port {machine.port + 1}" in done.stderr
        assert not (machine.home / "postgres" / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["--port", "70000"], {}, "от 1 до 65535"),
        ([], {"VEKHA_PORT": "восемь"}, "«восемь»"),
        ([], {"DATABASE_URL": "mysql://db/vekha"}, "«mysql»"),
        ([], {"DATABASE_URL": "postgresql:///vekha"}, "не указаны сервер"),
        ([], {"VEKHA_ROLE": "root"}, "неизвестная роль «root»"),
        ([], {"VEKHA_DEBUG": "maybe"}, "VEKHA_DEBUG"),
        ([], {"VEKHA_HOME": "/proc/vekha"}, "Нельзя создать папку данных"),
        ([], {"VEKHA_POSTGRES_BIN": "/nowhere"}, "Не найден PostgreSQL"),
    ],
)
def test_a_wrong_call_is_a_sentence(arguments: list[str], variables: dict[str, str], said: str) -> None:
    with a_machine(variables=variables) as machine:
        done = machine.vekha("up", *arguments)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_on_a_server_is_joined_and_its_roles_made() -> None:
    with a_machine(used=True) as server:
        server.up()
        address = server.environment.database
        with server.connect(Role.ADMIN) as link:
            link.execute("CREATE DATABASE elsewhere")
            link.execute("CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'secret'")
            link.execute("ALTER DATABASE elsewhere OWNER TO chief")
            for role in (Role.OWNER, Role.WEB, Role.WORKER):
                link.execute(f"GRANT {role} TO chief WITH ADMIN OPTION".encode())
        url = f"postgresql://chief:secret@/elsewhere?host={address.host}"
        with a_machine(variables={"DATABASE_URL": url}) as machine:
            machine.up("--no-example")
            assert machine.answers()
            assert not (machine.home / "postgres").exists()
            assert machine.end()[0] == 0


def test_a_server_that_refuses_is_told() -> None:
    with a_machine(variables={"DATABASE_URL": "postgresql://vekha_web@/vekha?host=/nowhere"}) as machine:
        done = machine.vekha("up", "--port", str(machine.port))
        assert done.returncode == 1
        assert "не впустил роль vekha_owner" in done.stderr and "vekha doctor --sql" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("major", INSTALLATIONS)
def test_an_ordinary_user_runs_it_too(major: int) -> None:
    python = str(_SYSTEM_PYTHON)
    asked = [python, "-c", "import sys; print(sys.version_info[:2])"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if version != str(sys.version_info[:2]):
        pytest.skip("the system's Python is of another version, and this one lies where only root may go")
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    program = (
        "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", python, "-c",
        "from vekha.cli import main; main()",
    )  # fmt: skip
    sources = f"{REPOSITORY / 'src'}:{packages}"
    with a_machine(INSTALLATIONS[major], program=program, variables={"PYTHONPATH": sources, "HOME": "/tmp"}) as machine:
        os.chown(machine.home, 65534, 65534)
        machine.up("--no-example")
        assert machine.answers()
        owners = {os.stat(f"/proc/{pid}").st_uid for pid in (machine.postmaster(), *machine.processes())}
        assert owners == {65534}
        assert machine.end()[0] == 0
