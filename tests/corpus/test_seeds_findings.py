"""What the rules find in the five real orders: exactly what was judged right by reading them, and nothing else.

``findings/*.txt`` holds a line for each finding, without names: rule, roadmap (from 0), measure (its number, or «#» and its place
in the roadmap from 1), day, lines of the file. The first line states the subsidy year, if one is needed.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.vekha.checks.examples import subject_of
from vekha.checks.catalogue import RULES
from vekha.checks.reference import pack_reference
from vekha.checks.run import Finding, Report, run_rules
from vekha.checks.subject import build_subject
from vekha.deadlines.syntax import OnDate, RelativeDate
from vekha.packs.library import find_roadmap
from vekha.problems import Severity

EXPECTED = Path(__file__).parent / "findings"
SEEDS = ("000", "001", "002", "003", "004")


def subsidy_year(seed: str) -> int | None:
    found = re.search(r"^# subsidy year (\d{4})$", (EXPECTED / f"{seed}.txt").read_text("utf-8"), re.MULTILINE)
    return int(found[1]) if found else None


def judge(seeds_dir: Path, seed: str, year: int | None = None) -> Report:
    (path,) = seeds_dir.glob(f"{seed}_*.txt")
    return run_rules(subject_of(path.read_text("utf-8"), subsidy_year=year), RULES)


def line_of(finding: Finding) -> str:
    measure = "-"
    if finding.measure_index is not None:
        measure = finding.measure or f"#{finding.measure_index + 1}"
    lines = finding.place.lines if finding.place else None
    return " | ".join(
        (
            finding.rule,
            "-" if finding.roadmap is None else str(finding.roadmap),
            measure,
            finding.day.isoformat() if finding.day else "-",
            "-" if lines is None else f"{lines[0]}-{lines[1]}",
        )
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_findings_are_those_that_were_judged_right(seeds_dir: Path, seed: str) -> None:
    report = judge(seeds_dir, seed, subsidy_year(seed))
    expected = (EXPECTED / f"{seed}.txt").read_text("utf-8").splitlines()
    assert report.crashes == ()
    assert [line_of(finding) for finding in report.findings] == [line for line in expected if line and line[0] != "#"]


def test_one_person_has_twenty_of_twenty_seven_cells(seeds_dir: Path) -> None:
    (message,) = [each.message for each in judge(seeds_dir, "004").findings if each.rule == "RS08"]
    assert "20 из 27" in message


def test_the_missing_annexes_are_named(seeds_dir: Path) -> None:
    (message,) = [each.message for each in judge(seeds_dir, "002").findings if each.rule == "ST08"]
    assert "№ 1, № 3, № 4" in message


def test_without_a_subsidy_year_relative_deadlines_are_no_findings(seeds_dir: Path) -> None:
    assert {each.rule for each in judge(seeds_dir, "000").findings} == {"DL11", "RS03", "RS04"}


def test_an_order_is_like_the_reference_that_was_made_of_it(seeds_dir: Path) -> None:
    (path,) = seeds_dir.glob("001_*.txt")
    subject = subject_of(path.read_text("utf-8"))
    found = find_roadmap("school-quantorium-2024", subject.library)
    assert found is not None
    beside = build_subject(
        subject.order_file,
        calendar=subject.calendar,
        library=subject.library,
        reference=pack_reference(subject.order_file, "school-quantorium-2024", [found.roadmap]),
    )
    rules = [rule for rule in RULES if rule.needs_reference]
    assert run_rules(beside, rules).findings == ()


def test_the_municipal_order_against_a_region(seeds_dir: Path) -> None:
    (region,), (city,) = seeds_dir.glob("001_*.txt"), seeds_dir.glob("003_*.txt")
    subject = subject_of(city.read_text("utf-8"), against=region.read_text("utf-8"))
    report = run_rules(subject, [rule for rule in RULES if rule.needs_reference])
    later = [(each.rule, each.measure) for each in report.findings if each.severity is Severity.WARNING]
    assert later == [("DL15", "1")], "another region binds nobody, but one deadline is later than there"
    assert not [each for each in report.findings if each.rule in ("CF01", "CF02", "CF03", "CF04")]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_day_off_and_no_other(seeds_dir: Path, seed: str) -> None:
    """Counted again from the dates alone: a weekend, or one of the two days off that fall on weekdays there."""
    (path,) = seeds_dir.glob(f"{seed}_*.txt")
    subject = subject_of(path.read_text("utf-8"), subsidy_year=subsidy_year(seed))
    working, off = {date(2024, 4, 27), date(2024, 12, 28)}, {date(2024, 4, 29), date(2024, 4, 30)}
    expected = set()
    for at, roadmap in enumerate(subject.roadmaps):
        for index, measure in enumerate(roadmap.measures):
            match measure.deadline.when if measure.deadline else None:
                case OnDate(day):
                    pass
                case RelativeDate(number, month, offset):
                    day = date(2021 + offset, month, number)
                case _:
                    continue
            if (day.weekday() > 4 and day not in working) or day in off:
                expected.add((at, index, day))
    report = judge(seeds_dir, seed, subsidy_year(seed))
    assert {(each.roadmap, each.measure_index, each.day) for each in report.findings if each.rule == "DL04"} == expected
