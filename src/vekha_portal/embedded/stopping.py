"""A request to stop, noted whenever it comes and obeyed between steps.

An exception out of a signal handler may fall between the birth of a process and the line that writes it down, and then
nobody ends that process. So a handler here only notes; whoever waits asks, and raises where nothing is half begun.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from vekha_portal.embedded.processes import die_with, end_group

#: Waits that many seconds; raises :class:`Stopped` where somebody may ask for it.
Pause = Callable[[float], object]

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked to stop."""


class StopRequest:
    """Whether somebody asked this process to stop; whoever waits with it is woken."""

    def __init__(self) -> None:
        self.asked = False
        self._heard, self._bell = os.pipe()
        os.set_blocking(self._heard, False)
        os.set_blocking(self._bell, False)

    def ask(self) -> None:
        """Note the request; safe inside a signal handler, and as often as one likes."""
        self.asked = True
        with contextlib.suppress(BlockingIOError):
            os.write(self._bell, b"\0")

    def check(self) -> None:
        """Raises :class:`Stopped` once somebody asked."""
        if self.asked:
            raise Stopped

    def pause(self, seconds: float) -> None:
        """Wait. Raises :class:`Stopped` at once when somebody asks."""
        self.check()
        select.select([self._heard], [], [], seconds)
        self.check()

    def await_answer(self, link: Any, seconds: float) -> bool:
        """Whether something can be read from the connection within so many seconds. Raises :class:`Stopped`."""
        self.check()
        readable, _, _ = select.select([link, self._heard], [], [], seconds)
        self.check()
        return link in readable

    def close(self) -> None:
        """Give the descriptors back."""
        os.close(self._heard)
        os.close(self._bell)


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[StopRequest]:
    """Turn Ctrl-C, a polite end and a closed window into a request to stop; what is ignored (``nohup``) stays ignored."""
    request = StopRequest()

    def note(_number: int, _frame: FrameType | None) -> None:
        request.ask()

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    obeyed = [number for number in _SIGNALS if number == signal.SIGTERM or before[number] != signal.SIG_IGN]
    for number in obeyed:
        signal.signal(number, note)
    try:
        yield request
    finally:
        for number in obeyed:
            signal.signal(number, before[number] or signal.SIG_DFL)
        request.close()


def run(
    command: Sequence[str | Path], *, environment: Mapping[str, str], pause: Pause = time.sleep, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; whatever interrupts the wait ends it and everything it started first.

    It gets a session of its own, because Ctrl-C in a terminal reaches every process of the terminal's, and dies with us.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=complained, start_new_session=True,
            preexec_fn=die_with(os.getpid(), signal.SIGKILL), **options,
        )  # fmt: skip
        try:
            while process.poll() is None:
                pause(0.02)
        finally:
            end_group(process)
        texts = [_whole(file) for file in (said, complained)]
    return subprocess.CompletedProcess(list(map(str, command)), process.returncode, *texts)


def _whole(file: Any) -> str:
    file.seek(0)
    text: str = file.read().decode("utf-8", errors="replace")
    return text
