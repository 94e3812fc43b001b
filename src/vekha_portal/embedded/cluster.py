"""One PostgreSQL of our own: make it, start it, stop it, and start it again after anything whatever happened to it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psycopg

from vekha_portal.embedded.account import Account, closed_folder, database_account
from vekha_portal.embedded.binaries import Installation, choose, find_installations, prepare
from vekha_portal.embedded.keys import read_passwords
from vekha_portal.embedded.problems import CannotRun
from vekha_portal.embedded.processes import arguments_of, has_ended, list_processes, send, variables_of, working_folder
from vekha_portal.embedded.stopping import Pause, run
from vekha_portal.env import Environment, Role

#: How long a start is tried again after PostgreSQL refused, in seconds: leftovers of a killed one need time to go.
_PATIENCE = 12.0
#: How long a start that makes progress may take: replaying the log after a crash.
_RECOVERY = 300.0
#: How PostgreSQL is asked to stop, and how long each way may take: its transactions are cut, its log is written out.
_WAYS_TO_STOP = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
_LOG_LIMIT = 10 * 1024 * 1024
_FIXED_LOCALE = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
#: Names the folder in the variables of whatever initdb starts.
_FILLS = "VEKHA_FILLS"

#: Servers this process started, so that their ends are collected.
_launched: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The embedded database: where it lives, which programs serve it, as whom."""

    environment: Environment
    installation: Installation
    account: Account
    extra: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Everything of PostgreSQL's own."""
        return self.environment.home / "postgres"

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where PostgreSQL writes what it has to say."""
        return self.environment.home / "logs" / "postgres.log"


def open_cluster(environment: Environment, extra: Sequence[str] = ()) -> Cluster:
    """Find the programs and make the folders; starts nothing. Raises :class:`CannotRun`."""
    account = database_account()
    home = environment.home
    make_home(home)
    closed = closed_folder(home, account)
    if closed is not None:
        raise CannotRun(
            f"Пользователь {account.name}, от которого работает PostgreSQL, не может пройти через папку {closed}. "
            "Укажите другую папку данных в VEKHA_HOME, например /var/lib/vekha."
        )
    folder = home / "postgres"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o711)
    make_socket_folder(Path(environment.database.host), account)
    installation = choose(find_installations(), folder / "data")
    return Cluster(environment, prepare(installation, account, folder), account, tuple(extra))


def initialise(cluster: Cluster, *, sync: bool = True, pause: Pause = time.sleep) -> bool:
    """Make the data directory, unless it is there; whole or not at all. Raises :class:`CannotRun`."""
    if (cluster.data / "PG_VERSION").is_file():
        return False
    if cluster.data.is_dir() and any(cluster.data.iterdir()):
        raise CannotRun(f"В папке {cluster.data} что-то есть, но это не база PostgreSQL. Переименуйте её и повторите.")
    password = read_passwords(cluster.environment)[Role.ADMIN]
    unfinished = cluster.folder / "data.new"
    _remove(cluster, unfinished)
    try:
        unfinished.mkdir(mode=0o700)
        cluster.account.own(unfinished)
        _fill(cluster, unfinished, password, sync=sync, pause=pause)
        if cluster.data.is_dir():
            cluster.data.rmdir()
        unfinished.rename(cluster.data)
    finally:
        _remove(cluster, unfinished)
    return True


def start(cluster: Cluster, pause: Pause = time.sleep) -> int:
    """Start PostgreSQL, or find it running; return the process once it answers. Raises :class:`CannotRun`."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        running = running_postmaster(cluster) or _newborn(cluster)
        if running is not None:
            if _wait_until_ready(cluster, running, None, pause) and _answers(cluster):
                return running
        else:
            _clear_leftovers(cluster, until=deadline, pause=pause)
            child = _launch(cluster)
            if _wait_until_ready(cluster, child.pid, child, pause):
                return child.pid
        if time.monotonic() > deadline:
            raise CannotRun(
                f"PostgreSQL не запустился: {_last_line(_read_tail(cluster.log))} Подробности: {cluster.log}"
            )
        pause(0.3)


def stop(cluster: Cluster) -> bool:
    """Stop PostgreSQL, also one that was only just started: politely, then at once; False where it did not run."""
    found = False
    while (pid := running_postmaster(cluster) or _newborn(cluster)) is not None:
        found = True
        if not any(_signal_and_wait(pid, number, patience) for number, patience in _WAYS_TO_STOP):
            raise CannotRun(f"PostgreSQL (процесс {pid}) не остановился. Подробности: {cluster.log}")
        child = _launched.pop(pid, None)
        if child is not None:
            child.wait()
    _clear_leftovers(cluster, until=time.monotonic() + _PATIENCE, pause=time.sleep)
    return found


def running_postmaster(cluster: Cluster) -> int | None:
    """The process that serves this data directory, if one does: a stale file that names somebody else's is seen through."""
    pid = _pid_in(cluster.data / "postmaster.pid")
    return pid if pid is not None and _serves(pid, cluster.data) else None


def _newborn(cluster: Cluster) -> int | None:
    """A server that has not come to write its file: ours, or left by whoever was killed while starting it."""
    told = ("-D", str(cluster.data))
    # its own children call themselves otherwise as soon as they live
    servers = (pid for pid in list_processes() if told in pairwise(arguments_of(pid)))
    return next((pid for pid in servers if not has_ended(pid)), None)


