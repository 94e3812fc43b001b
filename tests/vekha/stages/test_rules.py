"""The rules as data, and the table of forms made from them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from vekha.stages.catalogue import Stage
from vekha.stages.lexicon import load_forms, nearest_form, render_forms
from vekha.stages.rules import Rule, load_rules, parse_rules

WORDS = """
[words]
purchase = ["закупка", "открытый конкурс"]
[zones]
openers = ["для"]
"""
RULE = """
[[rule]]
stage = "procurement"
weight = 50
all = ["{element}"]
why = "закупка"
[[result]]
stage = "launch"
weight = 10
all = ["открытие"]
why = "открытие"
"""


def test_the_table_of_forms_is_fresh() -> None:
    written = files("vekha.stages").joinpath("forms.txt").read_text(encoding="utf-8")
    assert written == render_forms(load_rules().vocabulary), (
        "run: python -m vekha.stages.lexicon > src/vekha/stages/forms.txt"
    )


def test_every_stage_has_a_rule() -> None:
    assert {rule.stage for rule in load_rules().text} == set(Stage)


def test_every_rule_says_why_and_can_match() -> None:
    rules: list[Rule] = [*load_rules().text, *load_rules().results]
    assert all(rule.why and rule.required and all(rule.required) and 0 < rule.weight <= 100 for rule in rules)


def test_rules_are_read_from_the_heaviest() -> None:
    weights = [rule.weight for rule in load_rules().text]
    assert weights == sorted(weights, reverse=True)


def test_groups_are_spelt_out() -> None:
    rules = parse_rules(WORDS + RULE.format(element="@purchase"))
    assert rules.text[0].required == ({"закупка": (("закупка",),), "открытый": (("открытый", "конкурс"),)},)
    assert rules.vocabulary == {"закупка", "открытый", "конкурс", "открытие", "для"}


@pytest.mark.parametrize("element", ["@закупки", "@"])
def test_an_unknown_group_is_an_error_of_the_program(element: str) -> None:
    with pytest.raises(ValueError, match="unknown group"):
        parse_rules(WORDS + RULE.format(element=element))


def test_an_unknown_stage_is_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="purchase"):
        parse_rules(WORDS + RULE.format(element="закупка").replace('"procurement"', '"purchase"'))


def test_only_dictionary_forms_may_stand_in_rules() -> None:
    with pytest.raises(ValueError, match="закупки"):
        render_forms(["закупки"])


def test_a_form_knows_every_word_it_may_belong_to() -> None:
    assert "утвердить" in load_forms()["утвержденный"]
    assert {"начать", "начало"} <= set(load_forms()["начала"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("оборудованне", "оборудование"),
        ("мониторнг", "мониторинг"),
        ("закупк", None),
        ("собрание", None),
        ("я" * 90, None),
    ],
)
def test_one_slip_is_mended_in_long_words_the_dictionary_does_not_know(written: str, meant: str | None) -> None:
    assert nearest_form(written) == meant
