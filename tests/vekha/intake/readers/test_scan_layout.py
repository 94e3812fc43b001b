"""Text outside tables: blocks in reading order, columns apart, paragraphs and headings."""

from __future__ import annotations

import numpy as np
import pytest

from vekha.intake.readers.ruled_grid import Stroke
from vekha.intake.readers.scan_layout import Margins, block_margins, split_passages, text_boxes, with_blanks
from vekha.intake.readers.scan_lines import RuledPage
from vekha.intake.readers.scan_ocr import Word
from vekha.intake.readers.scan_words import Line

LETTER = 20.0
PAGE = Margins(100, 1500)


def page_with(*bars: tuple[int, int, int], underlines: tuple[Stroke, ...] = ()) -> RuledPage:
    """A page on which each (left, right, top) is a line of text 28 points high."""
    ink = np.zeros((1200, 1600), np.uint8)
    for left, right, top in bars:
        for start in range(left, right, 24):
            ink[top : top + 28, start : min(start + 16, right)] = 255
    return RuledPage(255 - ink, ink, (), underlines, LETTER)


def near(box: tuple[float, ...], expected: tuple[int, ...]) -> bool:
    return all(abs(got - wanted) <= 16 for got, wanted in zip(box, expected, strict=True))


def test_plain_paragraphs_are_one_block_until_a_blank_line() -> None:
    boxes = text_boxes(page_with((100, 1500, 100), (100, 1500, 150), (100, 900, 200), (100, 1500, 300)))
    assert len(boxes) == 2
    assert near(boxes[0], (100, 100, 1500, 228))


def test_two_columns_are_read_one_after_the_other() -> None:
    agreed = [(100, 600, 100), (100, 500, 150), (100, 550, 200)]
    approved = [(900, 1500, 110), (900, 1400, 160), (900, 1450, 210)]
    boxes = text_boxes(page_with(*agreed, *approved, (100, 1500, 400)))
    assert [round(box[0], -2) for box in boxes] == [100, 900, 100]
    assert boxes[0][3] <= 240 and boxes[1][3] <= 250


def test_post_and_name_stay_apart_but_a_wide_space_in_a_line_does_not_part_it() -> None:
    assert len(text_boxes(page_with((100, 500, 100), (100, 450, 150), (1200, 1500, 150)))) == 2
    assert len(text_boxes(page_with((100, 500, 100), (600, 1500, 100)))) == 1


def test_an_empty_page_has_no_blocks() -> None:
    assert text_boxes(page_with()) == []


def line(text: str, left: float, right: float, top: int) -> Line:
    return Line(text, round(left), top, round(right), top + 30, 0.9, 0.9, len(text))


def texts(*lines: Line, block: Margins = PAGE) -> list[str]:
    return [
        " ".join(one.text for one in passage.lines)
        for passage in split_passages(lines, page=PAGE, block=block, letter=LETTER)
    ]


def test_an_indent_begins_a_paragraph() -> None:
    assert texts(
        line("Контроль за исполнением возложить на", 200, 1500, 0),
        line("заместителя начальника отдела по", 100, 1500, 50),
        line("образованию", 100, 300, 100),
        line("Настоящее распоряжение вступает в силу", 200, 1500, 150),
        line("со дня подписания", 100, 500, 200),
    ) == [
        "Контроль за исполнением возложить на заместителя начальника отдела по образованию",
        "Настоящее распоряжение вступает в силу со дня подписания",
    ]


def test_list_items_begin_paragraphs() -> None:
    assert texts(
        line("Утвердить:", 100, 300, 0),
        line("1. Комплекс мер", 100, 1480, 50),
        line("и план;", 100, 300, 100),
        line("2. Перечень.", 100, 400, 150),
    ) == ["Утвердить:", "1. Комплекс мер и план;", "2. Перечень."]


def test_a_line_that_had_room_for_the_next_word_was_broken_on_purpose() -> None:
    assert texts(line("Шелест Н.В.", 100, 350, 0), line("Хвойный Д.С.", 100, 360, 50)) == [
        "Шелест Н.В.",
        "Хвойный Д.С.",
    ]
    assert texts(line("О создании детских технопарков", 100, 700, 0), line("«Кванториум»", 100, 400, 50)) == [
        "О создании детских технопарков «Кванториум»"
    ]


def test_space_above_begins_a_paragraph() -> None:
    rows = [line("а" * 60, 100, 1500, top) for top in (0, 50, 150, 200)]
    assert len(texts(*rows)) == 2


def test_centred_lines_make_one_heading() -> None:
    passages = split_passages(
        [
            line("КОМПЛЕКС МЕР", 640, 960, 0),
            line("ПО СОЗДАНИЮ И ФУНКЦИОНИРОВАНИЮ ЦЕНТРОВ ОБРАЗОВАНИЯ", 105, 1495, 50),
            line("«ТОЧКА РОСТА»", 620, 980, 100),
            line("Первый абзац после заголовка идет", 200, 1500, 160),
            line("до края.", 100, 260, 210),
        ],
        page=PAGE,
        block=PAGE,
        letter=LETTER,
    )
    assert [(len(passage.lines), passage.centred) for passage in passages] == [(3, True), (2, False)]


def test_an_indented_line_that_happens_to_be_even_is_no_heading() -> None:
    (passage,) = split_passages(
        [line("В целях реализации", 200, 1400, 0), line("федерального проекта в крае", 100, 1480, 50)],
        page=PAGE,
        block=PAGE,
        letter=LETTER,
    )
    assert not passage.centred


def test_a_column_is_bounded_by_its_own_sides() -> None:
    left, right = (100.0, 0.0, 500.0, 200.0), (900.0, 20.0, 1500.0, 180.0)
    assert block_margins(left, [left, right], PAGE) == Margins(100, 500)
    assert block_margins(left, [left], PAGE) == PAGE


@pytest.mark.parametrize(("at", "filled"), [(130, True), (220, False)])
def test_a_blank_to_fill_in_is_shown_where_a_line_has_one(at: int, filled: bool) -> None:  # noqa: FBT001 — a parameter
    page = page_with((100, 300, 100), (500, 700, 100), underlines=(Stroke(at, 320, 480),))
    words = [Word("«29»", 100, 100, 300, 128, 0, 0.9), Word("2026", 500, 100, 700, 128, 0, 0.9)]
    shown = sorted(with_blanks(words, page), key=lambda word: word.left)
    assert [word.text for word in shown] == (["«29»", "___", "2026"] if filled else ["«29»", "2026"])


def test_an_underlined_word_is_no_blank() -> None:
    page = page_with((100, 300, 100), underlines=(Stroke(131, 100, 300),))
    words = [Word("Приказ", 100, 100, 300, 128, 0, 0.9)]
    assert with_blanks(words, page) == words
