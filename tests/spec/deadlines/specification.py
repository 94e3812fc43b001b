"""The deadline language's specification: phrases with what they mean, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from vekha.calendar.working_days import official_calendar
from vekha.deadlines import Deadline, Resolution, deadline_to_json, parse_deadline, resolve
from vekha.problems import Problem

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: what is known beside it, and what has to come out."""

    text: str
    given: dict[str, Any]
    reads: dict[str, Any]
    canonical: str
    dates: tuple[str, ...]
    waits: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One class of phrases, as a chapter of the manual."""

    name: str
    title: str
    about: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine makes of a phrase."""

    deadline: Deadline
    resolution: Resolution
    problems: tuple[Problem, ...]


@cache
def read_chapters() -> tuple[Chapter, ...]:
    """All chapters in the order of their files."""
    return tuple(_read_chapter(path) for path in sorted(FOLDER.glob("*.toml")))


def _read_chapter(path: Path) -> Chapter:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = tuple(
        Phrase(
            text=table["text"],
            given=table.get("given", {}),
            reads=table["reads"],
            canonical=table.get("canonical", ""),
            dates=tuple(table.get("dates", ())),
            waits=table.get("waits", ""),
            notes=tuple(table.get("notes", ())),
        )
        for table in tables["phrase"]
    )
    return Chapter(path.stem, tables["title"], tables["about"].strip(), phrases)


def answer(phrase: Phrase) -> Answer:
    """Read and date a phrase with what is given beside it."""
    known: dict[str, Any] = {
        key: date.fromisoformat(value) if key in ("until", "schedule", "event") else value
        for key, value in phrase.given.items()
    }
    deadline, noticed = parse_deadline(phrase.text, year=phrase.given.get("year"))
    resolution = resolve(deadline, calendar=official_calendar(), **known)
    return Answer(deadline, resolution, (*noticed, *(each for each in resolution.problems if each not in noticed)))


def lean_json(deadline: Deadline) -> dict[str, Any]:
    """The deadline's JSON without its text and without what is absent, false or «on»: what a specification states."""
    return _lean(deadline_to_json(deadline))


def _lean(value: dict[str, Any]) -> dict[str, Any]:
    lean: dict[str, Any] = {}
    for key, each in value.items():
        if key == "text" or each is None or each is False or (key, each) == ("bound", "on"):
            continue
        if key == "parts":
            each = [_lean(part) for part in each]
        elif isinstance(each, dict):
            each = {name: item for name, item in each.items() if item is not None and item is not False}
        elif isinstance(each, list):
            each = [item or "" for item in each]
        lean[key] = each
    return lean


def dates_of(resolution: Resolution) -> tuple[str, ...]:
    """The dates as a specification states them: day, reporting period, «выходной»."""
    return tuple(
        " ".join(filter(None, (day.due.isoformat(), day.period, "выходной" if day.day_off else "")))
        for day in resolution.dates
    )
