"""A child process in which a file is parsed, so that no file can take the program with it.

The child is forked, bounded in memory and processor time by the system and in wall time by its parent, silent, and
hands its result over as bytes through a pipe. A crash, a hang or an appetite for memory become the refusal of that one
file. Where the system cannot fork, the work runs in place: slower machines of one user, not servers.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import io
import os
import select
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from vekha.intake.document import UnreadableFile
from vekha.intake.limits import DEFAULT_LIMITS, Limits, over_limits, refusal
from vekha.intake.wire import problem_from_bytes, problem_to_bytes

_FRAME = struct.Struct("<cQ")
_RESULT, _REFUSED, _FAILED, _TIME, _PROGRESS = b"R", b"U", b"F", b"T", b"P"
_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 20
_MAX_EXTENSION = 3600.0


Result = TypeVar("Result")


@dataclass(slots=True)
class _Lease:
    """The pipe to the parent of the process that runs now in isolation; ``None`` in every other process."""

    pipe: int | None = None


_lease = _Lease()

#: Is told how many pages of how many are read: ``listener(done, total)``.
Listener = Callable[[int, int], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Within this block ``listener`` hears of every page that is read in a child process."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell_progress(done: int, total: int) -> None:
    """Say in the child process that so many pages of so many are read; elsewhere it does nothing."""
    if _lease.pipe is not None:
        _send(_lease.pipe, _PROGRESS, struct.pack("<LL", done, total))


def more_time(seconds: float) -> None:
    """Ask for more wall and processor time, as readers of scanned pages may; elsewhere it does nothing."""
    if _lease.pipe is None:
        return
    _send(_lease.pipe, _TIME, struct.pack("<d", seconds))
    _extend_processor_time(seconds)


def call_isolated(work: Callable[[], bytes], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """What ``work`` returns, computed in a bounded child process; raises ``UnreadableFile`` whatever happens to the
    child.

    ``work`` may raise ``UnreadableFile`` itself. The child's temporary files are removed, and it never outlives this
    call.
    """
    if not hasattr(os, "fork"):
        return call_in_place(work)
    with tempfile.TemporaryDirectory(prefix="vekha-") as folder:
        return _call_forked(work, limits, folder)


def call_in_place(work: Callable[[], Result]) -> Result:
    """What ``work`` returns, computed here: for small texts, read sooner than a process can start."""
    try:
        return work()
    except UnreadableFile:
        raise
    except Exception as error:
        raise _refusal_by(type(error).__name__) from error


def _call_forked(work: Callable[[], bytes], limits: Limits, folder: str) -> bytes:
    libc = _libc()
    receiver, sender = os.pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(receiver)
        _become_child(work, limits, folder, sender, parent, libc)
    os.close(sender)
    _group(pid)
    try:
        return _receive(receiver, pid, limits)
    finally:
        os.close(receiver)
        _end(pid)


def _group(pid: int) -> None:
    """Give the child a process group of its own (both sides do), so that its own children end with it."""
    try:
        os.setpgid(pid, pid)
    except OSError:
        return  # the child has done it, or is gone


def _end(pid: int) -> None:
    """Kill what is left of the child and its children, and collect it."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)  # it is not collected yet, so its number is still its own
    os.waitpid(pid, 0)


# ── in the parent ─────────────────────────────────────────────────────────────────────────────────


def _receive(receiver: int, pid: int, limits: Limits) -> bytes:
    deadline = time.monotonic() + limits.seconds
    while True:
        header = _read(receiver, _FRAME.size, deadline)
        if len(header) < _FRAME.size:
            raise _cause_of_death(pid)
        kind, size = _FRAME.unpack(header)
        if size > limits.result_bytes:
            raise over_limits("Содержание файла слишком велико.")
        payload = _read(receiver, size, deadline)
        if len(payload) < size:
            raise _cause_of_death(pid)
        if kind == _RESULT:
            return payload
        if kind == _TIME:
            deadline += min(max(struct.unpack("<d", payload)[0], 0.0), _MAX_EXTENSION)
            continue
        if kind == _PROGRESS:
            listener = _listener.get()
            if listener is not None:
                listener(*struct.unpack("<LL", payload))
            continue
        raise _failure(kind, payload)


