"""The stage of a measure by its wording: rules over dictionary forms, with a reason that can be shown to people.

The heaviest matching rule decides. What stands only in a subordinate part («в соответствии с дизайн-проектом») counts less.
A list of different things takes the stage of its first item. The expected documents decide where the text says nothing, or
less than they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vekha.stages.catalogue import Stage
from vekha.stages.lexicon import load_forms, nearest_form
from vekha.stages.rules import Group, Phrase, Rule, load_rules
from vekha.text.normalise import fold

MAX_TEXT = 20_000
"""Longer texts are no measures: only this many characters are read."""

_TOKEN = re.compile(r"[а-яa-z]+(?:-[а-яa-z]+)*|[,;:.()]")
_ITEM = re.compile(r"\n|;|(?:(?<=\s)|\A)\d{1,2}(?:\.\d{1,2})*[.)](?=\s|[А-ЯЁ])|(?<=[:.])\s*[-–—•·](?=\s)")
_GAP = 2
_SUBORDINATE = 30
_CLEAR = 58
_JOINED = 80
_PENALTY_CLOSE = 0.15
_PENALTY_SLIP = 0.1


@dataclass(frozen=True, slots=True)
class Classification:
    """A stage, why (Russian, quoting the deciding words), and how sure it is, 0…1."""

    stage: Stage
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as the rules see it: where each dictionary form stands, and which words are subordinate or misspelt."""

    positions: dict[str, list[int]]
    written: tuple[str, ...]
    subordinate: frozenset[int]
    misspelt: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A rule that matched: its weight after the penalty, and the positions that decided."""

    rule: Rule
    weight: int
    positions: tuple[int, ...]


_UNKNOWN = "ни одно правило не узнало этап по словам мероприятия"


def classify(text: str, results: str = "") -> Classification:
    """The canonical stage of a measure from its text and its expected documents.

    >>> found = classify("Заключено соглашение о предоставлении субсидии из федерального бюджета")
    >>> found.stage, found.reason
    (<Stage.SUBSIDY_AGREEMENT: 'subsidy-agreement'>, 'соглашение о субсидии: «соглашение», «субсидии»')
    >>> classify("Проведён мониторинг", "фотоотчёт").stage
    <Stage.SITE_MONITORING: 'site-monitoring'>
    """
    return _classify(text[:MAX_TEXT], results[:MAX_TEXT])


@lru_cache(maxsize=1 << 12)
def _classify(text: str, results: str) -> Classification:
    hits, words = _by_text(text)
    document_words = _read(results)
    documents = _hits(load_rules().results, document_words) if results.strip() else ()
    if documents and documents[0].weight > (hits[0].weight if hits else 0):
        hit = documents[0]
        reason = f"по ожидаемому документу — {_reason(hit, document_words)}"
        return Classification(hit.rule.stage, reason, round(min(0.6, hit.weight / 130), 2))
    if not hits:
        return Classification(Stage.OTHER, _UNKNOWN, 0.2)
    best = hits[0]
    confidence = _confidence(best, hits[1:], documents)
    if not words.misspelt.isdisjoint(best.positions):
        return Classification(
            best.rule.stage, _reason(best, words) + " (с опечаткой)", round(confidence - _PENALTY_SLIP, 2)
        )
    return Classification(best.rule.stage, _reason(best, words), confidence)


def _by_text(text: str) -> tuple[Sequence[_Hit], _Words]:
    """The hits of the first part of a list that says something clear, or else of the whole text."""
    head, *items = _ITEM.split(text)
    rules = load_rules().text
    if items:
        for part in (head, *(candidate for item in items for candidate in (item, f"{head} {item}"))):
            words = _read(part)
            hits = _hits(rules, words)
            if hits and hits[0].weight >= _CLEAR:
                return hits, words
    words = _read(text)
    hits = _hits(rules, words)
    if not hits or hits[0].weight < _CLEAR:
        mended = _read(text, mend=True)
        if mended.misspelt and (better := _hits(rules, mended)) and better[0].weight >= _CLEAR:
            return better, mended
    return hits, words


def _read(text: str, *, mend: bool = False) -> _Words:
    """The words of a text with the places of their dictionary forms; parts of an unknown compound count as words.

    With ``mend``, an unknown word one slip away from a form the rules know is read as that form.
    """
    forms, openers = load_forms(), load_rules().openers
    positions: dict[str, list[int]] = {}
    written: list[str] = []
    subordinate: set[int] = set()
    misspelt: set[int] = set()
    inside = False
    for token in _TOKEN.findall(fold(text)):
        if not token[0].isalpha():
            inside = False
            continue
        for word in _units(token):
            bases = forms.get(word, ())
            if mend and not bases and (near := nearest_form(word)):
                misspelt.add(len(written))
                bases = forms[near]
            for base in bases:
                positions.setdefault(base, []).append(len(written))
            if inside:
                subordinate.add(len(written))
            inside = inside or not openers.isdisjoint(bases)
            written.append(word)
    return _Words(positions, tuple(written), frozenset(subordinate), frozenset(misspelt))


def _units(token: str) -> Sequence[str]:
    """A compound the table knows is one word, also cut by a stray hyphen («оборудо-вания»); any other is its parts."""
    forms = load_forms()
    if "-" not in token or token in forms:
        return (token,)
    whole = token.replace("-", "")
    return (whole,) if whole in forms else token.split("-")


def _hits(rules: Sequence[Rule], words: _Words) -> list[_Hit]:
    """Every rule that matches, the heaviest first; of equal ones, the one whose words come earlier."""
    hits: list[_Hit] = []
    for rule in rules:
        found = _match(rule, words)
        if found is not None:
            hits.append(found)
    hits.sort(key=lambda hit: (-hit.weight, hit.positions))
    return _first_of_joined(hits, words)


def _first_of_joined(hits: list[_Hit], words: _Words) -> list[_Hit]:
    """Of two clear things joined by «и» the first one leads: «принять оборудование и провести фотомониторинг»."""
    if not hits:
        return hits
    lead = hits[0].positions[0]
    for place, hit in enumerate(hits):
        joined = hit.weight >= _JOINED and "и" in words.written[hit.positions[-1] + 1 : lead]
        if joined and hit.rule.stage is not hits[0].rule.stage:
            return [hit, *hits[:place], *hits[place + 1 :]]
    return hits


def _match(rule: Rule, words: _Words) -> _Hit | None:
    chosen: list[int] = []
    weight = rule.weight
    for group in rule.required:
        found = _find(group, words)
        if found is None:
            return None
        if words.subordinate.issuperset(found):
            weight = rule.weight - _SUBORDINATE
        chosen += found
    if _find(rule.forbidden, words) is not None:
        return None
    return _Hit(rule, weight, tuple(sorted(set(chosen))))


def _find(group: Group, words: _Words) -> tuple[int, ...] | None:
    """Where one of the alternatives stands, in the main part rather than a subordinate one, early rather than late."""
    best: tuple[bool, tuple[int, ...]] | None = None
    for first in group.keys() & words.positions.keys():
        for phrase in group[first]:
            for start in words.positions[first]:
                found = _follow(phrase, start, words) if len(phrase) > 1 else (start,)
                if found is not None:
                    candidate = (words.subordinate.issuperset(found), found)
                    best = candidate if best is None or candidate < best else best
    return best[1] if best else None


def _follow(phrase: Phrase, start: int, words: _Words) -> tuple[int, ...] | None:
    """The places of a phrase's words in order, at most two other words between neighbours."""
    places = [start]
    for base in phrase[1:]:
        last = places[-1]
        following = (place for place in words.positions.get(base, ()) if last < place <= last + _GAP + 1)
        place = next(following, None)
        if place is None:
            return None
        places.append(place)
    return tuple(places)


def _reason(hit: _Hit, words: _Words) -> str:
    """What the rule is about, and the words that decided, neighbours in one pair of quotes."""
    runs: list[list[str]] = []
    previous = -2
    for place in hit.positions:
        if place != previous + 1:
            runs.append([])
        runs[-1].append(words.written[place])
        previous = place
    return f"{hit.rule.why}: " + ", ".join(f"«{' '.join(run)}»" for run in runs)


def _confidence(best: _Hit, others: Sequence[_Hit], documents: Sequence[_Hit]) -> float:
    """The weight as a share, less where another stage is close, more or less as the documents agree."""
    confidence = min(best.weight, 97) / 100
    if any(other.rule.stage is not best.rule.stage and other.weight > best.weight - 8 for other in others):
        confidence -= _PENALTY_CLOSE
    if documents:
        confidence += 0.05 if documents[0].rule.stage is best.rule.stage else -0.05
    return round(max(0.05, min(0.99, confidence)), 2)
