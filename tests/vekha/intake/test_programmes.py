"""Which programme a text names, and which one year."""

from __future__ import annotations

import pytest

from vekha.intake.programmes import find_programme, find_year
from vekha.orders.model import Programme


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("детских технопарков «Кванториум» на базе общеобразовательных организаций", Programme.SCHOOL_QUANTORIUM),
        ("Школьный Кванториум", Programme.SCHOOL_QUANTORIUM),
        ("реестра Школьных Кванториумов", Programme.SCHOOL_QUANTORIUM),
        ("детского технопарка «Кванториум» на базе гимназии № 1", Programme.SCHOOL_QUANTORIUM),
        ("ДЕТСКИХ ТЕХНОПАРКОВ «КВАНТОРИУМ»", Programme.SCHOOL_QUANTORIUM),
        ("технопарка «Кванториум» на базе организаций дополнительного образования", Programme.OTHER),
        ("мобильного технопарка «Кванториум»", Programme.MOBILE_QUANTORIUM),
        ("мобильных технопарков «Кванториум»", Programme.MOBILE_QUANTORIUM),
        ("Мобильный Кванториум", Programme.MOBILE_QUANTORIUM),
        ("мобильного и школьного Кванториумов", Programme.OTHER),
        ("центров образования «Точка роста»", Programme.GROWTH_POINT),
        ("ЦЕНТРОВ ОБРАЗОВАНИЯ\nЕСТЕСТВЕННО-НАУЧНОЙ НАПРАВЛЕННОСТИ «ТОЧКА РОСТА»", Programme.GROWTH_POINT),
        ("работы Точек роста", Programme.GROWTH_POINT),
        ("по внедрению цифровой образовательной среды", Programme.DIGITAL_ENVIRONMENT),
        ("внедрение ЦОС", Programme.DIGITAL_ENVIRONMENT),
        ("в рамках федерального проекта «Цифровая образовательная среда»", Programme.DIGITAL_ENVIRONMENT),
        ("центра цифрового образования детей «IT-куб»", Programme.IT_CUBE),
        ("центров «I\u0422-куб» в рамках федерального проекта «Цифровая образовательная среда»", Programme.IT_CUBE),
        ("«АйТи-куб»", Programme.IT_CUBE),
        ("«ИТ-куб»", Programme.IT_CUBE),
        ("«IT куб»", Programme.IT_CUBE),
        ("IT-КУБОВ", Programme.IT_CUBE),
        ("центров цифрового образования детей", Programme.IT_CUBE),
        ("школьных Кванториумов и центров «Точка роста»", Programme.OTHER),
        ("региональных проектов «Современная школа», «Цифровая образовательная среда»", Programme.OTHER),
        ("федерального проекта «Современная школа»", Programme.OTHER),
        ("", Programme.OTHER),
    ],
)
def test_the_programme(text: str, programme: Programme) -> None:
    assert find_programme(text) is programme


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("комплекс мер в 2024 году", 2024),
        ("план на 2024 год", 2024),
        ("НА 2025 ГОД", 2025),
        ("план на 2024 г.", 2024),
        ("не позднее 2024года", 2024),
        ("в 2020* году", 2020),
        ("в 2024 году (с изменениями на 2024 год)", 2024),
        ("на 2021–2023 гг.", None),
        ("на 2021-2023 годы", None),
        ("на 2024/2025 учебный год", None),
        ("на 2024 учебный год", None),
        ("в 2023 и 2024 годах", None),
        ("в 2023 году и в 2024 году", None),
        ("утвержденный приказом от 28 декабря 2023 года № 5", None),
        ("утвержденный приказом от «28» декабря 2023 г. № 5, на 2024 год", 2024),
        ("от 14.11.2013 г.", None),
        ("проект 2024", None),
        ("", None),
    ],
)
def test_the_year(title: str, year: int | None) -> None:
    assert find_year(title) == year


def test_long_text_takes_no_time() -> None:
    assert find_programme("мобильный " * 1_000_000) is Programme.OTHER
    assert find_year("в 2024 году " * 1_000_000) == 2024
