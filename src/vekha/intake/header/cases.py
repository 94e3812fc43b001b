"""The nominative (or genitive) of the name of a body, where that is certain; otherwise the name as written.

A name is declined in its head only: «Администрацию Энского района» → «Администрация Энского района». The usual heads stand in
a table; the adjectives before one go through the dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vekha.text.lemmas import analyzer

_HEADS: tuple[tuple[str, str, str], ...] = (
    # nominative, genitive, gender
    ("администрация", "администрации", "femn"), ("правительство", "правительства", "neut"),
    ("министерство", "министерства", "neut"), ("комитет", "комитета", "masc"), ("департамент", "департамента", "masc"),
    ("управление", "управления", "neut"), ("отдел", "отдела", "masc"), ("служба", "службы", "femn"),
    ("агентство", "агентства", "neut"), ("мэрия", "мэрии", "femn"), ("дума", "думы", "femn"), ("совет", "совета", "masc"),
    ("глава", "главы", "masc"), ("губернатор", "губернатора", "masc"), ("учреждение", "учреждения", "neut"),
    ("школа", "школы", "femn"), ("гимназия", "гимназии", "femn"), ("лицей", "лицея", "masc"), ("центр", "центра", "masc"),
    ("институт", "института", "masc"), ("академия", "академии", "femn"), ("университет", "университета", "masc"),
    ("дирекция", "дирекции", "femn"), ("организация", "организации", "femn"), ("собрание", "собрания", "neut"),
    ("образование", "образования", "neut"), ("округ", "округа", "masc"), ("район", "района", "masc"),
    ("поселение", "поселения", "neut"), ("область", "области", "femn"), ("край", "края", "masc"),
    ("город", "города", "masc"), ("республика", "республики", "femn"),
    ("исполком", "исполкома", "masc"), ("президиум", "президиума", "masc"), ("отделение", "отделения", "neut"),
)  # fmt: skip
_OBLIQUE = {
    "ия": ("ии", "ию", "ией", "иею"), "а": ("ы", "у", "е", "ой", "ою"), "о": ("а", "у", "ом", "е"), "ие": ("ия", "ию", "ием", "ии"),
    "ей": ("ея", "ею", "еем", "ее"), "ь": ("и", "ью"), "й": ("я", "ю", "ем", "е"), "": ("а", "у", "ом", "е"),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADJECTIVE = re.compile(r"\w+(?:ого|его|ому|ему|ым|им|ой|ей|ую|юю|ый|ий|ая|яя|ое|ее|ою)\Z")
_RUSSIAN = re.compile(r"[а-яё-]+\Z")
_MOST_ADJECTIVES = 6


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, str, str]]:
    """Every form of a usual head → (nominative, genitive, gender)."""
    forms: dict[str, tuple[str, str, str]] = {}
    for nominative, genitive, gender in _HEADS:
        forms[nominative] = forms[genitive] = (nominative, genitive, gender)
        ending = next(end for end in ("ия", "ие", "ей", "а", "о", "ь", "й", "") if nominative.endswith(end))
        stem = nominative[: len(nominative) - len(ending)]
        for tail in _OBLIQUE[ending]:
            forms[stem + tail] = (nominative, genitive, gender)
    return forms


def nominative_head(name: str) -> str:
    """A body's name in the nominative, as far as its head is a usual one.

    >>> nominative_head("Администрацию Энского района"), nominative_head("комитета общего образования")
    ('Администрация Энского района', 'комитет общего образования')
    """
    return _decline(name, "nomn")


def genitive_head(name: str) -> str:
    """A body's name in the genitive, as far as its head is a usual one.

    >>> genitive_head("Администрация города Энска")
    'Администрации города Энска'
    """
    return _decline(name, "gent")


def _decline(name: str, case: str) -> str:
    words = list(_WORD.finditer(name[:200]))[: _MOST_ADJECTIVES + 1]
    for position, word in enumerate(words):
        head = _forms().get(word.group().lower())
        if head is not None:
            target = head[0] if case == "nomn" else head[1]
            if word.group().lower() == target:
                return name
            changes = [(word, target)]
            changes += [(adjective, _adjective(adjective.group(), head[2], case)) for adjective in words[:position]]
            for match, form in sorted(changes, key=lambda change: change[0].start(), reverse=True):
                name = name[: match.start()] + _like(match.group(), form) + name[match.end() :]
            return name
        if not _ADJECTIVE.match(word.group().lower()):
            return name
    return name


def _adjective(word: str, gender: str, case: str) -> str:
    if not _RUSSIAN.match(word.lower()):
        return word
    for parse in analyzer().parse(word.lower()):
        if parse.tag.POS in ("ADJF", "PRTF"):
            inflected = parse.inflect({case, gender, "sing"})
            if inflected is not None:
                return str(inflected.word)
    return word


def _like(written: str, form: str) -> str:
    """The form with the capitals of what was written."""
    if written.isupper() and len(written) > 1:
        return form.upper()
    return form[:1].upper() + form[1:] if written[:1].isupper() else form
