"""Huge and hostile lines: every function is linear, so a hundred thousand characters pass in a moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.patience import within
from vekha.stages.classify import classify
from vekha.text.glued import split_glued
from vekha.text.lines import join_lines
from vekha.text.lookalikes import find_lookalikes
from vekha.text.markup import strip_footnote_marks, strip_markup
from vekha.text.names import find_names, is_name, same_person
from vekha.text.normalise import collapse, fold
from vekha.text.numerals import parse_numeral, split_numeral
from vekha.text.quotes import typeset_quotes

SIZE = 150_000
"""A quadratic pattern needs minutes for this; a linear one well under a second."""

FUNCTIONS: tuple[Callable[[str], object], ...] = (
    collapse,
    fold,
    strip_markup,
    strip_footnote_marks,
    find_lookalikes,
    find_names,
    is_name,
    typeset_quotes,
    split_glued,
    parse_numeral,
    split_numeral,
    classify,
    lambda text: join_lines([text, text]),
    lambda text: same_person(text, text + "а"),
)
UNITS = (
    "ы", " ", "a", "aы", "<", "<p ", '<p "', "<p \"' <p '", "<!-- ", "<script ", "<p>а</p>", "&", "&nbsp;", "*", "**а ",
    "*а ", "__а ", "`а ", "[", "[а](", "слово¹", "<sup>1", "а-", "А.", "А-", "Иванов И.И. ", "Иванов ", "Ивановна ", "а\u00ad\n",
    "\u00ad ", '"', "«", "\n", "<ul>- а;- б", "1", "и\u0306", "г. ", "им. ", "; - ", "1) ",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_repetition_without_end(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    for function in FUNCTIONS:
        with within():
            function(text)


def test_a_giant_entity_is_no_number() -> None:
    text = "&#" + "9" * SIZE + ";"
    assert strip_markup(text) == text
