"""Every measure of the five real orders has its stage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vekha.stages.catalogue import Stage
from vekha.stages.classify import classify

S = Stage
COMMON_2021 = [S.PROCUREMENT, S.STAFF_TRAINING, S.SITE_MONITORING, S.LAUNCH, S.INDICATOR_MONITORING]
FROM_BASE = [
    S.BASE_EQUIPMENT,
    S.PROCUREMENT,
    S.INFORMATION_SHEET,
    S.ACTIVITY_PLAN,
    S.EQUIPMENT_INSTALLED,
    S.SITE_MONITORING,
    S.UNIFIED_PLAN,
    S.STAFF_TRAINING,
    S.LAUNCH,
    S.INDICATOR_MONITORING,
]
EXPECTED = {
    "000": [S.LEGAL_BASIS, S.LEGAL_BASIS, S.INFRASTRUCTURE_LIST, S.SUBSIDY_AGREEMENT, S.BASE_EQUIPMENT, *COMMON_2021],
    "001": [S.LEGAL_BASIS, S.INFRASTRUCTURE_LIST, S.DESIGN_PROJECT, *FROM_BASE],
    "002": [S.LEGAL_BASIS, S.INFRASTRUCTURE_LIST, S.SUBSIDY_AGREEMENT, *COMMON_2021],
    "003": [S.LEGAL_BASIS, S.INFRASTRUCTURE_LIST, S.DESIGN_PROJECT, *FROM_BASE],
}
MATRIX = [
    *[S.LEGAL_BASIS] * 3,
    *[S.INFRASTRUCTURE_LIST] * 3,
    *[S.PROCUREMENT] * 3,
    *[S.DESIGN_PROJECT] * 2,
    S.BASE_EQUIPMENT,
    *[S.INFORMATION_SHEET] * 2,
    S.ACTIVITY_PLAN,
    S.EQUIPMENT_INSTALLED,
    S.EQUIPMENT_INSTALLED,
    *[S.UNIFIED_PLAN] * 2,
    S.PROGRESS_MONITORING,
    *[S.LAUNCH] * 2,
    *[S.INDICATOR_MONITORING] * 2,
    S.PROGRESS_MONITORING,
    *[S.STAFF_TRAINING] * 2,
]
DATED = re.compile(r"\d{2}\.\d{2}\.\d{4}$|\d{1,2} [а-я]+$")


def read_lines(folder: Path, prefix: str) -> list[list[str]]:
    """The cells of every line with tabs; a row cut by a page or a paragraph is there with its beginning, which is enough."""
    text = next(folder.glob(f"{prefix}_*.txt")).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if "\t" in line]


@pytest.mark.parametrize("prefix", sorted(EXPECTED))
def test_measures_of_a_table(seeds_dir: Path, prefix: str) -> None:
    rows = [
        cells for cells in read_lines(seeds_dir, prefix) if re.fullmatch(r"\d{1,2}\.?", cells[0]) and len(cells[1]) > 2
    ]
    measures = rows[: len(EXPECTED[prefix])]
    assert [classify(cells[1], cells[3]).stage for cells in measures] == EXPECTED[prefix]
    assert [classify(cells[1]).stage for cells in measures] == EXPECTED[prefix]


def test_cells_of_the_matrix(seeds_dir: Path) -> None:
    cells = [
        cell for row in read_lines(seeds_dir, "004") if DATED.match(row[0].strip()) for cell in row[1:] if cell.strip()
    ]
    assert [classify(re.sub(r"<[^>]+>", "", cell)).stage for cell in cells] == MATRIX
    assert len(cells) == 27


def test_every_measure_is_recognised_with_confidence(seeds_dir: Path) -> None:
    rows = [
        cells
        for prefix in EXPECTED
        for cells in read_lines(seeds_dir, prefix)
        if re.fullmatch(r"\d{1,2}\.?", cells[0]) and len(cells) == 5 and len(cells[1]) > 12
    ]
    assert len(rows) >= 44
    assert min(classify(cells[1]).confidence for cells in rows) >= 0.6
