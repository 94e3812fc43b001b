"""An order as JSON («vekha.order/1») and back, exactly.

What other programs rely on: keys may be added, never renamed or dropped. The JSON Schema is in :mod:`vekha.orders.schema`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vekha.deadlines import Deadline, deadline_from_json, deadline_to_json
from vekha.orders.json_object import JsonObject, NotInterchange
from vekha.orders.model import (
    Amendment,
    Approval,
    ApprovalKind,
    CitedAct,
    Control,
    ExpectedDocument,
    Indicator,
    Measure,
    Note,
    Order,
    OrderFile,
    Programme,
    Responsible,
    ResponsibleKind,
    Roadmap,
    Signatory,
)
from vekha.problems import Place, Problem, Severity
from vekha.stages.catalogue import Stage

SCHEMA = "vekha.order/1"

Json = dict[str, Any]


def order_to_json(order_file: OrderFile) -> Json:
    """One file's order as a JSON object of the schema «vekha.order/1»; nothing is lost."""
    return {
        "schema": SCHEMA,
        "source": source_to_json(order_file),
        "order": None if order_file.order is None else _order_to_json(order_file.order),
        "roadmaps": [_roadmap_to_json(roadmap) for roadmap in order_file.roadmaps],
        "problems": [problem_to_json(problem) for problem in order_file.problems],
    }


def order_from_json(value: Mapping[str, Any]) -> OrderFile:
    """The order file that :func:`order_to_json` wrote; keys that were added to the contract later may be absent.

    Raises :class:`NotInterchange`, whose message says where the JSON is wrong.
    """
    root = JsonObject.of(value)
    if root.text("schema") != SCHEMA:
        raise root.complain("schema", SCHEMA)
    source = root.object("source")
    order = root.object_or_none("order")
    return OrderFile(
        source_name=source.text("name"),
        source_format=source.text("format"),
        source_sha256=source.text("sha256"),
        source_pages=source.whole_or_none("pages"),
        order=None if order is None else _order_from_json(order),
        roadmaps=tuple(_roadmap_from_json(each) for each in root.objects("roadmaps")),
        problems=tuple(_problem_from_json(each) for each in root.objects("problems")),
    )


def source_to_json(order_file: OrderFile) -> Json:
    """The contract's ``source`` object: which file this was read from."""
    return {
        "name": order_file.source_name,
        "format": order_file.source_format,
        "sha256": order_file.source_sha256,
        "pages": order_file.source_pages,
    }


def place_to_json(place: Place) -> Json:
    """A place with only the keys that are known.

    >>> place_to_json(Place(lines=(43, 46)))
    {'lines': [43, 46]}
    """
    values = {
        "lines": None if place.lines is None else list(place.lines),
        "page": place.page,
        "table": place.table,
        "rows": None if place.rows is None else list(place.rows),
        "column": place.column,
        "sheet": place.sheet,
    }
    return {key: value for key, value in values.items() if value is not None}


