"""The JSON of an order: exact round trip of every field, valid by the published schema, no key outside it."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.factories import growth_point_file, measure, order, order_file, person, problem, roadmap
from vekha.deadlines.syntax import (
    Bound,
    Deadline,
    Every,
    External,
    NotUnderstood,
    OnDate,
    Permanent,
    RelativeDate,
    Repeat,
)
from vekha.orders import model
from vekha.orders.interchange import NotInterchange, order_from_json, order_to_json
from vekha.orders.model import OrderFile, Responsible, ResponsibleKind
from vekha.orders.schema import order_schema, schema_text
from vekha.problems import Place, Problem

PUBLISHED = Path(__file__).resolve().parents[3] / "docs" / "schema" / "order-1.json"

TEXT = st.text(max_size=12)
LINE = st.integers(1, 9999)
SPAN = st.tuples(LINE, LINE)
PLACES = st.builds(
    Place,
    lines=st.none() | SPAN,
    page=st.none() | LINE,
    table=st.none() | LINE,
    rows=st.none() | SPAN,
    column=st.none() | LINE,
    sheet=st.none() | TEXT,
)
DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WHENS = st.one_of(
    st.builds(OnDate, DATES),
    st.builds(RelativeDate, st.integers(1, 28), st.integers(1, 12), st.integers(-2, 3)),
    st.builds(External),
    st.builds(Permanent),
    st.builds(NotUnderstood),
)
DEADLINES = st.builds(
    Deadline,
    text=TEXT,
    when=WHENS,
    bound=st.sampled_from(Bound),
    repeat=st.none() | st.builds(Repeat, every=st.sampled_from([Every.MONTH, Every.QUARTER, Every.YEAR])),
    year_inferred=st.booleans(),
)
NUMBERS = st.none() | st.integers(0, 10**6) | st.floats(0, 10**6)


def every_field(kind: type, **special: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of a dataclass with every field filled, those with defaults too, so that a new field cannot be forgotten."""
    fields = {field.name: special.get(field.name, ...) for field in dataclasses.fields(kind)}
    return st.builds(kind, **fields)


st.register_type_strategy(str, TEXT)
st.register_type_strategy(date, DATES)
st.register_type_strategy(Place, PLACES)
st.register_type_strategy(Deadline, DEADLINES)
st.register_type_strategy(Problem, every_field(Problem, code=st.from_regex(r"[a-z]+(-[a-z]+)?", fullmatch=True)))
st.register_type_strategy(Responsible, every_field(Responsible))
FRACTIONS = st.floats(0, 1)


def whole_files() -> st.SearchStrategy[OrderFile]:
    """Order files with every field of every value in them drawn at random."""
    for kind in (model.CitedAct, model.Note, model.Amendment, model.Approval, model.Control, model.Signatory, model.ExpectedDocument):
        st.register_type_strategy(kind, every_field(kind))
    st.register_type_strategy(
        model.Indicator, every_field(model.Indicator, opening_year=NUMBERS, following_years=NUMBERS)
    )
    st.register_type_strategy(model.Measure, every_field(model.Measure, confidence=FRACTIONS))
    st.register_type_strategy(model.Roadmap, every_field(model.Roadmap))
    count = st.integers(0, 9)
    st.register_type_strategy(model.Order, every_field(model.Order, annexes_declared=count, annexes_found=count))
    return every_field(
        OrderFile,
        source_format=st.sampled_from(["text", "docx", "scan"]),
        source_sha256=st.just("0" * 64),
        source_pages=st.none() | count,
    )


WHOLE_FILES = whole_files()


