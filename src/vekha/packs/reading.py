"""The state of reading one pack: which table stands on which line, which entries were met, what is wrong so far."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from vekha.packs.shapes import IDENTITY, PARTS, SECTIONS, Shape, check_table, quote
from vekha.problems import Place, Problem, Severity

_HEADER = re.compile(r"[ \t]*\[\[[ \t]*([a-z_.]{1,60})[ \t]*\]\]")
_NAMING_KEYS = ("id", "number", "code", "name", "text")

Table = Mapping[str, Any]
Built = TypeVar("Built")


class Reading:
    """Collects the problems of one file while its tables become values."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        lines: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.match(line):
                lines[header[1]].append(at)
        self._lines = {header: iter(numbers) for header, numbers in lines.items()}

    def report(self, code: str, message: str, hint: str, place: Place | None) -> None:
        """Note an error."""
        self.problems.append(Problem(code, message, Severity.ERROR, hint, place))

    def accepts(self, table: Table, shape: Shape, *, entry: str, place: Place | None) -> bool:
        """Whether a table has no error against its shape; whatever is found is noted."""
        found = list(check_table(table, shape, entry=entry, place=place))
        self.problems.extend(found)
        return all(problem.severity is not Severity.ERROR for problem in found)

    def entries(self, data: Table, section: str, build: Callable[[Entry], Built | None]) -> Iterator[Built]:
        """What ``build`` makes of every sound table of a section; tables with an error or met before are left out."""
        tables = data.get(section, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            hint = f"Пишите каждую запись под своей строкой [[{section}]]."
            self.report("pack-section-wrong", f"Раздел «{section}» файла «{self.name}» – не таблицы.", hint, None)
            return
        met: set[tuple[str, ...]] = set()
        for number, table in enumerate(tables, start=1):
            entry = self._entry(section, number, table)
            if not self.accepts(table, SECTIONS[section], entry=entry.label, place=entry.place):
                continue
            identity = tuple(str(table[key]) for key in IDENTITY[section])
            if identity in met:
                self.report("pack-duplicate", f"{entry.label} повторяется.", "Оставьте одну запись.", entry.place)
                continue
            met.add(identity)
            if (built := build(entry)) is not None:
                yield built

    def _entry(self, section: str, number: int, table: Table) -> Entry:
        part, shape = PARTS.get(section, ("", {}))
        parts = table.get(part) if part else None
        place = self._next_place(section)
        rows = [row for row in parts if isinstance(row, dict)] if isinstance(parts, list) else []
        header = f"{section}.{part}"
        inside = tuple(
            Entry(self, row, self._label(header, at, row), self._next_place(header), shape)
            for at, row in enumerate(rows, start=1)
        )
        return Entry(self, table, self._label(section, number, table), place, SECTIONS[section], inside)

    def _label(self, section: str, number: int, table: Table) -> str:
        name = next((quote(table[key], 40) for key in _NAMING_KEYS if isinstance(table.get(key), str)), "")
        return f"[[{section}]] № {number}" + (f" «{name}»" if name else "") + f" файла «{self.name}»"

    def _next_place(self, header: str) -> Place | None:
        line = next(self._lines.get(header, iter(())), None)
        return None if line is None else Place(lines=(line, line))


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a pack: its keys, how messages name it, where it stands, and the tables inside it."""

    reading: Reading
    table: Table
    label: str
    place: Place | None
    shape: Shape
    parts: tuple[Entry, ...] = ()

    def __getitem__(self, key: str) -> Any:
        """The value of a key the shape requires."""
        return self.table[key]

    def get(self, key: str) -> Any:
        """The value of an optional key, or ``None``."""
        return self.table.get(key)

    def listed(self, key: str) -> tuple[Any, ...]:
        """The values of an optional list."""
        return tuple(self.table.get(key, ()))

    def is_sound(self) -> bool:
        """Whether the table fits its shape; its flaws are noted."""
        return self.reading.accepts(self.table, self.shape, entry=self.label, place=self.place)

    def report(self, code: str, message: str, hint: str) -> None:
        """Note an error of this entry."""
        self.reading.report(code, f"{self.label}: {message}", hint, self.place)
