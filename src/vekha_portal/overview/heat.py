"""Counts as pictures: the cells of a heat map with their words and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_urlconf, reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.overview.bridge import STAGES
from vekha_portal.overview.queries.region import Cell, Choice
from vekha_portal.ui.heat import HeatColumn
from vekha_portal.ui.russian import NO_BREAK, counted, grouped
from vekha_portal.ui.tones import State, Tone

LEGEND = (
    State("исполнено всё", Tone.GOOD),
    State("идёт в срок", Tone.BUSY),
    State("часть ждёт срока", Tone.WAITING),
    State("есть просроченные", Tone.BAD),
)
_NONE = '<td class="vk-heat-none"><span class="visually-hidden">не требуется</span></td>'
_POINTS = ("контрольная точка", "контрольные точки", "контрольных точек")


@dataclass(frozen=True, slots=True)
class Grid:
    """Places down, stages across; ``body`` is the rows, drawn."""

    caption: str
    columns: tuple[HeatColumn, ...]
    body: SafeString


def tone_of(cell: Cell) -> Tone:
    """What a cell's colour says."""
    if cell.overdue:
        return Tone.BAD
    if cell.done == cell.total:
        return Tone.GOOD
    return Tone.WAITING if cell.waiting else Tone.BUSY


def words_of(cell: Cell) -> str:
    """What a cell says in words."""
    parts = [f"исполнено {grouped(cell.done)} из {grouped(cell.total)}"]
    if cell.overdue:
        parts.append(f"просрочено {grouped(cell.overdue)}")
    if cell.submitted:
        parts.append(f"на проверке {grouped(cell.submitted)}")
    if cell.waiting:
        parts.append(f"ждут срока {grouped(cell.waiting)}")
    return ", ".join(parts)


def list_url(choice: Choice, **filters: Any) -> str:
    """The list of the milestones a figure is made of."""
    known: dict[str, Any] = {**filters, "programme": choice.programme, "year": choice.year}
    return f"{_list_address(get_urlconf())}?{urlencode({name: value for name, value in known.items() if value})}"


@cache
def _list_address(urlconf: str | None) -> str:
    return reverse("milestones", urlconf=urlconf)


def draw_grid(caption: str, rows: Iterable[tuple[str, str, str, Mapping[str, Cell]]]) -> Grid | None:
    """Stages across, places down; a row is its label, its page, its list of milestones, and its cells by stage.

    Only stages that have something are shown; nothing where no place has any.
    """
    placed = list(rows)
    used = [stage for stage in STAGES if any(stage.key in cells for _, _, _, cells in placed)]
    if not used:
        return None
    columns = tuple(HeatColumn(stage.short, stage.title) for stage in used)
    keys = [(stage.key, stage.title) for stage in used]
    return Grid(caption, columns, mark_safe("".join(_row(*row, keys) for row in placed)))


def _row(label: str, url: str, listed: str, cells: Mapping[str, Cell], stages: Sequence[tuple[str, str]]) -> str:
    join = "&" if "?" in listed else "?"
    link = escape(f"{listed}{join}stage=")
    drawn = (_cell(cells[key], f"{link}{key}") if key in cells else _NONE for key, _ in stages)
    whole = sum(cells.values(), Cell())
    head = f'<a href="{escape(url)}">{escape(label)}</a><small>{whole.share}{NO_BREAK}%</small>'
    return f'<tr><th scope="row">{head}</th>{"".join(drawn)}</tr>'


def _cell(cell: Cell, url: str) -> str:
    """One cell as HTML: a country has over a thousand, and each says its numbers once."""
    late = "&amp;state=overdue" if cell.overdue else ""
    figure = f"−{grouped(cell.overdue)}" if cell.overdue else f"{cell.share}{NO_BREAK}%"
    inside = f'<a href="{url}{late}" title="{words_of(cell)}">{figure}</a>'
    return f'<td class="vk-heat-cell vk-tone-{tone_of(cell)}">{inside}</td>'


def count_points(count: int) -> str:
    """So many milestones, in words."""
    return counted(count, *_POINTS)
