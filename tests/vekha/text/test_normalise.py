"""White space, invisible characters, folding for comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.text.normalise import collapse, fold, remove_invisible


@pytest.mark.parametrize(
    ("written", "collapsed"),
    [
        ("  два   слова ", "два слова"),
        ("1\u00a0марта\u202f2024\u2009года", "1 марта 2024 года"),
        ("строка\r\n\tстрока\fстрока", "строка строка строка"),
        ("без\u200bпробела\ufeff и\u2060 знака", "безпробела и знака"),
        ("образо\u00adвание", "образование"),
        ("образо\u00ad\n   вание", "образование"),
        ("образо\u00ad \r\nвание", "образование"),
        ("\u202bтекст\u202c", "текст"),
        ("нуль\x00знак", "нульзнак"),
        ("и\u0306од, е\u0308лка, И\u0306, Е\u0308", "йод, ёлка, Й, Ё"),
        ("", ""),
        (" \n\u00a0", ""),
        ("один", "один"),
    ],
)
def test_collapse(written: str, collapsed: str) -> None:
    assert collapse(written) == collapsed


def test_line_breaks_stay_where_only_the_invisible_goes() -> None:
    assert remove_invisible("обще\u00ad\nобразовательная\nшкола\u200b") == "общеобразовательная\nшкола"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ёлка", "елка"),
        ("«Точка роста»", '"точка роста"'),
        ("„Точка роста“", "“Точка роста”"),
        ("2021–2023", "2021-2023"),
        ("2021—2023", "2021‑2023"),
        ("ОБРАЗОВАНИЕ  И НАУКА", "образование\nи наука"),
        ("MAOU гимназия", "МАОУ гимназия"),
        ("\x54очка роста", "Точка роста"),
        ("''Точка роста''", "«Точка роста»"),
        ("<<Точка роста>>", "«Точка роста»"),
        (",,Точка роста“", "«Точка роста»"),
    ],
)
def test_what_people_see_as_the_same_is_folded_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("IT-куб", "ИТ-куб"), ("VR", "УР"), ("XXI", "ХХI"), ("№ 5", "5"), ("центр, школа", "центр школа")],
)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=200))
def test_collapse_changes_nothing_the_second_time(text: str) -> None:
    once = collapse(text)
    assert collapse(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert "\n" not in once


@given(st.text(alphabet='абЖЁё«»„“"–— -\u00a0\u00ad\u200b\n5.,()IV', max_size=80))
def test_fold_changes_nothing_the_second_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)
