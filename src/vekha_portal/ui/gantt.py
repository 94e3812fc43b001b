"""The Gantt chart of live milestones, in the look of the plan that `vekha plan` writes; a template draws it as SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from vekha_portal.ui.bridge import DAYS, HEAD, LABELS, MONTHS_SHORT, ROW, Band
from vekha_portal.ui.russian import long_day
from vekha_portal.ui.tones import State

WIDTH = LABELS + DAYS
_LABEL_WIDTH = 44
_WIDEST_DAY = 8.0
_LONGEST_DAYS = 366 * 4


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A due day with the state of what is due."""

    due: date
    state: State
    day_off: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One line: its text, the stretches of time stated in the document, the due days; ``waiting`` where there is no day."""

    text: str
    marks: tuple[GanttMark, ...] = ()
    stretches: tuple[tuple[date, date], ...] = ()
    waiting: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A mark in pixels."""

    x: float
    y: float
    tone: str
    day_off: bool
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A line in pixels: text with the height each piece of it stands at."""

    y: float
    text: str
    url: str
    lines: tuple[tuple[float, str], ...]
    bars: tuple[tuple[float, float], ...]
    marks: tuple[DrawnMark, ...]
    waiting: str


@dataclass(frozen=True, slots=True)
class GanttChart:
    """The chart in pixels; ``today`` is where the line stands, absent outside the time shown."""

    title: str
    width: float
    height: float
    head: float
    left: float
    years: tuple[Band, ...]
    months: tuple[Band, ...]
    days_off: str
    lanes: tuple[DrawnLane, ...]
    today: float | None


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    @property
    def step(self) -> float:
        return min(DAYS / ((self.last - self.first).days + 1), _WIDEST_DAY)

    def x(self, day: date) -> float:
        return round(LABELS + (day - self.first).days * self.step, 2)

    def middle(self, day: date) -> float:
        return round(self.x(day) + self.step / 2, 2)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last


def draw_gantt(rows: Sequence[GanttRow], *, today: date, is_day_off: Callable[[date], bool]) -> GanttChart | None:
    """The chart over whole months from the first day to the last, at most four years; none where nothing has a day."""
    days = [mark.due for row in rows for mark in row.marks] + [
        day for row in rows for pair in row.stretches for day in pair
    ]
    if not days:
        return None
    first = min(days).replace(day=1)
    axis = _Axis(first, _month_end(min(max(days), first + timedelta(_LONGEST_DAYS))))
    height = HEAD + ROW * len(rows)
    return GanttChart(
        title=f"График сроков с {long_day(axis.first)} по {long_day(axis.last)}",
        width=WIDTH,
        height=height,
        head=HEAD,
        left=LABELS,
        years=_bands(axis, _year_end, lambda day: str(day.year), 40),
        months=_bands(axis, _month_end, lambda day: MONTHS_SHORT[day.month - 1], 24),
        days_off=_days_off(axis, is_day_off, height),
        lanes=tuple(_lane(row, index, axis) for index, row in enumerate(rows)),
        today=axis.middle(today) if axis.shows(today) else None,
    )


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)


def _bands(
    axis: _Axis, end_of: Callable[[date], date], label: Callable[[date], str], narrowest: float
) -> tuple[Band, ...]:
    """Months or years over the chart; one too narrow for its name stays without it."""
    bands, start = [], axis.first
    while start <= axis.last:
        end = min(end_of(start), axis.last)
        width = round(((end - start).days + 1) * axis.step, 2)
        bands.append(Band(axis.x(start), width, label(start) if width > narrowest else ""))
        start = end + timedelta(1)
    return tuple(bands)


def _days_off(axis: _Axis, is_day_off: Callable[[date], bool], height: float) -> str:
    """The days off as one path of rectangles, neighbours joined."""
    pieces, run, days = [], 0, (axis.last - axis.first).days + 1
    for offset in range(days + 1):
        if offset < days and is_day_off(axis.first + timedelta(offset)):
            run += 1
        elif run:
            width = round(run * axis.step, 2)
            pieces.append(f"M{axis.x(axis.first + timedelta(offset - run))} {HEAD}h{width}v{height - HEAD}h-{width}z")
            run = 0
    return "".join(pieces)


def _lane(row: GanttRow, index: int, axis: _Axis) -> DrawnLane:
    y = float(HEAD + ROW * index)
    lines = wrap(row.text, _LABEL_WIDTH, max_lines=2, placeholder="…")
    top = y + (23 if len(lines) == 1 else 16)
    marks = tuple(_mark(mark, y, axis) for mark in row.marks if axis.shows(mark.due))
    bars = tuple(_bar(start, end, axis) for start, end in row.stretches if start <= axis.last)
    placed = tuple((top + 14 * number, line) for number, line in enumerate(lines))
    return DrawnLane(y, row.text, row.url, placed, bars, marks, "" if row.marks else row.waiting)


def _bar(start: date, end: date, axis: _Axis) -> tuple[float, float]:
    end = min(end, axis.last)
    return axis.x(start), round(axis.x(end) + axis.step - axis.x(start), 2)


def _mark(mark: GanttMark, y: float, axis: _Axis) -> DrawnMark:
    words = [long_day(mark.due), mark.state.label, "нерабочий день" if mark.day_off else ""]
    title = ", ".join(word for word in words if word)
    return DrawnMark(axis.middle(mark.due), y + 12, mark.state.tone, mark.day_off, mark.url, title)
