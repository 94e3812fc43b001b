"""Every phrase of the specification, executed; and the manual made from it is fresh."""

from __future__ import annotations

import pytest

from tests.spec.deadlines.generate import PAGE, render_page
from tests.spec.deadlines.specification import Phrase, answer, dates_of, lean_json, read_chapters
from vekha.deadlines import meaning, parse_deadline, render
from vekha.deadlines.syntax import NotUnderstood

PHRASES = [phrase for chapter in read_chapters() for phrase in chapter.phrases]


def name_of(phrase: Phrase) -> str:
    """The phrase and what is given beside it, as the name of its test."""
    return f"{phrase.text!r} {phrase.given or ''}"


@pytest.mark.parametrize("phrase", PHRASES, ids=name_of)
def test_a_phrase_means_what_is_specified(phrase: Phrase) -> None:
    found = answer(phrase)
    assert lean_json(found.deadline) == phrase.reads
    assert dates_of(found.resolution) == phrase.dates
    assert (found.resolution.waiting_for or "") == phrase.waits
    assert tuple(problem.code for problem in found.problems) == phrase.notes


@pytest.mark.parametrize("phrase", [phrase for phrase in PHRASES if phrase.canonical], ids=name_of)
def test_its_canonical_form_is_as_specified_and_means_the_same(phrase: Phrase) -> None:
    deadline, _ = parse_deadline(phrase.text, year=phrase.given.get("year"))
    assert render(deadline) == phrase.canonical
    assert meaning(parse_deadline(phrase.canonical)[0]) == meaning(deadline)


def test_there_are_enough_phrases_and_each_is_specified_once() -> None:
    keys = [(phrase.text, str(phrase.given)) for phrase in PHRASES]
    assert len(keys) >= 200
    assert len(keys) == len(set(keys))


def test_only_phrases_that_mean_nothing_lack_a_canonical_form() -> None:
    for phrase in PHRASES:
        assert bool(phrase.canonical) != isinstance(answer(phrase).deadline.when, NotUnderstood), phrase.text


def test_every_message_is_a_russian_sentence_that_quotes_the_phrase_and_has_a_hint() -> None:
    for phrase, problem in [(each, problem) for each in PHRASES for problem in answer(each).problems]:
        assert problem.message.endswith("."), problem
        assert problem.hint.endswith("."), problem
        if problem.code not in ("calendar-provisional", "deadline-empty"):
            assert phrase.text[:20].split("\n")[0].replace("*", "")[:10] in problem.message, problem


def test_the_manual_is_fresh() -> None:
    fresh = PAGE.read_text(encoding="utf-8") == render_page()
    assert fresh, "docs/deadlines.md is stale: python -m tests.spec.deadlines.generate"
