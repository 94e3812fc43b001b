"""How a test guards against what never ends without asking how fast the machine is.

A busy machine makes everything late, and lateness is no fault of the code. So work is counted where it can be counted
(:func:`steps`), bounded in processor time where it cannot (:func:`within`), and whatever is only waited for gets ``HANG``.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

#: How long anything is waited for, in seconds: only a real hang may reach it.
HANG = 600.0

#: Processor seconds for what takes less than one on any machine if it is linear, and minutes if it is not.
PLENTY = 30.0


class TookTooLong(AssertionError):
    """The guarded block used up its processor time."""


@contextmanager
def within(seconds: float = PLENTY) -> Iterator[None]:
    """Fail when the block takes more processor time, its ended children's included; interrupt it when it does so in Python."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise TookTooLong(f"more than {seconds} s of processor time")

    spent = _processor_time()
    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert _processor_time() - spent < seconds


@contextmanager
def not_blocked(seconds: float = HANG) -> Iterator[None]:
    """Fail when the block waits for something that never comes."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise TookTooLong(f"still waiting after {seconds} s")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python the work executes: the same number on every machine, however busy."""
    count = 0

    def count_line(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return count_line

    before = sys.gettrace()
    sys.settrace(count_line)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
