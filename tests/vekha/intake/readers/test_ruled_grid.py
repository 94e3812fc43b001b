"""Lines to grids: merged cells, gaps, double lines, open sides, noise."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import within
from vekha.intake.readers.ruled_grid import RuledGrid, Stroke, build_grids, merge_strokes, strokes_of_box

Span = tuple[int, int, int, int]


def spans(grid: RuledGrid) -> list[Span]:
    return [(cell.row, cell.column, cell.row_span, cell.col_span) for cell in grid.cells]


def plain(rows: list[float], columns: list[float]) -> tuple[list[Stroke], list[Stroke]]:
    return [Stroke(y, columns[0], columns[-1]) for y in rows], [Stroke(x, rows[0], rows[-1]) for x in columns]


def draw(cells: list[Span], rows: list[float], columns: list[float]) -> tuple[list[Stroke], list[Stroke]]:
    """Every cell's own rectangle, as printing programs draw borders per cell."""
    across: list[Stroke] = []
    down: list[Stroke] = []
    for row, column, height, width in cells:
        box = columns[column], rows[row], columns[column + width], rows[row + height]
        more_across, more_down = strokes_of_box(box, thickness=2)
        across.extend(more_across)
        down.extend(more_down)
    return across, down


def test_plain_grid() -> None:
    grid = build_grids(*plain([0, 20, 50, 60], [0, 30, 100]), tolerance=3)[0]
    assert grid.rows == (0, 20, 50, 60)
    assert grid.columns == (0, 30, 100)
    assert spans(grid) == [(r, c, 1, 1) for r in range(3) for c in range(2)]
    assert grid.cells[3].box == (30, 20, 100, 50)


def test_merged_cells_both_ways() -> None:
    cells = [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 3)]
    grid = build_grids(*draw(cells, [0, 20, 40, 60], [0, 50, 100, 150]), tolerance=3)[0]
    assert spans(grid) == cells


def test_gaps_and_pieces_are_closed() -> None:
    across, down = plain([0, 20, 40], [0, 50, 100])
    pieces = [Stroke(y, x, x + 3) for y in (0, 20, 40) for x in range(0, 100, 5)]
    shortened = [Stroke(line.at, line.start + 2, line.end - 2) for line in down]
    assert spans(build_grids(pieces, shortened, tolerance=3)[0]) == spans(build_grids(across, down, tolerance=3)[0])


def test_partly_worn_side_still_parts() -> None:
    across, _ = plain([0, 100], [0, 50, 100])
    down = [Stroke(0, 0, 100), Stroke(50, 0, 40), Stroke(50, 70, 100), Stroke(100, 0, 100)]
    assert len(build_grids(across, down, tolerance=3)[0].cells) == 2


def test_double_lines_are_one() -> None:
    across, down = plain([0, 2, 20, 22, 40, 42], [0, 2, 50, 52, 100, 102])
    assert spans(build_grids(across, down, tolerance=3)[0]) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_cells_with_space_between_them() -> None:
    across: list[Stroke] = []
    down: list[Stroke] = []
    for row in range(3):
        for column in range(3):
            more = strokes_of_box((column * 50, row * 20, column * 50 + 48, row * 20 + 18), thickness=1)
            across.extend(more[0])
            down.extend(more[1])
    assert len(build_grids(across, down, tolerance=3)[0].cells) == 9


def test_table_without_outer_sides() -> None:
    across = [Stroke(y, 0, 150) for y in (0, 20, 40)]
    down = [Stroke(x, 0, 40) for x in (50, 100)]
    grid = build_grids(across, down, tolerance=3)[0]
    assert grid.columns == (0, 50, 100, 150)
    assert len(grid.cells) == 6


def test_only_inner_lines() -> None:
    across = [Stroke(y, 0, 150) for y in (20, 40)]
    down = [Stroke(x, 0, 60) for x in (50, 100)]
    assert len(build_grids(across, down, tolerance=3)[0].cells) == 9


def test_row_cut_by_the_end_of_the_page_has_a_bottom() -> None:
    across = [Stroke(y, 0, 100) for y in (0, 20)]
    down = [Stroke(x, 0, 90) for x in (0, 50, 100)]
    grid = build_grids(across, down, tolerance=3)[0]
    assert grid.rows == (0, 20, 90)
    assert len(grid.cells) == 4


def test_row_that_fills_its_page_has_only_verticals() -> None:
    grid = build_grids([], [Stroke(x, 0, 500) for x in (0, 50, 100)], tolerance=3)[0]
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 1)]


def test_missing_corner_is_not_a_cell() -> None:
    cells = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert spans(build_grids(*draw(cells, [0, 20, 40], [0, 50, 100]), tolerance=3)[0]) == cells


def test_missing_piece_of_the_outer_side_stays_a_cell() -> None:
    across, down = plain([0, 20, 40, 60], [0, 50, 100])
    down[0] = Stroke(0, 0, 20)
    down.append(Stroke(0, 40, 60))
    assert len(build_grids(across, down, tolerance=3)[0].cells) == 6


def test_region_that_is_no_rectangle_is_cut_into_rectangles() -> None:
    across = [Stroke(0, 0, 100), Stroke(20, 50, 100), Stroke(40, 0, 100)]
    down = [Stroke(0, 0, 40), Stroke(50, 20, 40), Stroke(100, 0, 40)]
    grid = build_grids(across, down, tolerance=3)[0]
    assert spans(grid) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_underline_that_touches_a_border_makes_no_row() -> None:
    across, down = plain([0, 40], [0, 50, 100])
    across.append(Stroke(12, 2, 20))
    assert build_grids(across, down, tolerance=3)[0].rows == (0, 40)


