"""The only door of this app to the engine of rules: their pages taken apart."""

from __future__ import annotations

import hashlib
from functools import cache

from vekha.checks.page import read_page
from vekha_portal.findings.rulebook import RulePage, read_example
from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.rule import WaveRule

__all__ = ["list_rule_pages", "rules_version"]

FAMILY = "Исполнение"


@cache
def rules_version() -> str:
    """Changes when a rule does: its code, severity or page."""
    text = "\n".join(f"{rule.code} {rule.severity} {rule.page}" for rule in WAVE_RULES)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def list_rule_pages() -> tuple[RulePage, ...]:
    """The pages of the rules over waves."""
    return tuple(_page(rule) for rule in WAVE_RULES)


def _page(rule: WaveRule) -> RulePage:
    page = read_page(rule.page)
    parts = (("Дано", page.given), ("Нарушение", page.wrong), ("Правильно", page.right))
    examples = tuple(read_example(name, text) for name, text in parts if text)
    return RulePage(rule.code, rule.slug, FAMILY, rule.severity, rule.title, page.why, rule.basis, examples)
