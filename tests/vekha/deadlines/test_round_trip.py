"""What is written in canonical Russian, or as JSON, reads back as the same deadline."""

from __future__ import annotations

import json

from hypothesis import given, settings

from tests.vekha.deadlines.trees import deadlines
from vekha.deadlines import deadline_from_json, deadline_to_json, meaning, parse_deadline, render
from vekha.deadlines.syntax import Deadline


@given(deadlines)
@settings(max_examples=600, deadline=None)
def test_canonical_russian_means_the_same(deadline: Deadline) -> None:
    written = render(deadline)
    read, _ = parse_deadline(written)
    assert meaning(read) == meaning(deadline), written


@given(deadlines)
@settings(max_examples=300, deadline=None)
def test_canonical_russian_is_its_own_canonical_form(deadline: Deadline) -> None:
    written = render(deadline)
    assert render(parse_deadline(written)[0]) == written


@given(deadlines)
@settings(max_examples=300, deadline=None)
def test_json_is_exact(deadline: Deadline) -> None:
    assert deadline_from_json(json.loads(json.dumps(deadline_to_json(deadline)))) == deadline
