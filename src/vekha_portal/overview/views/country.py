"""The page of the country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vekha_portal.journal.requests import ScopedRequest, guarded
from vekha_portal.overview.forms import ChoiceForm
from vekha_portal.overview.heat import LEGEND, draw_grid, list_url, words_of
from vekha_portal.overview.permissions import can_view_country
from vekha_portal.overview.queries.country import centres_by_region, count_country
from vekha_portal.overview.queries.region import Cell, Choice
from vekha_portal.registry.models import Region
from vekha_portal.ui.pages import page
from vekha_portal.ui.russian import NO_BREAK
from vekha_portal.ui.tables import Column, Sorting
from vekha_portal.ui.tiles import TileMap, TileValue, draw_tiles, list_places
from vekha_portal.ui.tones import Tone

#: From this share of overdue milestones, in percent, a region is in trouble and not merely late.
TROUBLE = 5
COLUMNS = (
    Column("name", "Субъект", ("name",)),
    Column("centres", "Центров", ("centres",), numeric=True),
    Column("opened", "Открыто", ("opened",), numeric=True),
    Column("total", "Контрольных точек", ("total",), numeric=True),
    Column("share", "Исполнено, %", ("share",), numeric=True),
    Column("overdue", "Просрочено", ("overdue",), numeric=True),
    Column("submitted", "На проверке", ("submitted",), numeric=True),
    Column("waiting", "Ждут срока", ("waiting",), numeric=True),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One region in the table."""

    code: str
    name: str
    sort_key: str
    centres: int
    opened: int
    cell: Cell
    url: str
    overdue_url: str

    def key(self, column: str) -> tuple[int, str]:
        """What a column sorts by."""
        if column == "name":
            return (0, self.sort_key)
        figure = getattr(self, column) if column in ("centres", "opened") else getattr(self.cell, column)
        return (figure, "")


@require_safe
@guarded(can_view_country)
@page("overview/country.html", partials=("rows",))
def country(request: ScopedRequest) -> Mapping[str, Any]:
    """A map of the regions, a table beside it, stages by regions."""
    scope, day = request.scope, timezone.localdate()
    form = ChoiceForm(request.GET, scope=scope, day=day)
    choice = form.choice()
    counts = count_country(scope, choice, day=day)
    centres = centres_by_region(scope, choice, day=day)
    by_region: dict[str, dict[str, Cell]] = {}
    for (code, stage), cell in counts.cells.items():
        by_region.setdefault(code, {})[stage] = cell
    regions = list(Region.objects.order_by("sort_key"))
    sorting = Sorting.read(request.GET, COLUMNS, "-overdue")
    lines = _lines(regions, by_region, centres, choice)
    whole = sum((line.cell for line in lines), Cell())
    return {
        "title": "Страна",
        "section": "country",
        "form": form,
        "map": _map(lines, {each.code: each.name for each in regions}),
        "sorting": sorting,
        "lines": _sorted(lines, sorting.chosen),
        "grid": draw_grid(
            "Субъекты и этапы",
            [(line.name, line.url, list_url(choice, region=line.code), by_region.get(line.code, {})) for line in lines],
        ),
        "legend": LEGEND,
        "whole": whole,
        "words": words_of(whole),
        "centres": sum(line.centres for line in lines),
        "opened": sum(line.opened for line in lines),
        "regions": len(lines),
        "counted_at": counts.counted_at,
        "overdue_url": list_url(choice, state="overdue"),
    }


def _lines(
    regions: list[Region],
    by_region: Mapping[str, Mapping[str, Cell]],
    centres: Mapping[str, tuple[int, int]],
    choice: Choice,
) -> list[Line]:
    """The regions that have anything."""
    query = urlencode(
        {name: value for name, value in (("programme", choice.programme), ("year", choice.year)) if value}
    )
    lines = []
    for each in regions:
        cells, (listed, opened) = by_region.get(each.code, {}), centres.get(each.code, (0, 0))
        if not cells and not listed:
            continue
        url = reverse("region", args=[each.code]) + (f"?{query}" if query else "")
        overdue = list_url(choice, region=each.code, state="overdue")
        whole = sum(cells.values(), Cell())
        lines.append(Line(each.code, each.name, each.sort_key, listed, opened, whole, url, overdue))
    return lines


def _sorted(lines: list[Line], chosen: str) -> list[Line]:
    column = chosen.removeprefix("-")
    by_name = sorted(lines, key=lambda line: line.sort_key)
    return sorted(by_name, key=lambda line: line.key(column), reverse=chosen.startswith("-"))


def _map(lines: list[Line], names: Mapping[str, str]) -> TileMap:
    placed = {place.code for place in list_places()}
    values = {line.code: _tile(line) for line in lines if line.code in placed}
    return draw_tiles(values, names={code: names.get(code, code) for code in placed})


def _tile(line: Line) -> TileValue:
    cell = line.cell
    if not cell.total:
        tone, word = Tone.QUIET, "карта не применена"
    elif cell.overdue * 100 >= TROUBLE * cell.total:
        tone, word = Tone.BAD, "много просроченного"
    elif cell.overdue:
        tone, word = Tone.ATTENTION, "есть просроченное"
    elif cell.done == cell.total:
        tone, word = Tone.GOOD, "исполнено всё"
    else:
        tone, word = Tone.GOOD, "в срок"
    return TileValue(f"{cell.share}{NO_BREAK}%", tone, word, f"{word}; {words_of(cell)}", line.url)
