"""The grid «центры × меры» of an applied roadmap: a constant number of queries, and its cells as HTML in one pass.

A page has thousands of cells, so they are made of strings here and not by templates. A measure with several items or periods has
a column for each item; of several periods a cell shows the chosen one, else the nearest that is not done.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.centres.models import Centre
from vekha_portal.execution import looks
from vekha_portal.execution.models import Application, Milestone, State
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import period_name, stage_title
from vekha_portal.orders.models import Measure
from vekha_portal.ui import tones
from vekha_portal.ui.heat import LETTERS

#: States from the worst to the best, and how much a cell in each troubles its row.
TROUBLE: Mapping[str, int] = {
    State.OVERDUE.value: 1_000_000,
    State.RETURNED.value: 10_000,
    State.SOON.value: 100,
    State.PART.value: 50,
    State.WAITING.value: 2,
    State.SUBMITTED.value: 1,
}
_DONE = frozenset({State.ACCEPTED.value, State.NOT_APPLICABLE.value})
_FIELDS = ("key", "item", "centre_id", "pk", "state", "due_on", "period", "stage")
_PLACE = (
    "pk", "organisation__name", "organisation__short_name", "organisation__sort_key", "organisation__municipality_id",
    "organisation__municipality__name", "organisation__municipality__sort_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the grid is looked at; empty means all."""

    municipality: int | None = None
    stage: str = ""
    state: str = ""
    period: str = ""


class Cell(NamedTuple):
    """One milestone of the grid; a tuple, since a page has thousands."""

    milestone_id: int
    state: str
    due_on: datetime.date | None
    period: str
    stage: str

    @property
    def look(self) -> tones.State:
        """Its colour and words."""
        return looks.STATES[self.state]

    @property
    def words(self) -> str:
        """State, day and period."""
        parts = [self.look.label]
        parts += [f"{self.due_on:%d.%m.%Y}"] if self.due_on else []
        parts += [period_name(self.period)] if self.period else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Column:
    """A measure or an item of it."""

    key: str
    number: str
    label: str
    stage: str


class Place(NamedTuple):
    """A centre by its organisation, and the municipality it lies in, if in any."""

    centre: int
    name: str
    sort_key: str
    municipality_id: int | None
    municipality: str
    municipality_key: str


