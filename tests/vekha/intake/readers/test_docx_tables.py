"""Tables of DOCX files: every kind of merge, wrappers, tables in cells, rows and cells in wrappers of their own."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders.read_documents import codes, paragraphs, source, spans, tables, texts
from tests.builders.word_packages import cell, paragraph, row, run, table, word
from vekha.intake.document import Table
from vekha.intake.readers.docx import read_docx

SIX = (1500,) * 6


def read(*body: str) -> list[Table]:
    return tables(read_docx(word("".join(body)), source()))


def test_cells_merged_across_and_down() -> None:
    (found,) = read(
        table(
            row(cell("№", down="restart"), cell("Срок", span=2)),
            row(cell(down="continue"), "начало", "окончание"),
            row("1.", "1 марта", "1 мая"),
            widths=(600, 3000, 3000),
        )
    )
    assert texts(found) == [["№", "Срок"], ["начало", "окончание"], ["1.", "1 марта", "1 мая"]]
    assert spans(found) == [[(0, 2, 1), (1, 1, 2)], [(1, 1, 1), (2, 1, 1)], [(0, 1, 1), (1, 1, 1), (2, 1, 1)]]
    assert found.width == 3


def test_a_merge_that_restarts_is_another_cell() -> None:
    (found,) = read(
        table(
            row(cell("а", down="restart"), "1"),
            row(cell("не видно", down="continue"), "2"),
            row(cell("б", down="restart"), "3"),
            row(cell(down="continue"), "4"),
        )
    )
    assert texts(found) == [["а", "1"], ["2"], ["б", "3"], ["4"]]
    assert [cells[0] for cells in spans(found)[::2]] == [(0, 2, 1), (0, 2, 1)]


def test_a_continuation_without_a_beginning_keeps_its_text() -> None:
    (found,) = read(table(row(cell("сирота", down="continue"), "1"), row("2", "3")))
    assert texts(found) == [["сирота", "1"], ["2", "3"]]


def test_old_merges_across_and_omitted_columns() -> None:
    (found,) = read(
        table(
            row("а", "б", "в"),
            row(
                cell("широкая", properties='<w:hMerge w:val="restart"/>'),
                cell("", properties='<w:hMerge w:val="continue"/>'),
                "г",
            ),
            row("только последняя", properties='<w:gridBefore w:val="2"/>'),
            widths=(1500, 1500, 1500),
        )
    )
    assert spans(found) == [[(0, 1, 1), (1, 1, 1), (2, 1, 1)], [(0, 1, 2), (2, 1, 1)], [(2, 1, 1)]]


def test_borders_a_millimetre_apart_are_one() -> None:
    (found,) = read(
        table(
            row("№", cell("Мера", span=2), "Срок"),
            row(cell("1.", span=2), "Закупка", "1 марта"),
            widths=(500, 40, 4000, 2000),
        )
    )
    assert spans(found) == [[(0, 1, 1), (1, 1, 1), (2, 1, 1)]] * 2
    assert found.width == 3


def test_a_narrow_column_with_cells_of_its_own_stays() -> None:
    (found,) = read(table(row("а", "|", "б"), row("в", "|", "г"), widths=(3000, 60, 3000)))
    assert texts(found) == [["а", "|", "б"], ["в", "|", "г"]]
    assert found.width == 3


def test_a_wrapper_with_one_filled_cell_is_taken_off() -> None:
    inner = table(row("№", "Мера"), row("1.", "Закупка"))
    wrapped = table(row(cell(paragraph("КОМПЛЕКС МЕР") + inner + paragraph("Примечание"))))
    document = read_docx(word(paragraph("до") + wrapped), source())
    assert paragraphs(document) == ["до", "КОМПЛЕКС МЕР", "Примечание"]
    (found,) = tables(document)
    assert texts(found) == [["№", "Мера"], ["1.", "Закупка"]]
    assert found.place.table == 1


def test_a_wrapper_in_a_wrapper_with_stamps_above() -> None:
    inner = table(row("№", "Мера"), row("1.", "Закупка"))
    middle = table(row(cell(inner + paragraph(""))))
    outer = table(row("Согласовано", "Утверждаю"), row(cell(middle + paragraph(""), span=2)))
    found = read(outer)
    assert [texts(item) for item in found] == [[["Согласовано", "Утверждаю"]], [["№", "Мера"], ["1.", "Закупка"]]]
    assert [item.place.table for item in found] == [1, 2]


def test_a_table_in_a_filled_row_becomes_lines_of_its_cell() -> None:
    inner = table(row("1)", "создать"), row("2)", "открыть"))
    (found,) = read(table(row("1.", cell(paragraph("Меры:") + inner + paragraph("и иное")), "1 марта")))
    assert texts(found) == [["1.", "Меры:\n1) создать\n2) открыть\nи иное", "1 марта"]]


def test_rows_and_cells_in_content_controls() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    (found,) = read(
        table(
            control.format(row("а", "б")),
            row(control.format(cell("в")), "г"),
            row(cell(control.format(paragraph("д"))), f"<w:customXml>{cell('е')}</w:customXml>"),
        )
    )
    assert texts(found) == [["а", "б"], ["в", "г"], ["д", "е"]]


def test_deleted_rows_are_gone_and_inserted_ones_stay() -> None:
    document = read_docx(
        word(
            table(
                row("1.", "была"),
                row("2.", "удалена", properties='<w:del w:id="1" w:author="а"/>'),
                row("3.", "вставлена", properties='<w:ins w:id="2" w:author="а"/>'),
                row("4.", "скрыта", properties="<w:hidden/>"),
            )
        ),
        source(),
    )
    (found,) = tables(document)
    assert texts(found) == [["1.", "была"], ["3.", "вставлена"]]
    assert [item.place.rows for item in found.rows] == [(1, 1), (3, 3)]
    assert codes(document) == ["tracked-changes-accepted", "hidden-text"]


def test_the_first_row_of_a_merge_deleted_leaves_the_text_below() -> None:
    (found,) = read(
        table(
            row(cell("удалена", down="restart"), "1", properties="<w:del/>"),
            row(cell("осталась", down="continue"), "2"),
        )
    )
    assert texts(found) == [["осталась", "2"]]


def test_numbers_of_tables_and_rows_are_those_of_the_file() -> None:
    found = read(table(row("а", "б")), paragraph("между"), table(row("в", "г"), row("д", "е")))
    assert [(item.place.table, item.place.rows) for item in found] == [(1, (1, 1)), (2, (1, 2))]
    assert [item.place.rows for item in found[1].rows] == [(1, 1), (2, 2)]
    assert all(item.place.page is None for item in found)


def test_a_table_as_python_docx_writes_it() -> None:
    written = docx.Document()
    made = written.add_table(3, 3)
    for line in range(3):
        for column in range(3):
            made.cell(line, column).text = f"{line}{column}"
    made.cell(0, 0).merge(made.cell(0, 1))
    made.cell(1, 2).merge(made.cell(2, 2))
    buffer = io.BytesIO()
    written.save(buffer)
    (found,) = tables(read_docx(buffer.getvalue(), source()))
    assert texts(found) == [["00\n01", "02"], ["10", "11", "12\n22"], ["20", "21"]]
    assert spans(found)[1] == [(0, 1, 1), (1, 1, 1), (2, 2, 1)]


def test_a_text_box_in_a_cell_follows_its_text() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('в рамке')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    (found,) = read(table(row(cell(f"<w:p>{box}{run('в ячейке')}</w:p>"), "б")))
    assert texts(found) == [["в ячейке\nв рамке", "б"]]


@st.composite
def merged_grids(draw: st.DrawFn) -> list[list[int]]:
    """A grid of numbers, each of which fills a rectangle: a table with merges everywhere."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    grid = [[-1] * width for _ in range(height)]
    number = 0
    for line in range(height):
        for column in range(width):
            if grid[line][column] >= 0:
                continue
            right = column + 1
            while right < width and grid[line][right] < 0 and draw(st.booleans()):
                right += 1
            down = draw(st.integers(line + 1, height))
            for i in range(line, down):
                for j in range(column, right):
                    grid[i][j] = number
            number += 1
    return grid


