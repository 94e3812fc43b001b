"""The only door of this app to the engines: the order of work, and pages of rules taken apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from vekha.checks.page import read_page
from vekha.stages.catalogue import EVIDENCE_TITLES, EvidenceType, Stage, precedes, title
from vekha_portal.findings.rulebook import RulePage, read_example
from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.rule import WaveRule

__all__ = ["evidence_name", "list_rule_pages", "order_of_work", "rules_version", "stage_name"]

FAMILY = "Исполнение"


@cache
def order_of_work() -> Mapping[str, frozenset[str]]:
    """For every stage, those that must be done before it."""
    return {
        stage.value: frozenset(each.value for each in Stage if each is not stage and precedes(each, stage))
        for stage in Stage
    }


@cache
def rules_version() -> str:
    """Changes when a rule does: its code, severity or page."""
    text = "\n".join(f"{rule.code} {rule.severity} {rule.page}" for rule in WAVE_RULES)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def list_rule_pages() -> tuple[RulePage, ...]:
    """The pages of the rules over waves."""
    return tuple(_page(rule) for rule in WAVE_RULES)


def evidence_name(kind: str) -> str:
    """What a type of document is called; the word itself where it is none."""
    return EVIDENCE_TITLES[EvidenceType(kind)] if kind in set(EvidenceType) else kind


def stage_name(stage: str) -> str:
    """The title of a stage; the word itself where it is none."""
    return title(Stage(stage)) if stage in set(Stage) else stage


def _page(rule: WaveRule) -> RulePage:
    page = read_page(rule.page)
    parts = (("Дано", page.given), ("Нарушение", page.wrong), ("Правильно", page.right))
    examples = tuple(read_example(name, text) for name, text in parts if text)
    return RulePage(rule.code, rule.slug, FAMILY, rule.severity, rule.title, page.why, rule.basis, examples)
