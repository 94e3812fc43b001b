"""Two documents side by side, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from vekha.cli.console import plain
from vekha.orders.diff import Change, Pair, Regrouping, RoadmapPair
from vekha.orders.model import Measure, Roadmap
from vekha.stages.catalogue import title

_CHANGES = {
    Change.NUMBER: "номер",
    Change.TEXT: "формулировка",
    Change.STAGE: "этап",
    Change.RESPONSIBLES: "ответственные",
    Change.RESULTS: "результаты",
    Change.DEADLINE: "срок",
    Change.SECTION: "раздел",
}


def comparison_tables(aligned: Iterable[RoadmapPair], first: str, second: str) -> list[RenderableType]:
    """A table for every pair of roadmaps, with a line on what was split and merged under it."""
    shown: list[RenderableType] = []
    for each in aligned:
        shown.append(_table(each, first, second))
        shown += [_regrouped(group, each, "разделено") for group in each.alignment.split]
        shown += [_regrouped(group, each, "объединено") for group in each.alignment.merged]
    return shown or [Text("Сопоставлять нечего: дорожных карт в документах нет.")]


def _table(each: RoadmapPair, first: str, second: str) -> Table:
    alignment = each.alignment
    heading = alignment.b.title or alignment.a.title or "Дорожная карта"
    table = Table(box=box.SIMPLE_HEAD, title=Text(plain(heading)), title_justify="left", expand=True)
    table.add_column(Text(plain(first)), ratio=3)
    table.add_column(Text(plain(second)), ratio=3)
    table.add_column("Этап", ratio=1)
    table.add_column("Изменилось", ratio=2)
    for pair in alignment.pairs:
        one, two = alignment.a.measures[pair.a], alignment.b.measures[pair.b]
        table.add_row(_cell(one), _cell(two), title(two.stage), _changes(pair, one, two))
    for index in alignment.only_a:
        one = alignment.a.measures[index]
        table.add_row(_cell(one), Text("—"), title(one.stage), Text("исчезло", style="red"))
    for index in alignment.only_b:
        two = alignment.b.measures[index]
        table.add_row(Text("—"), _cell(two), title(two.stage), Text("появилось", style="green"))
    return table


def _cell(measure: Measure) -> Text:
    return Text(plain(f"{measure.number + '. ' if measure.number else ''}{measure.text}"))


def _changes(pair: Pair, one: Measure, two: Measure) -> Text:
    if not pair.changes:
        return Text("без изменений", style="dim")
    words = [_CHANGES[change] for change in pair.changes]
    text = Text(", ".join(words), style="yellow")
    if Change.DEADLINE in pair.changes:
        before, after = (each.deadline.text if each.deadline else "нет" for each in (one, two))
        text.append(f"\n{plain(before)} → {plain(after)}", style="default")
    return text


def _regrouped(group: Regrouping, each: RoadmapPair, word: str) -> Text:
    before, after = _numbers(each.alignment.a, group.a), _numbers(each.alignment.b, group.b)
    return Text(plain(f"Похоже, {word}: {before} → {after}"))


def _numbers(roadmap: Roadmap, indices: tuple[int, ...]) -> str:
    return ", ".join(roadmap.measures[index].number or f"({index + 1})" for index in indices)
