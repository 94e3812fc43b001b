"""The glossary: one Russian term, one identifier, and each word that the code needs is where the glossary says."""

import importlib
import re
from dataclasses import fields, is_dataclass
from enum import EnumMeta
from typing import NamedTuple

import pytest

from tests.conventions.repository import read_text


class Word(NamedTuple):
    russian: str
    identifier: str
    home: str | None


def list_words() -> list[Word]:
    rows = [line.strip("| ").split(" | ") for line in read_text("GLOSSARY.md").splitlines() if line.startswith("| ")]
    words = [row for row in rows if row[0] not in ("Russian", "---")]
    return [Word(row[0], row[1].strip("`"), row[2].strip("` ") if row[2].startswith("`") else None) for row in words]


WORDS = list_words()


def find_in(parent: object, name: str) -> object | None:
    """A member, a field of a frozen value, or ``None``."""
    if is_dataclass(parent) and name in {field.name for field in fields(parent)}:
        return name
    if isinstance(parent, EnumMeta):
        return parent.__members__.get(name)
    return getattr(parent, name, None)


def test_the_glossary_is_read() -> None:
    assert len(WORDS) > 40


def test_one_term_has_one_identifier_and_one_identifier_one_term() -> None:
    terms = [term for word in WORDS for term in re.split(r", ", word.russian)]
    identifiers = [word.identifier for word in WORDS]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
    assert sorted({name for name in identifiers if identifiers.count(name) > 1}) == []


@pytest.mark.parametrize("word", [word for word in WORDS if word.home], ids=lambda word: word.identifier)
def test_a_word_is_where_the_glossary_says(word: Word) -> None:
    assert word.home
    parts = word.home.split(".")
    at = next(index for index, part in enumerate(parts) if part[0].isupper() or index == len(parts) - 1)
    found: object | None = importlib.import_module(".".join(parts[:at]))
    for name in parts[at:]:
        found = find_in(found, name)
        assert found is not None, f"{word.home}: {name} is not there"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.identifier)
def test_identifiers_are_plain_english(word: Word) -> None:
    assert re.fullmatch(r"[a-z]+(?: [a-z]+)*", word.identifier)
