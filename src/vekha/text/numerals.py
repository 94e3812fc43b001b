"""Numerals in words: cardinal and ordinal, every case and gender, up to 999 999."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LENGTH = 200
"""A longer phrase is no numeral."""

_DIGITS = re.compile(r"(\d{1,9})(?:-?(?:го|му|м|ый|ой|ий|й|я|ая|ое|е|ую|ых|х|ым|ыми|ми|ти|и|ю|мя|та|а))?\Z")
_WORDS = re.compile(r"[а-я]+\Z")


@dataclass(frozen=True, slots=True)
class _Form:
    """What one word adds: its value, and whether it is an ordinal (which ends the numeral)."""

    value: int
    ordinal: bool


_CARDINALS: dict[int, str] = {
    0: "ноль нуль ноля нуля нолю нулю нолем нулем ноле нуле",
    1: "один одна одно одни одного одной одних одному одним одну одною одними одном",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    5: "пять пяти пятью",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью восьмью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти шестьюдесятью",
    70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах",
    600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах",
    800: "восемьсот восьмисот восьмистам восемьюстами восьмистах",
    900: "девятьсот девятисот девятистам девятьюстами девятистах",
    1000: "тысяча тысячи тысяче тысячу тысячей тысячею тысячью тысяч тысячам тысячами тысячах",
}
_TEENS = "один две три четыр пят шест сем восем девят"
_ORDINALS: dict[int, str] = {
    1: "перв", 2: "втор", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят", 10: "десят",
    20: "двадцат", 30: "тридцат", 40: "сороков", 50: "пятидесят", 60: "шестидесят", 70: "семидесят", 80: "восьмидесят",
    90: "девяност", 100: "сот", 200: "двухсот", 300: "трехсот", 400: "четырехсот", 500: "пятисот", 600: "шестисот",
    700: "семисот", 800: "восьмисот", 900: "девятисот", 1000: "тысячн",
}  # fmt: skip
_THOUSANDTHS: dict[int, str] = {
    1000: "", 2000: "двух", 3000: "трех", 4000: "четырех", 5000: "пяти", 6000: "шести", 7000: "семи", 8000: "восьми",
    9000: "девяти", 10000: "десяти",
}  # fmt: skip
_ENDINGS = ("ый", "ой", "ий", "ого", "ому", "ым", "ом", "ая", "ую", "ою", "ое", "ые", "ых", "ыми")
_THIRD = ("ий", "ьего", "ьему", "ьим", "ьем", "ья", "ьей", "ью", "ье", "ьи", "ьих", "ьими")


def _build() -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for value, words in _CARDINALS.items():
        forms.update(dict.fromkeys(words.split(), _Form(value, ordinal=False)))
    ordinals = dict(_ORDINALS)
    for unit, stem in enumerate(_TEENS.split(), start=11):
        forms.update({f"{stem}надцат{ending}": _Form(unit, ordinal=False) for ending in ("ь", "и", "ью")})
        ordinals[unit] = f"{stem}надцат"
    for value, stem in ((20, "двадцат"), (30, "тридцат")):
        forms.update({stem + ending: _Form(value, ordinal=False) for ending in ("ь", "и", "ью")})
    for value, stem in ordinals.items():
        forms.update({stem + ending: _Form(value, ordinal=True) for ending in _ENDINGS})
    for value, stem in _THOUSANDTHS.items():
        forms.update({f"{stem}тысячн{ending}": _Form(value, ordinal=True) for ending in _ENDINGS})
    forms.update({f"трет{ending}": _Form(3, ordinal=True) for ending in _THIRD})
    return forms


_FORMS = _build()
_GENITIVES = {form: entry.value for form, entry in _FORMS.items() if not entry.ordinal and entry.value > 1}
_COUNTED = re.compile(r"(?:рабоче)?(?:дневн|суточн|недельн|месячн|квартальн|годичн|летн|часов|кратн)[а-я]{1,3}\Z")


def parse_numeral(text: str) -> int | None:
    """The number that a phrase in words states, in any case and gender, ``None`` where it states none or is impossible.

    Digits with or without a grown ending («10-ти», «5-го») are numerals too.

    >>> parse_numeral("десяти"), parse_numeral("двадцать первого"), parse_numeral("две тысячи двадцать четвёртого")
    (10, 21, 2024)
    >>> parse_numeral("пять двадцать") is None
    True
    """
    if len(text) > MAX_LENGTH:
        return None
    words = text.casefold().replace("ё", "е").split()
    if len(words) == 1 and (digits := _DIGITS.match(words[0])):
        return int(digits.group(1))
    forms: list[_Form] = []
    for word in words:
        form = _FORMS.get(word)
        if form is None:
            return None
        forms.append(form)
    return _total(forms)


def _total(forms: list[_Form]) -> int | None:
    """The sum of a well-formed numeral: falling ranks, one ordinal at the very end."""
    if not forms or any(form.ordinal for form in forms[:-1]):
        return None
    total, ceiling, seen_thousand = 0, 10_001, False
    for form in forms:
        if form.value >= 1000 and not (form.ordinal and form.value > 1000):
            if seen_thousand:
                return None
            total, ceiling, seen_thousand = (total or 1) * 1000, 1000, True
        elif form.value >= ceiling or (form.value == 0 and len(forms) > 1):
            return None
        else:
            total += form.value
            ceiling = _room_below(form.value)
    return total


def _room_below(value: int) -> int:
    """What may still follow: after hundreds anything below 100, after tens a unit, after anything else only «тысяч»."""
    if value >= 100:
        return 100
    return 10 if value >= 20 else 1


def split_numeral(word: str) -> tuple[int, str] | None:
    """A numeral grown together with the unit of time it counts: its value and the rest of the word.

    >>> split_numeral("десятидневный"), split_numeral("двухнедельного"), split_numeral("рабочий")
    ((10, 'дневный'), (2, 'недельного'), None)
    """
    folded = word.casefold().replace("ё", "е")
    if len(folded) > MAX_LENGTH or not _WORDS.match(folded):
        return None
    counted = _COUNTED.search(folded)
    if counted is None:
        return None
    value = _GENITIVES.get(folded[: counted.start()])
    return None if value is None else (value, counted.group())
