"""Glued words, quotation marks, dictionary forms."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vekha.text.glued import split_glued
from vekha.text.lemmas import is_word, lemma, lemmas
from vekha.text.quotes import is_balanced, typeset_quotes


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("15 сентября 2024года", "15 сентября 2024 года"),
        ("2024г.", "2024 г."),
        ("1сентября", "1 сентября"),
        ("15рабочих дней", "15 рабочих дней"),
        ("2квартал 2024 года", "2 квартал 2024 года"),
        ("от28.12.2023№ 5", "от 28.12.2023 № 5"),
        ("Обутверждении дорожной карты", "Об утверждении дорожной карты"),
        ("всоответствии с планом", "в соответствии с планом"),
        ("вцелях реализации", "в целях реализации"),
        ("врамках проекта", "в рамках проекта"),
        ("дляоснащения центра", "для оснащения центра"),
        ("образованияГорода", "образования Города"),
        ("ШкольныйКванториум", "Школьный Кванториум"),
    ],
)
def test_certain_spaces_are_put_back(glued: str, parted: str) -> None:
    assert split_glued(glued) == parted
    assert split_glued(parted) == parted


@pytest.mark.parametrize(
    "text",
    [
        "фотомониторинг, видеоотчёт, технопарк, кванториум, госзакупка, соисполнитель, оцифровка, вебинар",
        "вознаграждение, сознание, вводный, обучение, открытие, отчёт, организация, поставка",
        "3D, 5Б класс, №3537-р, ТВ-977/02, 1410р",
        "Воронцова, Соловьёва, Краснодар, Кондопога, Подольск, Покровская, Оболенский, Вишневецкий, Доронина",
        "МБОУСОШ",
        "дорожнаякарта",
        "",
    ],
)
def test_what_is_not_certain_stays(text: str) -> None:
    assert split_glued(text) == text


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ('центр "Точка роста"', "центр «Точка роста»"),
        ("„Точка роста“", "«Точка роста»"),
        ("“Точка роста”", "«Точка роста»"),
        (",,Точка роста''", "«Точка роста»"),
        ("<<Точка роста>>", "«Точка роста»"),
        ('""Точка роста""', "«„Точка роста“»"),
        ("«Школа «Кванториум» в городе»", "«Школа „Кванториум“ в городе»"),
        ('проект "Школа "Кванториум" в городе"', "проект «Школа „Кванториум“ в городе»"),
        ("«Школа «Кванториум»", "«Школа „Кванториум“"),
        ("Точка роста» и центр", "Точка роста» и центр"),
        ('"Школа", "Центр".', "«Школа», «Центр»."),
        ('("Школа")', "(«Школа»)"),
        ('экран 5"', 'экран 5"'),
    ],
)
def test_quotation_marks(typed: str, set_: str) -> None:
    assert typeset_quotes(typed) == set_


@given(st.text(alphabet="аб «»„“\"'.,()-5", max_size=60))
def test_only_quotation_marks_change_and_only_once(text: str) -> None:
    once = typeset_quotes(text)
    assert [letter for letter in once if letter in "аб ()-5"] == [letter for letter in text if letter in "аб ()-5"]
    assert typeset_quotes(once) == once or not is_balanced(text)


def test_balance_of_quotation_marks() -> None:
    assert is_balanced("«Точка роста» и „Кванториум“")
    assert is_balanced("")
    assert not is_balanced("«Центр «Точка роста»")
    assert not is_balanced("Точка роста»")


def test_lemmas_leave_numbers_and_signs_out() -> None:
    assert lemmas("Объявлены 3 закупки, товаров — №5!") == ("объявить", "закупка", "товар")
    assert lemma("Учёбы") == "учеба"
    assert lemma("ы" * 500) == "ы" * 500
    assert is_word("образование")
    assert not is_word("обутверждении")
    assert not is_word("ы" * 500)


def test_the_dictionary_is_not_loaded_on_the_common_path() -> None:
    program = (
        "import sys\n"
        "from vekha.stages.classify import classify\n"
        "from vekha.text.lines import join_lines\n"
        "from vekha.text.markup import strip_markup\n"
        "from vekha.text.names import find_names, nominative_name, same_person\n"
        "from vekha.text.normalise import fold\n"
        "classify('Объявлены закупки товаров, работ, услуг')\n"
        "join_lines(['комплекс', 'мер'])\n"
        "fold(strip_markup('<p>Центр</p>'))\n"
        "find_names('Лосев И.И.'), nominative_name('Лосеву И.И.'), same_person('Лосев И.И.', 'И.И. Лосев')\n"
        "sys.exit('pymorphy3' in sys.modules or 'rapidfuzz' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
