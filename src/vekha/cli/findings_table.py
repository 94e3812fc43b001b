"""Findings as tables for people: by family, the gravest first, then what the reading itself noticed."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from vekha.checks.catalogue import covered_codes, find_rule
from vekha.checks.rule import FAMILY_TITLES, Family
from vekha.checks.run import Finding, Report, all_problems
from vekha.cli.console import plain
from vekha.cli.tables import problem_text
from vekha.documents.plan.wording import SEVERITIES, counted, order_name, where
from vekha.orders.model import OrderFile
from vekha.problems import Severity

_TONES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}

#: A family of more findings is cut on the screen; nothing is cut in JSON.
_SHOWN = 200


def findings_tables(report: Report, order_file: OrderFile) -> list[RenderableType]:
    """A heading with the counts, a table for each family with findings, and the problems no rule speaks of."""
    shown: list[RenderableType] = [_heading(report, order_file)]
    for family in Family:
        findings = [finding for finding in report.findings if _family(finding) is family]
        if findings:
            shown.append(_table(family, findings, several=len(order_file.roadmaps) > 1))
            if len(findings) > _SHOWN:
                shown.append(Text(f"… и ещё {len(findings) - _SHOWN}; всё целиком — с параметром --json"))
    covered = covered_codes()
    shown += [
        problem_text(each) for each in list(all_problems(report, order_file))[:_SHOWN] if each.code not in covered
    ]
    if report.findings:
        shown.append(Text("Подробно о правиле и как исправить: vekha rules КОД", style="dim"))
    return shown


def _heading(report: Report, order_file: OrderFile) -> Text:
    head = Text(plain(f"{order_file.source_name}: {order_name(order_file.order)}\n"), style="bold")
    if not report.findings:
        return head.append("Замечаний нет.", style="green")
    counts = {severity: sum(each.severity is severity for each in report.findings) for severity in Severity}
    words = (
        (Severity.ERROR, "ошибка", "ошибки", "ошибок"),
        (Severity.WARNING, "предупреждение", "предупреждения", "предупреждений"),
        (Severity.NOTE, "примечание", "примечания", "примечаний"),
    )
    parts = [counted(counts[severity], *forms) for severity, *forms in words if counts[severity]]
    return head.append(", ".join(parts), style="default")


def _table(family: Family, findings: Sequence[Finding], *, several: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=Text(FAMILY_TITLES[family]), title_justify="left", expand=True)
    table.add_column("Правило", no_wrap=True)
    table.add_column("Важность", no_wrap=True)
    table.add_column("Где", ratio=2)
    table.add_column("Замечание", ratio=7)
    for finding in sorted(findings, key=lambda each: (_WEIGHT[each.severity], each.rule))[:_SHOWN]:
        text = Text(plain(finding.message))
        if finding.hint:
            text.append(plain(f" {finding.hint}"), style="dim")
        tone = _TONES[finding.severity]
        table.add_row(
            finding.rule,
            Text(SEVERITIES[finding.severity], style=tone),
            Text(plain(_where(finding, several=several))),
            text,
        )
    return table


def _where(finding: Finding, *, several: bool) -> str:
    parts = [
        f"карта {finding.roadmap + 1}" if several and finding.roadmap is not None else "",
        f"№ {finding.measure}" if finding.measure else "",
        where(finding.place),
    ]
    return ", ".join(part for part in parts if part)


def _family(finding: Finding) -> Family:
    rule = find_rule(finding.rule)
    return rule.family if rule is not None else Family.STRUCTURE
