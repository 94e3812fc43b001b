"""Tables of rows: which columns there are, how links sort and turn pages; what is asked for is checked, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

#: Rows on a page; a person may choose another of these.
PAGE_SIZE = 50
#: No list is turned further than this many pages: whoever is there should filter.
LAST_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``order`` is what the database sorts by, empty where it cannot."""

    key: str
    label: str
    order: tuple[str, ...] = ()
    numeric: bool = False
    narrow: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head on one page: where its link leads and what the sorting is now."""

    column: Column
    sort: str
    direction: str

    @property
    def sorted_word(self) -> str:
        """What a screen reader says of it."""
        return {"up": "ascending", "down": "descending"}.get(self.direction, "none")


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what a list is sorted: the key of a column, ``-`` before it for downwards."""

    columns: tuple[Column, ...]
    chosen: str

    @classmethod
    def read(cls, query: QueryDict, columns: Sequence[Column], default: str) -> Sorting:
        """The sorting an address asks for, the default where it asks for nonsense."""
        asked = query.get("sort", "")
        keys = {column.key for column in columns if column.order}
        return cls(tuple(columns), asked if asked.removeprefix("-") in keys else default)

    @property
    def order_by(self) -> tuple[str, ...]:
        """For ``QuerySet.order_by``; the primary key comes last, so that pages never share a row."""
        order = next((column.order for column in self.columns if column.key == self.chosen.removeprefix("-")), ())
        down = self.chosen.startswith("-")
        return (*(_turned(name) if down else name for name in order), "pk")

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The heads of the columns."""
        return tuple(self._heading(column) for column in self.columns)

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column, "", "")
        if self.chosen == column.key:
            return Heading(column, f"-{column.key}", "up")
        return Heading(column, column.key, "down" if self.chosen == f"-{column.key}" else "")


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def turn_to(rows: Any, query: QueryDict, *, size: int = PAGE_SIZE) -> Page[Any]:
    """The page an address asks for; the nearest existing one where it asks for nonsense."""
    asked = query.get("page", "1")
    number = min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return Paginator(rows, size).get_page(number)
