"""`vekha up` and `vekha down`: database, tables, web and jobs, started in order, watched, stopped in reverse."""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded.children import WEB, WORKER, Child, marked_processes
from vekha_portal.embedded.keys import keep_secret_key, read_passwords
from vekha_portal.embedded.preparation import prepare
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.processes import end_processes, send
from vekha_portal.embedded.replacement import settle
from vekha_portal.embedded.roles import join_server, provision
from vekha_portal.embedded.stopping import Pause, Stopped, StopRequest, stopping_on_signals
from vekha_portal.env import Environment, Role

#: How long a web request may still take when the portal stops, in seconds; then how long jobs may.
_WEB_PATIENCE = 10
_JOB_PATIENCE = 15
_READY = 60.0
#: Threads of a web process; each keeps a connection, so four processes of them stay far below the database's hundred.
_THREADS = 8
#: A child that ends this often within a minute is not started again.
_TOO_OFTEN = 5

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the portal is to be started."""

    host: str
    port: int
    workers: int
    example: bool

    @property
    def address(self) -> str:
        """What to type into a browser."""
        shown = "localhost" if self.host in ("0.0.0.0", "::", "127.0.0.1") else self.host
        return f"http://{shown}:{self.port}/"


def up(environment: Environment, plan: Plan, say: Say) -> None:
    """Start everything and stay until asked to stop. Raises :class:`CannotRun`."""
    with stopping_on_signals() as stop:
        clusters.make_home(environment.home)
        keep_secret_key(environment)
        with only_one(environment.home, {"pid": os.getpid(), "address": plan.address}):
            _keep_running(environment, plan, say, stop)
    say("Остановлено.")


def down(environment: Environment, say: Say) -> bool:
    """Stop the portal, whoever runs it, and what a killed one left; False where nothing ran. Raises :class:`CannotRun`."""
    if not environment.home.is_dir():
        return False
    found = False
    keeper = running_supervisor(environment.home)
    if keeper is not None:
        found = True
        say(f"Останавливаю (процесс {keeper})…")
        send(keeper, signal.SIGTERM)
        until = time.monotonic() + 90
        while running_supervisor(environment.home) is not None:
            if time.monotonic() > until:
                raise CannotRun(f"Процесс {keeper} не остановился за полторы минуты. Завершите его: kill -9 {keeper}")
            time.sleep(0.1)
    left = marked_processes(environment.home)
    end_processes(left, patience=5.0)
    found = found or bool(left)
    if environment.database.embedded and (environment.home / "postgres" / "data").is_dir():
        found = clusters.stop(clusters.open_cluster(environment)) or found
    return found


def open_database(environment: Environment) -> clusters.Cluster | None:
    """The embedded database, not started yet; None where the database is on a server. Raises :class:`CannotRun`."""
    return clusters.open_cluster(environment) if environment.database.embedded else None


def start_database(
    environment: Environment, cluster: clusters.Cluster | None, say: Say, pause: Pause = time.sleep
) -> None:
    """Start the embedded database, or join the server; roles are there afterwards. Raises :class:`CannotRun`."""
    passwords = read_passwords(environment)
    if cluster is None:
        join_server(environment, passwords)
        settle(environment)
        return
    if not (cluster.data / "PG_VERSION").is_file():
        say(f"Создаю базу PostgreSQL {cluster.installation.major} в {cluster.data}")
    clusters.initialise(cluster, pause=pause)
    clusters.start(cluster, pause)
    provision(environment, passwords)
    settle(environment)


@contextlib.contextmanager
def only_one(home: Path, about: dict[str, object]) -> Iterator[None]:
    """Be the only keeper of this folder. Raises :class:`CannotRun` where another works."""
    with (home / "supervisor.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise CannotRun(_busy(lock.read())) from error
        lock.truncate(0)
        lock.write(json.dumps(about))
        lock.flush()
        yield
        lock.truncate(0)


def running_supervisor(home: Path) -> int | None:
    """The process that keeps this folder, if one does."""
    try:
        with (home / "supervisor.lock").open("r+", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(_about(lock.read()).get("pid") or 0) or None
    except FileNotFoundError:
        return None
    return None


def check_port(host: str, port: int) -> None:
    """See that the port is free. Raises :class:`CannotRun` with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotRun(f"Порт {port} доступен только root. Возьмите другой: vekha up --port 8000") from error
        except OSError as error:
            raise CannotRun(
                f"Порт {port} на {host} занят другой программой ({error.strerror}). Возьмите другой: vekha up --port {port + 1}, "
                f"или узнайте, кто его занял: ss -ltnp 'sport = :{port}'"
            ) from error


