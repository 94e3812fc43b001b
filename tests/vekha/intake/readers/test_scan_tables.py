"""Whole scanned pages: cells to the letter, empty and merged cells, turned and worn pages, places, confidence, stray pictures."""

from __future__ import annotations

import hashlib
import io
import shutil
from functools import cache

import numpy as np
import pytest
from PIL import Image

from tests.builders.scan_pages import (
    PLAN,
    ROUGH,
    Grid,
    Sheet,
    Wear,
    fonts_present,
    packed,
    rasterise,
    set_pdf,
    stamp,
    wear,
)
from vekha.intake.document import Format, Paragraph, Source, Table
from vekha.intake.readers.scan import DOUBTFUL, PageReading, read_image, recognise_page

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None or not fonts_present(),
    reason="Tesseract or the Liberation fonts are not installed",
)


@cache
def plan_page(dpi: int = 300) -> Image.Image:
    (page,) = rasterise(set_pdf(Sheet(("# ПЛАН МЕРОПРИЯТИЙ", PLAN, "Начальник отдела образования"), wide=True)), dpi)
    return page


def recognised(image: Image.Image) -> PageReading:
    return recognise_page(image, page=3, first_table=2, dpi=300)


def only_table(reading: PageReading) -> Table:
    (table,) = [block for block in reading.blocks if isinstance(block, Table)]
    return table


def cell_texts(table: Table) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]


EXPECTED = [list(row) for row in PLAN.rows]


def test_a_clean_page_is_read_to_the_letter() -> None:
    reading = recognised(plan_page())
    heading, table, closing = reading.blocks
    assert isinstance(heading, Paragraph) and isinstance(table, Table) and isinstance(closing, Paragraph)
    assert (heading.text, heading.heading) == ("ПЛАН МЕРОПРИЯТИЙ", True)
    assert cell_texts(table) == EXPECTED
    assert (closing.text, closing.heading) == ("Начальник отдела образования", False)
    assert reading.problems == ()
    assert reading.confidence > 0.9


def test_every_row_and_table_knows_its_place() -> None:
    table = only_table(recognised(plan_page()))
    assert (table.place.page, table.place.table, table.place.rows, table.width) == (3, 2, (1, 5), 5)
    assert [row.place.rows for row in table.rows] == [(at, at) for at in range(1, 6)]
    assert all((row.place.page, row.place.table) == (3, 2) for row in table.rows)
    assert [cell.column for cell in table.rows[1].cells] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "how", [ROUGH, Wear(skew=-8.0, noise=5), Wear(noise=25), Wear(shade=0.6), Wear(blur=1.4), Wear(jpeg=15)], ids=str
)
def test_a_worn_page_is_read_as_the_clean_one(how: Wear) -> None:
    assert cell_texts(only_table(recognised(wear(plan_page(), how)))) == EXPECTED


def test_folds_of_the_paper_neither_cut_cells_nor_letters() -> None:
    grey = np.asarray(plan_page()).copy()
    grey[:, 1500:1503] = np.minimum(grey[:, 1500:1503], 185)
    grey[420:422] = np.minimum(grey[420:422], 185)
    assert cell_texts(only_table(recognised(Image.fromarray(grey)))) == EXPECTED


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_the_upright_one(turn: int) -> None:
    reading = recognised(plan_page().rotate(turn, expand=True))
    assert cell_texts(only_table(reading)) == EXPECTED
    assert isinstance(reading.blocks[0], Paragraph)


@pytest.mark.parametrize("dpi", [150, 200, 600])
def test_other_resolutions(dpi: int) -> None:
    assert cell_texts(only_table(recognised(plan_page(dpi)))) == EXPECTED


def test_merged_cells_are_written_once_with_their_spans() -> None:
    grid = Grid(
        (
            ("Дата", "Основные мероприятия", ""),
            ("", "Центры образования", "Цифровая среда"),
            ("1 марта", "Закупка оборудования", ""),
        ),
        (1, 2, 2),
        spans=(((0, 0), (0, 1)), ((1, 0), (2, 0))),
    )
    (page,) = rasterise(set_pdf(Sheet((grid,))))
    first, second, third = only_table(recognised(page)).rows
    assert [(cell.text, cell.column, cell.row_span, cell.col_span) for cell in first.cells] == [
        ("Дата", 0, 2, 1),
        ("Основные мероприятия", 1, 1, 2),
    ]
    assert [(cell.text, cell.column) for cell in second.cells] == [("Центры образования", 1), ("Цифровая среда", 2)]
    assert [cell.text for cell in third.cells] == ["1 марта", "Закупка оборудования", ""]
    assert third.cells[2].confidence == 1.0


