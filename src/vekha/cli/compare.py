"""``vekha compare``: the measures of two documents side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vekha.cli.console import show, write_json
from vekha.cli.exits import Exit, worst
from vekha.cli.files import read_one, tell

if TYPE_CHECKING:
    from vekha.orders.diff import Alignment, Regrouping, RoadmapPair
    from vekha.orders.model import Measure

HELP = """\
Сопоставить мероприятия двух документов по этапу и смыслу (номера — лишь подсказка) и показать, что
изменилось: формулировка, срок (по смыслу, а не по словам), ответственные, результаты, этап, номер;
что появилось и что исчезло; что объединено и что разделено.

Примеры:
  vekha compare прошлый-год.docx этот-год.docx
  vekha compare область.pdf город.txt --json
"""


def compare(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="ПЕРВЫЙ", help="Первый документ (обычно прежний).")],
    b: Annotated[str, typer.Argument(metavar="ВТОРОЙ", help="Второй документ (обычно новый).")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON вместо таблицы.")] = False,
) -> int:
    """Align the roadmaps of two files and print the pairs with their changes, and what only one of them has."""
    first, second = read_one(a), read_one(b)
    for outcome in (first, second):
        tell(outcome, debug=bool(context.obj))
    code = worst([first.code, second.code])
    if code in (Exit.WRONG_CALL, Exit.UNREADABLE):
        return code
    from vekha.orders.diff import align_files  # noqa: PLC0415 — engines load after the help has answered

    aligned = align_files(first.order_file, second.order_file)
    if as_json:
        write_json(comparison_to_json(aligned))
    else:
        from vekha.cli.comparison_table import comparison_tables  # noqa: PLC0415 — rich loads only where a table is printed

        show(*comparison_tables(aligned, first.order_file.source_name, second.order_file.source_name))
    return code


def comparison_to_json(aligned: Iterable[RoadmapPair]) -> dict[str, Any]:
    """The contract's object; measures are named by their numbers, and by roadmap and index (from 0) where they have none."""
    result: dict[str, list[Any]] = {key: [] for key in (
        "pairs", "only_a", "only_b", "only_a_measures", "only_b_measures", "split", "merged", "roadmaps"
    )}  # fmt: skip
    for each in aligned:
        alignment = each.alignment
        one, two = alignment.a.measures, alignment.b.measures
        result["roadmaps"].append({"a": each.a, "b": each.b})
        result["pairs"] += [
            {
                "a": one[pair.a].number,
                "b": two[pair.b].number,
                "stage": _stage(one[pair.a], two[pair.b]),
                "changes": [change.value for change in pair.changes],
                "likeness": pair.likeness,
                "a_measure": _named(each.a, pair.a, one[pair.a]),
                "b_measure": _named(each.b, pair.b, two[pair.b]),
            }
            for pair in alignment.pairs
        ]
        result["only_a"] += [one[index].number for index in alignment.only_a]
        result["only_b"] += [two[index].number for index in alignment.only_b]
        result["only_a_measures"] += [_named(each.a, index, one[index]) for index in alignment.only_a]
        result["only_b_measures"] += [_named(each.b, index, two[index]) for index in alignment.only_b]
        result["split"] += [_regrouping(group, alignment) for group in alignment.split]
        result["merged"] += [_regrouping(group, alignment) for group in alignment.merged]
    return {"schema": "vekha.comparison/1", **result}


def _stage(one: Measure, two: Measure) -> str:
    """The stage of a pair: the first one's, if it is one of the second one's stages too, else the second one's."""
    return (one.stage if one.stage in (two.item_stages or ()) else two.stage).value


def _named(roadmap: int | None, index: int, measure: Measure) -> dict[str, Any]:
    return {"roadmap": roadmap, "measure": index, "number": measure.number, "text": measure.text}


def _regrouping(group: Regrouping, alignment: Alignment) -> dict[str, Any]:
    return {
        "a": [alignment.a.measures[index].number for index in group.a],
        "b": [alignment.b.measures[index].number for index in group.b],
    }