def _keep_running(environment: Environment, plan: Plan, say: Say, stop: StopRequest) -> None:
    children = [_web(environment, plan), _jobs(environment)]
    cluster = None
    try:
        end_processes(marked_processes(environment.home), patience=5.0)
        check_port(plan.host, plan.port)
        cluster = open_database(environment)
        start_database(environment, cluster, say, stop.pause)
        prepare(environment, say, example=plan.example, pause=stop.pause)
        shutil.rmtree(environment.home / "metrics", ignore_errors=True)  # what is counted begins anew
        (environment.home / "metrics").mkdir(mode=0o700)
        for child in children:
            stop.check()
            child.start()
        _wait_until_ready(plan, children, stop)
        say(f"Веха работает: {plan.address}\nОстановить: Ctrl-C или vekha down")
        _watch(cluster, children, say, stop.pause)
    except Stopped:
        say("Останавливаю…")
    finally:
        for child, patience in zip(children, (_WEB_PATIENCE + 5.0, _JOB_PATIENCE + 5.0), strict=True):
            child.stop(patience)
        if cluster is not None:
            clusters.stop(cluster)


def _busy(text: str) -> str:
    address = _about(text).get("address")
    where = f" и отвечает по адресу {address}" if address else ""
    return f"Веха уже запущена{where} (процесс {_about(text).get('pid', '?')}). Остановить: vekha down"


def _about(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _web(environment: Environment, plan: Plan) -> Child:
    command = (
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", plan.host, "--port", str(plan.port),
        "--workers", str(plan.workers), "--workers-kill-timeout", str(_WEB_PATIENCE), "--respawn-failed-workers",
        "--respawn-interval", "1", "--blocking-threads", str(_THREADS), "--backpressure", str(_THREADS * 8),
        "--no-ws", "vekha_portal.wsgi:application",
    )  # fmt: skip
    return Child(WEB, command, environment, Role.WEB)


def _jobs(environment: Environment) -> Child:
    command = (
        sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "2",
        "--shutdown-graceful-timeout", str(_JOB_PATIENCE),
    )  # fmt: skip
    return Child(WORKER, command, environment, Role.WORKER)


def _watch(cluster: clusters.Cluster | None, children: list[Child], say: Say, pause: Pause) -> None:
    """Start again whatever ends by itself."""
    while True:
        if cluster is not None and clusters.running_postmaster(cluster) is None:
            say("PostgreSQL остановился, запускаю снова.")
            clusters.start(cluster, pause)
        for child in children:
            if not child.alive():
                recent = [moment for moment in child.started if time.monotonic() - moment < 60]
                if len(recent) >= _TOO_OFTEN:
                    raise CannotRun(
                        f"Процесс {child.kind} не держится: {len(recent)} раз за минуту. Подробности: {child.log}"
                    )
                say(f"Процесс {child.kind} остановился, запускаю снова.")
                child.start()
        pause(0.3)


def _wait_until_ready(plan: Plan, children: list[Child], stop: StopRequest) -> None:
    until = time.monotonic() + _READY
    while time.monotonic() < until:
        for child in children:
            if not child.alive():
                raise CannotRun(f"Процесс {child.kind} не запустился. Подробности: {child.log}")
        if _answers(plan, stop):
            return
        stop.pause(0.1)
    raise CannotRun(f"Портал не ответил за {_READY / 60:.0f} мин. Подробности: {children[0].log}")


def _answers(plan: Plan, stop: StopRequest) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(plan.host, plan.host)
    link = http.client.HTTPConnection(host, plan.port, timeout=10)
    try:
        link.request("GET", "/readyz", headers={"Host": "localhost"})
        return stop.await_answer(link.sock, 30.0) and link.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        link.close()