def closed(schema: Any) -> Any:
    """The schema with no further keys allowed, to catch a key that the code writes and the schema does not know."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    values = {key: closed(value) for key, value in schema.items()}
    return values | ({"additionalProperties": False} if schema.get("type") == "object" else {})


VALIDATOR = jsonschema.Draft202012Validator(closed(order_schema()), format_checker=jsonschema.FormatChecker())


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(WHOLE_FILES)
def test_round_trip_is_exact_and_valid(order_file):
    value = json.loads(json.dumps(order_to_json(order_file), allow_nan=False))
    VALIDATOR.validate(value)
    back = order_from_json(value)
    assert back == order_file
    assert repr(back) == repr(order_file)  # 15 does not become 15.0


def test_a_whole_order_is_valid_and_comes_back():
    value = order_to_json(growth_point_file())
    VALIDATOR.validate(value)
    assert order_from_json(value) == growth_point_file()


def test_keys_of_the_contract():
    value = order_to_json(growth_point_file())
    assert value["schema"] == "vekha.order/1"
    assert set(value) == {"schema", "source", "order", "roadmaps", "problems"}
    assert {"number", "text", "items", "responsibles", "results", "deadline", "stage", "item_stages", "place"} <= set(
        value["roadmaps"][0]["measures"][0]
    )
    assert value["roadmaps"][0]["measures"][0]["place"] == {"lines": [21, 22]}
    assert value["order"]["date"] == "2023-12-15"
    assert value["order"]["approvals"][0]["date"] is None
    assert value["problems"][0]["place"] == {"lines": [28, 28]}


def test_a_bare_table_and_an_unreadable_file_have_no_order():
    value = order_to_json(order_file())
    assert value["order"] is None
    VALIDATOR.validate(value)
    refused = OrderFile("scan.pdf", "pdf", "", None, None, (), (problem("damaged"),))
    VALIDATOR.validate(order_to_json(refused))
    assert order_to_json(refused)["roadmaps"] == []


def test_keys_added_to_the_contract_later_may_be_absent():
    value = order_to_json(order_file(roadmap(measure(responsibles=[person()])), order=order()))
    for key in ("section", "confidence", "uncertain", "notes"):
        del value["roadmaps"][0]["measures"][0][key]
    for key in ("cited", "amendments"):
        del value["order"][key]
    read = order_from_json(value)
    assert read.roadmaps[0].measures[0].confidence == 1.0
    assert read.roadmaps[0].measures[0].responsibles == (Responsible(person().name, ResponsibleKind.PERSON),)
    assert read.order is not None
    assert read.order.cited == ()


@pytest.mark.parametrize(
    ("spoil", "path"),
    [
        (lambda value: value.update(schema="vekha.order/2"), "schema"),
        (lambda value: value.update(source=None), "source"),
        (lambda value: value["order"].update(date="1 марта"), "order.date"),
        (lambda value: value["roadmaps"][0].update(year="2024"), "roadmaps[0].year"),
        (lambda value: value["roadmaps"][0]["measures"][1].update(stage="party"), "roadmaps[0].measures[1].stage"),
        (lambda value: value["roadmaps"][0]["measures"][0].update(items=[1]), "roadmaps[0].measures[0].items"),
        (lambda value: value["roadmaps"][0]["measures"][0].update(item_stages=["x"]), "roadmaps[0].measures[0].item_stages"),
        (lambda value: value["roadmaps"][0]["measures"][0]["place"].update(lines=[1]), "roadmaps[0].measures[0].place.lines"),
        (lambda value: value["roadmaps"].append("no"), "roadmaps[1]"),
        (lambda value: value["problems"][0].update(severity=True), "problems[0].severity"),
        (lambda value: value["roadmaps"][0]["indicators"][0].update(opening_year=True), "indicators[0].opening_year"),
    ],
)
def test_wrong_json_is_refused_with_its_place(spoil, path):
    value = order_to_json(growth_point_file())
    spoil(value)
    with pytest.raises(NotInterchange, match=r".") as refusal:
        order_from_json(value)
    assert path in str(refusal.value)


def test_the_published_schema_is_fresh():
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), "run: python -m vekha.orders.schema > docs/schema/order-1.json"


def test_the_published_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


def test_the_schema_refuses_what_is_wrong():
    value = order_to_json(growth_point_file())
    value["roadmaps"][0]["measures"][0]["stage"] = "party"
    assert not VALIDATOR.is_valid(value)
