"""An installation to measure: the country loaded once and kept, a copy of it for every run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vekha_portal
from vekha_portal.embedded import cluster as clusters
from vekha_portal.embedded.children import Child, child_variables, marked_processes, run_django
from vekha_portal.embedded.processes import list_processes
from vekha_portal.env import Environment, Role, read_environment, temporary_home

WORKERS = 2
_PROGRAM = (sys.executable, "-c", "import sys; from vekha.cli import main; sys.argv[0] = 'vekha'; main()")
_PACKAGE = Path(vekha_portal.__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    """The installation at work, and how its loading went when it was loaded."""

    environment: Environment
    web: Child
    port: int
    loading: dict[str, Any]

    def ask_django(self, *arguments: str, role: Role = Role.WORKER) -> Any:
        """What a program that knows Django answers about this installation, as JSON."""
        variables = child_variables(self.environment, role)
        done = subprocess.run(
            [sys.executable, "-m", "bench.portal.child", *arguments],
            env=variables, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"bench.portal.child {' '.join(arguments)}:\n{done.stderr[-4000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def web_memory(self) -> list[float]:
        """MiB of resident memory of each process that answers people, the biggest first."""
        pids = set(marked_processes(self.environment.home, "web"))
        children = {pid for pid in list_processes() if _parent(pid) in pids}
        return sorted((_resident(pid) for pid in children or pids), reverse=True)


@contextlib.contextmanager
def installation() -> Iterator[Place]:
    """A copy of the loaded country with its database and its web processes running; gone afterwards."""
    kept = _loaded()
    home = temporary_home("vekha-bench-")
    subprocess.run(["cp", "-a", f"{kept}/.", str(home)], check=True)
    variables = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VEKHA_ROLE")}
    environment = read_environment({**variables, "VEKHA_HOME": str(home)})
    cluster = clusters.open_cluster(environment)
    web = None
    try:
        clusters.start(cluster)
        done = run_django(environment, Role.OWNER, ["prepare_installation"])
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        port = _free_port()
        (environment.home / "metrics").mkdir(mode=0o700, exist_ok=True)
        web = _web(environment, port)
        web.start()
        _wait(port)
        yield Place(environment, web, port, json.loads((home / "loaded.json").read_text(encoding="utf-8")))
    finally:
        if web is not None:
            web.stop(15.0)
        clusters.stop(cluster)
        shutil.rmtree(home)


def country_sum() -> str:
    """A sum that changes with what the country is made of; tables that came later are made by migrating the copy."""
    digest = hashlib.sha256()
    for path in sorted((_PACKAGE / "examples" / "country").glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _loaded() -> Path:
    """The folder with the country, loaded now unless it was; other countries go."""
    # the database's own user must come through, and nobody comes through the home of root
    base = Path("/var/cache/vekha") if os.geteuid() == 0 else Path.home() / ".cache" / "vekha"
    base.mkdir(mode=0o711, parents=True, exist_ok=True)
    folder = base / f"country-{country_sum()}"
    if (folder / "loaded.json").is_file():
        return folder
    for old in base.glob("country-*"):
        shutil.rmtree(old)
    began = time.perf_counter()
    folder.mkdir(mode=0o711)
    variables = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "VEKHA_ROLE")}
    done = subprocess.run(
        [*_PROGRAM, "example", "country"],
        env={**variables, "VEKHA_HOME": str(folder)}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    said = next(line for line in done.stdout.splitlines() if line.startswith("Загружено"))
    facts = {"seconds": time.perf_counter() - began, "said": said, "load": os.getloadavg()[0]}
    (folder / "loaded.json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def _web(environment: Environment, port: int) -> Child:
    """The same command as that of `vekha up`."""
    from vekha_portal.embedded import supervisor  # noqa: PLC0415 — its private builder of the command, on purpose

    return supervisor._web(environment, supervisor.Plan("127.0.0.1", port, WORKERS, example=False))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the web processes do not answer")


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return None


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
