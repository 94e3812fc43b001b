"""Words that lost the space between them, parted only where that is certain.

Certain is: a number grown into a unit of time («2024года», «15рабочих»), a preposition or a sign grown into a date or number
(«от28.12.2023», «2023№ 5»), a new capital inside a word whose halves the dictionary knows («ШкольныйКванториум» stays: it
knows only one of them), and a preposition grown into a long word, where the dictionary knows the rest, in a case this
preposition asks for, but not the whole («Обутверждении»). Everything else stays as written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vekha.text.lemmas import LONGEST_WORD, analyzer, is_word

_TIME = (
    r"года|году|годом|годы|годов|год|г\.|гг\.|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября"
    r"|декабря|рабочих|рабочего|календарных|календарного|дней|дня|день|месяцев|месяца|месяц|недель|недели|квартал[ае]?"
    r"|полугоди[яе]|учебн(?:ого|ый|ом)|лет|человек|единиц[аы]?|процент(?:ов|а)?"
)
_NUMBER_WORD = re.compile(rf"(?<![\w.])(\d{{1,4}})({_TIME})(?![а-яё])", re.IGNORECASE)
_PREPOSITION_NUMBER = re.compile(
    r"(?<![\w.])(от|до|на|с|по|за|в|к|не позднее)(?=\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}(?!\d))", re.IGNORECASE
)
_NUMBER_SIGN = re.compile(r"(?<=\d)(?=№)")
_CAPITAL_INSIDE = re.compile(r"(?<![\w-])([А-ЯЁ]?[а-яё]{3,40})([А-ЯЁ][а-яё]{3,40})(?![\w-])")
_LONG_WORD = re.compile(r"(?<![\w-])[А-ЯЁа-яё][а-яё]{5,62}(?![\w-])")
# The preposition, the cases it asks for.
_PREPOSITIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("об", frozenset({"loct"})),
    ("о", frozenset({"loct"})),
    ("для", frozenset({"gent"})),
    ("при", frozenset({"loct"})),
    ("из", frozenset({"gent"})),
    ("от", frozenset({"gent"})),
    ("до", frozenset({"gent"})),
    ("по", frozenset({"datv", "loct"})),
    ("на", frozenset({"accs", "loct"})),
    ("в", frozenset({"accs", "loct"})),
    ("с", frozenset({"ablt", "gent"})),
    ("к", frozenset({"datv"})),
)
_SHORTEST_REST = 5
"""And one letter more after a capital, where the word may be a surname."""


def split_glued(text: str) -> str:
    """The text with a space wherever one is certainly missing.

    >>> split_glued("не позднее 15 сентября 2024года от28.12.2023№ 5")
    'не позднее 15 сентября 2024 года от 28.12.2023 № 5'
    >>> split_glued("Обутверждении комплекса мер и фотоотчёта")
    'Об утверждении комплекса мер и фотоотчёта'
    """
    text = _NUMBER_WORD.sub(r"\1 \2", text)
    text = _PREPOSITION_NUMBER.sub(r"\1 ", text)
    text = _NUMBER_SIGN.sub(" ", text)
    text = _CAPITAL_INSIDE.sub(_part_at_capital, text)
    return _LONG_WORD.sub(lambda match: _part_preposition(match.group()), text)


def _part_at_capital(match: re.Match[str]) -> str:
    left, right = match.groups()
    return f"{left} {right}" if is_word(left) and is_word(right) else match.group()


@lru_cache(maxsize=1 << 14)
def _part_preposition(word: str) -> str:
    """«Обутверждении» → «Об утверждении»; a word the dictionary knows, or may know the parts of, stays."""
    lowered = word.lower()
    if not lowered.startswith(_STARTS) or len(word) > LONGEST_WORD or is_word(lowered):
        return word
    shortest = _SHORTEST_REST + (word != lowered)
    for preposition, cases in _PREPOSITIONS:
        rest = lowered[len(preposition) :]
        if lowered.startswith(preposition) and len(rest) >= shortest and _stands_in(rest, cases):
            return f"{word[: len(preposition)]} {word[len(preposition) :]}"
    return word


_STARTS = tuple(preposition for preposition, _ in _PREPOSITIONS)


def _stands_in(word: str, cases: frozenset[str]) -> bool:
    """Whether the dictionary knows the word as a noun or adjective in one of the cases."""
    return is_word(word) and any(
        not parse.tag.grammemes.isdisjoint(("NOUN", "ADJF")) and not cases.isdisjoint(parse.tag.grammemes)
        for parse in analyzer().parse(word)
    )
