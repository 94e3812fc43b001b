"""The grid «центры × меры» of an applied roadmap: a constant number of queries, and its cells as HTML in one pass.

A page has thousands of cells, so they are made of strings here and not by templates. A measure with several items or periods has
a column for each item; of several periods a cell shows the chosen one, else the nearest that is not done.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.centres.models import Centre
from vekha_portal.execution import looks
from vekha_portal.execution.models import Application, Milestone, State
from vekha_portal.journal.scope import Scope
from vekha_portal.orders.dates.bridge import period_name, stage_title
from vekha_portal.orders.models import Measure
from vekha_portal.registry.models import Municipality
from vekha_portal.ui import tones
from vekha_portal.ui.heat import LETTERS

#: States from the worst to the best, and how much a cell in each troubles its row.
TROUBLE = {
    State.OVERDUE: 1_000_000,
    State.RETURNED: 10_000,
    State.SOON: 100,
    State.PART: 50,
    State.WAITING: 2,
    State.SUBMITTED: 1,
}
_DONE = frozenset({State.ACCEPTED, State.NOT_APPLICABLE})
_FIELDS = ("pk", "centre_id", "measure_key", "item", "stage", "period", "ordinal", "due_on", "state", "organisation_id")


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the grid is looked at; empty means all."""

    municipality: int | None = None
    stage: str = ""
    state: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One milestone of the grid."""

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


@dataclass(slots=True)
class Row:
    """A centre with its cells, in the order of the columns; ``None`` where the measure is not for it."""

    centre: Centre
    cells: list[Cell | None]
    html: SafeString = field(default=mark_safe(""))

    @property
    def trouble(self) -> int:
        """How much it needs somebody."""
        return sum(TROUBLE.get(State(cell.state), 0) for cell in self.cells if cell is not None)


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
    municipalities: tuple[Municipality, ...]
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
    raw = of_application.exclude(centre=None).with_state(day).order_by("due_on", "ordinal", "pk").values_list(*_FIELDS)
    cells = _cells(raw)
    measures = _measures(application, {key[1] for key in cells})
    columns = _columns(cells, measures, filters)
    centres = _centres(application, scope)
    periods = sorted({cell.period for found in cells.values() for cell in found if cell.period})
    rows = _rows(_filtered(centres, filters), columns, cells, filters)
    counted = _counts(rows)
    if filters.state:
        rows = [row for row in rows if any(cell is not None and cell.state == filters.state for cell in row.cells)]
    rows.sort(key=lambda row: (-row.trouble, row.centre.organisation.sort_key, row.centre.pk))
    places = {each.organisation.municipality_id: each.organisation.municipality for each in centres}
    return Grid(
        columns=tuple(column for column, _ in columns),
        rows=tuple(rows),
        once=once,
        counts=counted,
        periods=tuple((period, period_name(period)) for period in periods),
        municipalities=tuple(sorted((each for each in places.values() if each), key=lambda each: each.sort_key)),
        stages=_stages(cells, measures),
        centres=len(centres),
    )


_Key = tuple[int, uuid.UUID, int | None]


def _measures(application: Application, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Measure]:
    """By key, each as the latest revision has it: what was accepted before an amendment stays in its column."""
    rows = Measure.objects.filter(key__in=keys, revision__roadmap=application.roadmap_id)
    return {each.key: each for each in rows.order_by("revision__number", "pk").exclude(revision__approved_at=None)}


def _cells(rows: Iterable[tuple[object, ...]]) -> dict[_Key, list[Cell]]:
    """Milestones by centre, measure and item, in the order of their days."""
    found: dict[_Key, list[Cell]] = {}
    for pk, centre, measure, item, stage, period, _, due_on, state, _ in rows:
        cell = Cell(pk, state, due_on, period, stage)  # type: ignore[arg-type]  # columns of one known query
        found.setdefault((centre, measure, item), []).append(cell)  # type: ignore[arg-type]  # the same
    return found


def _columns(
    cells: Mapping[_Key, Sequence[Cell]], measures: Mapping[uuid.UUID, Measure], filters: Filters
) -> list[tuple[Column, tuple[uuid.UUID, int | None]]]:
    stages = {(measure, item): found[0].stage for (_, measure, item), found in cells.items()}
    columns = []
    for (key, item), stage in stages.items():
        measure = measures.get(key)
        if measure is None or (filters.stage and stage != filters.stage):
            continue
        words = measure.items[item] if item is not None and item < len(measure.items) else measure.text
        number = measure.number.rstrip(".") or str(measure.position)
        shown = number if item is None else f"{number}.{item + 1}"
        columns.append((Column(f"{measure.key}-{'' if item is None else item}", shown, str(words), stage), (key, item)))
    columns.sort(
        key=lambda each: (measures[each[1][0]].position, str(each[1][0]), -1 if each[1][1] is None else each[1][1])
    )
    return columns


def _stages(cells: Mapping[_Key, Sequence[Cell]], measures: Mapping[uuid.UUID, Measure]) -> tuple[tuple[str, str], ...]:
    """Every stage of the grid, for its filter, in the order of the measures."""
    places = {
        found[0].stage: measures[measure].position for (_, measure, _), found in cells.items() if measure in measures
    }
    return tuple((stage, stage_title(stage)) for stage in sorted(places, key=lambda stage: places[stage]))


def _centres(application: Application, scope: Scope) -> list[Centre]:
    rows = Centre.objects.visible_to(scope).in_list().filter(wave=application.wave_id)
    return list(rows.select_related("organisation__municipality", "programme"))


def _filtered(centres: Iterable[Centre], filters: Filters) -> list[Centre]:
    wanted = filters.municipality
    return [each for each in centres if wanted is None or each.organisation.municipality_id == wanted]


def _rows(
    centres: Iterable[Centre],
    columns: Sequence[tuple[Column, tuple[uuid.UUID, int | None]]],
    cells: Mapping[_Key, Sequence[Cell]],
    filters: Filters,
) -> list[Row]:
    return [
        Row(centre, [_choose(cells.get((centre.pk, key, item), ()), filters.period) for _, (key, item) in columns])
        for centre in centres
    ]


def _choose(found: Sequence[Cell], period: str) -> Cell | None:
    """Of one measure's milestones: that of the period, else the nearest that is not done, else the last."""
    if not found:
        return None
    if period and any(cell.period for cell in found):
        return next((cell for cell in found if cell.period == period), None)
    return next((cell for cell in found if cell.state not in _DONE), found[-1])


