"""The tables of the real orders, set, scanned, worn and read back: the shares below which the reader has become worse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builders.scan_pages import ROUGH, Wear, fonts_present
from tests.builders.scan_scores import Score, add_score, read_pages, worn_pages
from tests.builders.scan_seeds import seed_sheets, tables_only

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("tesseract") is None or not fonts_present(),
        reason="Tesseract or the Liberation fonts are not installed",
    ),
]


@pytest.mark.parametrize(
    ("how", "dpi", "exact", "near"),
    [(None, 300, 99.0, 99.7), (ROUGH, 300, 98.5, 99.5), (ROUGH, 200, 98.0, 99.5)],
    ids=["clean", "rough", "rough at 200 dpi"],
)
def test_cells_rows_and_deadlines(seeds_dir: Path, how: Wear | None, dpi: int, exact: float, near: float) -> None:
    score = Score()
    for _, sheet in seed_sheets(seeds_dir):
        tables = tables_only(sheet)
        add_score(score, tables, read_pages(worn_pages(tables, how, dpi), dpi))
    assert score.cells > 400
    assert score.rows_read == score.rows_expected
    assert score.share(score.exact) >= exact, score.wrong
    assert score.share(score.near) >= near, score.wrong
    assert score.last_exact_or_flagged == score.last_cells, score.wrong
    assert score.share(score.false_alarms) <= 3
