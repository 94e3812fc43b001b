"""Dictionary forms of Russian words, by pymorphy3; the dictionary is loaded on the first call that needs it.

Loading takes about a tenth of a second, so nothing on the common path of reading an order may call this module; the rules
of stages keep a table of their own words instead.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_WORD = 64
"""Longer runs of letters are no words: they are returned as they are and never reach the dictionary."""


@lru_cache(maxsize=1)
def analyzer() -> MorphAnalyzer:
    """The one shared dictionary of the process."""
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 — the dictionary is heavy and most runs never need it

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """The dictionary form of one word, lower case, «ё» as «е»; an unknown word gets the likeliest form.

    >>> lemma("согласованного"), lemma("Закупок")
    ('согласовать', 'закупка')
    """
    if len(word) > LONGEST_WORD:
        return word.lower()
    return str(analyzer().parse(word.lower())[0].normal_form).replace("ё", "е")


def lemmas(text: str) -> tuple[str, ...]:
    """The dictionary forms of all words of a text, in order; numbers and punctuation are left out.

    >>> lemmas("Объявлены закупки 3 товаров")
    ('объявить', 'закупка', 'товар')
    """
    return tuple(lemma(match.group()) for match in _WORD.finditer(text))


# Words of the field that the dictionary lacks.
_FIELD_WORDS = frozenset(
    f"{stem}{ending}"
    for stem, endings in (
        ("кванториум", " а у ом е ы ов ам ами ах"),
        ("фотомониторинг", " а у ом е и ов ам ами ах"),
        ("минпросвещени", "е я ю ем и"),
    )
    for ending in endings.split(" ")
)


@lru_cache(maxsize=1 << 16)
def is_word(word: str) -> bool:
    """Whether the dictionary knows the word itself (no guessing by its ending).

    >>> is_word("общеобразовательной"), is_word("обутверждении")
    (True, False)
    """
    lowered = word.lower()
    return len(word) <= LONGEST_WORD and (lowered in _FIELD_WORDS or bool(analyzer().word_is_known(lowered)))


@lru_cache(maxsize=1 << 12)
def is_surname(word: str) -> bool:
    """Whether the dictionary itself knows the word as a surname, in any case.

    >>> is_surname("Ким"), is_surname("Совета")
    (True, False)
    """
    return is_word(word) and any("Surn" in parse.tag for parse in analyzer().parse(word.lower()))
