"""Tables of any layout → rows of a roadmap: page breaks, sections, sub-rows, headers of several levels."""

from __future__ import annotations

import pytest

from vekha.intake.columns import Columns, TableKind, find_columns
from vekha.intake.header_words import Role
from vekha.intake.matrix import MatrixReader
from vekha.intake.readers.text import read_text_blocks
from vekha.intake.rows import RoadmapRow, RowReader
from vekha.intake.stitch import stitch

HEADER = "№ п/п\tМероприятие\tОтветственный\tРезультат\tСрок\n"


def read(text: str) -> tuple[Columns, list[RoadmapRow], RowReader]:
    (table,) = stitch(read_text_blocks(text))
    columns = find_columns(table.rows)
    assert columns.kind is TableKind.ROADMAP
    reader = RowReader(columns)
    return columns, reader.read(table.rows[columns.header_rows :]), reader


def test_rows_cut_by_page_breaks_are_whole_again_in_every_column() -> None:
    _, rows, _ = read(
        HEADER
        + "1.\tПроведен осмотр поме-\tРегиональный\tОтчёт по форме, определяемой\tне позднее\n\n"
        + HEADER
        + "\tщений школы\tкоординатор\tфедеральным оператором\t25 августа 2031 года\n"
        + "2.\tОткрытие\tШкола\tприказ\t1 сентября 2031 года\n"
    )
    assert len(rows) == 2
    assert rows[0].text(Role.TEXT) == "Проведен осмотр помещений школы"
    assert rows[0].text(Role.RESPONSIBLE) == "Региональный координатор"
    assert rows[0].text(Role.RESULT) == "Отчёт по форме, определяемой федеральным оператором"
    assert rows[0].text(Role.DEADLINE) == "не позднее 25 августа 2031 года"
    assert rows[0].place.lines == (2, 5)


def test_two_documents_on_two_pages_stay_two() -> None:
    _, rows, _ = read(
        HEADER + "1.\tСогласование\tКоординатор\tПисьмо комитета;\t1 марта\n\n1\t2\t3\t4\t5\n\t\t\tПисьмо оператора\t\n"
    )
    assert rows[0].text(Role.RESULT) == "Письмо комитета;\nПисьмо оператора"


def test_number_repeated_after_the_page_break_does_not_begin_a_row() -> None:
    _, rows, _ = read(
        HEADER + "1.\tОсмотр\tШкола\tакт\tмай\n2.\tПроверка\tШкола\tакт об\t\n\n2.\tпомещений\t\tосмотре\tиюнь 2031\n"
    )
    assert [(row.number, row.text(Role.TEXT)) for row in rows] == [("1", "Осмотр"), ("2", "Проверка помещений")]


def test_sections_are_kept_with_their_measures() -> None:
    _, rows, _ = read(
        HEADER
        + "Раздел 1. Подготовка\t\t\t\t\n1\tПриказ\tШкола\tприказ\tмай\n\tРаздел 2. Запуск\t\t\t\n2\tОткрытие\tШкола\tакт\tиюнь\n"
    )
    assert [(row.number, row.section) for row in rows] == [("1", "Раздел 1. Подготовка"), ("2", "Раздел 2. Запуск")]


def test_numbered_heading_of_numbered_rows_is_a_section() -> None:
    _, rows, _ = read(
        HEADER
        + "1.\tКадры\t\t\t\n1.1.\tОбучение\tШкола\tсправка\tмай\n2.\tПомещения\t\t\t\n2.1\tРемонт\tШкола\tакт\tмай\n"
    )
    assert [(row.number, row.section) for row in rows] == [("1.1", "Кадры"), ("2.1", "Помещения")]


def test_sub_rows_add_documents_and_dates_to_their_measure() -> None:
    _, rows, _ = read(
        HEADER
        + "1\tСогласован лист\tКомитет\tписьмо\tдо 1 марта\n\t\t\tприказ\tдо 1 апреля\n2\tЗакупка\tКомитет\tакт\tмай\n"
    )
    assert rows[0].text(Role.RESULT) == "письмо\nприказ"
    assert rows[0].text(Role.DEADLINE) == "до 1 марта\nдо 1 апреля"
    assert rows[0].pieces == 2


