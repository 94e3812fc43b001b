"""Latin letters that stand for Cyrillic ones: «MAOU гимназия» and a word of both alphabets yes, «IT-куб» and «VR» no.

A word is repaired only where that is certain:

- a word that mixes both scripts, where every Latin letter has a Cyrillic twin;
- a word wholly in Latin twins that is a known Russian abbreviation («MO», «MTO», «OOO»);
- a kind of school in Latin letters («MAOU», «MBOU», «GBOU»), whose «U» has no twin but whose meaning is certain;
- a preposition or conjunction of one small letter («c 1 сентября»), or a capital one at the head of a sentence.

A part of a compound that is Latin only («IT-куб», «3D-принтер», «LEGO-центр», «VR») stays, and so do Roman numerals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Among small letters only those that look the same in print are twins; «m», «t», «u» are slips of the keyboard in such words.
_TWINS = str.maketrans("ABCEHKMOPTXYaceopxykmtu", "АВСЕНКМОРТХУасеорхукмти")
_BACK = str.maketrans("АВСЕНКМОРТХУГБДИПС", "ABCEHKMOPTXUGBDIPS")
_SCHOOLS = {
    "MAOU": "МАОУ", "MBOU": "МБОУ", "MKOU": "МКОУ", "MOU": "МОУ", "GBOU": "ГБОУ", "GAOU": "ГАОУ", "GKOU": "ГКОУ",
    "GOU": "ГОУ", "MADOU": "МАДОУ", "MBDOU": "МБДОУ", "MKDOU": "МКДОУ", "MBUDO": "МБУДО", "MAUDO": "МАУДО",
    "GBUDO": "ГБУДО", "GAUDO": "ГАУДО", "GBPOU": "ГБПОУ", "GAPOU": "ГАПОУ", "OGBOU": "ОГБОУ", "OGAOU": "ОГАОУ",
    "KGBOU": "КГБОУ", "KOGOBU": "КОГОБУ", "SOSH": "СОШ", "OOSH": "ООШ",
}  # fmt: skip
_ABBREVIATIONS = {
    twin.translate(str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")): twin
    for twin in (
        "МАОУ", "МКОУ", "МОУ", "КОУ", "ОУ", "ОО", "МО", "УО", "НОК", "ОМС", "МТО", "НМК", "НКО", "АО", "ОАО", "ООО",
        "УМО", "РМО", "РУМО", "МУ", "КУ", "АУ", "МАУ", "МКУ", "ОМУ", "ТОС",
    )
}  # fmt: skip
_KNOWN = {**_ABBREVIATIONS, **_SCHOOLS}
_L, _C = "A-Za-z", "А-Яа-яЁё"
# Words of both scripts, known words in Latin, single letters; possessive runs after a look-behind keep the search linear.
_SUSPECT = re.compile(
    rf"(?<![{_L}{_C}])(?=[{_L}{_C}])(?:"
    rf"(?P<mixed>(?:[{_C}]++[{_L}]|[{_L}]++[{_C}])[{_L}{_C}]*+)"
    rf"|(?P<known>(?:{'|'.join(sorted(_KNOWN, key=len, reverse=True))})(?![{_L}{_C}]))"
    rf"|(?P<small>(?<![\w'’.-])[aocyk](?=[ \u00a0]+[{_C}«\d]))"
    rf"|(?P<head>(?:\A|(?<=[.!?] )|(?<=\n))[ABCOKY](?=[ \u00a0]+[а-яё]))"
    rf")"
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """One word with Latin letters in place of Cyrillic ones: where it stands, as written, and as meant."""

    start: int
    end: int
    written: str
    meant: str


def find_lookalikes(text: str) -> tuple[Lookalike, ...]:
    """The words of a text that hold Latin letters in place of Cyrillic ones.

    >>> [(found.written, found.meant) for found in find_lookalikes("MAOU гимназия, IT-куб, LEGO, XXI век")]
    [('MAOU', 'МАОУ')]
    """
    return tuple(
        Lookalike(match.start(), match.end(), match.group(), meant)
        for match in _SUSPECT.finditer(text)
        if (meant := _meant(match)) != match.group()
    )


def fix_lookalikes(text: str) -> str:
    """The text with every certain Latin look-alike put right; true Latin words stay.

    >>> fix_lookalikes("MAOU гимназия № 29, «IT-куб», LEGO, 3D, VR и II квартал")
    'МАОУ гимназия № 29, «IT-куб», LEGO, 3D, VR и II квартал'
    >>> fix_lookalikes("\\x54очка роста") == "Точка роста"
    True
    """
    return _SUSPECT.sub(_meant, text)


def _meant(match: re.Match[str]) -> str:
    """The word in Cyrillic, or as it is where that would be a guess."""
    word = match.group()
    if match.lastgroup == "known":
        return _KNOWN[word]
    school = _SCHOOLS.get(word.translate(_BACK))
    if school is not None:
        return school
    turned = word.translate(_TWINS)
    return word if any(letter.isascii() for letter in turned) else turned
