"""docs/rules.md is what the pages of the rules say, and every module of the catalogue is in it."""

from pathlib import Path

from vekha.checks.catalogue import RULES
from vekha.checks.manual import render_manual

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_manual_is_fresh() -> None:
    written = (REPOSITORY / "docs" / "rules.md").read_text("utf-8")
    assert written == render_manual(), "write it again: python -m vekha.checks.manual > docs/rules.md"


def test_every_rule_has_its_section_and_its_line() -> None:
    manual = render_manual()
    for rule in RULES:
        assert f"\n### {rule.code} {rule.slug}\n" in manual
        assert f"\n| [{rule.code}](#" in manual


def test_every_file_of_a_rule_is_in_the_catalogue() -> None:
    folder = REPOSITORY / "src" / "vekha" / "checks" / "rules"
    files = {path.stem for path in folder.glob("*/*.py") if path.stem != "__init__"}
    assert files == {rule.check.__module__.rpartition(".")[2] for rule in RULES}


def test_a_rule_stands_in_the_folder_of_its_family() -> None:
    for rule in RULES:
        assert rule.check.__module__.split(".")[3] == rule.family.value
