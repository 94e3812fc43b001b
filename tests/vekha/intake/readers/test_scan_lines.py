"""Pages are straightened and their grids found whatever the scanner did; no recognition here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.builders.scan_pages import PLAN, ROUGH, Grid, Sheet, Wear, fonts_present, rasterise, set_pdf, stamp, wear
from vekha.intake.readers.scan_cells import cut_cells
from vekha.intake.readers.scan_lines import RuledPage, take_lines
from vekha.intake.readers.scan_page import StraightPage, straighten, upside_down

pytestmark = pytest.mark.skipif(not fonts_present(), reason="the Liberation fonts are not installed")


@cache
def plan_page(grid: Grid = PLAN, dpi: int = 300) -> Image.Image:
    (page,) = rasterise(set_pdf(Sheet(("# План", grid), wide=True)), dpi)
    return page


def straight(image: Image.Image) -> StraightPage:
    return straighten(np.asarray(image.convert("L")))


def ruled(image: Image.Image) -> RuledPage:
    return take_lines(straight(image))


def shapes(page: RuledPage) -> list[tuple[int, int, int]]:
    """Rows, columns and cells of each grid."""
    return [(len(grid.rows) - 1, len(grid.columns) - 1, len(grid.cells)) for grid in page.grids]


WHOLE = [(5, 5, 25)]


@pytest.mark.parametrize("skew", [-9.7, -4.0, -0.3, 0.0, 0.15, 1.5, 6.0, 9.7])
@pytest.mark.parametrize("turn", [0, 90, 270])
def test_skew_and_quarter_turns_are_undone(skew: float, turn: int) -> None:
    image = wear(plan_page(), Wear(skew=skew)).rotate(turn, expand=True)
    page = straight(image)
    again = straighten(page.grey)
    assert abs(again.grey.shape[0] - page.grey.shape[0]) < 8, "no angle is left to undo"
    assert shapes(take_lines(page)) == WHOLE


def test_letters_come_to_one_size_whatever_the_resolution() -> None:
    heights = [straight(plan_page(dpi=dpi)).letter for dpi in (120, 200, 300, 600)]
    assert all(16 <= height <= 42 for height in heights)


def test_upside_down_twice_is_the_page_itself() -> None:
    page = straight(plan_page())
    again = upside_down(upside_down(page))
    assert np.array_equal(again.grey, page.grey)


def dark_edges(image: Image.Image) -> Image.Image:
    grey = np.asarray(image).copy()
    grey[:60], grey[:, -90:], grey[-30:] = 20, 10, 30
    return Image.fromarray(grey)


def punched(image: Image.Image) -> Image.Image:
    grey = np.asarray(image).copy()
    for down in (700, 1500):
        cv2.circle(grey, (70, down), 45, 15, -1)
    return Image.fromarray(grey)


def folded(image: Image.Image) -> Image.Image:
    grey = np.asarray(image).copy()
    grey[:, 1500:1503] = np.minimum(grey[:, 1500:1503], 150)
    grey[420:422] = np.minimum(grey[420:422], 150)
    return Image.fromarray(grey)


def waved(image: Image.Image) -> Image.Image:
    grey = np.asarray(image)
    across, down = np.meshgrid(np.arange(grey.shape[1], dtype=np.float32), np.arange(grey.shape[0], dtype=np.float32))
    bent = (down + 10 * np.sin(across / grey.shape[1] * np.pi)).astype(np.float32)
    return Image.fromarray(cv2.remap(grey, across, bent, cv2.INTER_LINEAR, borderValue=255))


def pale(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 - (255 - value) // 4)


def black_and_white(image: Image.Image) -> Image.Image:
    return image.point(lambda value: 255 if value > 150 else 0)


def salted(image: Image.Image) -> Image.Image:
    grey, chance = np.asarray(image).copy(), np.random.default_rng(1).random(np.asarray(image).shape)
    grey[chance < 0.01], grey[chance > 0.995] = 0, 255
    return Image.fromarray(grey)


def stamped(image: Image.Image) -> Image.Image:
    return stamp(image, (1500, 520), 290)


@pytest.mark.parametrize(
    "spoil",
    [dark_edges, punched, folded, waved, pale, black_and_white, salted, stamped],
    ids=lambda spoil: spoil.__name__,
)
def test_what_is_no_line_of_the_table_does_not_change_the_grid(spoil: Callable[[Image.Image], Image.Image]) -> None:
    assert shapes(ruled(spoil(plan_page()))) == WHOLE


@pytest.mark.parametrize("how", [ROUGH, Wear(noise=25), Wear(shade=0.6), Wear(blur=1.6), Wear(jpeg=12)], ids=str)
def test_worn_pages_keep_their_grid(how: Wear) -> None:
    assert shapes(ruled(wear(plan_page(), how))) == WHOLE


@pytest.mark.parametrize("rule", [0.1, 0.25, 1.0, 3.0])
def test_lines_of_any_weight(rule: float) -> None:
    assert shapes(ruled(plan_page(replace(PLAN, rule=rule)))) == WHOLE


def test_merged_cells_both_ways() -> None:
    grid = Grid(
        (("А", "Б", ""), ("", "Б1", "Б2"), ("1", "2", "3")), (1, 1, 1), spans=(((0, 0), (0, 1)), ((1, 0), (2, 0)))
    )
    (found,) = ruled(plan_page(grid)).grids
    spans = {(cell.row, cell.column): (cell.row_span, cell.col_span) for cell in found.cells}
    assert spans == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 0): (1, 1),
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }


def test_text_and_frames_make_no_table() -> None:
    sheet = Sheet(
        (
            "# ЗАГОЛОВОК КРУПНЫЙ",
            "Обычный абзац текста с тире — и с подчёркнутым бланком ______ тоже.",
            Grid((("в рамке",),), (1,)),
        )
    )
    (page,) = rasterise(set_pdf(sheet))
    assert ruled(page).grids == ()


def test_empty_cells_have_no_picture() -> None:
    page = ruled(wear(plan_page(), ROUGH))
    (grid,) = page.grids
    full = cut_cells(page)
    empty = [(cell.row, cell.column) for at, cell in enumerate(grid.cells) if (0, at) not in full]
    assert empty == [(3, 2)]


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (63, 64), (300, 300)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_blank_pages_of_any_shape_are_harmless(shape: tuple[int, int], value: int) -> None:
    page = take_lines(straighten(np.full(shape, value, np.uint8)))
    assert page.grids == ()


def test_pure_noise_makes_no_table() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (900, 700)).astype(np.uint8)
    assert take_lines(straighten(noise)).grids == ()
