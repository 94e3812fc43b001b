"""The published manual of the rules over waves: ``python -m vekha_portal.oversight.manual > docs/portal/wave-rules.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from vekha_portal.findings.rulebook import Example, RulePage
from vekha_portal.oversight.bridge import list_rule_pages

_SEVERITIES = {"error": "ошибка", "warning": "предупреждение", "note": "примечание"}
_HEAD = """\
# Правила исполнения

Страница составлена из описаний самих правил (`make docs`), примеры на ней – тесты: каждое «Нарушение» правило находит, каждое
«Правильно» пропускает. По этим правилам портал каждую ночь проверяет волны: контрольные точки, поданные документы, сроки и людей.
Правила проверки самих распоряжений – на странице [Правила проверки](../rules.md).
"""


def render_manual() -> str:
    """The whole page as Markdown: a table of the rules, then every rule."""
    pages = list_rule_pages()
    lines = [_HEAD, "| код | важность | о чём |", "| --- | --- | --- |"]
    lines += [
        f"| [{page.code}](#{page.code.lower()}-{page.slug}) | {_SEVERITIES[page.severity]} | {page.title} |"
        for page in pages
    ]
    for page in pages:
        lines += ["", *_section(page)]
    return "\n".join(lines) + "\n"


def _section(page: RulePage) -> Iterator[str]:
    yield f"## {page.code} {page.slug}"
    yield ""
    yield f"**{page.title}.** {_SEVERITIES[page.severity].capitalize()}. {page.why}"
    for example in page.examples:
        yield ""
        yield f"{example.title}:"
        yield ""
        yield from _example(example)
    yield ""
    yield f"Основание: {page.basis}."


def _example(example: Example) -> Iterator[str]:
    if not example.head:
        yield example.text
        return
    yield f"| {' | '.join(example.head)} |"
    yield "|" + " --- |" * len(example.head)
    yield from (f"| {' | '.join(row)} |" for row in example.rows)


if __name__ == "__main__":
    sys.stdout.write(render_manual())