def _read(receiver: int, size: int, deadline: float) -> bytes:
    """``size`` bytes of the pipe, fewer when the child has closed it; raises ``too-slow`` after the deadline."""
    parts: list[bytes] = []
    poll = select.poll()
    poll.register(receiver, select.POLLIN)
    while size > 0:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(max(left * 1000, 1)):
            raise _too_slow()
        part = os.read(receiver, min(size, _CHUNK))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _failure(kind: bytes, payload: bytes) -> UnreadableFile:
    if kind == _REFUSED:
        return UnreadableFile(problem_from_bytes(payload))
    name, _, trace = payload.decode("utf-8", "replace").partition("\n")
    error = _refusal_by(name)
    error.add_note(trace)
    return error


def _refusal_by(exception: str) -> UnreadableFile:
    if exception == "MemoryError":
        return _out_of_memory()
    if exception == "RecursionError":
        return over_limits("Части документа вложены друг в друга слишком глубоко.")
    return _crashed(exception)


def _cause_of_death(pid: int) -> UnreadableFile:
    """What ended a child that closed the pipe without a word."""
    found = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    status = found.si_status if found else 0
    if status == signal.SIGXCPU:
        return _too_slow()
    if status in (signal.SIGKILL, signal.SIGABRT):  # killed by the system, or a library that aborts without memory
        return _out_of_memory()
    return _crashed(f"сигнал {status}")


def _too_slow() -> UnreadableFile:
    return refusal(
        "too-slow",
        "Файл не удалось прочитать за отведённое время.",
        "Разделите документ на части или сохраните его заново в более простом виде (DOCX, PDF с текстом).",
    )


def _out_of_memory() -> UnreadableFile:
    return over_limits("Для чтения файла нужно больше памяти, чем разрешено.")


def _crashed(cause: str) -> UnreadableFile:
    return refusal(
        "reader-crashed",
        f"При чтении файла произошёл сбой ({cause}): вероятно, файл повреждён.",
        "Сохраните документ заново или в другом формате; если это не поможет, пришлите файл разработчикам.",
    )


# ── in the child ──────────────────────────────────────────────────────────────────────────────────


def _become_child(
    work: Callable[[], bytes], limits: Limits, folder: str, sender: int, parent: int, libc: ctypes.CDLL | None
) -> NoReturn:
    """Run the work and leave without a trace of the parent: no handlers, no buffers, no clean-up of its objects."""
    try:
        _group(0)
        _die_with_parent(parent, libc)
        _set_limits(limits)
        _be_silent()
        tempfile.tempdir = folder
        os.environ["TMPDIR"] = folder
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        gc.freeze()
        _lease.pipe = sender
        _answer(work, sender)
    finally:
        os._exit(0)


def _answer(work: Callable[[], bytes], sender: int) -> None:
    try:
        _send(sender, _RESULT, work())
    except UnreadableFile as error:
        _send(sender, _REFUSED, problem_to_bytes(error.problem))
    except BaseException as error:  # a panic of a Rust library is a BaseException, and nothing may leave this process
        trace = "" if isinstance(error, MemoryError) else traceback.format_exc(limit=-12)
        _send(sender, _FAILED, f"{type(error).__name__}\n{trace}".encode("utf-8", "replace"))


def _send(sender: int, kind: bytes, payload: bytes) -> None:
    view = memoryview(_FRAME.pack(kind, len(payload)) + payload)
    while view:
        view = view[os.write(sender, view) :]


def _libc() -> ctypes.CDLL | None:
    """The C library, loaded before the fork; ``None`` where the system has no such call."""
    if not hasattr(os, "uname") or os.uname().sysname != "Linux":
        return None
    return ctypes.CDLL(None)


def _die_with_parent(parent: int, libc: ctypes.CDLL | None) -> None:
    if libc is not None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call above
        os._exit(0)


def _set_limits(limits: Limits) -> None:
    import resource  # noqa: PLC0415 — not on every system; here the system has forked, so it is

    used = _data_in_use(resource.getpagesize())
    _lower(resource.RLIMIT_DATA, used + limits.memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.unpacked_bytes)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(spent.ru_utime + spent.ru_stime + limits.seconds) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard == resource.RLIM_INFINITY else min(seconds, hard), hard))


def _extend_processor_time(seconds: float) -> None:
    import resource  # noqa: PLC0415 — as above

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = soft + int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _lower(which: int, value: int) -> None:
    import resource  # noqa: PLC0415 — as above

    hard = resource.getrlimit(which)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _data_in_use(page_size: int) -> int:
    """Bytes of private memory the process has when it begins: the parent's, shared until written."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[5]) * page_size
    except OSError:
        return 0


def _be_silent() -> None:
    """Nothing that C libraries print may reach the user's terminal or a JSON on standard output."""
    faulthandler.disable()
    empty = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(empty, descriptor)
    os.close(empty)
    sys.stdout = sys.stderr = io.StringIO()
