"""Reading the files of the command line one after the other: what was read, and with which exit code it ends."""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vekha.cli.console import heard, say
from vekha.cli.exits import Exit
from vekha.problems import Problem, Severity

if TYPE_CHECKING:
    from vekha.intake.document import Document
    from vekha.orders.model import OrderFile

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file of the call: what it says (an empty order file where it could not be read) and how it ends.

    ``data`` are the bytes of the file, empty where it was not even opened; ``document`` is what its reader gave; ``crash`` is a
    failure of ours, kept for ``--debug``.
    """

    name: str
    order_file: OrderFile
    code: Exit
    data: bytes = b""
    crash: Exception | None = None
    document: Document | None = None


def read_files(names: Sequence[str]) -> Iterator[Outcome]:
    """Read the files in the order of the call; a missing or unreadable one is an outcome too and stops nothing."""
    for name in names:
        yield read_one(name)


def read_one(name: str) -> Outcome:
    """Read one file, «-» being a text on standard input; everything that can be wrong becomes a problem and an exit code."""
    from vekha.intake.document import UnreadableFile  # noqa: PLC0415 — the readers load after the help has answered
    from vekha.intake.open import WrongCall, read_file  # noqa: PLC0415 — as above
    from vekha.intake.reading import unreadable  # noqa: PLC0415 — as above

    path = _path(name)
    try:
        data = _read_standard_input() if name == STDIN else read_file(path)
    except WrongCall as wrong:
        return Outcome(name, unreadable(path.name, _NO_BYTES, wrong.problem), Exit.WRONG_CALL)
    except UnreadableFile as refused:
        return Outcome(name, unreadable(path.name, "", refused.problem), Exit.UNREADABLE)
    return _read_bytes(data, path.name, name)


def exit_code(problems: Sequence[Problem]) -> Exit:
    """How a document that was read ends: with errors, or done."""
    return Exit.PROBLEMS if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


def tell(outcome: Outcome, *, debug: bool) -> None:
    """Say on standard error why a file could not be read; problems inside a document are told with the document."""
    if outcome.code in (Exit.WRONG_CALL, Exit.UNREADABLE):
        for problem in outcome.order_file.problems:
            say(f"{outcome.name}: {problem.message}" + (f" {problem.hint}" if problem.hint else ""))
    if debug and outcome.crash is not None:
        say("".join(traceback.format_exception(outcome.crash)))


_NO_BYTES = hashlib.sha256(b"").hexdigest()


def _read_standard_input() -> bytes:
    from vekha.intake.limits import DEFAULT_LIMITS, over_limits  # noqa: PLC0415 — the readers load after the help has answered

    data = sys.stdin.buffer.read(DEFAULT_LIMITS.file_bytes + 1)
    if len(data) > DEFAULT_LIMITS.file_bytes:
        raise over_limits("На стандартный ввод подано слишком много.")
    return data


def _path(name: str) -> Path:
    path = Path(name)
    return path if path.exists() else Path(heard(name))


def _read_bytes(data: bytes, name: str, shown: str) -> Outcome:
    from vekha.intake.build import build_order  # noqa: PLC0415 — the readers load after the help has answered
    from vekha.intake.document import UnreadableFile  # noqa: PLC0415 — as above
    from vekha.intake.open import open_bytes  # noqa: PLC0415 — as above
    from vekha.intake.reading import unreadable  # noqa: PLC0415 — as above

    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = open_bytes(data, name)
        order_file = build_order(document)
    except UnreadableFile as refused:
        return Outcome(shown, unreadable(name, sha256, refused.problem), Exit.UNREADABLE, data)
    except Exception as crash:  # one document must not stop the others, whatever in it we did not foresee
        return Outcome(shown, unreadable(name, sha256, _our_fault(crash)), Exit.UNREADABLE, data, crash)
    return Outcome(shown, order_file, exit_code(order_file.problems), data, document=document)


def _our_fault(crash: Exception) -> Problem:
    return Problem(
        "internal-failure",
        f"Документ не прочитан из-за сбоя программы ({type(crash).__name__}).",
        Severity.ERROR,
        "Повторите с параметром --debug и передайте подробности разработчикам.",
    )
