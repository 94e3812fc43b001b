"""Numerals in words, numerals grown together with a unit of time, names of months."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.text.months import MONTHS, MONTHS_GENITIVE, MONTHS_NOMINATIVE
from vekha.text.numerals import MAX_LENGTH, parse_numeral, split_numeral

UNITS = ["один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
TEENS = [
    *("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать"),
    *("пятнадцать", "шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
]
TENS = ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"]
HUNDREDS = ["сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот"]


def spell(number: int) -> str:
    """A cardinal below a million, in the nominative."""
    thousands, rest = divmod(number, 1000)
    words = _below_thousand(rest)
    if not thousands:
        return words or "ноль"
    head = _below_thousand(thousands)
    for masculine, feminine in (("один", "одна"), ("два", "две")):
        if head.split(" ")[-1] == masculine:
            head = head.removesuffix(masculine) + feminine
    noun = "тысяча" if head.endswith("одна") else "тысячи" if head.endswith(("две", "три", "четыре")) else "тысяч"
    return f"{head} {noun} {words}".strip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [HUNDREDS[hundreds - 1]] if hundreds else []
    if 10 <= rest <= 19:
        return " ".join([*words, TEENS[rest - 10]])
    tens, units = divmod(rest, 10)
    words += [TENS[tens - 2]] if tens else []
    words += [UNITS[units - 1]] if units else []
    return " ".join(words)


@given(st.integers(min_value=0, max_value=999_999))
def test_every_cardinal_below_a_million(number: int) -> None:
    assert parse_numeral(spell(number)) == number


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("одного", 1),
        ("одной", 1),
        ("двумя", 2),
        ("трёх", 3),
        ("трем", 3),
        ("четырьмя", 4),
        ("пятью", 5),
        ("восемью", 8),
        ("десяти", 10),
        ("пятнадцати", 15),
        ("двадцатью", 20),
        ("двадцати пяти", 25),
        ("сорока", 40),
        ("девяноста девяти", 99),
        ("ста", 100),
        ("двухсот", 200),
        ("трёмстам", 300),
        ("пятьюстами", 500),
        ("двух тысяч двадцати четырёх", 2024),
        ("первое", 1),
        ("Первого", 1),
        ("второй", 2),
        ("третьего", 3),
        ("третью", 3),
        ("пятому", 5),
        ("тридцатое", 30),
        ("тридцать первого", 31),
        ("двадцать  первого", 21),
        ("сотый", 100),
        ("две тысячи двадцать четвёртого", 2024),
        ("две тысячи двадцатый", 2020),
        ("двухтысячного", 2000),
        ("две тысячи первом", 2001),
        ("тысяча девятьсот девяносто девятого", 1999),
        ("10", 10),
        ("10-ти", 10),
        ("5-го", 5),
        ("1-е", 1),
        ("20го", 20),
    ],
)
def test_forms(phrase: str, number: int) -> None:
    assert parse_numeral(phrase) == number


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        " ",
        "пять двадцать",
        "двадцать десять",
        "один один",
        "сто двести",
        "двадцать пятого первого",
        "пятого двадцать",
        "тысяча тысяч",
        "ноль пять",
        "рабочих",
        "пять дней",
        "полтора",
        "1-р",
        "10%",
        "пять " * MAX_LENGTH,
    ],
)
def test_no_numerals(phrase: str) -> None:
    assert parse_numeral(phrase) is None


@given(st.lists(st.sampled_from([*UNITS, *TENS, *HUNDREDS, "тысяч", "первого", "сотый"]), min_size=1, max_size=6))
def test_only_well_formed_numerals_are_read(words: list[str]) -> None:
    number = parse_numeral(" ".join(words))
    if number is not None and not {"первого", "сотый", "тысяч"} & set(words):
        assert spell(number) == " ".join(words)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("десятидневный", (10, "дневный")),
        ("пятидневного", (5, "дневного")),
        ("Двухнедельный", (2, "недельный")),
        ("трёхмесячного", (3, "месячного")),
        ("тридцатидневный", (30, "дневный")),
        ("пятнадцатидневный", (15, "дневный")),
        ("трёхкратное", (3, "кратное")),
        ("рабочий", None),
        ("ежедневный", None),
        ("двухъядерный", None),
        ("пять", None),
        ("стодневный", (100, "дневный")),
        ("я" * 500, None),
    ],
)
def test_numerals_grown_into_a_unit_of_time(word: str, parts: tuple[int, str] | None) -> None:
    assert split_numeral(word) == parts


def test_months_in_every_case() -> None:
    assert [MONTHS[name] for name in MONTHS_GENITIVE] == list(range(1, 13))
    assert [MONTHS[name] for name in MONTHS_NOMINATIVE] == list(range(1, 13))
    assert [MONTHS[word] for word in ("марту", "мае", "июнем", "сентябрём", "августом", "декабре")] == [
        3,
        5,
        6,
        9,
        8,
        12,
    ]
    assert [MONTHS[word] for word in ("янв", "фев", "февр", "апр", "сент", "нояб", "дек")] == [1, 2, 2, 4, 9, 11, 12]
    assert set(MONTHS.values()) == set(range(1, 13))
    assert "марты" not in MONTHS
