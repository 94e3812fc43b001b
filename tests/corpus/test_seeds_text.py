"""The five real orders as text, whole and exact: every measure, deadline, name and minimum.

``seeds/*.txt`` beside this file holds what was read by a person from each order, without names: number, stage, lines, how many
items, responsibles and documents, the deadline in canonical words. The texts themselves are compared with the order's own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vekha.deadlines import render
from vekha.intake.reading import read_order_file
from vekha.orders.model import Measure, OrderFile, Roadmap
from vekha.text.markup import strip_markup

EXPECTED = Path(__file__).parent / "seeds"
SEEDS = ("000", "001", "002", "003", "004")


def seed_path(folder: Path, number: str) -> Path:
    (path,) = folder.glob(f"{number}_*.txt")
    return path


def summary(order: OrderFile) -> Iterator[str]:
    assert order.order is not None
    head = order.order
    annexes = f"annexes {head.annexes_declared} {head.annexes_found}"
    people = f"approvals {len(head.approvals)} acquainted {len(head.acquainted)}"
    yield f"order {head.kind} | {head.number} | {head.date} | {annexes} | {people}"
    for roadmap in order.roadmaps:
        counts = f"measures {len(roadmap.measures)} indicators {len(roadmap.indicators)}"
        yield f"roadmap {roadmap.programme.value} {roadmap.year} {counts}"
        yield from (measure_line(measure) for measure in roadmap.measures)
        for indicator in roadmap.indicators:
            minima = f"{indicator.opening_year} | {indicator.following_years}"
            yield f"indicator {indicator.number} | {indicator.unit} | {minima} | {indicator.parent or '-'}"
    yield " ".join(("problems", *sorted(problem.code for problem in order.problems)))


def measure_line(measure: Measure) -> str:
    assert measure.deadline is not None
    assert measure.place.lines is not None
    first, last = measure.place.lines
    return " | ".join(
        (
            measure.number or "-",
            "+".join(stage.value for stage in measure.item_stages or (measure.stage,)),
            f"{first}-{last}",
            str(len(measure.items)),
            " ".join(responsible.kind.value for responsible in measure.responsibles),
            str(len(measure.results)),
            render(measure.deadline) + (" (год выведен)" if measure.deadline.year_inferred else ""),
        )
    )


@pytest.mark.parametrize("number", SEEDS)
def test_everything_is_read_as_a_person_read_it(seeds_dir: Path, number: str) -> None:
    expected = (EXPECTED / f"{number}.txt").read_text().splitlines()[1:]
    assert list(summary(read_order_file(seed_path(seeds_dir, number)))) == expected


def letters(text: str) -> str:
    """A text without white space and markup, to compare what was joined with its pieces."""
    return re.sub(r"\s", "", strip_markup(text))


def column_of(lines: list[str], measure: Measure, column: int) -> str:
    """The pieces of one column in the lines of a measure, headers and number rows left out."""
    assert measure.place.lines is not None
    first, last = measure.place.lines
    rows = [line.split("\t") for line in lines[first - 1 : last] if "\t" in line]
    rows = [row for row in rows if not row[0].startswith("№") and [cell.strip() for cell in row[:2]] != ["1", "2"]]
    return letters("".join(row[column] for row in rows if column < len(row)))


@pytest.mark.parametrize("number", SEEDS[:4])
def test_texts_are_the_orders_own_letters(seeds_dir: Path, number: str) -> None:
    path = seed_path(seeds_dir, number)
    lines = path.read_text().split("\n")
    (roadmap,) = read_order_file(path).roadmaps
    for measure in roadmap.measures:
        assert letters(measure.text) == column_of(lines, measure, 1)
        names = "".join(letters(responsible.name) for responsible in measure.responsibles)
        assert names == column_of(lines, measure, 2).replace(",", "")
        results = "".join(letters(result.text) for result in measure.results)
        assert re.sub(r"[\d.;,]|и", "", results) == re.sub(r"[\d.;,]|и", "", column_of(lines, measure, 3))
        assert measure.deadline is not None
        assert letters(measure.deadline.text) == column_of(lines, measure, 4)
        assert all(letters(item) in letters(measure.text) for item in measure.items)


def test_the_matrix_keeps_every_letter_of_its_cells(seeds_dir: Path) -> None:
    path = seed_path(seeds_dir, "004")
    lines = path.read_text().split("\n")
    for column, roadmap in enumerate(read_order_file(path).roadmaps, start=1):
        for measure in roadmap.measures:
            said, _, persons = column_of(lines, measure, column).partition("Отв.")
            assert letters(measure.text) == said
            assert ",".join(letters(responsible.name) for responsible in measure.responsibles) == persons


def test_indicator_names_are_whole(seeds_dir: Path) -> None:
    path = seed_path(seeds_dir, "003")
    lines = path.read_text().split("\n")
    roadmap: Roadmap = read_order_file(path).roadmaps[0]
    for indicator in roadmap.indicators:
        assert indicator.place.lines is not None
        cell = letters(lines[indicator.place.lines[0] - 1].split("\t")[1])
        assert letters(f"{indicator.name}({indicator.unit})") == cell
