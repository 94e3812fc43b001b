"""A whole installation for tests: `vekha up` as a child process in a folder of its own, killed and asked as need be."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from tests.patience import HANG
from vekha_portal.embedded.binaries import Installation, find_installations
from vekha_portal.embedded.children import marked_processes
from vekha_portal.embedded.processes import arguments_of, has_ended, list_processes, working_folder
from vekha_portal.env import Environment, Role, read_environment, temporary_home

#: One installation of every major version on this machine.
INSTALLATIONS = {each.major: each for each in reversed(find_installations())}
_PROGRAM = (sys.executable, "-c", "import sys; from vekha.cli import main; sys.argv[0] = 'vekha'; main()")
#: Whoever runs the tests may ignore signals (in the background, without a terminal); a person's own window does not.
_AT_A_TERMINAL = ("/usr/bin/env", "--default-signal=INT,HUP,TERM")
_ASK = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=300).read().decode())"


@dataclass
class Machine:
    """One installation: its folder, its port, and the supervisor that was started last."""

    home: Path
    port: int
    postgres: Path | None = None
    program: tuple[str, ...] = _PROGRAM
    variables: dict[str, str] = field(default_factory=dict)
    supervisor: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> Environment:
        """What the installation's processes are told."""
        return read_environment(self._variables())

    def vekha(self, *arguments: str, timeout: float = HANG) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.program, *arguments],
            env=self._variables(),
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def begin(self, *arguments: str) -> None:
        """Start the portal and do not wait for it."""
        self.command("up", "--port", str(self.port), "--workers", "1", *arguments)

    def command(self, *arguments: str) -> None:
        """Start a command and do not wait for it."""
        self.supervisor = subprocess.Popen(
            [*_AT_A_TERMINAL, *self.program, *arguments],
            env=self._variables(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def up(self, *arguments: str) -> list[str]:
        """Start the portal and return what it said by the time it answers people."""
        self.begin(*arguments)
        said = []
        assert self.supervisor is not None and self.supervisor.stdout is not None
        for line in self.supervisor.stdout:
            said.append(line.rstrip("\n"))
            if "vekha down" in line and "Остановить" in line:
                return said
        raise AssertionError(f"vekha up ended with {self.supervisor.wait()}: {said}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Signal the supervisor and wait for its end; the code and what it said last."""
        assert self.supervisor is not None
        self.supervisor.send_signal(number)  # knows by itself whether the process is still there
        rest, _ = self.supervisor.communicate(timeout=HANG)
        return self.supervisor.returncode, rest

    def ask(self, path: str = "readyz") -> str:
        """What the portal answers over HTTP; asked by a child process, because tests have no network."""
        command = [sys.executable, "-c", _ASK, f"http://127.0.0.1:{self.port}/{path}"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=HANG).stdout.strip()

    def answers(self) -> bool:
        """Whether it is ready to answer people."""
        try:
            return "ok" in self.ask()
        except subprocess.CalledProcessError:
            return False

    def connect(self, role: Role = Role.WORKER) -> psycopg.Connection[Any]:
        """A connection to the installation's database."""
        environment = self.environment
        return psycopg.connect(**environment.database.connection(role, environment.passfile), autocommit=True)

    def processes(self, kind: str = "") -> list[int]:
        """The web and job processes that live."""
        return marked_processes(self.home, kind)

    @property
    def folder(self) -> Path:
        """The folder of everything of PostgreSQL's."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """The folder of PostgreSQL's data."""
        return self.folder / "data"

    def postmaster(self) -> int:
        """The process of PostgreSQL."""
        return int((self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])

    def servers(self) -> list[int]:
        """Whatever of PostgreSQL lives for this installation: making the database, just born, at work or left behind."""
        within = str(self.folder)
        return [
            pid
            for pid in list_processes()
            if not has_ended(pid)
            and ((working_folder(pid) or "").startswith(within) or any(within in each for each in arguments_of(pid)))
        ]

    def _variables(self) -> dict[str, str]:
        taken = {"DATABASE_URL", "VEKHA_ROLE", "VEKHA_PORT", "VEKHA_POSTGRES_BIN"}
        kept = {name: value for name, value in os.environ.items() if name not in taken}
        chosen = {"VEKHA_POSTGRES_BIN": str(self.postgres)} if self.postgres else {}
        return {**kept, **chosen, "VEKHA_HOME": str(self.home), **self.variables}


@contextmanager
def a_machine(installation: Installation | None = None, *, used: bool = False, **options: Any) -> Iterator[Machine]:
    """An installation, empty or ``used`` once before; everything of it is gone afterwards, whatever happened."""
    home = temporary_home("vekha-machine-")
    if used:
        subprocess.run(["cp", "-a", f"{_used_home(installation)}/.", str(home)], check=True)
    machine = Machine(home, free_port(), installation.bin if installation else None, **options)
    try:
        yield machine
    finally:
        if machine.supervisor is not None and machine.supervisor.poll() is None:
            machine.supervisor.kill()
            machine.supervisor.wait()
        if machine.supervisor is not None and machine.supervisor.stdout is not None:
            machine.supervisor.stdout.close()
        machine.vekha("down")
        shutil.rmtree(home)


@cache
def _used_home(installation: Installation | None) -> Path:
    """The folder of an installation that was started and stopped: the first start is the dear one, and few tests are about it."""
    with a_machine(installation) as machine:
        machine.up("--no-example")
        machine.end()
        kept = temporary_home("vekha-used-")
        atexit.register(shutil.rmtree, kept, ignore_errors=True)
        subprocess.run(["cp", "-a", f"{machine.home}/.", str(kept)], check=True)
    return kept


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


#: What can be seen of a first start as it goes on, in order; what was passed stays seen.
MOMENTS: dict[str, Callable[[Machine], object]] = {
    "the folder is taken": lambda machine: (machine.home / "supervisor.lock").exists(),
    "a database is begun": lambda machine: _seen(machine.folder / "data.new", machine.data),
    "half a database is there": lambda machine: _seen(machine.folder / "data.new/global/pg_control", machine.data),
    "PostgreSQL has written its file": lambda machine: (machine.data / "postmaster.pid").exists(),
    "tables are made": lambda machine: machine.processes("django") or machine.processes("web"),
    "the web is started": lambda machine: machine.processes("web"),
    "jobs are started": lambda machine: machine.processes("worker"),
}


def wait_for(condition: Callable[[], object], *, what: str) -> None:
    """Wait until it holds."""
    until = time.monotonic() + HANG
    while not condition():
        assert time.monotonic() < until, f"not within {HANG} s: {what}"
        time.sleep(0.02)


def _seen(*paths: Path) -> bool:
    return any(path.exists() for path in paths)