def test_wrapped_cells_are_joined_and_list_items_kept_apart() -> None:
    grid = Grid(
        (("Утверждены:\n1. перечень общеобразовательных организаций;\n2. положение о центре", "Срок"),),
        (3, 2),
        header=False,
    )
    (page,) = rasterise(set_pdf(Sheet((grid,), size=12)))
    (row,) = only_table(recognised(page)).rows
    assert row.cells[0].text == "Утверждены:\n1. перечень общеобразовательных организаций;\n2. положение о центре"


def test_a_stamp_on_the_table_is_flagged_where_it_hides_letters() -> None:
    stamped = stamp(plan_page(), (1500, 480), 200, ink=60)
    reading = recognised(stamped)
    table = only_table(reading)
    wrong = {
        (at, cell.column)
        for at, (row, expected) in enumerate(zip(table.rows, EXPECTED, strict=True), start=1)
        for cell in row.cells
        if " ".join(cell.text.split()) != expected[cell.column]
    }
    flagged = {
        (problem.place.rows[0], problem.place.column - 1)
        for problem in reading.problems
        if problem.code == "low-confidence" and problem.place and problem.place.rows and problem.place.column
    }
    assert wrong
    assert len(wrong & flagged) >= len(wrong) / 2
    low = {
        (at, cell.column)
        for at, row in enumerate(table.rows, start=1)
        for cell in row.cells
        if cell.confidence < DOUBTFUL
    }
    assert low == flagged


def test_stamps_outside_the_table_fall_into_no_cell() -> None:
    (page,) = rasterise(set_pdf(Sheet((PLAN,), wide=True)))
    reading = recognised(stamp(page, (1800, 1800), 250))
    assert cell_texts(only_table(reading)) == EXPECTED


def test_page_numbers_are_left_out() -> None:
    sheet = Sheet(("# 2", "Настоящее распоряжение вступает в силу со дня подписания."))
    (page,) = rasterise(set_pdf(sheet))
    assert [block.text for block in recognised(page).blocks if isinstance(block, Paragraph)] == [
        "Настоящее распоряжение вступает в силу со дня подписания."
    ]


def test_a_page_of_text_is_paragraphs_in_order() -> None:
    texts = (
        "# РАСПОРЯЖЕНИЕ",
        "1. Утвердить прилагаемый план мероприятий по созданию центров образования на базе школ округа.",
        "2. Контроль за исполнением настоящего распоряжения возложить на начальника отдела.",
    )
    (page,) = rasterise(set_pdf(Sheet(texts, size=13)))
    paragraphs = [block for block in recognised(wear(page, ROUGH)).blocks if isinstance(block, Paragraph)]
    assert [paragraph.text for paragraph in paragraphs] == [text.removeprefix("# ") for text in texts]
    assert [paragraph.heading for paragraph in paragraphs] == [True, False, False]


def source() -> Source:
    return Source("скан.tif", Format.SCAN, hashlib.sha256(b"").hexdigest())


def test_pages_of_a_tiff_are_numbered_and_so_are_their_tables() -> None:
    pages = [plan_page(150), plan_page(150)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))
    document = read_image(out.getvalue(), source())
    assert (document.source.format, document.source.pages) == (Format.SCAN, 2)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [(table.place.page, table.place.table) for table in tables] == [(1, 1), (2, 2)]
    assert [cell_texts(table) for table in tables] == [EXPECTED, EXPECTED]


def test_a_photograph_turned_by_exif() -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    turned = plan_page().convert("RGB").rotate(-90, expand=True)
    document = read_image(packed(turned, "JPEG", quality=80, exif=exif.tobytes()), source())
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert cell_texts(table) == EXPECTED


@pytest.mark.parametrize("size", [(1, 1), (30, 3000), (41, 41), (2000, 50)])
@pytest.mark.parametrize("value", [0, 255])
def test_pictures_without_text_give_no_blocks(size: tuple[int, int], value: int) -> None:
    assert recognised(Image.new("L", size, value)).blocks == ()


def test_noise_and_drawings_give_no_cells_and_no_traceback() -> None:
    noise = np.random.default_rng(5).integers(0, 256, (700, 900)).astype(np.uint8)
    reading = recognised(Image.fromarray(noise))
    assert not any(isinstance(block, Table) for block in reading.blocks)
    assert all(problem.message for problem in reading.problems)
