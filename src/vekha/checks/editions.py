"""Which edition of the federal recommendations an indicator list follows, and which of its indicators is which."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from vekha.checks.subject import Subject
from vekha.checks.wording import folded
from vekha.orders.assignment import assign
from vekha.orders.model import Indicator, Roadmap
from vekha.packs.model import EditionIndicator, IndicatorEdition
from vekha.text.lemmas import lemmas

#: From so much likeness two indicators are taken for the same one.
_ALIKE = 0.3
_MOST = 120
_SAME = {
    "процент": "%",
    "процентов": "%",
    "проценты": "%",
    "чел": "человек",
    "ед": "единиц",
    "единица": "единиц",
    "шт": "единиц",
}


def edition_for(subject: Subject, roadmap: Roadmap) -> IndicatorEdition | None:
    """The edition of a roadmap's programme: the reference's, else the one the order cites, else the latest known by its day."""
    fitting = [each for each in subject.library.editions if each.programme is roadmap.programme]
    if subject.reference is not None:
        named = [each for each in subject.reference.editions if each.programme is roadmap.programme]
        if named:
            return named[0]
    cited = {(folded(act.number or ""), act.date) for act in subject.order.cited}
    for edition in fitting:
        if edition.act is not None and (folded(edition.act.number), edition.act.date) in cited:
            return edition
    year = subject.year_of(roadmap)
    known = [(each.act.date, each) for each in fitting if each.act is not None and _is_out(each, subject, year)]
    return max(known, key=lambda each: each[0])[1] if known else None


@lru_cache(maxsize=32)
def pair_indicators(indicators: tuple[Indicator, ...], edition: IndicatorEdition) -> Mapping[int, int]:
    """The index of the edition's indicator for each indicator that has one, by wording, number and unit together."""
    if len(indicators) > _MOST:
        return {}
    scores = {
        (row, column): score
        for row, indicator in enumerate(indicators)
        for column, wanted in enumerate(edition.indicators)
        if (score := _likeness(indicator, wanted)) >= _ALIKE
    }
    return assign(scores)


def unit_of(text: str) -> str:
    """A unit in one spelling, the period left out.

    >>> unit_of("чел.") == unit_of("человек в год"), unit_of("проценты")
    (True, '%')
    """
    word = folded(text).removesuffix(" в год").strip(" .")
    return _SAME.get(word, word)


def _is_out(edition: IndicatorEdition, subject: Subject, year: int | None) -> bool:
    if edition.act is None:
        return False
    if subject.order.date is not None:
        return edition.act.date <= subject.order.date
    return year is not None and edition.act.date.year < year


def _likeness(indicator: Indicator, wanted: EditionIndicator) -> float:
    own, their = _words(indicator.name), _words(wanted.indicator.name)
    shared = len(own & their) / max(1, min(len(own), len(their)))
    if not shared:
        return 0.0
    same_number = indicator.number is not None and indicator.number == wanted.indicator.number
    return 0.7 * shared + 0.15 * same_number + _unit_weight(indicator.unit, wanted.indicator.unit)


def _unit_weight(one: str | None, other: str | None) -> float:
    """What is counted in other units is seldom the same indicator."""
    if not one or not other:
        return 0.0
    return 0.15 if unit_of(one) == unit_of(other) else -0.25


@lru_cache(maxsize=1 << 12)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in lemmas(name[:1000]) if len(word) > 3)
