"""A whole installation for tests: `vekha up` as a child process in a folder of its own, killed and asked as need be."""

from __future__ import annotations

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
from pathlib import Path
from typing import Any

import psycopg

from vekha_portal.embedded.binaries import Installation, find_installations
from vekha_portal.embedded.children import marked_processes
from vekha_portal.env import Environment, Role, read_environment, temporary_home

#: One installation of every major version on this machine.
INSTALLATIONS = {each.major: each for each in reversed(find_installations())}
_PROGRAM = (sys.executable, "-c", "import sys; from vekha.cli import main; sys.argv[0] = 'vekha'; main()")
_ASK = "import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=10).read().decode())"


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

    def vekha(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*self.program, *arguments],
            env=self._variables(),
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def up(self, *arguments: str) -> list[str]:
        """Start the portal and return what it said by the time it answers people."""
        self.supervisor = subprocess.Popen(
            [*self.program, "up", "--port", str(self.port), "--workers", "1", *arguments],
            env=self._variables(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip
        said = []
        assert self.supervisor.stdout is not None
        for line in self.supervisor.stdout:
            said.append(line.rstrip("\n"))
            if "vekha down" in line and "Остановить" in line:
                return said
        raise AssertionError(f"vekha up ended with {self.supervisor.wait()}: {said}")

    def interrupt(self) -> None:
        """Ask the supervisor to stop, wherever it is."""
        if self.supervisor is not None:
            self.supervisor.terminate()

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Signal the supervisor and wait for its end; the code and what it said last."""
        assert self.supervisor is not None
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(number)
        rest, _ = self.supervisor.communicate(timeout=60)
        return self.supervisor.returncode, rest

    def ask(self, path: str = "readyz") -> str:
        """What the portal answers over HTTP; asked by a child process, because tests have no network."""
        command = [sys.executable, "-c", _ASK, f"http://127.0.0.1:{self.port}/{path}"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()

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

    def postmaster(self) -> int:
        """The process of PostgreSQL."""
        return int((self.home / "postgres" / "data" / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])

    def _variables(self) -> dict[str, str]:
        taken = {"DATABASE_URL", "VEKHA_ROLE", "VEKHA_PORT", "VEKHA_POSTGRES_BIN"}
        kept = {name: value for name, value in os.environ.items() if name not in taken}
        chosen = {"VEKHA_POSTGRES_BIN": str(self.postgres)} if self.postgres else {}
        return {**kept, **chosen, "VEKHA_HOME": str(self.home), **self.variables}


@contextmanager
def a_machine(installation: Installation | None = None, **options: Any) -> Iterator[Machine]:
    """A new installation; everything of it is gone afterwards, whatever happened."""
    home = temporary_home("vekha-machine-")
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


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(condition: Callable[[], object], *, seconds: float, what: str) -> None:
    """Wait until it holds."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def gone(pid: int) -> bool:
    """Whether the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