def test_borders_that_drift_apart_make_no_column() -> None:
    cells_above, cells_below = [(0, 0, 60, 20), (60, 0, 100, 20)], [(0, 20, 66, 40), (66, 20, 100, 40)]
    across: list[Stroke] = []
    down: list[Stroke] = []
    for box in cells_above + cells_below:
        more = strokes_of_box(box, thickness=2)
        across.extend(more[0])
        down.extend(more[1])
    grid = build_grids(across, down, tolerance=3)[0]
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert [cell.box[2] for cell in grid.cells] == [60, 100, 66, 100]


def test_two_tables_come_from_top_to_bottom() -> None:
    low, high = plain([100, 120], [0, 50, 100]), plain([0, 20], [0, 50, 100])
    grids = build_grids(low[0] + high[0], low[1] + high[1], tolerance=3)
    assert [grid.rows for grid in grids] == [(0, 20), (100, 120)]


def test_frame_is_a_grid_of_one_cell_and_its_table_another() -> None:
    frame, table = plain([0, 200], [0, 200]), plain([20, 40, 60], [20, 50, 100])
    grids = build_grids(frame[0] + table[0], frame[1] + table[1], tolerance=3)
    assert [len(grid.cells) for grid in grids] == [1, 4]


@pytest.mark.parametrize("strokes", [([], []), ([Stroke(0, 0, 9)], []), ([Stroke(0, 0, 9)], [Stroke(50, 0, 9)])])
def test_lines_that_make_no_table(strokes: tuple[list[Stroke], list[Stroke]]) -> None:
    assert build_grids(*strokes, tolerance=3) == ()


def test_merge_strokes_joins_pieces_and_drops_points() -> None:
    merged = merge_strokes([Stroke(1, 0, 10), Stroke(0, 11, 20), Stroke(0.5, 5, 5), Stroke(9, 0, 4)], tolerance=2)
    assert [(line.start, line.end) for line in merged] == [(0, 20), (0, 4)]


@pytest.mark.parametrize("count", [3_000, 200_000])
def test_hatched_drawing_ends_soon(count: int) -> None:
    chance = random.Random(1)
    across = [Stroke(chance.random() * 90_000, chance.random() * 10, 500) for _ in range(count)]
    down = [Stroke(chance.random() * 90_000, chance.random() * 10, 90_000) for _ in range(count)]
    with within():
        assert len(build_grids(across, down, tolerance=3)) < 100


@st.composite
def tilings(draw_from: st.DrawFn) -> tuple[list[Span], list[float], list[float]]:
    """A table cut into random rectangles, with random sizes of rows and columns."""
    height, width = draw_from(st.integers(1, 6)), draw_from(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    cells: list[Span] = []
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            rows, columns = draw_from(st.integers(1, 3)), draw_from(st.integers(1, 3))
            taken = {(row, column)}
            for down in range(rows):
                for right in range(columns):
                    box = {(row + d, column + r) for d in range(down + 1) for r in range(right + 1)}
                    if box <= free and len(box) > len(taken):
                        taken = box
            free -= taken
            last_row, last_column = max(taken)
            cells.append((row, column, last_row - row + 1, last_column - column + 1))
    sizes = st.floats(16, 200)
    heights = draw_from(st.lists(sizes, min_size=height, max_size=height))
    widths = draw_from(st.lists(sizes, min_size=width, max_size=width))
    return cells, _running(heights), _running(widths)


def _running(sizes: list[float]) -> list[float]:
    total, places = 0.0, [0.0]
    for size in sizes:
        total += size
        places.append(total)
    return places


@settings(max_examples=120, deadline=None)
@given(tilings(), st.randoms(use_true_random=False))
def test_any_tiling_comes_back(tiling: tuple[list[Span], list[float], list[float]], chance: random.Random) -> None:
    """Borders drawn per cell, in any order, a little off: the tiles are found, and together they cover the table."""
    cells, rows, columns = tiling
    across, down = draw(cells, rows, columns)
    across = [Stroke(line.at + chance.uniform(-1, 1), line.start, line.end) for line in across]
    down = [Stroke(line.at + chance.uniform(-1, 1), line.start, line.end) for line in down]
    chance.shuffle(across)
    chance.shuffle(down)
    grid = build_grids(across, down, tolerance=3)[0]
    wanted = [(columns[c], rows[r], columns[c + w], rows[r + h]) for r, c, h, w in cells]
    assert len(grid.cells) == len(wanted)
    for cell in grid.cells:
        assert any(all(abs(a - b) <= 3 for a, b in zip(cell.box, box, strict=True)) for box in wanted)
        assert cell.row_span >= 1
        assert cell.col_span >= 1
    covered = [place for cell in grid.cells for place in _places(cell.row, cell.column, cell.row_span, cell.col_span)]
    assert len(covered) == len(set(covered))
    assert all(a < b for a, b in pairwise(grid.rows))


def _places(row: int, column: int, height: int, width: int) -> list[tuple[int, int]]:
    return [(row + down, column + right) for down in range(height) for right in range(width)]
