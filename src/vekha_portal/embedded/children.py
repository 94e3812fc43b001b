"""Child processes of one installation: started with a mark in their environment, found again by it, ended by their ids."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vekha_portal.embedded.processes import die_with, end_processes, list_processes, variables_of
from vekha_portal.embedded.stopping import Pause, run
from vekha_portal.env import Environment, Role

MARK = "VEKHA_INSTANCE"
KIND = "VEKHA_CHILD"
WEB, WORKER = "web", "worker"
_LOG_LIMIT = 10 * 1024 * 1024


@dataclass(slots=True)
class Child:
    """A process that is to run as long as its supervisor does."""

    kind: str
    command: tuple[str, ...]
    environment: Environment
    role: Role
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """Where it writes."""
        return self.environment.home / "logs" / f"{self.kind}.log"

    def start(self) -> None:
        """Start it, after whatever a killed one left running."""
        end_processes(marked_processes(self.environment.home, self.kind), patience=1.0)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        if self.log.is_file() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=child_variables(self.environment, self.role, kind=self.kind),
                start_new_session=True,  # Ctrl-C is the supervisor's
                preexec_fn=die_with(os.getpid(), signal.SIGTERM),
            )
        self.started = [*self.started[-4:], time.monotonic()]

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self, patience: float) -> None:
        """End it and everything it started."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        end_processes(marked_processes(self.environment.home, self.kind), patience=1.0)


def child_variables(environment: Environment, role: Role, *, kind: str = "") -> dict[str, str]:
    """The variables of a process that works for this installation under the role."""
    own = {
        "DJANGO_SETTINGS_MODULE": "vekha_portal.settings",
        "VEKHA_HOME": str(environment.home),
        "VEKHA_ROLE": str(role),
        "PYTHONUNBUFFERED": "1",
    }
    marks = {MARK: str(environment.home), KIND: kind} if kind else {}
    if kind == WEB:
        marks["PROMETHEUS_MULTIPROC_DIR"] = str(environment.home / "metrics")  # its processes count together
    return {**os.environ, **own, **marks}


def run_django(
    environment: Environment, role: Role, arguments: Sequence[str], pause: Pause = time.sleep
) -> subprocess.CompletedProcess[str]:
    """Run one of Django's commands under the role and wait for it."""
    command = [sys.executable, "-m", "django", *arguments]
    return run(command, environment=child_variables(environment, role, kind="django"), pause=pause)


def marked_processes(home: Path, kind: str = "") -> list[int]:
    """The living processes of this installation, of one kind or of all."""
    wanted = {f"{MARK}={home}".encode()} | ({f"{KIND}={kind}".encode()} if kind else set())
    return [pid for pid in list_processes() if wanted <= variables_of(pid)]
