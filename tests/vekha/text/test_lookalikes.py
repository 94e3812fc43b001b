"""Latin letters in place of Cyrillic ones; the mixed words are spelt with escapes so that this file holds none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.text.lookalikes import find_lookalikes, fix_lookalikes

LATIN_A, LATIN_B, LATIN_C, LATIN_M, LATIN_O, LATIN_T = "ABCMOT"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("MAOU гимназия № 29", "МАОУ гимназия № 29"),
        ("MBOU, MKOU, GBOU и OGBOU", "МБОУ, МКОУ, ГБОУ и ОГБОУ"),
        (f"{LATIN_M}{LATIN_A}ОУ", "МАОУ"),
        (f"{LATIN_M}{LATIN_B}ОУ", "МБОУ"),
        ("МБO" + "U", "МБОУ"),
        (f"{LATIN_T}очка р" + "o" + "ста", "Точка роста"),
        ("Кв" + "a" + "нториум", "Кванториум"),
        (f"{LATIN_C}" + "ОШ № 5", "СОШ № 5"),
        ("OOO «Ромашка»", "ООО «Ромашка»"),
        ("c 1 сентября", "с 1 сентября"),
        ("приказ o создании", "приказ о создании"),
        (f"{LATIN_B} соответствии с приказом", "В соответствии с приказом"),
        (f"Конец. {LATIN_O} создании", "Конец. О создании"),
    ],
)
def test_slips_are_put_right(written: str, meant: str) -> None:
    assert fix_lookalikes(written) == meant
    assert [meant[found.start : found.end] for found in find_lookalikes(written)] == [
        found.meant for found in find_lookalikes(written)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "IT-куб и LEGO-центр",
        "VR, AR, 3D-принтер, QR-код, Wi-Fi, e-mail, Word, COVID-19",
        "XX век, XXI, II квартал, III-й, IV, CM, MD, MCMXC",
        "вариант B для группы C и витамин C и",
        "ITкуб",
        "https://example.ru/page?c=1",
        "5 A, 7 B",
        "КРI",
        "",
    ],
)
def test_true_latin_stays(text: str) -> None:
    assert fix_lookalikes(text) == text
    assert find_lookalikes(text) == ()


def test_a_finding_says_where_it_stands() -> None:
    text = "Школа MAOU гимназия"
    (found,) = find_lookalikes(text)
    assert text[found.start : found.end] == found.written == "MAOU"
    assert found.meant == "МАОУ"


@given(st.text(alphabet="абвocABCOU- .1I", max_size=60))
def test_repair_replaces_letters_one_by_one(text: str) -> None:
    repaired = fix_lookalikes(text)
    assert len(repaired) == len(text)
    assert all(new == old or old.isascii() for new, old in zip(repaired, text, strict=True))
