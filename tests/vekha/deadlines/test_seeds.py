"""Every deadline of the real orders, as their tables state them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vekha.calendar.working_days import official_calendar
from vekha.deadlines import parse_deadline, resolve
from vekha.deadlines.syntax import NotUnderstood

CALENDAR = official_calendar()
LAST_COLUMN = {
    "000": "2023-11-27 2023-12-18 schedule 2023-12-30 2024-03-01 2024-03-01 2024-08-25 2024-08-25 2024-09-01 2024-10-01",
    "002": "2020-12-18 schedule 2020-12-30 2021-03-01 2021-08-25 2021-08-25 2021-09-01 2021-10-01",
    "003": "2023-12-30 schedule 2024-01-29 2024-03-01 2024-02-15 2024-04-29 2024-08-23 2024-08-25 2024-08-23 2024-08-23"
    " 2024-12-31 2024-09-15 2024-10-01",
}
CUT_BY_PAGES = (
    "2023-12-29 schedule 2024-02-01 2024-03-01 2024-02-15 2024-06-30 2024-08-25 2024-08-25 2024-08-25 2024-08-25"
    " 2024-12-31 2024-09-15 2024-10-01"
)
FIRST_COLUMN = (
    "2023-11-30 2023-12-29 2024-01-31 2024-02-01 2024-03-01 2024-06-30 2024-08-25 2024-08-25 2024-09-01 2024-10-01"
    " 2024-11-30 2024-12-01"
)


def rows_of(folder: Path, seed: str) -> list[list[str]]:
    text = next(folder.glob(f"{seed}_*.txt")).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if "\t" in line]


def first_day(phrase: str, year: int | None = None) -> str:
    deadline, problems = parse_deadline(phrase, year=year)
    assert not isinstance(deadline.when, NotUnderstood), phrase
    assert {problem.code for problem in problems} <= {"ambiguous-before"}, phrase
    found = resolve(deadline, calendar=CALENDAR, subsidy_year=2024)
    return found.dates[0].due.isoformat() if found.dates else str(found.waiting_for)


@pytest.mark.seeds
@pytest.mark.parametrize("seed", sorted(LAST_COLUMN))
def test_the_last_column_of_a_roadmap(seeds_dir: Path, seed: str) -> None:
    rows = [
        row for row in rows_of(seeds_dir, seed) if len(row) == 5 and row[0].rstrip(".").isdigit() and len(row[1]) > 1
    ]
    assert [first_day(row[4]) for row in rows] == LAST_COLUMN[seed].split()


@pytest.mark.seeds
def test_a_roadmap_cut_by_page_breaks(seeds_dir: Path) -> None:
    phrases: list[str] = []
    for row in rows_of(seeds_dir, "001"):
        if row[0].rstrip(".").isdigit():
            phrases.append(row[4])
        elif row[0] == "" and row[4]:
            phrases[-1] += "\n" + row[4]
    assert [first_day(phrase) for phrase in phrases] == CUT_BY_PAGES.split()


@pytest.mark.seeds
def test_dates_without_a_year_take_it_from_the_title(seeds_dir: Path) -> None:
    phrases = [row[0] for row in rows_of(seeds_dir, "004") if row[0][:1].isdigit()]
    assert [first_day(phrase, 2024) for phrase in phrases] == FIRST_COLUMN.split()


@pytest.mark.seeds
def test_repetitions_of_the_real_orders(seeds_dir: Path) -> None:
    every: Counter[str] = Counter()
    for seed in LAST_COLUMN:
        for row in rows_of(seeds_dir, seed):
            deadline, _ = parse_deadline(row[-1])
            if deadline.repeat is not None:
                every[f"{deadline.repeat.every}{' if needed' if deadline.repeat.if_needed else ''}"] += 1
    assert every == {"quarter": 3, "year if needed": 1, "None if needed": 1, "year": 1}