def problem_to_json(problem: Problem) -> Json:
    """A problem with its place, which is null where the problem is about the whole file."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "place": None if problem.place is None else place_to_json(problem.place),
    }


def _date_to_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _order_to_json(order: Order) -> Json:
    return {
        "kind": order.kind,
        "issuer": order.issuer,
        "number": order.number,
        "date": _date_to_json(order.date),
        "title": order.title,
        "coordinator": order.coordinator,
        "control": None if order.control is None else {"name": order.control.name, "post": order.control.post},
        "signatory": None if order.signatory is None else {"name": order.signatory.name, "post": order.signatory.post},
        "approvals": [
            {"kind": each.kind.value, "name": each.name, "post": each.post, "date": _date_to_json(each.date)}
            for each in order.approvals
        ],
        "acquainted": list(order.acquainted),
        "annexes_declared": order.annexes_declared,
        "annexes_found": order.annexes_found,
        "cited": [
            {"text": act.text, "number": act.number, "date": _date_to_json(act.date), "relation": act.relation}
            for act in order.cited
        ],
        "amendments": [
            {"action": each.action, "target": each.target, "rows": list(each.rows), "place": place_to_json(each.place)}
            for each in order.amendments
        ],
    }


def _roadmap_to_json(roadmap: Roadmap) -> Json:
    return {
        "title": roadmap.title,
        "programme": roadmap.programme.value,
        "year": roadmap.year,
        "measures": [_measure_to_json(measure) for measure in roadmap.measures],
        "indicators": [_indicator_to_json(indicator) for indicator in roadmap.indicators],
    }


def _measure_to_json(measure: Measure) -> Json:
    return {
        "number": measure.number,
        "text": measure.text,
        "items": list(measure.items),
        "responsibles": [_responsible_to_json(each) for each in measure.responsibles],
        "results": [document.text for document in measure.results],
        "deadline": None if measure.deadline is None else deadline_to_json(measure.deadline),
        "stage": measure.stage.value,
        "item_stages": None if measure.item_stages is None else [stage.value for stage in measure.item_stages],
        "place": place_to_json(measure.place),
        "section": measure.section,
        "confidence": measure.confidence,
        "uncertain": list(measure.uncertain),
        "notes": [{"label": note.label, "text": note.text} for note in measure.notes],
    }


def _responsible_to_json(responsible: Responsible) -> Json:
    value = {"name": responsible.name, "kind": responsible.kind.value}
    return value if responsible.post is None else value | {"post": responsible.post}


def _indicator_to_json(indicator: Indicator) -> Json:
    return {
        "number": indicator.number,
        "name": indicator.name,
        "unit": indicator.unit,
        "opening_year": indicator.opening_year,
        "following_years": indicator.following_years,
        "parent": indicator.parent,
        "target": indicator.target,
        "place": place_to_json(indicator.place),
    }


def _order_from_json(value: JsonObject) -> Order:
    control, signatory = value.object_or_none("control"), value.object_or_none("signatory")
    return Order(
        kind=value.text_or_none("kind"),
        issuer=value.text_or_none("issuer"),
        number=value.text_or_none("number"),
        date=value.date_or_none("date"),
        title=value.text_or_none("title"),
        coordinator=value.text_or_none("coordinator"),
        control=None if control is None else Control(control.text_or_none("name"), control.text_or_none("post")),
        signatory=None if signatory is None else Signatory(signatory.text_or_none("name"), signatory.text_or_none("post")),
        approvals=tuple(
            Approval(
                kind=each.one_of("kind", ApprovalKind),
                name=each.text_or_none("name"),
                post=each.text_or_none("post"),
                date=each.date_or_none("date"),
            )
            for each in value.objects("approvals")
        ),
        acquainted=value.texts("acquainted"),
        annexes_declared=value.whole("annexes_declared", 0),
        annexes_found=value.whole("annexes_found", 0),
        cited=tuple(
            CitedAct(
                text=each.text("text"),
                number=each.text_or_none("number"),
                date=each.date_or_none("date"),
                relation=each.text("relation"),
            )
            for each in value.objects("cited")
        ),
        amendments=tuple(
            Amendment(each.text("action"), each.text("target"), each.texts("rows"), _place_from_json(each, "place"))
            for each in value.objects("amendments")
        ),
    )


def _roadmap_from_json(value: JsonObject) -> Roadmap:
    return Roadmap(
        title=value.text_or_none("title"),
        programme=value.one_of("programme", Programme),
        year=value.whole_or_none("year"),
        measures=tuple(_measure_from_json(each) for each in value.objects("measures")),
        indicators=tuple(_indicator_from_json(each) for each in value.objects("indicators")),
    )


def _measure_from_json(value: JsonObject) -> Measure:
    deadline = value.object_or_none("deadline")
    return Measure(
        number=value.text_or_none("number"),
        text=value.text("text"),
        items=value.texts("items"),
        responsibles=tuple(
            Responsible(each.text("name"), each.one_of("kind", ResponsibleKind), each.text_or_none("post"))
            for each in value.objects("responsibles")
        ),
        results=tuple(ExpectedDocument(text) for text in value.texts("results")),
        deadline=None if deadline is None else _deadline_from_json(deadline),
        stage=value.one_of("stage", Stage, Stage.OTHER),
        item_stages=_stages_from_json(value, "item_stages"),
        place=_place_from_json(value, "place"),
        section=value.text_or_none("section"),
        confidence=value.number("confidence", 1.0),
        uncertain=value.texts("uncertain"),
        notes=tuple(Note(each.text("label"), each.text("text")) for each in value.objects("notes")),
    )


def _deadline_from_json(value: JsonObject) -> Deadline:
    try:
        return deadline_from_json(value.values)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotInterchange(f"{value.path}: a deadline was expected ({error!r:.80})") from error


def _stages_from_json(value: JsonObject, key: str) -> tuple[Stage, ...] | None:
    if value.values.get(key) is None:
        return None
    try:
        return tuple(Stage(text) for text in value.texts(key))
    except ValueError:
        raise value.complain(key, "an array of stages") from None


def _indicator_from_json(value: JsonObject) -> Indicator:
    return Indicator(
        number=value.text_or_none("number"),
        name=value.text("name"),
        unit=value.text_or_none("unit"),
        opening_year=value.number_or_none("opening_year"),
        following_years=value.number_or_none("following_years"),
        parent=value.text_or_none("parent"),
        place=_place_from_json(value, "place"),
        target=value.text_or_none("target"),
    )


def _place_from_json(value: JsonObject, key: str) -> Place:
    place = value.object_or_none(key)
    if place is None:
        return Place()
    return Place(
        lines=place.span_or_none("lines"),
        page=place.whole_or_none("page"),
        table=place.whole_or_none("table"),
        rows=place.span_or_none("rows"),
        column=place.whole_or_none("column"),
        sheet=place.text_or_none("sheet"),
    )


def _problem_from_json(value: JsonObject) -> Problem:
    return Problem(
        code=value.text("code"),
        message=value.text("message"),
        severity=value.one_of("severity", Severity),
        hint=value.text("hint", ""),
        place=None if value.values.get("place") is None else _place_from_json(value, "place"),
    )


__all__ = ["SCHEMA", "NotInterchange", "order_from_json", "order_to_json", "place_to_json", "problem_to_json", "source_to_json"]
