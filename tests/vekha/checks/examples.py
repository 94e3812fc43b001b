"""Documents as text → what the rules find in them, through the real intake."""

from __future__ import annotations

from vekha.calendar.working_days import official_calendar
from vekha.checks.catalogue import RULES, find_rule
from vekha.checks.reference import document_reference
from vekha.checks.rule import Rule
from vekha.checks.run import Finding, run_rules
from vekha.checks.subject import Subject, build_subject
from vekha.intake.build import build_order
from vekha.intake.open import open_bytes
from vekha.packs.library import list_packs


def subject_of(text: str, *, against: str = "", subsidy_year: int | None = None) -> Subject:
    """A document's text as a subject, compared with another text where one is given."""
    document = open_bytes(text.encode(), "документ.txt")
    order_file = build_order(document)
    reference = None
    if against:
        other = build_order(open_bytes(against.encode(), "образец.txt"))
        reference = document_reference(order_file, other, subsidy_year=subsidy_year)
    return build_subject(
        order_file,
        calendar=official_calendar(),
        library=list_packs(),
        subsidy_year=subsidy_year,
        document=document,
        source_lines=text.split("\n"),
        reference=reference,
    )


def rule_of(code: str) -> Rule:
    """The rule with a code that must exist."""
    rule = find_rule(code)
    assert rule is not None, f"no rule {code}"
    return rule


def found_by(code: str, text: str, *, against: str = "", subsidy_year: int | None = None) -> list[Finding]:
    """What one rule finds; its crash is an error of the test."""
    report = run_rules(subject_of(text, against=against, subsidy_year=subsidy_year), [rule_of(code)])
    for crash in report.crashes:
        raise crash.error
    return list(report.findings)


def all_found(text: str, *, against: str = "", subsidy_year: int | None = None) -> set[str]:
    """The codes of everything found in a document."""
    report = run_rules(subject_of(text, against=against, subsidy_year=subsidy_year), RULES)
    for crash in report.crashes:
        raise crash.error
    return {finding.rule for finding in report.findings}


def roadmap(*rows: str, title: str = "", columns: str = "Мероприятие | Срок | Ответственный | Результат") -> str:
    """A roadmap as text: a title and numbered rows «мероприятие | срок | ответственный | результат»."""
    lines = [f"| № | {columns} |", *(f"| {number} | {row} |" for number, row in enumerate(rows, start=1))]
    return "\n".join([title, "", *lines] if title else lines) + "\n"


def order(
    *rows: str, on: str = "15.12.2026", basis: str = "", items: str = "", title: str = "", head: str = "РАСПОРЯЖЕНИЕ"
) -> str:
    """An order as text with an item that approves the roadmap of the rows; ``items`` are further items."""
    return "\n\n".join(
        each
        for each in (
            f"{head}\nот {on} № 10-р",
            "О создании центров «Точка роста»",
            basis,
            "1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».",
            items,
            roadmap(*rows, title=title) if rows else "",
        )
        if each
    )


def indicators(*rows: str) -> str:
    """An indicator list as text: rows «номер | показатель | в год открытия | далее»."""
    head = "| № | Наименование показателя | Минимальное значение в год открытия | Минимальное значение в последующие годы |"
    return "\n".join([head, *(f"| {row} |" for row in rows)]) + "\n"
