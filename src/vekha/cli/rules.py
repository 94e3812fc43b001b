"""``vekha rules``: the catalogue of rules, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vekha.cli.console import show, write_json, write_line
from vekha.cli.exits import Exit

if TYPE_CHECKING:
    from rich.console import RenderableType

    from vekha.checks.rule import Rule

HELP = """\
Показать правила, по которым проверяет vekha check, или одно правило подробно: почему так, пример
нарушения, как правильно, на чём основано. Правило называют кодом или именем.

Примеры:
  vekha rules
  vekha rules DL04
  vekha rules due-on-day-off
  vekha rules --json
"""


def rules(
    name: Annotated[str | None, typer.Argument(metavar="КОД", help="Код или имя правила; без него — список.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON вместо таблицы.")] = False,
) -> int:
    """List all rules, or print the page of one."""
    from vekha.checks.catalogue import RULES, find_rule  # noqa: PLC0415 — the rules load after the help has answered

    if name is None:
        if as_json:
            write_json({"schema": "vekha.rules/1", "rules": [_to_json(rule) for rule in RULES]})
        else:
            show(*_tables(RULES))
        return Exit.DONE
    rule = find_rule(name)
    if rule is None:
        raise typer.BadParameter(f"Правила «{name}» нет. Все правила: vekha rules")
    if as_json:
        write_json({**_to_json(rule), "page": rule.page})
    else:
        write_line(_page(rule))
    return Exit.DONE


def _to_json(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.code,
        "slug": rule.slug,
        "family": rule.family.value,
        "severity": rule.severity.value,
        "title": rule.title,
        "basis": rule.basis,
        "needs_reference": rule.needs_reference,
    }


def _page(rule: Rule) -> str:
    from vekha.documents.plan.wording import SEVERITIES  # noqa: PLC0415 — as above

    head = f"{rule.code} · {rule.slug} · {SEVERITIES[rule.severity]}"
    needs = "\n\nРаботает с параметром --against." if rule.needs_reference else ""
    return f"{head}\n\n{rule.page}\n\nОснование:\n    {rule.basis}{needs}"


def _tables(catalogue: tuple[Rule, ...]) -> list[RenderableType]:
    from rich import box  # noqa: PLC0415 — rich loads only where a table is printed
    from rich.table import Table  # noqa: PLC0415 — as above
    from rich.text import Text  # noqa: PLC0415 — as above

    from vekha.checks.rule import FAMILY_TITLES, Family  # noqa: PLC0415 — as above
    from vekha.documents.plan.wording import SEVERITIES  # noqa: PLC0415 — as above

    shown: list[RenderableType] = []
    for family in Family:
        table = Table(box=box.SIMPLE_HEAD, title=Text(FAMILY_TITLES[family]), title_justify="left", expand=True)
        table.add_column("Код", no_wrap=True)
        table.add_column("Важность", no_wrap=True)
        table.add_column("О чём", ratio=4)
        table.add_column("Имя", ratio=2)
        for rule in catalogue:
            if rule.family is family:
                mark = " (с --against)" if rule.needs_reference else ""
                table.add_row(rule.code, SEVERITIES[rule.severity], rule.title + mark, rule.slug)
        shown.append(table)
    return shown
