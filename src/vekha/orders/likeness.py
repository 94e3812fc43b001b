"""How much two measures are the same work: by stage and wording, the number being only a hint."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from vekha.orders.model import Measure
from vekha.stages.catalogue import Stage
from vekha.text.normalise import fold

_WORD = re.compile(r"[а-яa-z0-9]{3,}")
_STEM = 6

#: Two documents with at most so many pairs of measures are compared pair by pair; beyond, only pairs that share a rare word.
ALL_PAIRS = 250_000
_RARE = 12

#: The least score of a pair: below it the two are different work.
LEAST = 0.34
_OTHER_STAGE_WORDING = 0.62


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a measure is compared: the folded text, the stems of its words, its stages and its number."""

    text: str
    stems: frozenset[str]
    stages: frozenset[Stage]
    number: str | None


def profile(measure: Measure) -> Profile:
    """The measure reduced to what the comparison needs."""
    text = fold(measure.text)
    stages = {measure.stage, *(measure.item_stages or ())}
    return Profile(text, frozenset(word[:_STEM] for word in _WORD.findall(text)), frozenset(stages), measure.number)


class Wording:
    """The words of both documents with their weights: what stands in every row («создание», «центр») weighs little."""

    def __init__(self, *documents: Sequence[Profile]) -> None:
        profiles = [each for document in documents for each in document]
        counts = Counter(stem for each in profiles for stem in each.stems)
        self._weights = {stem: math.log(1 + len(profiles) / count) for stem, count in counts.items()}

    def weight(self, stems: Iterable[str]) -> float:
        """The weight of some stems together."""
        return sum(self._weights[stem] for stem in stems)

    def likeness(self, a: Profile, b: Profile) -> float:
        """How alike two wordings are, 0…1: shared words by weight, and the order of the letters."""
        if a.text == b.text:
            return 1.0
        both = self.weight(a.stems) + self.weight(b.stems)
        shared = 2 * self.weight(a.stems & b.stems) / both if both else 0.0
        if shared < 0.1:
            return shared
        return 0.7 * shared + 0.3 * fuzz.token_sort_ratio(a.text, b.text) / 100

    def coverage(self, part: Profile, whole: Profile) -> float:
        """How much of the part's wording stands in the whole, 0…1."""
        weight = self.weight(part.stems)
        return self.weight(part.stems & whole.stems) / weight if weight else 0.0


def pair_scores(a: Sequence[Profile], b: Sequence[Profile]) -> dict[tuple[int, int], float]:
    """The score of every pair that may be the same work, by the indices of the two measures."""
    wording = Wording(a, b)
    lonely = _lonely_stages(a) & _lonely_stages(b)
    scores = {}
    for row, column in _candidates(a, b):
        score = _score(a[row], b[column], wording, lonely)
        if score >= LEAST:
            scores[row, column] = score
    return scores


def _score(a: Profile, b: Profile, wording: Wording, lonely: frozenset[Stage]) -> float:
    alike = wording.likeness(a, b)
    shared = (a.stages & b.stages) - {Stage.OTHER}
    if not shared and (alike < _OTHER_STAGE_WORDING):
        return 0.0
    score = 0.6 * alike
    if shared:
        score += 0.25 if a.stages == b.stages else 0.18
        score += 0.12 if shared & lonely else 0.0
    return score + (0.03 if a.number is not None and a.number == b.number else 0.0)


def _lonely_stages(profiles: Sequence[Profile]) -> frozenset[Stage]:
    """The stages that exactly one measure of a document has: two of them are the same work even in other words."""
    counts = Counter(stage for each in profiles for stage in each.stages)
    return frozenset(stage for stage, count in counts.items() if count == 1)


def _candidates(a: Sequence[Profile], b: Sequence[Profile]) -> Iterable[tuple[int, int]]:
    if len(a) * len(b) <= ALL_PAIRS:
        return ((row, column) for row in range(len(a)) for column in range(len(b)))
    return sorted(_by_rare_words(a, b))


def _by_rare_words(a: Sequence[Profile], b: Sequence[Profile]) -> set[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for column, each in enumerate(b):
        for key in (*each.stems, each.text):
            places.setdefault(key, []).append(column)
    return {
        (row, column)
        for row, each in enumerate(a)
        for key in (*each.stems, each.text)
        if len(places.get(key, ())) <= _RARE
        for column in places.get(key, ())
    }
