"""Writing to people and to other programs: UTF-8 whatever the locale, whole lines at once, nothing that moves a terminal."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from rich.console import RenderableType

Item = TypeVar("Item")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

#: Width of a table that goes to a file or a pipe, in characters.
_PIPE_WIDTH = 140


class OutputClosed(Exception):
    """Whoever read our output has gone («| head»): there is nobody left to write for."""


def speak_utf8() -> None:
    """Make both streams UTF-8, so that Russian comes out under any locale; what cannot be encoded becomes «?»."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def heard(argument: str) -> str:
    """An argument as it was typed: under a locale that is not UTF-8 its bytes are read again as UTF-8, where they are that."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def write_line(line: str) -> None:
    """One line to standard output, at once. Raises :class:`OutputClosed` where nobody reads any more."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise OutputClosed from error


def write_json(value: Mapping[str, Any]) -> None:
    """One object on one line of standard output (JSON Lines)."""
    write_line(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """A message for people, to standard error; silent where that is closed."""
    try:
        sys.stderr.write(plain(message) + "\n")
        sys.stderr.flush()
    except BrokenPipeError:
        close_quietly()


def show(*renderables: RenderableType) -> None:
    """Tables and sentences for people, to standard output, as wide as the terminal; colours only on a terminal."""
    from rich.console import Console  # noqa: PLC0415 — rich takes longer to import than a whole `vekha --version`

    on_terminal = sys.stdout.isatty()
    page = io.StringIO()
    width = None if on_terminal else _PIPE_WIDTH
    console = Console(file=page, force_terminal=on_terminal, width=width, highlight=False, emoji=False, markup=False)
    console.print(*renderables, sep="\n")
    write_line("\n".join(line.rstrip() for line in page.getvalue().rstrip("\n").split("\n")))


def track(items: Iterable[Item], *, total: int, what: str) -> Iterator[Item]:
    """Pass the items on; with a progress bar on standard error where that is a terminal and there is more than one."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # noqa: PLC0415 — as above
    from rich.progress import track as rich_track  # noqa: PLC0415 — as above

    yield from rich_track(items, total=total, description=what, console=Console(stderr=True), transient=True)


def plain(text: str) -> str:
    """Text of a document for a terminal: control characters, which could move the cursor or hide words, become «·».

    >>> plain("до \\x1b[2J1 марта")
    'до ·[2J1 марта'
    """
    return _CONTROL.sub("·", text)


def close_quietly() -> None:
    """Point standard output at nothing, so that closing it at exit cannot fail a second time."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            os.dup2(nothing, stream.fileno())
    os.close(nothing)
