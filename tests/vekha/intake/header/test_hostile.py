"""Nothing crashes the header, and nothing takes more than linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import steps, within
from tests.vekha.intake.header.documents import make_table
from vekha.intake.document import Block, Paragraph
from vekha.intake.header import read_order_data
from vekha.intake.header.requisites import find_dates, find_numbers, read_requisites
from vekha.problems import Place

WORDS = (
    "АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ", "РАСПОРЯЖЕНИЕ",
    "П Р И К А З", "от", "«__» ____ 20__ г.", "28.12.2023", "31.02.2023", "№", "№ 5-р", "О создании",
    "1.", "2.1.", "1)", "- ", "Утвердить", "комплекс мер", "перечень показателей", "(приложение № 1)", "согласно приложению", "прилагаемый",
    "УТВЕРЖДЕН", "УТВЕРЖДАЮ", "Согласовано", "Приложение № 2", "Ознакомлены:", "А.А. Ясный",
    "Ясному Андрею Аркадьевичу", "Губернатор", "И.о.",
    "контроль за исполнением", "возложить на", "оставляю за собой", "региональным координатором", "определить", "внести изменения:", "пункт 5",
    "слова «а» заменить", "(далее –", ")", "«", "»", "\t", "   ", "\n", "___", "М.П.", "тел.",
    "Исп.", "приказом", "в целях", "в 2024 году", "Дорожная карта",
    "\u00ad", "\u200b", "\x00", "<b>", "&nbsp;", "**", "ӘҺ", "🙂", ":", ";", ".",
)  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=30).map(" ".join)
blocks = st.lists(
    st.one_of(
        texts.map(lambda text: Paragraph(text, Place(lines=(1, 1)))),
        st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=3).map(make_table),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(blocks, st.sets(st.integers(0, 13)))
def test_any_blocks_give_an_answer(made: list[Block], chosen: set[int]) -> None:
    tables = {index for index in chosen if index < len(made) and not isinstance(made[index], Paragraph)}
    data = read_order_data(made, tables)
    assert set(data.headings) == tables
    assert all(problem.message and problem.hint for problem in data.problems)
    if data.order is not None:
        assert data.order.annexes_declared == sum(annex.kind != "other" for annex in data.annexes)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_requisites_stand_where_they_are_said_to(text: str) -> None:
    for found in find_dates(text):
        assert found.written == text[found.start : found.end].strip()
    for number in find_numbers(text):
        assert number.value is None or number.value in text
    read_requisites(text)


def test_letters_without_a_unicode_name_in_a_letterhead() -> None:
    data = read_order_data([Paragraph("АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ AA\U00017000\nРАСПОРЯЖЕНИЕ", Place())], set())
    assert data.order is not None
    assert data.order.kind == "распоряжение"


LONG = {
    "letters": "а" * 5_000_000,
    "spaces": "а " * 2_500_000,
    "ink": "_" * 5_000_000,
    "stops": ". " * 2_500_000,
    "quotes": "«" * 5_000_000,
    "kinds": "РАСПОРЯЖЕНИЕ " * 400_000,
    "bodies": "АДМИНИСТРАЦИЯ " * 400_000,
    "signs": "№ 1-" * 1_000_000,
    "annexes": "приложению " * 500_000,
    "tags": "<p>" * 1_500_000,
    "captions": "ознакомлениподпись" * 300_000,
    "adjectives": "ск" * 2_500_000,
    "breaks": "\n" * 5_000_000,
    "lines": "1. Утвердить\n" * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_line_of_millions_of_characters(name: str) -> None:
    made: list[Block] = [
        Paragraph(
            "АДМИНИСТРАЦИЯ ЭНСКОЙ ОБЛАСТИ\nРАСПОРЯЖЕНИЕ\nот 01.02.2024 № 5\nО центрах\n1. Утвердить: " + LONG[name],
            Place(),
        ),
        Paragraph("Ознакомлены: " + LONG[name], Place()),
        Paragraph("УТВЕРЖДАЮ " + LONG[name], Place()),
    ]
    with within(60):
        data = read_order_data(made, set())
    assert data.order is not None
    assert (data.order.kind, data.order.number) == ("распоряжение", "5")


@pytest.mark.parametrize(
    "opening", ["УТВЕРЖДЕН", "Приложение № 1", "Согласовано", "Ознакомлены:", "1. Утвердить", "Директор", "А.А. Ясный"]
)
def test_many_openings_and_tables_take_linear_time(opening: str) -> None:
    table = make_table([["1", "2"]], Place(lines=(1, 1)))

    def read(count: int) -> None:
        made: list[Block] = [Paragraph(opening, Place(lines=(1, 1))), table] * count
        read_order_data(made, set(range(1, 2 * count, 2)))

    read(100)  # what is kept for ever is made now
    assert steps(lambda: read(2_000)) < 5 * steps(lambda: read(500))
    with within(60):
        read(8_000)


def test_text_beyond_the_limit_is_told_and_headings_stay() -> None:
    made: list[Block] = [Paragraph("слово", Place(lines=(number, number))) for number in range(1, 60_100)]
    data = read_order_data([*made, make_table([["1"]], Place(lines=(60_200, 60_200)))], {len(made)})
    assert [problem.code for problem in data.problems] == ["header-text-too-long"]
    assert list(data.headings) == [len(made)]