def _fill(cluster: Cluster, folder: Path, password: str, *, sync: bool, pause: Pause) -> None:
    """Run initdb. Raises :class:`CannotRun`."""
    reading, writing = os.pipe()
    try:
        cluster.account.own(reading)  # /dev/fd opens it anew, under the rights of who asks
        os.write(writing, password.encode("ascii") + b"\n")
        os.close(writing)
        command = [
            cluster.installation.program("initdb"), f"--pgdata={folder}", f"--username={Role.ADMIN}", "--encoding=UTF8",
            "--auth=scram-sha-256", f"--pwfile=/dev/fd/{reading}", "--data-checksums", "--no-instructions",
            *_locale_flags(cluster.installation.major), *([] if sync else ["--no-sync"]),
        ]  # fmt: skip
        done = run(
            command, environment={**_FIXED_LOCALE, _FILLS: str(folder)}, pause=pause, pass_fds=[reading], cwd=cluster.folder,
            **cluster.account.popen_options(),
        )  # fmt: skip
    finally:
        os.close(reading)
    if done.returncode != 0:
        raise CannotRun(f"Не удалось создать базу в {cluster.data}: {_last_line(done.stderr)}")


def _remove(cluster: Cluster, unfinished: Path) -> None:
    """Remove a folder that initdb was filling, after the last process that works in it."""
    mark = f"{_FILLS}={unfinished}".encode()
    busy = [pid for pid in list_processes() if mark in variables_of(pid)] + _working_in(unfinished)
    for pid in busy:
        send(pid, signal.SIGKILL)
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not all(has_ended(pid) for pid in busy):
        time.sleep(0.02)
    shutil.rmtree(unfinished, ignore_errors=True)


def _locale_flags(major: int) -> list[str]:
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C", "--lc-ctype=C.UTF-8"]


def _launch(cluster: Cluster) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": cluster.environment.database.host,
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "jit": "off",  # compiling a statement of the pages takes longer than any of them
        "log_line_prefix": "%m [%p] ",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }
    options = [f"--{name}={value}" for name, value in settings.items()] + list(cluster.extra)
    cluster.log.parent.mkdir(mode=0o700, exist_ok=True)
    if cluster.log.is_file() and cluster.log.stat().st_size > _LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    with cluster.log.open("ab") as log:
        child = subprocess.Popen(
            [cluster.installation.program("postgres"), "-D", str(cluster.data), *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=cluster.folder, env=_FIXED_LOCALE,
            start_new_session=True, **cluster.account.popen_options(),
        )  # fmt: skip
    for pid in [pid for pid, ended in _launched.items() if ended.poll() is not None]:
        del _launched[pid]
    _launched[child.pid] = child
    return child


def _wait_until_ready(cluster: Cluster, pid: int, child: subprocess.Popen[bytes] | None, pause: Pause) -> bool:
    """Whether the process came to answer; it says so itself in the eighth line of its file."""
    until = time.monotonic() + _RECOVERY
    while time.monotonic() < until:
        if child is not None and child.poll() is not None:
            return False
        if child is None and not _serves(pid, cluster.data):
            return False
        lines = _read_lines(cluster.data / "postmaster.pid")
        if len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready":
            return True
        pause(0.02)
    raise CannotRun(f"PostgreSQL восстанавливается дольше пяти минут. Подробности: {cluster.log}")


def _clear_leftovers(cluster: Cluster, *, until: float, pause: Pause) -> None:
    """Wait for the processes of a killed server to go, then remove the files that still name it."""
    while _working_in(cluster.data) or _newborn(cluster) is not None:
        if time.monotonic() > until:
            return
        pause(0.05)
    socket = Path(cluster.environment.database.host) / f".s.PGSQL.{cluster.environment.database.port}"
    for path in (cluster.data / "postmaster.pid", socket.with_name(f"{socket.name}.lock"), socket):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()


def _working_in(data: Path) -> list[int]:
    """Processes whose working directory is the data directory: PostgreSQL's, and nobody else's."""
    folder = str(data.resolve())
    return [pid for pid in list_processes() if working_folder(pid) == folder]


def _serves(pid: int, data: Path) -> bool:
    return working_folder(pid) == str(data.resolve()) and not has_ended(pid)


def _signal_and_wait(pid: int, number: signal.Signals, patience: float) -> bool:
    if not send(pid, number):
        return True
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if has_ended(pid):
            return True
        time.sleep(0.02)
    return False


def _pid_in(path: Path) -> int | None:
    lines = _read_lines(path)
    first = lines[0].strip() if lines else ""
    return int(first) if first.isdecimal() and int(first) > 0 else None


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _answers(cluster: Cluster) -> bool:
    """Whether it lets us in; one that is just being killed still looks ready."""
    environment = cluster.environment
    try:
        psycopg.connect(**environment.database.connection(Role.ADMIN, environment.passfile), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        return "authentication failed" in str(error) or "does not exist" in str(error)
    return True


def _read_tail(path: Path) -> str:
    return "\n".join(_read_lines(path)[-5:])


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "причина не сообщена."


def make_home(home: Path) -> None:
    """Make the folder of data and the private ones in it. Raises :class:`CannotRun`."""
    try:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotRun(
            f"Нельзя создать папку данных {home}: {error.strerror}. Укажите другую в VEKHA_HOME."
        ) from error
    if not os.access(home, os.W_OK):
        raise CannotRun(f"В папку данных {home} нельзя писать. Укажите другую в VEKHA_HOME.")
    for name in ("secrets", "media", "logs"):
        (home / name).mkdir(mode=0o700, exist_ok=True)


def make_socket_folder(folder: Path, account: Account) -> None:
    """Make the private folder of the socket; nobody else's is used. Raises :class:`CannotRun`."""
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in (os.geteuid(), account.uid):
        raise CannotRun(
            f"Папка {folder} принадлежит кому-то другому. Удалите её или укажите другую папку в VEKHA_HOME."
        )
    account.own(folder)
    folder.chmod(0o700)