def _counts(rows: Iterable[Row]) -> tuple[tuple[str, tones.State, int], ...]:
    counts = dict.fromkeys(State, 0)
    for row in rows:
        for cell in row.cells:
            if cell is not None:
                counts[State(cell.state)] += 1
    order = (
        State.OVERDUE, State.RETURNED, State.SOON, State.PART, State.SUBMITTED, State.AHEAD, State.WAITING,
        State.ACCEPTED, State.NOT_APPLICABLE,
    )  # fmt: skip
    return tuple((state.value, looks.STATES[state], counts[state]) for state in order if counts[state])


_NONE = '<td class="vk-heat-none"><span class="visually-hidden">не предусмотрено</span></td>'


def draw_rows(grid: Grid, address: str, *, choosing: bool, chosen: str) -> None:
    """Give every row the HTML of its cells: links to milestones, or boxes to choose them.

    ``address`` is that of a milestone with ``0`` for its number; ``chosen`` is the key of the column whose boxes are ticked.
    """
    before, _, after = address.rpartition("0")
    made: dict[tuple[object, ...], tuple[str, str]] = {}
    for row in grid.rows:
        parts = []
        for column, cell in zip(grid.columns, row.cells, strict=True):
            if cell is None:
                parts.append(_NONE)
                continue
            key = (cell.state, cell.due_on, cell.period)
            start, end = made.get(key) or made.setdefault(key, _around(cell, choosing=choosing))
            if choosing:
                ticked = " checked" if column.key == chosen else ""
                parts.append(f'{start}{cell.milestone_id}"{ticked}{end}')
            else:
                parts.append(f'{start}{before}{cell.milestone_id}{after}"{end}')
        row.html = mark_safe("".join(parts))


def _around(cell: Cell, *, choosing: bool) -> tuple[str, str]:
    """What stands around the number of a milestone; the same for all cells that look alike."""
    look = cell.look
    words = escape(cell.words)
    start = f'<td class="vk-heat-cell vk-tone-{look.tone}" title="{words}">'
    sign = LETTERS[look.tone]
    if choosing:
        return f'{start}<label><input type="checkbox" name="m" value="', f' aria-label="{words}">{sign}</label></td>'
    return f'{start}<a href="', f' aria-label="{words}">{sign}</a></td>'
