"""The JSON Schema of «vekha.order/1», built from the same vocabulary the code uses, so that the two cannot drift apart.

``python -m vekha.orders.schema > docs/schema/order-1.json`` writes the published copy; a test keeps it fresh. Readers must
ignore keys they do not know: the contract may add some.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Any

from vekha.deadlines.syntax import Bound, Every, Unit
from vekha.orders.interchange import SCHEMA
from vekha.orders.model import ApprovalKind, Programme, ResponsibleKind
from vekha.problems import Severity
from vekha.stages.catalogue import Stage

Json = dict[str, Any]

#: The contract's deadline kinds.
DEADLINE_KINDS = ("date", "relative", "period", "external", "after", "recurring", "permanent", "on-demand", "unknown")

#: The contract's formats of a source file.
FORMATS = ("text", "docx", "odt", "pdf", "scan", "html", "xlsx", "rtf", "doc")


def order_schema() -> Json:
    """The schema of one «vekha.order/1» object, as JSON Schema draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:vekha:schema:order-1",
        "title": "Распоряжение, прочитанное Вехой",
        "description": "Один объект на файл. Ключи могут добавляться; существующие не переименовываются и не исчезают.",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "source": _ref("source"),
                "order": _or_null(_ref("order")),
                "roadmaps": _array(_ref("roadmap")),
                "problems": _array(_ref("problem")),
            }
        ),
        "$defs": {
            "source": _source(),
            "place": _place(),
            "problem": _problem(),
            "order": _order(),
            "roadmap": _roadmap(),
            "measure": _measure(),
            "indicator": _indicator(),
            "deadline": _deadline(),
        },
    }


def schema_text() -> str:
    """The published file: the schema as indented UTF-8 JSON with a closing line break."""
    return json.dumps(order_schema(), ensure_ascii=False, indent=2) + "\n"


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Json, *, optional: tuple[str, ...] = (), description: str = "") -> Json:
    schema: Json = {"type": "object", "properties": properties}
    required = [key for key in properties if key not in optional]
    if required:
        schema["required"] = required
    if description:
        schema["description"] = description
    return schema


def _array(items: Json, description: str = "") -> Json:
    schema: Json = {"type": "array", "items": items}
    return schema | ({"description": description} if description else {})


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _text(description: str = "") -> Json:
    return {"type": "string"} | ({"description": description} if description else {})


def _text_or_null(description: str = "") -> Json:
    return {"type": ["string", "null"]} | ({"description": description} if description else {})


def _whole(minimum: int | None = None, maximum: int | None = None) -> Json:
    bounds = {"minimum": minimum, "maximum": maximum}
    return {"type": "integer"} | {key: value for key, value in bounds.items() if value is not None}


