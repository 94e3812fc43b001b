"""Tables of text PDFs, exact to the letter, in every way they are set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders.pdf_compare import SOURCE, differences, paragraphs_of, tables_of, texts_of
from tests.builders.pdf_orders import every_grid, matrix, merged_head, merged_rows, plain, with_lists
from tests.builders.pdf_pages import LANDSCAPE, PORTRAIT, Grid, Setting, Typesetter, fonts_present
from tests.builders.pdf_seeds import seed_grids
from vekha.intake.readers.pdf import read_pdf

pytestmark = pytest.mark.skipif(not fonts_present(), reason="needs the packages fonts-dejavu and fonts-liberation")

SETTINGS = {
    "plain": Setting(),
    "landscape": Setting(page=LANDSCAPE, page_numbers="top", repeat_header=True),
    "hyphens": Setting(size=11, hyphenate=True, align="justify", page_numbers="bottom"),
    "narrow": Setting(borders="thin", size=14, hyphenate=True, padding=3),
    "boxes": Setting(borders="boxes", family="sans", size=10, align="centre", middle=True),
    "double": Setting(borders="double", family="dejavu", size=9, split_rows=False),
    "open": Setting(borders="open", family="narrow", shuffled=True, hyphenate=True),
    "bottomless": Setting(borders="bottomless", size=13, repeat_header=True, align="justify"),
    "turned": Setting(rotate=90, page=LANDSCAPE, size=11, hyphenate=True, align="justify"),
    "upside down": Setting(rotate=180, page=PORTRAIT),
    "turned left": Setting(rotate=270, page=LANDSCAPE, hyphenate=True),
    "tiny": Setting(size=6, padding=1.5, leading=1.05),
}


def set_grid(grid: Grid, setting: Setting, *, title: str = "ПЛАН МЕРОПРИЯТИЙ") -> Typesetter:
    sheet = Typesetter(setting)
    sheet.paragraph(title, align="centre", bold=True)
    sheet.table(grid)
    return sheet


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("grid", every_grid())
def test_every_cell_of_invented_orders(grid: str, name: str) -> None:
    source, setting = every_grid()[grid], SETTINGS[name]
    printed = set_grid(source, setting).finish()
    document = read_pdf(printed.data, SOURCE)
    head = 2 if grid == "merged_head" else 1
    assert list(differences(document, printed, [source], repeated=head if setting.repeat_header else 0)) == []
    assert paragraphs_of(document) == ["ПЛАН МЕРОПРИЯТИЙ"]
    assert document.problems == ()


@pytest.mark.parametrize("name", SETTINGS)
def test_every_cell_of_the_real_orders(name: str, seeds_dir: Path) -> None:
    """429 cells each time, all exact; but a hyphen at a cut word may be misjudged where the typesetter hyphenates."""
    setting, cells, wrong = SETTINGS[name], 0, []
    for order, grids in seed_grids(seeds_dir):
        sheet = Typesetter(setting)
        for grid in grids:
            sheet.table(grid)
            sheet.y += 30
        printed = sheet.finish()
        document = read_pdf(printed.data, SOURCE)
        repeated = 1 if setting.repeat_header else 0
        wrong += [(order, *pair) for pair in differences(document, printed, grids, repeated=repeated)]
        cells += sum(len(row) for grid in grids for row in grid.rows)
        assert paragraphs_of(document) == []
    assert cells == 429
    assert [pair for pair in wrong if pair[1].replace("-", "") != pair[2].replace("-", "")] == []
    assert len(wrong) <= (3 if setting.hyphenate else 0), wrong


def test_merged_cells_keep_their_spans() -> None:
    document = read_pdf(set_grid(merged_head(), Setting()).finish().data, SOURCE)
    table = tables_of(document)[0]
    assert table.width == 5
    assert [(cell.text, cell.column, cell.row_span, cell.col_span) for cell in table.rows[0].cells] == [
        ("№", 0, 2, 1),
        ("Мероприятие", 1, 2, 1),
        ("Срок", 2, 1, 2),
        ("Исполнитель", 4, 2, 1),
    ]
    assert [cell.column for cell in table.rows[1].cells] == [2, 3]
    document = read_pdf(set_grid(merged_rows(), Setting()).finish().data, SOURCE)
    spans = [[(cell.column, cell.row_span, cell.col_span) for cell in row.cells] for row in tables_of(document)[0].rows]
    assert spans[1] == [(0, 1, 4)]
    assert spans[2] == [(0, 1, 1), (1, 1, 1), (2, 3, 1), (3, 1, 1)]
    assert spans[3] == [(0, 1, 1), (1, 1, 1), (3, 1, 1)]


def test_places_count_pages_tables_and_rows() -> None:
    sheet = set_grid(plain(14), Setting(size=14))
    sheet.y += 30
    sheet.table(matrix())
    printed = sheet.finish()
    tables = tables_of(read_pdf(printed.data, SOURCE))
    assert [table.place.table for table in tables] == list(range(1, len(printed.tables) + 1))
    pages = [table.place.page or 0 for table in tables]
    assert pages == sorted(pages)
    assert pages[-1] > 1
    for table in tables:
        assert [row.place.rows for row in table.rows] == [(n, n) for n in range(1, len(table.rows) + 1)]
        assert {row.place.page for row in table.rows} == {table.place.page}
        assert {row.place.table for row in table.rows} == {table.place.table}


def test_lists_in_cells_keep_their_breaks() -> None:
    table = tables_of(read_pdf(set_grid(with_lists(), Setting(size=11)).finish().data, SOURCE))[0]
    assert texts_of(table)[1][1] == (
        "Утверждены:\n1) положение о центре;\n2) перечень показателей;\n– в том числе по муниципалитетам;\n– по школам"
    )
    assert texts_of(table)[1][3] == "приказ\nписьмо"


def test_table_counts_only_tables_and_a_frame_is_none() -> None:
    sheet = Typesetter(Setting())
    sheet.paragraph("Текст в рамке", left=10)
    sheet.rule(50, 50, 300, 50)
    sheet.rule(50, 80, 300, 80)
    sheet.rule(50, 50, 50, 80)
    sheet.rule(300, 50, 300, 80)
    sheet.y = 120
    sheet.table(plain(2))
    document = read_pdf(sheet.finish().data, SOURCE)
    assert len(tables_of(document)) == 1
    assert tables_of(document)[0].place.table == 1
    assert paragraphs_of(document) == ["Текст в рамке"]


def test_table_inside_a_cell_is_read_with_the_cell() -> None:
    sheet = Typesetter(Setting())
    rows = Grid([["Мероприятие", "Срок"], ["Закупки по лотам:" + "\n" * 7 + "итого два лота", "2026 год"]], [3, 1])
    sheet.table(rows)
    top, left = 56 + 12 * 1.15 * 2 + 24, 80
    for y in (top, top + 20, top + 40):
        sheet.rule(left, y, left + 160, y)
    for x in (left, left + 80, left + 160):
        sheet.rule(x, top, x, top + 40)
    for n, text in enumerate(("лот 1", "мебель", "лот 2", "принтеры")):
        sheet.put(text, left + 5 + 80 * (n % 2), top + 14 + 20 * (n // 2))
    document = read_pdf(sheet.finish().data, SOURCE)
    assert len(tables_of(document)) == 1
    assert texts_of(tables_of(document)[0])[1][0] == "Закупки по лотам:\nлот 1 мебель\nлот 2 принтеры\nитого два лота"


def test_text_turned_inside_a_cell() -> None:
    sheet = Typesetter(Setting())
    sheet.table(Grid([["", "Мероприятие"], ["1", "Открытие"]], [1, 9]))
    sheet.canvas.saveState()
    sheet.canvas.translate(70, 842 - 78)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("serif-regular", 8)
    sheet.canvas.drawString(0, 0, "№ п/п")
    sheet.canvas.restoreState()
    assert texts_of(tables_of(read_pdf(sheet.finish().data, SOURCE))[0])[0] == ["№ п/п", "Мероприятие"]


def test_footnote_marks_are_dropped_and_powers_kept() -> None:
    sheet = Typesetter(Setting())
    sheet.table(Grid([["Площадь 40 м", "10 ноября 2026"]], [1, 1]))
    sheet.put("2", 56 + 5 + 72, 56 + 5 + 8, size=7)
    sheet.put("1", 56 + 241.5 + 5 + 81, 56 + 5 + 8, size=7)
    sheet.y = 780
    sheet.put("1", 56, 776, size=6)
    sheet.put("Здесь и далее – годы учебные.", 61, 780, size=9)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert texts_of(tables_of(document)[0]) == [["Площадь 40 м2", "10 ноября 2026"]]
    assert paragraphs_of(document) == ["¹ Здесь и далее – годы учебные."]


def test_rules_between_rows_are_enough() -> None:
    grid = plain(4)
    sheet = Typesetter(replace(Setting(), borders="open"))
    _set_without_verticals(sheet, grid, every_rule=True)
    document = read_pdf(sheet.finish().data, SOURCE)
    assert texts_of(tables_of(document)[0]) == [list(row) for row in grid.rows]


def test_no_lines_at_all_but_numbers_and_gutters() -> None:
    grid = plain(6)
    sheet = Typesetter(Setting(size=10))
    sheet.paragraph("План мероприятий на год")
    _set_without_verticals(sheet, grid, every_rule=False)
    sheet.paragraph("Контроль за исполнением плана возлагается на заместителя министра образования края.")
    document = read_pdf(sheet.finish().data, SOURCE)
    rows = texts_of(tables_of(document)[0])
    assert [row[0] for row in rows[-6:]] == [f"{n}." for n in range(1, 7)]
    assert rows[-6:] == [list(row) for row in grid.rows[-6:]]
    assert paragraphs_of(document)[0] == "План мероприятий на год"
    assert paragraphs_of(document)[-1].endswith("министра образования края.")


def test_prose_with_wide_gaps_is_no_table() -> None:
    sheet = Typesetter(Setting())
    for text in ("Министр", "Начальник отдела"):
        sheet.put(text, 56, sheet.y)
        sheet.put("А.Б. Лыкова", 400, sheet.y)
        sheet.y += 40
    for _ in range(3):
        sheet.paragraph("Настоящее распоряжение вступает в силу со дня его подписания и подлежит опубликованию. " * 3)
    assert tables_of(read_pdf(sheet.finish().data, SOURCE)) == []


def _set_without_verticals(sheet: Typesetter, grid: Grid, *, every_rule: bool) -> None:
    """The grid with wide gutters, rules between its rows or none at all."""
    widths = [width * sheet.width / sum(grid.widths) for width in grid.widths]
    top = sheet.y + 20
    for row in grid.rows:
        if every_rule:
            sheet.rule(56, top, 56 + sheet.width, top)
        ends, left = [], 56.0
        for text, width in zip(row, widths, strict=True):
            sheet.y = top + 2
            sheet.paragraph(text, left=left - 56, width=width - 18, after=0)
            ends.append(sheet.y)
            left += width
        top = max(ends) + 8
    if every_rule:
        sheet.rule(56, top, 56 + sheet.width, top)
    sheet.y = top + 20
