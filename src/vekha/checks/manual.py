"""The published manual of the rules, made of their pages: ``python -m vekha.checks.manual > docs/rules.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from vekha.checks.catalogue import RULES
from vekha.checks.page import GIVEN, RIGHT, SAMPLE, WRONG, Page, read_page
from vekha.checks.rule import FAMILY_TITLES, Family, Rule
from vekha.problems import Severity

_SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.NOTE: "примечание"}
_HEAD = """\
# Правила проверки

Страница составлена из описаний самих правил (`make docs`), примеры на ней – тесты: каждое «Нарушение» правило находит, каждое
«Правильно» пропускает. Проверка: `vekha check ФАЙЛ`, одно правило: `vekha rules КОД`. Код правила никогда не достаётся другому.
Федеральные рекомендации не обязательны, поэтому отклонение от них – предупреждение, а не ошибка.
"""


def render_manual() -> str:
    """The whole page as Markdown: a table of the rules, then every rule by family."""
    lines = [_HEAD, "| код | важность | о чём |", "| --- | --- | --- |"]
    lines += [f"| [{rule.code}](#{_anchor(rule)}) | {_SEVERITIES[rule.severity]} | {rule.title} |" for rule in RULES]
    for family in Family:
        lines += ["", f"## {FAMILY_TITLES[family]}"]
        for rule in RULES:
            if rule.family is family:
                lines += ["", *_section(rule)]
    return "\n".join(lines) + "\n"


def _section(rule: Rule) -> Iterator[str]:
    page = read_page(rule.page)
    yield f"### {rule.code} {rule.slug}"
    yield ""
    yield f"**{rule.title}.** {_SEVERITIES[rule.severity].capitalize()}. {page.why}"
    if rule.needs_reference:
        yield ""
        yield "Работает только с образцом: `vekha check ФАЙЛ --against ОБРАЗЕЦ`."
    for name, text in _examples(page):
        yield ""
        yield f"{name}:"
        yield ""
        yield from _example(text)
    yield ""
    yield f"Основание: {rule.basis}."


def _examples(page: Page) -> Iterator[tuple[str, str]]:
    for name, text in ((GIVEN, page.given), (SAMPLE, page.sample), (WRONG, page.wrong), (RIGHT, page.right)):
        if text:
            yield name, text


def _example(text: str) -> Iterator[str]:
    """A mere table as a table, anything else as it would stand in a file."""
    lines = text.split("\n")
    if all(line.startswith("|") and "<" not in line for line in lines):
        yield lines[0]
        yield "|" + " --- |" * (lines[0].count("|") - 1)
        yield from lines[1:]
        return
    yield "```text"
    yield from lines
    yield "```"


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.slug}"


if __name__ == "__main__":
    sys.stdout.write(render_manual())