def test_row_that_lost_its_number_is_kept_and_said() -> None:
    _, rows, reader = read(
        HEADER + "1\tСогласован лист\tКомитет\tприказ\t1 марта 2031\n\tУтвержден план\tШкола\tплан\t5 апреля 2031\n"
    )
    assert [row.number for row in rows] == ["1", None]
    assert [problem.code for problem in reader.problems] == ["row-without-number"]


def test_ditto_marks_mean_the_cell_above() -> None:
    _, rows, _ = read(HEADER + "1\tПриказ\tКомитет\tприказ\tмай\n2\tПлан\tто же\tплан\t-//-\n")
    assert (rows[1].text(Role.RESPONSIBLE), rows[1].text(Role.DEADLINE)) == ("Комитет", "май")


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Срок\tМероприятие\tИсполнитель", ["deadline", "text", "responsible"]),
        (
            "№\tСодержание работ\tВид документа\tДата исполнения\tОтветственные",
            ["number", "text", "result", "deadline", "responsible"],
        ),
        (
            "п/п\tНаименование мероприятия\tСрок начала\tСрок окончания\tФИО",
            ["number", "text", "start", "end", "responsible"],
        ),
        (
            "№\tМеры\tОтветственный\tСоисполнители\tСрок реализации\tПримечание",
            ["number", "text", "responsible", "responsible", "deadline", "note"],
        ),
    ],
)
def test_columns_by_their_headers_in_any_order(header: str, roles: list[str]) -> None:
    cells = {"number": "1", "text": "Утвержден план", "responsible": "Школа", "result": "приказ", "note": "нет"}
    row = "\t".join(cells.get(role, "1 марта 2031") for role in roles)
    columns, _, _ = read(f"{header}\n{row}\n")
    assert [role.value if role else None for role in columns.roles] == roles


def test_columns_without_any_header_are_found_by_content() -> None:
    columns, rows, _ = read(
        "1\tУтвержден перечень школ\tКомитет образования\tприказ\tдо 1 марта 2031 года\n"
        "2\tОбъявлены закупки\tРегиональный координатор\tреестр извещений\t15 апреля 2031 года\n"
        "3\tПроведено обучение\tШкола\tсправка\tв течение 2031 года\n"
    )
    assert [role.value if role else None for role in columns.roles] == [
        "number",
        "text",
        "responsible",
        "result",
        "deadline",
    ]
    assert len(rows) == 3


def test_quarters_under_a_year_are_spans() -> None:
    columns, rows, _ = read(
        "№\tМероприятие\tКто\t2031 год\t\t\t\n\t\t\tI кв.\tII кв.\tIII кв.\tIV кв.\n1\tЗакупка\tШкола\t\t+\t+\t\n"
    )
    assert columns.of(Role.SPAN) == (3, 4, 5, 6)
    assert columns.span(4) is not None and columns.span(4).year == 2031  # type: ignore[union-attr]
    assert rows[0].spans == {4: "+", 5: "+"}


def test_matrix_gives_each_column_its_measures() -> None:
    (table,) = stitch(
        read_text_blocks(
            "Дата\tКванториум\tТочка роста\n01.03.2031\tОбъявлены закупки\tПриобретение обору-\n\n\t\tдования\n"
            "\tОтв. Обская Е.Н.\tОтв. Ленская И.И., Енисеева А.А.\n1 сентября\tОткрытие\t\n\tОтв. Обская Е.Н.\t\n"
        )
    )
    columns = find_columns(table.rows)
    assert columns.kind is TableKind.MATRIX
    found = MatrixReader(columns).read(table.rows[columns.header_rows :])
    assert [[row.text(Role.TEXT) for row in rows] for rows in found.values()] == [
        ["Объявлены закупки", "Открытие"],
        ["Приобретение оборудования"],
    ]
    assert found[2][0].text(Role.RESPONSIBLE) == "Отв. Ленская И.И., Енисеева А.А."


def test_a_second_table_with_numbers_from_one_is_another_roadmap() -> None:
    rows = "1\tПриказ\tШкола\tприказ\tмай\n2\tПлан\tШкола\tплан\tмай\n"
    assert len(stitch(read_text_blocks(HEADER + rows + "\n" + HEADER + rows))) == 2
