"""The page of every rule: it is whole, and its documents are judged as it says, by the real reading."""

import pytest

from tests.vekha.checks.examples import found_by
from vekha.checks.catalogue import RULES
from vekha.checks.page import read_page
from vekha.checks.rule import Rule

EVERY = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@EVERY
def test_the_document_of_a_violation_is_objected_to(rule: Rule) -> None:
    page = read_page(rule.page)
    assert found_by(rule.code, page.wrong, against=page.sample, subsidy_year=page.subsidy_year)


@EVERY
def test_the_right_document_passes(rule: Rule) -> None:
    page = read_page(rule.page)
    assert found_by(rule.code, page.right, against=page.sample, subsidy_year=page.subsidy_year) == []


@EVERY
def test_a_finding_speaks_russian_and_says_what_to_do(rule: Rule) -> None:
    page = read_page(rule.page)
    for finding in found_by(rule.code, page.wrong, against=page.sample, subsidy_year=page.subsidy_year):
        assert finding.message.rstrip().endswith((".", "…"))
        assert finding.hint.endswith(".")
        assert (finding.rule, finding.slug) == (rule.code, rule.slug)


def test_codes_and_slugs_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.slug for rule in RULES}) == len(RULES)


@EVERY
def test_the_code_tells_the_family(rule: Rule) -> None:
    letters = {each.code[:2] for each in RULES}
    assert letters == {"ST", "DL", "RS", "CF", "IN", "RF"}
    assert len({each.family for each in RULES if each.code[:2] == rule.code[:2]}) == 1
