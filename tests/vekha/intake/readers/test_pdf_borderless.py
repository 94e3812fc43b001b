"""Tables without any line in a PDF: what is one, what only looks like one, and where its rows part."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.builders.pdf_compare import SOURCE, paragraphs_of, tables_of, texts_of
from tests.builders.pdf_pages import Setting, Typesetter
from vekha.intake.document import Document
from vekha.intake.readers.pdf import read_pdf

LEFTS = (56.0, 90.0, 250.0, 380.0, 480.0)
STEP = 13.8


def set_lines(
    lines: Sequence[Sequence[str]], lefts: Sequence[float] = LEFTS, *, top: float = 100, size: float = 11
) -> Document:
    """A page of lines, each with its pieces at the given places; an empty piece leaves its place free."""
    sheet = Typesetter(Setting(size=size))
    for place, line in enumerate(lines):
        for text, left in zip(line, lefts, strict=False):
            if text:
                sheet.put(text, left, top + STEP * place)
    return read_pdf(sheet.finish().data, SOURCE)


HEAD = ("№", "Мероприятие", "Ответственный", "Результат", "Срок")


def test_rows_begin_at_numbers_although_all_lines_are_equally_far() -> None:
    lines = [
        HEAD,
        ("1", "Утверждён перечень", "Министерство", "приказ", "20 января"),
        ("", "школ области", "образования", "", "2025 года"),
        ("2", "Объявлены закупки", "Центр закупок", "извещения", "1 марта"),
        ("", "оборудования", "", "", "2025 года"),
        ("3", "Начало работы", "Школы", "отчёт", "1 сентября"),
    ]
    rows = texts_of(tables_of(set_lines(lines))[0])
    assert [row[0] for row in rows] == ["№", "1", "2", "3"]
    first = [" ".join(text.split()) for text in rows[1]]
    assert first == [
        "1",
        "Утверждён перечень школ области",
        "Министерство образования",
        "приказ",
        "20 января 2025 года",
    ]


def test_rows_begin_at_dates_of_the_first_column() -> None:
    lines = [
        ("Дата", "Кванториум", "Точка роста"),
        ("20.12.2024", "Утверждён перечень", "Утверждён перечень школ"),
        ("", "школ области", "и положение о центрах"),
        ("1 марта", "", "Объявлены закупки"),
        ("", "", "оборудования"),
        ("1 сентября", "Начало работы", "Начало работы центров"),
    ]
    rows = texts_of(tables_of(set_lines(lines, (56, 180, 340)))[0])
    assert [row[0] for row in rows] == ["Дата", "20.12.2024", "1 марта", "1 сентября"]
    assert rows[2] == ["1 марта", "", "Объявлены закупки оборудования"]


def test_a_name_over_the_columns_stays_in_the_table() -> None:
    rows = [(str(number), "Мероприятие года", "Школы", "отчёт", "1 марта") for number in range(1, 5)]
    lines: list[tuple[str, ...]] = [
        HEAD,
        *rows[:2],
        ("Раздел 2. Открытие центров и их работа в течение первого года",),
        *rows[2:],
    ]
    table = texts_of(tables_of(set_lines(lines))[0])
    assert len(table) == 6
    assert "".join(table[3]) == "Раздел 2. Открытие центров и их работа в течение первого года"


def test_text_under_the_table_is_outside_it() -> None:
    rows = [(str(number), "Мероприятие года", "Школы", "отчёт", "1 марта") for number in range(1, 5)]
    document = set_lines(
        [HEAD, *rows, ("Ознакомлены:",), ("Полянская Г.Д., Речной А.К., Мостовой Е.Ю. и другие лица",)]
    )
    assert len(texts_of(tables_of(document)[0])) == 5
    assert "Ознакомлены" in " ".join(paragraphs_of(document))


def test_two_tables_with_a_heading_between_are_two() -> None:
    rows = [(str(number), "Мероприятие года", "Школы", "отчёт", "1 марта") for number in range(1, 4)]
    document = set_lines(
        [HEAD, *rows, ("Приложение № 2 к приказу департамента образования и науки области",), HEAD, *rows]
    )
    assert [len(texts_of(table)) for table in tables_of(document)] == [4, 4]


@pytest.mark.parametrize(
    ("lines", "lefts"),
    [
        pytest.param(
            [(f"Заместитель министра {n}", "____________", "А.Б. Лыкова") for n in range(1, 5)],
            (56, 260, 400),
            id="signatures",
        ),
        pytest.param(
            [(f"{n}.", f"Глава о школах {n}", str(3 * n)) for n in range(1, 9)],
            (56, 80, 500),
            id="contents",
        ),
        pytest.param(
            [(f"{n}.", "Глава о школах" + "." * 60, str(3 * n)) for n in range(1, 9)],
            (56, 80, 500),
            id="contents with leaders",
        ),
        pytest.param(
            [("СОГЛАСОВАНО", "УТВЕРЖДАЮ"), ("Министр образования", "Глава района"), ("К.Р. Дубравин", "Л.И. Туманова")],
            (56, 330),
            id="stamps",
        ),
        pytest.param(
            [(f"{n}.", f"Ясенева Т.П. Школа и технопарк: книга {n}. – Энск, 2020. – {n}00 с.") for n in range(1, 9)],
            (56, 80),
            id="books",
        ),
        pytest.param(
            [("Телефон: 11-22-33", "Факс: 44-55-66", "ОКПО 0011"), ("ул. Озёрная, 5", "г. Энск", "ОГРН 0022")],
            (56, 230, 420),
            id="letterhead",
        ),
    ],
)
def test_what_only_looks_like_a_table(lines: Sequence[Sequence[str]], lefts: Sequence[float]) -> None:
    assert tables_of(set_lines(lines, lefts)) == []


@pytest.mark.parametrize("align", ["left", "justify"])
@pytest.mark.parametrize("size", [9.0, 12.0, 15.0])
def test_prose_of_every_size_is_no_table(align: str, size: float) -> None:
    sheet = Typesetter(Setting(align=align, size=size))
    for number in range(1, 7):
        sheet.paragraph(
            f"{number}. Рекомендовать органам местного самоуправления городских и муниципальных округов обеспечить подготовку "
            "помещений школ к открытию центров образования и представить отчёт о ходе работ региональному координатору до "
            f"{number} сентября года, в котором предоставляется субсидия, согласно настоящему распоряжению."
        )
    assert tables_of(read_pdf(sheet.finish().data, SOURCE)) == []
