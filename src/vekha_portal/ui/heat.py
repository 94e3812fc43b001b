"""The heat grid of a wave: a row for each centre, a cell for each measure; quick enough for hundreds of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.ui.tones import Tone

#: One character for each tone, for those who do not see colours, and for print.
LETTERS = {Tone.GOOD: "✓", Tone.BUSY: "…", Tone.ATTENTION: "!", Tone.BAD: "✕", Tone.WAITING: "?", Tone.QUIET: "·"}


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: its tone, what it says to a pointer and a screen reader, where it leads; empty where nothing applies."""

    tone: Tone
    title: str
    url: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A centre with its cells; ``None`` where the measure is not for it."""

    label: str
    url: str
    cells: tuple[HeatCell | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A measure over its cells."""

    number: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """The whole grid."""

    caption: str
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]


def draw_cells(cells: Sequence[HeatCell | None]) -> SafeString:
    """The cells of one row as HTML; plain string building, since a page has thousands of them."""
    return mark_safe("".join(map(_cell, cells)))


def _cell(cell: HeatCell | None) -> str:
    if cell is None:
        return '<td class="vk-heat-none"><span class="visually-hidden">не требуется</span></td>'
    sign = escape(cell.figure) or LETTERS[cell.tone]
    inside = f'<span aria-hidden="true">{sign}</span><span class="visually-hidden">{escape(cell.title)}</span>'
    if cell.url:
        inside = f'<a href="{escape(cell.url)}" title="{escape(cell.title)}">{inside}</a>'
    return f'<td class="vk-heat-cell vk-tone-{cell.tone}">{inside}</td>'
