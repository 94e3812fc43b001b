"""An order as tables for people: what was read, with deadlines, and the problems with their places."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from vekha.cli.console import plain
from vekha.documents.plan.wording import PROGRAMMES, SEVERITIES, long_date, order_name, where
from vekha.orders.model import Indicator, Measure, OrderFile, Roadmap
from vekha.problems import Problem, Severity
from vekha.stages.catalogue import title

_TONES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}

#: A table of more rows is cut on the screen; nothing is cut in JSON.
_SHOWN = 500


def order_tables(order_file: OrderFile) -> list[RenderableType]:
    """The order's data, a table for each roadmap and indicator list, and the problems."""
    shown: list[RenderableType] = [_head(order_file)]
    for roadmap in order_file.roadmaps:
        shown.append(_measures(roadmap))
        if len(roadmap.measures) > _SHOWN:
            shown.append(Text(f"… и ещё {len(roadmap.measures) - _SHOWN}; всё целиком — с параметром --json"))
        if roadmap.indicators:
            shown.append(_indicators(roadmap.indicators[:_SHOWN]))
    if not order_file.roadmaps:
        shown.append(Text("Дорожной карты в документе не найдено.", style="yellow"))
    shown += [problem_text(problem) for problem in order_file.problems[:_SHOWN]]
    return shown


def _head(order_file: OrderFile) -> Text:
    order = order_file.order
    head = Text(plain(f"{order_file.source_name} ({order_file.source_format})\n"), style="dim")
    if order is None:
        return head.append("Реквизитов распоряжения в документе нет.", style="default")
    head.append(plain(order_name(order)), style="bold default")
    control, signatory = order.control, order.signatory
    for name, value in (
        ("", order.title),
        ("Издал", order.issuer),
        ("Координатор", order.coordinator),
        ("Контроль", ", ".join(filter(None, (control.name, control.post))) if control else None),
        ("Подписал", ", ".join(filter(None, (signatory.name, signatory.post))) if signatory else None),
        ("Ознакомлены", ", ".join(order.acquainted)),
    ):
        if value:
            head.append(plain(f"\n{name + ': ' if name else ''}{value}"), style="default")
    for approval in order.approvals:
        day = long_date(approval.date) if approval.date else "без даты"
        words = ", ".join(filter(None, (approval.name, approval.post)))
        kind = "Согласовано" if approval.kind.value == "agreed" else "Утверждаю"
        head.append(plain(f"\n{kind}: {words} ({day})"), style="default")
    return head


def _measures(roadmap: Roadmap) -> Table:
    year = f", {roadmap.year} год" if roadmap.year else ""
    heading = f"{roadmap.title or 'Дорожная карта'} [{PROGRAMMES[roadmap.programme]}{year}]"
    table = Table(box=box.SIMPLE_HEAD, title=Text(plain(heading)), title_justify="left", expand=True)
    table.add_column("№", no_wrap=True, max_width=8)
    for name, ratio in (("Мероприятие", 5), ("Ответственные", 3), ("Результат", 3), ("Срок", 3), ("Этап", 2)):
        table.add_column(name, ratio=ratio)
    section = None
    for measure in roadmap.measures[:_SHOWN]:
        if measure.section != section and measure.section:
            table.add_row("", Text(plain(measure.section), style="bold"))
        section = measure.section
        table.add_row(*_cells(measure))
    return table


def _cells(measure: Measure) -> list[Text]:
    deadline = Text(plain(measure.deadline.text)) if measure.deadline else Text("не указан", style="yellow")
    if "deadline" in measure.uncertain:
        deadline.append(" (прочитан неуверенно)", style="yellow")
    return [
        Text(plain(measure.number or "—")),
        Text(plain(measure.text)),
        Text(plain("\n".join(each.name for each in measure.responsibles))),
        Text(plain("\n".join(each.text for each in measure.results))),
        deadline,
        Text(title(measure.stage), style="dim"),
    ]


def _indicators(indicators: Sequence[Indicator]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="Показатели", title_justify="left", expand=True)
    table.add_column("№", no_wrap=True, max_width=8)
    table.add_column("Показатель", ratio=6)
    table.add_column("Единица", ratio=2)
    table.add_column("В год открытия", justify="right", ratio=1)
    table.add_column("Далее", justify="right", ratio=1)
    for each in indicators:
        values = [("—" if value is None else f"{value:g}") for value in (each.opening_year, each.following_years)]
        cells = [each.number or "", each.name, each.unit or "", *values]
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table


def problem_text(problem: Problem) -> Text:
    """A problem on one line: how serious, what and where, what to do."""
    text = Text(f"{SEVERITIES[problem.severity]}: ", style=_TONES[problem.severity])
    place = where(problem.place)
    text.append(plain(problem.message + (f" [{place}]" if place else "")), style="default")
    if problem.hint:
        text.append(plain(f" {problem.hint}"), style="dim")
    return text
