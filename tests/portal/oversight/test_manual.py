"""The published page of the rules over waves is the one the rules would write now."""

from tests.conventions.repository import read_text
from vekha_portal.oversight.catalogue import WAVE_RULES
from vekha_portal.oversight.manual import render_manual

PAGE = "docs/portal/wave-rules.md"


def test_the_page_is_fresh() -> None:
    assert read_text(PAGE) == render_manual(), f"write it again: python -m vekha_portal.oversight.manual > {PAGE}"


def test_every_rule_is_on_it_with_its_basis() -> None:
    manual = render_manual()
    assert all(f"## {rule.code} {rule.slug}" in manual and rule.basis in manual for rule in WAVE_RULES)
