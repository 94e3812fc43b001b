"""What may not stand anywhere: look-alike letters, addresses of registries, paths of a machine, real names."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.repository import files, python_files, read_text, text_files

MIXED = re.compile(r"[A-Za-zА-Яа-яЁё]{3,}")
LATIN_TWINS = set("ABCEHKMOPTXYaceopxyu")
CYRILLIC = re.compile("[А-Яа-яЁё]")
LATIN = re.compile("[A-Za-z]")
REGISTRIES = ("pypi" ".org", "python" "hosted", "npmjs" ".", "registry" ".yarn", "crates" ".io", "proxy" ".golang")
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/[\w.-]+")
LIST_OF_REGIONS = "src/vekha/packs/data/regions.toml"


def mixed_words(text: str) -> list[str]:
    """Words of both alphabets whose Latin letters all look Cyrillic."""
    return [
        word
        for word in MIXED.findall(text)
        if CYRILLIC.search(word) and (latin := LATIN.findall(word)) and set(latin) <= LATIN_TWINS
    ]


def written_text(name: str) -> Iterator[str]:
    """The words of a Python file: its strings as they are at run time, patterns without escapes, and its comments."""
    source = read_text(name)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\\[A-Za-z]|\[[^\]]*\]", " ", node.value)


def test_the_search_for_look_alikes_finds_them() -> None:
    assert mixed_words("Ква" "нториум, MAOU, \u041aв\u0061нториум, QR-код, км/h") == ["\u041aв\u0061нториум"]


@pytest.mark.parametrize("name", files("src/", "bench/", ending=".py"))
def test_sources_hold_no_look_alikes(name: str) -> None:
    assert [word for text in written_text(name) for word in mixed_words(text)] == []


TEXTS = [*files(ending=".md"), *files("src/", ending=".toml"), *files("src/", ending=".html"), *files("src/", ending=".j2")]
QUOTES_SLIPS = "docs/deadlines.md"  # its tables quote misspelt phrases; what it says itself comes from sources checked above


@pytest.mark.parametrize("name", [name for name in TEXTS if name != QUOTES_SLIPS])
def test_texts_hold_no_look_alikes(name: str) -> None:
    assert mixed_words(read_text(name)) == []


def test_no_address_of_a_registry_and_no_machine_path() -> None:
    found = {
        name: hits
        for name, text in text_files()
        if (hits := [part for part in REGISTRIES if part in text] + MACHINE.findall(text))
    }
    assert found == {}


def stem(word: str) -> str:
    """What is left of a surname or an adjective of a region in every case.

    >>> stem("Лесная"), stem("Петров"), stem("Боровой")
    ('Лесн', 'Петров', 'Боров')
    """
    return re.sub(r"(?:ая|ую|ой|ый|ий|ого|ом|у|а|я|ь)$", "", word)


def real_names(folder: Path) -> set[str]:
    """Stems of the surnames and regions named in the real orders."""
    names: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        names.update(re.findall(r"(?:[А-ЯЁ]\. ?){2}([А-ЯЁ][а-яё]{2,})(?!\.)", text))
        names.update(re.findall(r"([А-ЯЁ][а-яё]{2,}) [А-ЯЁ]\. ?[А-ЯЁ]\b", text))
        names.update(re.findall(r"([А-ЯЁ][а-яё]{3,}(?:ая|ой|ую)) област", text))
        names.update(re.findall(r"(?:(?<!\d )г\.|[Гг]орода) ([А-ЯЁ][а-яё]{3,})", text))
    return {stem(name) for name in names}


@pytest.mark.seeds
def test_no_real_name_of_the_orders_stands_anywhere(seeds_dir: Path) -> None:
    stems = real_names(seeds_dir)
    assert len(stems) > 20
    real = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, stems)))})(?:[а-яё]{{0,3}})\b", re.IGNORECASE)
    found = {
        name: sorted(set(hits))[:6]
        for name, text in text_files()
        if name != LIST_OF_REGIONS and (hits := [hit for hit in real.findall(text) if hit[0].isupper()])
    }
    assert found == {}


def test_identifiers_and_file_names_are_plain_ascii() -> None:
    assert [name for name in python_files() if not name.isascii()] == []
