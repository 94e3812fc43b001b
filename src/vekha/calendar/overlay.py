"""Overlays: decree days and regional days off as TOML, so that a year can be corrected without touching the program.

An overlay states days, one table each, and the years whose transfers it holds in full::

    complete_years = [2028]

    [[day]]
    date = 2028-06-21                # or: from = 2028-06-21, to = 2028-06-23
    kind = "off"                     # or "working"
    name = "Ысыах"
    region = "14"                    # left out: the whole country
    decree = { issuer = "Указ главы региона", number = "1", date = 2028-01-10 }
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from vekha.problems import Problem, Severity

_LONGEST_RUN = 366


class DayKind(StrEnum):
    """What an overlay makes of a day."""

    OFF = "off"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Decree:
    """The act that sets a day; ``number`` is empty where it could not be confirmed."""

    issuer: str
    number: str
    date: date | None

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        issued = f" от {self.date:%d.%m.%Y}" if self.date else ""
        return f"{self.issuer}{issued}{number}"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that is off or works by an act of its own; ``region`` is a region's code, empty for the whole country."""

    day: date
    kind: DayKind
    name: str
    decree: Decree | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Special days, and the years whose transfers are known in full."""

    days: tuple[SpecialDay, ...] = ()
    complete_years: frozenset[int] = frozenset()


def read_overlay(text: str) -> tuple[Overlay, tuple[Problem, ...]]:
    """Read an overlay from TOML; tables that make no sense are left out, each with a problem.

    >>> overlay, problems = read_overlay('[[day]]\\ndate = 2028-06-21\\nkind = "off"\\nname = "Ысыах"\\nregion = "14"')
    >>> overlay.days[0].name, problems
    ('Ысыах', ())
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Overlay(), (_flaw(f"Файл календаря не читается как TOML: {error}."),)
    days: list[SpecialDay] = []
    problems: list[Problem] = []
    listed = tables.get("day", [])
    for number, table in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        try:
            days.extend(special_days(table))
        except ValueError as error:
            problems.append(_flaw(f"В календаре таблица [[day]] № {number} пропущена: {error}."))
    years = tables.get("complete_years", [])
    if not isinstance(years, list) or not all(type(year) is int for year in years):
        problems.append(_flaw(f"В календаре complete_years должен быть списком годов, а записано «{years}»."))
        years = []
    return Overlay(tuple(days), frozenset(years)), tuple(problems)


def special_days(table: object) -> list[SpecialDay]:
    """The days of one ``[[day]]`` table; raises ``ValueError`` with a Russian reason."""
    if not isinstance(table, Mapping):
        raise ValueError("это не таблица")
    first = _date_of(table, "date" if "date" in table else "from")
    last = first if "date" in table else _date_of(table, "to")
    if not 0 <= (last - first).days <= _LONGEST_RUN:
        raise ValueError(f"промежуток с {first} по {last} перевёрнут или длиннее года")
    if table.get("kind") not in ("off", "working"):
        raise ValueError(f"kind может быть off или working, а записано «{table.get('kind')}»")
    kind = DayKind(table["kind"])
    name, region = str(table.get("name", "")), str(table.get("region", ""))
    decree = decree_of(table.get("decree"))
    run = (last - first).days + 1
    return [SpecialDay(first + timedelta(days=offset), kind, name, decree, region) for offset in range(run)]


def decree_of(table: object) -> Decree | None:
    """The act named in a table, ``None`` if there is none; raises ``ValueError`` with a Russian reason."""
    if table is None:
        return None
    if not isinstance(table, Mapping):
        raise ValueError("decree должен быть таблицей { number = …, date = … }")
    issued = _date_of(table, "date") if "date" in table else None
    return Decree(str(table.get("issuer", "Постановление")), str(table.get("number", "")), issued)


def _date_of(table: Mapping[str, Any], key: str) -> date:
    value = table.get(key)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(f"{key} должен быть датой вида 2028-06-21, а записано «{value}»")
    return value


def _flaw(message: str) -> Problem:
    return Problem("calendar-overlay", message, Severity.WARNING, "Исправьте файл календаря и запустите ещё раз.")
