"""The shape of a pack's tables, declared once, and the check of any table against it.

A user writes packs by hand: every flaw is said in one Russian sentence that names the entry and the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from vekha.orders.addition import OverCentres, OverTime
from vekha.orders.model import Programme, ResponsibleKind
from vekha.problems import Place, Problem, Severity
from vekha.stages.catalogue import Stage

SCHEMA = "vekha.pack/1"
IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table: whether a value fits, what to write instead (Russian), whether it must be there."""

    fits: Callable[[Any], bool]
    wanted: str
    required: bool = False


Shape = Mapping[str, Field]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1990 <= value <= 2100


def _is_list_of(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _is_one_of(choices: type[StrEnum]) -> Callable[[Any], bool]:
    known = {str(choice) for choice in choices}
    return lambda value: isinstance(value, str) and value in known


def _is_act(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"number", "date"}
        and _is_text(value["number"])
        and _is_date(value["date"])
    )


def _is_identifier(value: Any) -> bool:
    return isinstance(value, str) and IDENTIFIER.fullmatch(value) is not None


def _is_responsible(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) == {"name", "kind"} and _is_text(value["name"]) and _is_one_of(ResponsibleKind)(value["kind"])
    return _is_text(value)


def _one_of(choices: type[StrEnum], *, required: bool = False) -> Field:
    return Field(_is_one_of(choices), "одно из: " + ", ".join(choices), required)


TEXT = Field(_is_text, "непустая строка в кавычках")
NEEDED_TEXT = Field(_is_text, TEXT.wanted, required=True)
TEXTS = Field(_is_list_of(_is_text), "список непустых строк в квадратных скобках")
NEEDED_ID = Field(_is_identifier, "строчные латинские буквы, цифры и дефис, например growth-point-2026", required=True)
REFERENCE = Field(_is_identifier, NEEDED_ID.wanted)
DATE = Field(_is_date, "дата без кавычек, например 2026-03-01")
NEEDED_DATE = Field(_is_date, DATE.wanted, required=True)
NUMBER = Field(_is_number, "неотрицательное число без кавычек")
TABLES = Field(_is_list_of(lambda value: isinstance(value, dict)), "таблицы под строками [[…]]", required=True)
ACT = Field(_is_act, '{ number = "…", date = 2026-03-01 }')

PACK: Shape = {
    "schema": NEEDED_TEXT,
    "id": NEEDED_ID,
    "title": NEEDED_TEXT,
    "sources": Field(lambda value: bool(value) and TEXTS.fits(value), "список источников, хотя бы один", required=True),
    "note": TEXT,
}
SECTIONS: Mapping[str, Shape] = {
    "national_project": {
        "id": NEEDED_ID,
        "name": NEEDED_TEXT,
        "start": NEEDED_DATE,
        "end": NEEDED_DATE,
        "successor": REFERENCE,
    },
    "programme": {
        "id": NEEDED_ID,
        "name": NEEDED_TEXT,
        "names": TEXTS,
        "national_project": REFERENCE,
        "federal_project": TEXT,
        "start": DATE,
        "end": DATE,
        "successor": REFERENCE,
    },
    "roadmap": {
        "id": NEEDED_ID,
        "title": NEEDED_TEXT,
        "programme": _one_of(Programme, required=True),
        "first_year": Field(_is_year, "год четырьмя цифрами без кавычек"),
        "measure": TABLES,
    },
    "edition": {
        "id": NEEDED_ID,
        "title": NEEDED_TEXT,
        "programme": _one_of(Programme, required=True),
        "act": ACT,
        "indicator": TABLES,
    },
    "act": {
        "number": NEEDED_TEXT,
        "date": NEEDED_DATE,
        "about": NEEDED_TEXT,
        "kind": TEXT,
        "programmes": Field(_is_list_of(_is_identifier), "список идентификаторов программ"),
        "repealed_by": ACT,
    },
    "region": {
        "code": Field(lambda value: _is_text(value) and value.isdigit(), "код цифрами в кавычках", required=True),
        "name": NEEDED_TEXT,
        "federal_district": TEXT,
    },
}
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "national_project": ("id",),
    "programme": ("id",),
    "roadmap": ("id",),
    "edition": ("id",),
    "act": ("number", "date"),
    "region": ("code",),
}
"""The keys by which an entry of a section is known."""

PARTS: Mapping[str, tuple[str, Shape]] = {
    "roadmap": (
        "measure",
        {
            "number": TEXT,
            "stage": _one_of(Stage, required=True),
            "text": NEEDED_TEXT,
            "items": TEXTS,
            "item_stages": Field(_is_list_of(_is_one_of(Stage)), "список этапов, по одному на каждый пункт items"),
            "responsibles": Field(_is_list_of(_is_responsible), 'список строк или { name = "…", kind = "role" }'),
            "documents": TEXTS,
            "deadline": TEXT,
            "section": TEXT,
        },
    ),
    "edition": (
        "indicator",
        {
            "number": TEXT,
            "parent": TEXT,
            "name": NEEDED_TEXT,
            "unit": TEXT,
            "opening_year": NUMBER,
            "following_years": NUMBER,
            "target": TEXT,
            "over_time": _one_of(OverTime, required=True),
            "over_centres": _one_of(OverCentres, required=True),
        },
    ),
}


def check_table(table: Mapping[str, Any], shape: Shape, *, entry: str, place: Place | None) -> Iterator[Problem]:
    """Every flaw of one table; ``entry`` names it in the messages («[[programme]] «growth-point»»)."""
    for key, field in shape.items():
        if key not in table:
            if field.required:
                hint = f"Добавьте ключ {key}: {field.wanted}."
                yield Problem("pack-key-missing", f"В {entry} нет ключа «{key}».", Severity.ERROR, hint, place)
        elif not field.fits(table[key]):
            yield Problem(
                "pack-value-wrong",
                f"В {entry} ключ «{key}» имеет неподходящее значение «{quote(table[key])}».",
                Severity.ERROR,
                f"Нужно: {field.wanted}.",
                place,
            )
    for key in table:
        if key not in shape:
            yield Problem(
                "pack-key-unknown",
                f"В {entry} ключ «{quote(key)}» не известен и не читается.",
                Severity.WARNING,
                "Известные ключи: " + ", ".join(shape) + ".",
                place,
            )


def quote(value: Any, length: int = 60) -> str:
    """A value as a message shows it: short, on one line."""
    text = " ".join(str(value)[: length * 4].split())
    return text if len(text) <= length else text[: length - 1] + "…"