class Row(NamedTuple):
    """A centre with its cells, in the order of the columns; ``None`` where the measure is not for it."""

    place: Place
    cells: list[Cell | None]

    @property
    def trouble(self) -> int:
        """How much it needs somebody."""
        return sum(TROUBLE.get(cell.state, 0) for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class Once:
    """A milestone of the whole wave, over the grid."""

    milestone: Milestone
    look: tones.State


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of a page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    once: tuple[Once, ...]
    counts: tuple[tuple[str, tones.State, int], ...]
    periods: tuple[tuple[str, str], ...]
    municipalities: tuple[tuple[int, str], ...]
    stages: tuple[tuple[str, str], ...]
    centres: int


def find_application(scope: Scope, application_id: int) -> Application | None:
    """An applied roadmap the scope sees."""
    around = ("wave__programme", "wave__region", "roadmap__order", "revision", "organisation")
    rows = Application.objects.visible_to(scope).select_related(*around)
    return rows.filter(pk=application_id).first()


def read_grid(application: Application, scope: Scope, filters: Filters, *, day: datetime.date) -> Grid:
    """The grid on a day; four queries, however many centres."""
    of_application = Milestone.objects.visible_to(scope).in_force().filter(application=application)
    once = tuple(
        Once(each, looks.STATES[each.state])
        for each in of_application.filter(centre=None)
        .with_state(day)
        .select_related("measure", "organisation")
        .order_by("measure__position", "item", "due_on", "pk")[:200]
    )
    of_centres = of_application.exclude(centre=None).with_state(day).annotate(key=Cast("measure_key", TextField()))
    cells = _cells(of_centres.order_by("due_on", "ordinal", "pk").values_list(*_FIELDS))
    measures = _measures(application, {key for key, _ in cells})
    columns = _columns(cells, measures, filters)
    centres = _centres(application, scope)
    periods = sorted({cell.period for held in cells.values() for found in held.values() for cell in found} - {""})
    rows = _rows(_filtered(centres, filters), columns, cells, filters)
    counted = _counts(rows)
    if filters.state:
        rows = [row for row in rows if any(cell is not None and cell.state == filters.state for cell in row.cells)]
    rows.sort(key=lambda row: (-row.trouble, row.place.sort_key, row.place.centre))
    towns = {
        (each.municipality_key, each.municipality_id, each.municipality) for each in centres if each.municipality_id
    }
    return Grid(
        columns=tuple(column for column, _ in columns),
        rows=tuple(rows),
        once=once,
        counts=counted,
        periods=tuple((period, period_name(period)) for period in periods),
        municipalities=tuple((number, name) for _, number, name in sorted(towns)),
        stages=_stages(cells, measures),
        centres=len(centres),
    )


_Key = tuple[str, int | None]
_Cells = dict[_Key, dict[int, list[Cell]]]


def _measures(application: Application, keys: Collection[str]) -> dict[str, Measure]:
    """By key, each as the latest revision has it: what was accepted before an amendment stays in its column."""
    rows = Measure.objects.filter(key__in=keys, revision__roadmap=application.roadmap_id)
    return {str(each.key): each for each in rows.order_by("revision__number", "pk").exclude(revision__approved_at=None)}


def _cells(rows: Iterable[tuple[object, ...]]) -> _Cells:
    """Milestones by measure and item, then by centre, in the order of their days."""
    found: _Cells = {}
    for key, item, centre, *cell in rows:
        held = found.setdefault((key, item), {})  # type: ignore[arg-type]  # columns of one known query
        held.setdefault(centre, []).append(Cell(*cell))  # type: ignore[arg-type]  # the same
    return found


def _stage_of(held: Mapping[int, Sequence[Cell]]) -> str:
    return next(iter(held.values()))[0].stage


def _columns(cells: _Cells, measures: Mapping[str, Measure], filters: Filters) -> list[tuple[Column, _Key]]:
    columns = []
    for (key, item), held in cells.items():
        measure, stage = measures.get(key), _stage_of(held)
        if measure is None or (filters.stage and stage != filters.stage):
            continue
        words = measure.items[item] if item is not None and item < len(measure.items) else measure.text
        number = measure.number.rstrip(".") or str(measure.position)
        shown = number if item is None else f"{number}.{item + 1}"
        columns.append((Column(f"{key}-{'' if item is None else item}", shown, str(words), stage), (key, item)))
    columns.sort(key=lambda each: (measures[each[1][0]].position, each[1][0], -1 if each[1][1] is None else each[1][1]))
    return columns


def _stages(cells: _Cells, measures: Mapping[str, Measure]) -> tuple[tuple[str, str], ...]:
    """Every stage of the grid, for its filter, in the order of the measures."""
    places = {_stage_of(held): measures[key].position for (key, _), held in cells.items() if key in measures}
    return tuple((stage, stage_title(stage)) for stage in sorted(places, key=lambda stage: places[stage]))


def _centres(application: Application, scope: Scope) -> list[Place]:
    rows = Centre.objects.visible_to(scope).in_list().filter(wave=application.wave_id)
    return [
        Place(pk, short_name or name, sort_key, town, town_name or "", town_key or "")
        for pk, name, short_name, sort_key, town, town_name, town_key in rows.values_list(*_PLACE)
    ]


def _filtered(centres: Iterable[Place], filters: Filters) -> list[Place]:
    wanted = filters.municipality
    return [each for each in centres if wanted is None or each.municipality_id == wanted]


def _rows(
    centres: Iterable[Place], columns: Sequence[tuple[Column, _Key]], cells: _Cells, filters: Filters
) -> list[Row]:
    held = [cells[key] for _, key in columns]
    period = filters.period
    return [Row(place, [_choose(each.get(place.centre, ()), period) for each in held]) for place in centres]


def _choose(found: Sequence[Cell], period: str) -> Cell | None:
    """Of one measure's milestones: that of the period, else the nearest that is not done, else the last."""
    if not found:
        return None
    if period and any(cell.period for cell in found):
        return next((cell for cell in found if cell.period == period), None)
    return next((cell for cell in found if cell.state not in _DONE), found[-1])


def _counts(rows: Iterable[Row]) -> tuple[tuple[str, tones.State, int], ...]:
    counts = Counter(cell.state for row in rows for cell in row.cells if cell is not None)
    order = (
        State.OVERDUE, State.RETURNED, State.SOON, State.PART, State.SUBMITTED, State.AHEAD, State.WAITING,
        State.ACCEPTED, State.NOT_APPLICABLE,
    )  # fmt: skip
    return tuple((state.value, looks.STATES[state], counts[state.value]) for state in order if counts[state.value])


_NONE = '<td class="vk-heat-none"><span class="visually-hidden">не предусмотрено</span></td>'


def draw_rows(grid: Grid, address: str, *, choosing: bool, chosen: str) -> SafeString:
    """The rows as HTML: the centre, then links to milestones, or boxes to choose them.

    ``address`` is that of a milestone with ``0`` for its number; ``chosen`` is the key of the column whose boxes are ticked.
    """
    before, _, after = address.rpartition("0")
    made: dict[tuple[object, ...], tuple[str, str]] = {}
    ticks = [" checked" if column.key == chosen else "" for column in grid.columns]
    parts = []
    for row in grid.rows:
        parts.append(_head(row.place))
        for ticked, cell in zip(ticks, row.cells, strict=True):
            if cell is None:
                parts.append(_NONE)
                continue
            key = (cell.state, cell.due_on, cell.period)
            start, end = made.get(key) or made.setdefault(key, _around(cell, choosing=choosing))
            if choosing:
                parts.append(f'{start}{cell.milestone_id}"{ticked}{end}')
            else:
                parts.append(f'{start}{before}{cell.milestone_id}{after}"{end}')
        parts.append("</tr>")
    return mark_safe("".join(parts))


def _head(place: Place) -> str:
    town = f"<small>{escape(place.municipality)}</small>" if place.municipality else ""
    return f'<tr><th scope="row">{escape(place.name)}{town}</th>'


def _around(cell: Cell, *, choosing: bool) -> tuple[str, str]:
    """What stands around the number of a milestone; the same for all cells that look alike."""
    look = cell.look
    words = escape(cell.words)
    start = f'<td class="vk-heat-cell vk-tone-{look.tone}" title="{words}">'
    sign = LETTERS[look.tone]
    if choosing:
        return f'{start}<label><input type="checkbox" name="m" value="', f' aria-label="{words}">{sign}</label></td>'
    return f'{start}<a href="', f' aria-label="{words}">{sign}</a></td>'
