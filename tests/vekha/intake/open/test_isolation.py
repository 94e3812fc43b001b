"""The child process: what happens to it never happens to the program."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.patience import HANG, not_blocked
from vekha.intake import isolation
from vekha.intake.document import UnreadableFile
from vekha.intake.isolation import call_in_place, call_isolated, listening, more_time, tell_progress
from vekha.intake.limits import MEBIBYTE, Limits, damaged

SMALL = Limits(seconds=HANG, memory_bytes=128 * MEBIBYTE, result_bytes=4 * MEBIBYTE)
QUICK = replace(SMALL, seconds=1.0)  # only for what never ends: a busy machine needs longer for anything else
pytestmark = pytest.mark.usefixtures("exact_deadlines")


def crash() -> bytes:
    ctypes.string_at(0)
    return b""


def spin() -> bytes:
    while True:
        pass


def sleep() -> bytes:
    time.sleep(2 * HANG)
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


class Clock:
    """Stands still unless a test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


def assert_it_ends(pid: int) -> None:
    with not_blocked(), contextlib.suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.02)


@pytest.mark.parametrize(
    ("work", "limits", "code"),
    [
        (crash, SMALL, "reader-crashed"),
        (spin, QUICK, "too-slow"),
        (sleep, QUICK, "too-slow"),
        (eat, SMALL, "over-limits"),
        (abort, SMALL, "over-limits"),
        (recurse, SMALL, "over-limits"),
        (leave, SMALL, "reader-crashed"),
        (panic, SMALL, "reader-crashed"),
        (refuse, SMALL, "damaged"),
        (flood, SMALL, "over-limits"),
    ],
)
def test_every_end_is_a_refusal(work: Callable[[], bytes], limits: Limits, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught, not_blocked():
        call_isolated(work, limits)
    assert caught.value.problem.code == code
    assert caught.value.problem.message
    assert caught.value.problem.hint
    assert psutil.Process().children(recursive=True) == []


def test_a_result_of_any_size_comes_back_whole() -> None:
    data = os.urandom(3 * MEBIBYTE)
    assert call_isolated(lambda: data, SMALL) == data
    assert call_isolated(bytes, SMALL) == b""


def test_more_time_is_given_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(isolation, "time", clock)

    def slow() -> bytes:
        tell_progress(1, 2)
        more_time(2 * HANG)
        tell_progress(2, 2)
        return b"done"

    def hear(done: int, _: int) -> None:
        if done == 2:
            clock.now += 1.5 * HANG  # past the first deadline, not past the second

    with listening(hear):
        assert call_isolated(slow, SMALL) == b"done"
    more_time(5.0)  # outside a child it does nothing


def test_without_more_time_the_deadline_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(isolation, "time", clock)

    def slow() -> bytes:
        tell_progress(1, 2)
        return spin()

    def hear(_: int, __: int) -> None:
        clock.now += 1.5 * HANG

    with pytest.raises(UnreadableFile) as caught, not_blocked(), listening(hear):
        call_isolated(slow, SMALL)
    assert caught.value.problem.code == "too-slow"


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    def loud() -> bytes:
        os.write(1, b"out")
        os.write(2, b"err")
        print("buffered")
        return b""

    call_isolated(loud, SMALL)
    assert capfd.readouterr() == ("", "")


def test_temporary_files_of_a_killed_child_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others work in the machine's own

    def litter() -> bytes:
        Path(tempfile.mkdtemp(), "file").write_text("x")
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    with pytest.raises(UnreadableFile):
        call_isolated(litter, SMALL)
    assert list(tmp_path.iterdir()) == []


def test_grandchildren_end_with_the_child() -> None:
    def spawn() -> bytes:
        process = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({2 * HANG})"])
        return str(process.pid).encode()

    assert_it_ends(int(call_isolated(spawn, SMALL)))


def test_the_child_dies_with_the_parent(tmp_path: Path) -> None:
    script = (
        "import os, sys, time\n"
        "from vekha.intake.isolation import call_isolated\n"
        "from vekha.intake.limits import Limits\n"
        "def work():\n"
        "    os.write(int(sys.argv[1]), str(os.getpid()).encode())\n"
        f"    time.sleep({2 * HANG})\n"
        f"call_isolated(work, Limits(seconds={2 * HANG}))\n"
    )
    reader, writer = os.pipe()
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # whoever is killed leaves its empty folder behind
    parent = subprocess.Popen([sys.executable, "-c", script, str(writer)], pass_fds=[writer], env=environment)
    os.close(writer)
    child = int(os.read(reader, 20))
    os.close(reader)
    parent.kill()
    parent.wait()
    assert_it_ends(child)


def test_in_place_the_same_refusals() -> None:
    assert call_in_place(lambda: "ответ") == "ответ"
    for work, code in ((recurse, "over-limits"), (refuse, "damaged")):
        with pytest.raises(UnreadableFile) as caught:
            call_in_place(work)
        assert caught.value.problem.code == code


def test_where_the_system_cannot_fork_the_work_runs_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert call_isolated(lambda: str(os.getpid()).encode()) == str(os.getpid()).encode()