def as_word(grid: list[list[int]]) -> str:
    rows = []
    for line, numbers in enumerate(grid):
        cells = []
        column = 0
        while column < len(numbers):
            number = numbers[column]
            span = 1
            while column + span < len(numbers) and numbers[column + span] == number:
                span += 1
            above = line > 0 and grid[line - 1][column] == number
            below = line + 1 < len(grid) and grid[line + 1][column] == number
            down = "continue" if above else "restart" if below else ""
            cells.append(cell("" if above else str(number), span=span, down=down))
            column += span
        rows.append(row(*cells))
    return table(*rows, widths=(1500,) * len(grid[0]))


@pytest.mark.fuzz
@settings(max_examples=150, deadline=None)
@given(merged_grids())
def test_any_merges_cover_the_grid_once(grid: list[list[int]]) -> None:
    (found,) = read(as_word(grid))
    covered: dict[tuple[int, int], str] = {}
    columns = {
        column for column in range(len(grid[0])) for line in grid if column == 0 or line[column] != line[column - 1]
    }
    numbers = {column: index for index, column in enumerate(sorted(columns))}
    for index, line in enumerate(found.rows):
        for item in line.cells:
            for i in range(index, index + item.row_span):
                for j in range(item.column, item.column + item.col_span):
                    assert (i, j) not in covered
                    covered[i, j] = item.text
    assert covered == {(i, numbers[j]): str(line[j]) for i, line in enumerate(grid) for j in sorted(columns)}
