"""The child process: what happens to it never happens to the program."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from vekha.intake.document import UnreadableFile
from vekha.intake.isolation import call_in_place, call_isolated, more_time
from vekha.intake.limits import MEBIBYTE, Limits, damaged

QUICK = Limits(seconds=1.0, memory_bytes=128 * MEBIBYTE, result_bytes=4 * MEBIBYTE)


def crash() -> bytes:
    ctypes.string_at(0)
    return b""


def spin() -> bytes:
    while True:
        pass


def sleep() -> bytes:
    time.sleep(60)
    return b""


def eat() -> bytes:
    return bytes(bytearray(1 << 31))


def recurse() -> bytes:
    return recurse()


def abort() -> bytes:
    os.abort()


def leave() -> bytes:
    os._exit(7)


def refuse() -> bytes:
    raise damaged("Файл сломан.")


def panic() -> bytes:
    class PanicException(BaseException):
        pass

    raise PanicException


def flood() -> bytes:
    return bytes(5 * MEBIBYTE)


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (crash, "reader-crashed"),
        (spin, "too-slow"),
        (sleep, "too-slow"),
        (eat, "over-limits"),
        (abort, "over-limits"),
        (recurse, "over-limits"),
        (leave, "reader-crashed"),
        (panic, "reader-crashed"),
        (refuse, "damaged"),
        (flood, "over-limits"),
    ],
)
def test_every_end_is_a_refusal(work: Callable[[], bytes], code: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        call_isolated(work, QUICK)
    assert caught.value.problem.code == code
    assert caught.value.problem.message
    assert caught.value.problem.hint
    assert time.monotonic() - started < 4
    assert psutil.Process().children(recursive=True) == []


def test_a_result_of_any_size_comes_back_whole() -> None:
    data = os.urandom(3 * MEBIBYTE)
    assert call_isolated(lambda: data, QUICK) == data
    assert call_isolated(bytes, QUICK) == b""


def test_more_time_is_given_when_asked_for() -> None:
    def slow() -> bytes:
        more_time(5.0)
        time.sleep(1.5)
        return b"done"

    assert call_isolated(slow, QUICK) == b"done"
    more_time(5.0)  # outside a child it does nothing


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    def loud() -> bytes:
        os.write(1, b"out")
        os.write(2, b"err")
        print("buffered")
        return b""

    call_isolated(loud, QUICK)
    assert capfd.readouterr() == ("", "")


def test_temporary_files_of_a_killed_child_are_removed() -> None:
    marker = f"left-{os.getpid()}"

    def litter() -> bytes:
        Path(tempfile.mkdtemp(prefix=marker), "file").write_text("x")
        return spin()

    with pytest.raises(UnreadableFile):
        call_isolated(litter, QUICK)
    assert list(Path(tempfile.gettempdir()).rglob(f"{marker}*")) == []


def test_grandchildren_end_with_the_child() -> None:
    def spawn() -> bytes:
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        return str(process.pid).encode()

    pid = int(call_isolated(spawn, QUICK))
    deadline = time.monotonic() + 5
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_child_dies_with_the_parent(tmp_path: Path) -> None:
    script = (
        "import os, sys, time\n"
        "from vekha.intake.isolation import call_isolated\n"
        "def work():\n"
        "    os.write(int(sys.argv[1]), str(os.getpid()).encode())\n"
        "    time.sleep(60)\n"
        "call_isolated(work)\n"
    )
    reader, writer = os.pipe()
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # whoever is killed leaves its empty folder behind
    parent = subprocess.Popen([sys.executable, "-c", script, str(writer)], pass_fds=[writer], env=environment)
    os.close(writer)
    child = psutil.Process(int(os.read(reader, 20)))
    os.close(reader)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_in_place_the_same_refusals() -> None:
    assert call_in_place(lambda: "ответ") == "ответ"
    for work, code in ((recurse, "over-limits"), (refuse, "damaged")):
        with pytest.raises(UnreadableFile) as caught:
            call_in_place(work)
        assert caught.value.problem.code == code


def test_where_the_system_cannot_fork_the_work_runs_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert call_isolated(lambda: str(os.getpid()).encode()) == str(os.getpid()).encode()
