"""The same roadmap as a matrix of days and programmes, as a Gantt chart, as events of a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from vekha_portal.execution.roadmap_reads import MarkedDay, MeasureView, RoadmapView
from vekha_portal.orders.dates.bridge import calendar_of, period_name
from vekha_portal.ui import tones
from vekha_portal.ui.components import CalendarEvent
from vekha_portal.ui.gantt import GanttChart, GanttMark, GanttRow, draw_gantt

#: The calendar draws so many events; more would be read by nobody.
EVENTS = 600


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """What a cell of the matrix names: a measure, its people, and its state on that day."""

    measure: MeasureView
    state: tones.State
    note: str

    @property
    def people(self) -> tuple[str, ...]:
        """Who answers for it, as written."""
        return tuple(each.name for each in self.measure.responsibles)


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A day with a cell for each programme; ``due`` is absent in the last line, of what has no day."""

    due: datetime.date | None
    is_day_off: bool
    cells: tuple[tuple[MatrixEntry, ...], ...]
    programmes: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, tuple[MatrixEntry, ...]], ...]:
        """The cells with the names of their columns."""
        return tuple(zip(self.programmes, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Matrix:
    """Days × programmes; ``people`` are all names one may look for."""

    columns: tuple[RoadmapView, ...]
    lines: tuple[MatrixLine, ...]
    people: tuple[str, ...]


def build_matrix(views: Sequence[RoadmapView], *, person: str = "") -> Matrix:
    """The matrix of all roadmaps of an order, of one responsible if asked so."""
    people = sorted({each.name for view in views for row in view.measures for each in row.responsibles})
    rows = [[row for row in view.measures if not person or _is_of(row, person)] for view in views]
    found: dict[datetime.date, list[list[MatrixEntry]]] = {}
    off: set[datetime.date] = set()
    undated: list[list[MatrixEntry]] = [[] for _ in views]
    for place, column in enumerate(rows):
        for row in column:
            for day in row.days:
                entry = MatrixEntry(row, day.state, _note(day))
                found.setdefault(day.due, [[] for _ in views])[place].append(entry)
                if day.is_day_off:
                    off.add(day.due)
            if not row.days:
                undated[place].append(MatrixEntry(row, tones.State(row.waiting or "без срока", tones.Tone.WAITING), ""))
    names = tuple(str(view.roadmap.programme or "программа не выбрана") for view in views)
    lines = [MatrixLine(due, due in off, tuple(map(tuple, cells)), names) for due, cells in sorted(found.items())]
    if any(undated):
        lines.append(MatrixLine(None, False, tuple(map(tuple, undated)), names))
    return Matrix(tuple(views), tuple(lines), tuple(people))


def _is_of(row: MeasureView, person: str) -> bool:
    return any(each.name == person for each in row.responsibles)


def _note(day: MarkedDay) -> str:
    parts = [period_name(day.period) if day.period else "", f"точек: {day.count}" if day.count > 1 else ""]
    return ", ".join(part for part in parts if part)


def draw_roadmap(view: RoadmapView, *, url: str) -> GanttChart | None:
    """The chart of a roadmap; ``url`` is where its measures stand."""
    rows = []
    for row in view.measures:
        there = f"{url}#measure-{row.measure.pk}"
        marks = tuple(GanttMark(day.due, _told(day), day.is_day_off, there) for day in row.days)
        stretches = tuple((day.start, day.due) for day in row.days if day.start is not None and day.start < day.due)
        rows.append(GanttRow(str(row.measure), marks, stretches, row.waiting or "без срока", there))
    region = view.application.region_id if view.application else view.roadmap.region_id or ""
    return draw_gantt(rows, today=view.today, is_day_off=calendar_of(region).is_day_off)


def _told(day: MarkedDay) -> tones.State:
    if day.count < 2:
        return day.state
    return tones.State(f"{day.state.label}, точек: {day.count}", day.state.tone, day.state.icon)


def list_events(view: RoadmapView, *, url: str) -> list[CalendarEvent]:
    """The days of a roadmap as events; stated periods run until their day."""
    found = []
    for row in view.measures:
        for day in row.days:
            title = f"{row.measure} — {_told(day).label}"
            found.append(CalendarEvent(title, day.due, url=f"{url}#measure-{row.measure.pk}"))
    return sorted(found, key=lambda event: event.day)[:EVENTS]
