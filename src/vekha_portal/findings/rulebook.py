"""The pages of all rules, over orders and over waves: apps that have rules add theirs, this app shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_RULER = re.compile(r"^\|[\s|:-]+\|$")


@dataclass(frozen=True, slots=True)
class Example:
    """An example on a page: a table with its head, or a text as it would stand in a file."""

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class RulePage:
    """What is known of a rule; ``severity`` is its usual one."""

    code: str
    slug: str
    family: str
    severity: str
    title: str
    why: str
    basis: str
    examples: tuple[Example, ...] = ()
    needs_reference: bool = False


_SOURCES: list[Callable[[], Sequence[RulePage]]] = []


def add_rules(source: Callable[[], Sequence[RulePage]]) -> None:
    """Add an app's rules; they are asked for when the first page is shown."""
    _SOURCES.append(source)


@cache
def list_pages() -> tuple[RulePage, ...]:
    """All rules in the order in which people read findings."""
    return tuple(page for source in _SOURCES for page in source())


def find_page(code: str) -> RulePage | None:
    """The rule with this code or name."""
    wanted = code.strip().casefold()
    return next((each for each in list_pages() if wanted in (each.code.casefold(), each.slug)), None)


def title_of(code: str) -> str:
    """What a rule is about; empty for a code nobody knows."""
    found = find_page(code)
    return found.title if found is not None else ""


def read_example(title: str, text: str) -> Example:
    """An example of a rule's page: a mere table as a table, anything else as it stands.

    >>> read_example("Нарушение", "| № | Срок |\\n| 1 | нет |").rows
    (('1', 'нет'),)
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) < 2 or not all(line.startswith("|") and line.endswith("|") for line in lines):
        return Example(title, text=text)
    rows = [tuple(cell.strip() for cell in line[1:-1].split("|")) for line in lines if not _RULER.match(line)]
    return Example(title, rows[0], tuple(row + ("",) * (len(rows[0]) - len(row)) for row in rows[1:]))
