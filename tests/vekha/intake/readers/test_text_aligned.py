"""Tables that only spaces align, as ``pdftotext -layout`` writes them."""

from __future__ import annotations

import pytest

from tests.patience import within
from vekha.intake.document import Paragraph, Table
from vekha.intake.readers.text import read_text_blocks
from vekha.intake.readers.text_aligned import find_aligned_tables

PLAIN = """\
КОМПЛЕКС МЕР

  №     Наименование мероприятия             Ответственный        Срок
  п/п
  1.    Утвержден перечень школ, на базе     Министерство         1 марта 2031 года
        которых создаются центры             образования
  2.    Объявлены закупки                    Школы                не позднее
                                                                  15 апреля 2031 года

Министр                                  Л.И. Обская
"""


def cells(text: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for block in read_text_blocks(text)
        if isinstance(block, Table)
        for row in block.rows
    ]


def test_lines_of_one_cell_are_joined_and_the_signature_stays_outside() -> None:
    assert cells(PLAIN) == [
        ["№ п/п", "Наименование мероприятия", "Ответственный", "Срок"],
        [
            "1.",
            "Утвержден перечень школ, на базе которых создаются центры",
            "Министерство образования",
            "1 марта 2031 года",
        ],
        ["2.", "Объявлены закупки", "Школы", "не позднее 15 апреля 2031 года"],
    ]
    last = read_text_blocks(PLAIN)[-1]
    assert isinstance(last, Paragraph)
    assert "Обская" in last.text


def test_columns_one_space_apart_and_moved_in_one_row() -> None:
    read = cells(
        "№       Мероприятие                              Результат                   Срок\n"
        "1.      Закупка мебели                           контракт                    до 3 марта 2031\n"
        "                                                                             года\n"
        "2.      Обучение педагогов                       удостоверения о повышении с 3 марта по 30 мая\n"
        "                                                 квалификации              2031 года\n"
        "3.   Открытие                                 акт                         1 сентября 2031\n"
        "     центра                                                               года\n"
    )
    assert read[2] == [
        "2.",
        "Обучение педагогов",
        "удостоверения о повышении квалификации",
        "с 3 марта по 30 мая 2031 года",
    ]
    assert read[3] == ["3.", "Открытие центра", "акт", "1 сентября 2031 года"]


def test_items_of_a_list_keep_their_lines_and_page_numbers_are_no_text() -> None:
    read = cells(
        " №\n      Мероприятие              Ответственный     Срок\nп/п\n"
        " 1    Поставка:                Поставщик         май 2031\n      - ноутбуки;\n      - МФУ\n\n"
        "                              2\n\n 2    Приёмка                  Школа             июнь 2031\n"
    )
    assert read[1:] == [
        ["1", "Поставка:\n- ноутбуки;\n- МФУ", "Поставщик", "май 2031"],
        ["2", "Приёмка", "Школа", "июнь 2031"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1    Утвердить    приказ    до 1 марта\n2    Закупить    мебель    до 1 мая\n",
        "№    Мероприятие    Срок\n\nМинистр          Л.И. Обская\n",
        "№    Школа    Адрес\n1    Лесная    ул. Лесная\n2    Речная    ул. Речная\n",
    ],
)
def test_what_is_not_certain_stays_text(text: str) -> None:
    assert cells(text) == []


def test_texts_full_of_headers_or_gaps_are_read_in_time() -> None:
    for line in ("№   Мероприятие   Срок", "№", "а  " * 150, "срок  " * 90):
        with within():
            find_aligned_tables([line] * 20_000)