def _date_or_null() -> Json:
    return {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _one_of(members: type[StrEnum] | tuple[str, ...]) -> Json:
    return {"enum": [str(member) for member in members]}


def _one_of_or_null(members: type[StrEnum]) -> Json:
    return {"enum": [*(str(member) for member in members), None]}


def _source() -> Json:
    return _object(
        {
            "name": _text("имя файла без папок"),
            "format": _one_of(FORMATS),
            "sha256": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
            "pages": _or_null(_whole(0)),
        }
    )


def _place() -> Json:
    span: Json = {"type": "array", "prefixItems": [_whole(1), _whole(1)], "items": False, "minItems": 2}
    keys = {
        "lines": span | {"description": "первая и последняя строки текста, с единицы"},
        "page": _whole(1),
        "table": _whole(1),
        "rows": span | {"description": "первая и последняя строки таблицы, с единицы"},
        "column": _whole(1),
        "sheet": _text("имя листа"),
    }
    return _object(keys, optional=tuple(keys), description="Место в документе; чего формат не знает, того нет.")


def _problem() -> Json:
    return _object(
        {
            "code": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "severity": _one_of(Severity),
            "message": _text(),
            "hint": _text("что делать"),
            "place": _or_null(_ref("place")),
        }
    )


def _order() -> Json:
    person = _or_null(_object({"name": _text_or_null(), "post": _text_or_null()}))
    approval = {"kind": _one_of(ApprovalKind), "name": _text_or_null(), "post": _text_or_null(), "date": _date_or_null()}
    cited = {"text": _text(), "number": _text_or_null(), "date": _date_or_null(), "relation": _text()}
    amendment = {"action": _text(), "target": _text(), "rows": _array(_text()), "place": _ref("place")}
    return _object(
        {
            "kind": _text_or_null("как написано, строчными буквами"),
            "issuer": _text_or_null(),
            "number": _text_or_null("без знака №"),
            "date": _date_or_null(),
            "title": _text_or_null(),
            "coordinator": _text_or_null("региональный координатор"),
            "control": person,
            "signatory": person,
            "approvals": _array(_object(approval)),
            "acquainted": _array(_text(), "лист «Ознакомлены»"),
            "annexes_declared": _whole(0),
            "annexes_found": _whole(0),
            "cited": _array(_object(cited), "другие акты, названные в документе"),
            "amendments": _array(_object(amendment), "что меняет изменяющий акт"),
        },
        optional=("cited", "amendments"),
    )


def _roadmap() -> Json:
    return _object(
        {
            "title": _text_or_null(),
            "programme": _one_of(Programme),
            "year": _or_null(_whole()) | {"description": "год получения субсидии, если он назван"},
            "measures": _array(_ref("measure")),
            "indicators": _array(_ref("indicator")),
        }
    )


def _measure() -> Json:
    responsible = _object(
        {"name": _text(), "kind": _one_of(ResponsibleKind), "post": _text("должность рядом с именем")}, optional=("post",)
    )
    return _object(
        {
            "number": _text_or_null("без точки на конце; null в таблице без номеров"),
            "text": _text("вся ячейка одной строкой"),
            "items": _array(_text(), "подпункты без своих знаков"),
            "responsibles": _array(responsible),
            "results": _array(_text(), "ожидаемые документы по одному"),
            "deadline": _or_null(_ref("deadline")),
            "stage": _one_of(Stage),
            "item_stages": _or_null(_array(_one_of(Stage))),
            "place": _ref("place"),
            "section": _text_or_null("строка-заголовок над мероприятием"),
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "uncertain": _array(_text(), "поля, прочитанные неуверенно"),
            "notes": _array(_object({"label": _text(), "text": _text()}), "столбцы, для которых нет своего поля"),
        },
        optional=("section", "confidence", "uncertain", "notes"),
    )


def _indicator() -> Json:
    minimum = {"type": ["number", "null"]}
    return _object(
        {
            "number": _text_or_null(),
            "name": _text(),
            "unit": _text_or_null(),
            "opening_year": minimum,
            "following_years": minimum,
            "parent": _text_or_null("номер показателя, в который этот входит"),
            "target": _text_or_null("текстовая или нечисловая цель, как написана"),
            "place": _ref("place"),
        },
        optional=("target", "place"),
    )


def _deadline() -> Json:
    anchor: Json = {
        "day": _or_null(_whole(-31, 31)) | {"description": "день; −1 — последний"},
        "month": _or_null(_whole(1, 12)),
        "workday": {"type": ["boolean", "integer"], "description": "день считается в рабочих днях; у периода — который рабочий день"},
        "month_of_period": _or_null(_whole(1)),
    }
    repeat = _object(
        {"every": _one_of_or_null(Every), "if_needed": {"type": "boolean"}, **anchor, "until": _date_or_null()},
        optional=(*anchor, "until"),
    )
    month_day = {"type": ["string", "null"], "pattern": r"^\d{2}-\d{2}$"}
    keys: Json = {
        "text": _text("фраза документа одной строкой"),
        "kind": _one_of(DEADLINE_KINDS),
        "bound": _one_of(Bound),
        "date": _date_or_null(),
        **anchor,
        "year_offset": _or_null(_whole()),
        "start": _date_or_null(),
        "end": _date_or_null(),
        "span": {"type": "array", "items": month_day, "description": "первый и последний день периода без года: месяц-день"},
        "source": _text_or_null("чей график"),
        "count": _or_null(_whole()),
        "unit": _one_of_or_null(Unit),
        "event": _text_or_null(),
        "repeat": _or_null(repeat),
        "year_inferred": {"type": "boolean"},
        "reason": _text("почему фраза не понята"),
        "parts": _or_null(_array(_ref("deadline"))),
    }
    return _object(
        keys,
        optional=tuple(key for key in keys if key not in ("text", "kind", "bound")),
        description="Обязательны только ключи, которых требует вид срока; остальные могут отсутствовать или быть null.",
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_text().encode())
