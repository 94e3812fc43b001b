"""The rules of ``rules.toml`` as frozen values: a phrase there is a tuple of dictionary forms here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from vekha.stages.catalogue import Stage

Phrase = tuple[str, ...]
Group = Mapping[str, tuple[Phrase, ...]]
"""Alternatives, any of which will do: the first word of the phrases → the phrases that begin with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """If every group of ``required`` occurs and none of ``forbidden``, it is ``stage`` with ``weight``."""

    stage: Stage
    weight: int
    required: tuple[Group, ...]
    forbidden: Group
    why: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, the heaviest first, and the words that open a subordinate part."""

    text: tuple[Rule, ...]
    results: tuple[Rule, ...]
    openers: frozenset[str]

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every dictionary form the rules mention."""
        words = set(self.openers)
        for rule in (*self.text, *self.results):
            for group in (*rule.required, rule.forbidden):
                words.update(word for phrases in group.values() for phrase in phrases for word in phrase)
        return frozenset(words)


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of the package, read once."""
    return parse_rules(files("vekha.stages").joinpath("rules.toml").read_text(encoding="utf-8"))


def parse_rules(text: str) -> Rules:
    """Rules from the text of a TOML file; an unknown group or stage is a ``ValueError``: the file is part of the program."""
    data = tomllib.loads(text)
    words: Mapping[str, list[str]] = data["words"]
    return Rules(
        text=_sorted(_rule(entry, words) for entry in data["rule"]),
        results=_sorted(_rule(entry, words) for entry in data["result"]),
        openers=frozenset(data["zones"]["openers"]),
    )


def _sorted(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: -rule.weight))


def _rule(entry: Mapping[str, Any], words: Mapping[str, list[str]]) -> Rule:
    return Rule(
        stage=Stage(entry["stage"]),
        weight=int(entry["weight"]),
        required=tuple(_group(element, words) for element in entry["all"]),
        forbidden=_group(entry.get("none", []), words),
        why=str(entry["why"]),
    )


def _group(element: str | list[str], words: Mapping[str, list[str]]) -> Group:
    """One element of a rule: a phrase, a «@group», or a list of either."""
    group: dict[str, tuple[Phrase, ...]] = {}
    for phrase in dict.fromkeys(_phrases(element, words)):
        group[phrase[0]] = (*group.get(phrase[0], ()), phrase)
    return group


def _phrases(element: str | list[str], words: Mapping[str, list[str]]) -> Iterator[Phrase]:
    if isinstance(element, list):
        for part in element:
            yield from _phrases(part, words)
    elif not element.startswith("@"):
        yield tuple(element.split())
    elif element[1:] in words:
        yield from _phrases(words[element[1:]], words)
    else:
        raise ValueError(f"unknown group of words: {element}")
