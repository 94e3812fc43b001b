"""Processes of this machine as ``/proc`` tells of them: whether one lives, where it works, what it was told; and their ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_libc = ctypes.CDLL(None)


def list_processes() -> list[int]:
    """Every process but this one."""
    return [int(name) for name in os.listdir("/proc") if name.isdecimal() and int(name) != os.getpid()]


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or only waits to be buried."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return text.rpartition(")")[2].split()[0] in ("Z", "X")
    except (OSError, IndexError):
        return True


def working_folder(pid: int) -> str | None:
    """Where the process works; None for what is gone or not ours to look at."""
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None


def arguments_of(pid: int) -> list[str]:
    """How the process was called; nothing for what is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", errors="surrogateescape").split("\0")
    except OSError:
        return []


def variables_of(pid: int) -> frozenset[bytes]:
    """What the process was told at its start; nothing for what is gone or not ours to look at."""
    try:
        return frozenset(Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")) - {b""}
    except OSError:
        return frozenset()


def send(pid: int, number: signal.Signals) -> bool:
    """Signal the process; False where it is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def end_processes(pids: Sequence[int], *, patience: float) -> None:
    """Ask the processes to end, and end those that do not; returns when none is left."""
    left = list(pids)
    for number, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, 30.0)):
        left = [pid for pid in left if send(pid, number)]
        until = time.monotonic() + seconds
        while left and time.monotonic() < until:
            left = [pid for pid in left if not has_ended(pid)]
            time.sleep(0.02)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session of its own, with everything in it, at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def die_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """A function for ``preexec_fn``: the new process gets the signal when its parent dies, even if that happened just now."""

    def arrange() -> None:
        _libc.prctl(_DIES_WITH_PARENT, number)
        if os.getppid() != parent:
            os._exit(1)

    return arrange
