"""Running the rules over one subject: findings, and the rules that crashed instead of judging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from vekha.checks.rule import Rule, Violation
from vekha.checks.subject import Subject
from vekha.orders.interchange import place_to_json, problem_to_json, source_to_json
from vekha.orders.model import OrderFile
from vekha.problems import Place, Problem, Severity

SCHEMA = "vekha.findings/1"
CRASHED = "rule-crashed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the contract's keys; ``roadmap`` and ``measure_index`` count from 0, ``measure`` is the number."""

    rule: str
    slug: str
    severity: Severity
    message: str
    hint: str
    roadmap: int | None = None
    measure: str | None = None
    measure_index: int | None = None
    place: Place | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that neither passed nor objected because it failed; ``error`` is kept for whoever repairs it."""

    rule: str
    slug: str
    error: Exception

    @property
    def problem(self) -> Problem:
        """The same as a problem for people and programs."""
        return Problem(
            CRASHED,
            f"Правило {self.rule} ({self.slug}) не выполнено из-за сбоя программы ({type(self.error).__name__}).",
            Severity.ERROR,
            "По этому правилу документ не проверен. Повторите с параметром --debug и передайте подробности разработчикам.",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check: findings in the order of the catalogue, crashes apart from them."""

    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...] = ()


def run_rules(subject: Subject, rules: Iterable[Rule]) -> Report:
    """Let every rule judge the subject; one that crashes loses nothing it has already found and stops no other."""
    findings: list[Finding] = []
    crashes: list[Crash] = []
    for rule in rules:
        if rule.needs_reference and subject.reference is None:
            continue
        try:
            for violation in rule.check(subject):
                findings.append(_finding(rule, violation, subject.order_file))
        except Exception as error:  # a third outcome beside passed and violated: it is reported, and the others go on
            crashes.append(Crash(rule.code, rule.slug, error))
    return Report(tuple(dict.fromkeys(findings)), tuple(crashes))


def report_to_json(report: Report, order_file: OrderFile) -> dict[str, Any]:
    """The contract's object; the problems of reading and the crashes stand beside the findings."""
    return {
        "schema": SCHEMA,
        "source": source_to_json(order_file),
        "findings": [_finding_to_json(finding) for finding in report.findings],
        "problems": [problem_to_json(problem) for problem in all_problems(report, order_file)],
    }


def all_problems(report: Report, order_file: OrderFile) -> Iterator[Problem]:
    """What was wrong beside the findings: rules that crashed, then what the reading noticed."""
    yield from (crash.problem for crash in report.crashes)
    yield from order_file.problems


def _finding(rule: Rule, violation: Violation, order_file: OrderFile) -> Finding:
    number = None
    if violation.roadmap is not None and violation.measure is not None:
        number = order_file.roadmaps[violation.roadmap].measures[violation.measure].number
    return Finding(
        rule=rule.code,
        slug=rule.slug,
        severity=violation.severity or rule.severity,
        message=violation.message,
        hint=violation.hint,
        roadmap=violation.roadmap,
        measure=number,
        measure_index=violation.measure,
        place=violation.place,
        day=violation.day,
    )


def _finding_to_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "roadmap": finding.roadmap,
        "measure": finding.measure,
        "measure_index": finding.measure_index,
        "date": None if finding.day is None else finding.day.isoformat(),
        "place": None if finding.place is None else place_to_json(finding.place),
    }
