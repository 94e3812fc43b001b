"""Running rules: a crash is a third outcome, nothing found is lost, and the JSON is the contract's."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import HANG
from tests.vekha.checks.examples import roadmap, rule_of, subject_of
from vekha.checks.catalogue import RULES, covered_codes, find_rule
from vekha.checks.page import read_page
from vekha.checks.rule import Family, Rule, Violation, rule
from vekha.checks.run import report_to_json, run_rules
from vekha.checks.subject import Subject
from vekha.problems import Severity

TEXT = roadmap("Начало работы центра | 15 сентября 2024 года | Департамент образования | Приказ")


def made_rule(check) -> Rule:
    return rule("ZZ01", slug="made-up", family=Family.STRUCTURE, severity=Severity.NOTE, basis="нет")(check)


def finds_then_crashes(subject: Subject) -> Iterator[Violation]:
    """Правило, которое ломается."""
    yield Violation("Найдено.", "Исправьте.")
    raise KeyError("внезапно")


def test_a_crash_is_reported_and_stops_nothing() -> None:
    subject = subject_of(TEXT)
    report = run_rules(subject, [made_rule(finds_then_crashes), rule_of("DL04")])
    assert [finding.rule for finding in report.findings] == ["ZZ01", "DL04"]
    (crash,) = report.crashes
    assert (crash.rule, crash.slug) == ("ZZ01", "made-up")
    assert isinstance(crash.error, KeyError)
    (problem,) = report_to_json(report, subject.order_file)["problems"]
    assert (problem["code"], problem["severity"]) == ("rule-crashed", "error")


def test_a_finding_has_the_keys_of_the_contract() -> None:
    subject = subject_of(TEXT)
    value = report_to_json(run_rules(subject, [rule_of("DL04")]), subject.order_file)
    assert set(value["source"]) == {"name", "format", "sha256", "pages"}
    (finding,) = value["findings"]
    kept = {
        key: finding[key]
        for key in ("rule", "slug", "severity", "roadmap", "measure", "place", "date", "measure_index")
    }
    assert kept == {
        "rule": "DL04", "slug": "due-on-day-off", "severity": "warning", "roadmap": 0, "measure": "1",
        "place": {"lines": [2, 2]}, "date": "2024-09-15", "measure_index": 0,
    }  # fmt: skip
    assert finding["message"] and finding["hint"]


def test_the_same_thing_is_said_once() -> None:
    def twice(subject: Subject) -> Iterator[Violation]:
        """Дважды."""
        yield Violation("Найдено.", "Исправьте.")
        yield Violation("Найдено.", "Исправьте.")

    assert len(run_rules(subject_of(TEXT), [made_rule(twice)]).findings) == 1


@pytest.mark.parametrize(("code", "slug"), [("D4", "a"), ("DL4", "a"), ("DL04", "Due On"), ("dl04", "a")])
def test_a_code_has_its_form(code: str, slug: str) -> None:
    with pytest.raises(ValueError, match="called like"):
        rule(code, slug=slug, family=Family.DEADLINES, severity=Severity.NOTE, basis="нет")


def test_a_rule_without_a_page_is_no_rule() -> None:
    with pytest.raises(ValueError, match="no page"):
        made_rule(lambda subject: iter(()))


@pytest.mark.parametrize(
    "page", ["Заголовок.", "Заголовок.\n\nПочему:\n    а\n\nНарушение:\n    б", "А\n\nПочему:\n\nПочему:\n"]
)
def test_a_page_has_its_parts(page: str) -> None:
    with pytest.raises(ValueError, match="a page has"):
        read_page(page)


def test_rules_are_found_by_code_and_slug() -> None:
    assert find_rule(" dl06 ") is rule_of("DL06")
    assert find_rule("XX99") is None
    assert "annex-missing" in covered_codes()


@pytest.mark.parametrize("name", [each.code for each in RULES])
def test_rules_do_not_import_each_other(name: str) -> None:
    source = Path(sys.modules[rule_of(name).check.__module__].__file__ or "").read_text("utf-8")
    imported = {node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert not [
        module for module in imported if module.startswith("vekha.checks.rules") or module == "vekha.checks.catalogue"
    ]


def test_the_help_does_not_load_the_rules() -> None:
    code = "import sys; from vekha.cli.app import run; run(['--help']); print([m for m in sys.modules if 'vekha.checks' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=HANG)
    assert done.stdout.strip().endswith("[]")
