"""The Gantt chart as plain geometry: where every mark, bar and day off stands, in pixels; a template draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import shorten, wrap

from vekha.calendar.periods import last_day_of_month
from vekha.calendar.working_days import WorkCalendar
from vekha.documents.plan.model import DueDay, PlanRow
from vekha.documents.plan.wording import MONTHS_SHORT, period_name, short_date, why_no_day

LABELS = 292
DAYS = 1040
HEAD = 40
ROW = 38

#: A longer stretch of time is drawn as several charts, so that a day stays wide enough to be seen.
MONTHS_IN_CHART = 30
#: More rows than this help nobody: the rest is in the tables.
ROWS_IN_CHART = 300
CHARTS = 6

#: The widest a day is drawn, so that a chart of one month is not a wall.
_WIDEST_DAY = 4.0
WAVE_COLOURS = 4

_LABEL_WIDTH = 44
_LEAD_DAYS = 200


@dataclass(frozen=True, slots=True)
class Band:
    """A month or a year in the head of the chart."""

    x: float
    width: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A due day; ``wave`` chooses the colour, ``title`` is what a pointer shows."""

    x: float
    day_off: bool
    wave: int
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: a stated period, or the time that leads to a day."""

    x: float
    width: float
    stated: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One measure's row; ``waiting`` is what stands in it where there is no day."""

    y: float
    label: str
    lines: tuple[str, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    waiting: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart over the whole months from ``first`` to ``last``; ``step`` is the width of a day."""

    first: date
    last: date
    step: float
    height: float
    years: tuple[Band, ...]
    months: tuple[Band, ...]
    days_off: str
    lanes: tuple[Lane, ...]


def draw_charts(
    rows: Sequence[PlanRow], *, calendar: WorkCalendar, waves: Sequence[int], adopted: date | None
) -> tuple[Chart, ...]:
    """The charts of one roadmap, one after the other in time; none where no measure has a day."""
    shown = rows[:ROWS_IN_CHART]
    days = sorted({moment for row in shown for day in row.days for moment in (day.start or day.due, day.due)})
    if adopted is not None and days and timedelta(0) < days[0] - adopted < timedelta(_LEAD_DAYS):
        days.insert(0, adopted)
    windows = list(_windows(days))[:CHARTS]
    return tuple(
        _draw(shown if index == 0 else _due_in(shown, first, last), first, last, calendar, waves, adopted)
        for index, (first, last) in enumerate(windows)
    )


def _due_in(rows: Sequence[PlanRow], first: date, last: date) -> tuple[PlanRow, ...]:
    """The rows of a later chart: only what is due or running in its time, for the first chart has shown them all."""
    return tuple(row for row in rows if any((day.start or day.due) <= last and day.due >= first for day in row.days))


def _windows(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """The stretches of whole months to draw, each of at most ``MONTHS_IN_CHART``, starting where something is due."""
    first: date | None = None
    last = date.min
    for day in days:
        if first is not None and _months(first, day) >= MONTHS_IN_CHART:
            yield first, last
            first = None
        if first is None:
            first = day.replace(day=1)
        last = last_day_of_month(day.year, day.month)
    if first is not None:
        yield first, last


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _draw(
    rows: Sequence[PlanRow], first: date, last: date, calendar: WorkCalendar, waves: Sequence[int], adopted: date | None
) -> Chart:
    step = min(DAYS / ((last - first).days + 1), _WIDEST_DAY)
    height = HEAD + ROW * len(rows)
    axis = _Axis(first, last, step)
    lanes = tuple(_lane(row, index, axis, waves, adopted) for index, row in enumerate(rows))
    return Chart(
        first, last, round(step, 4), height, _years(axis), _month_bands(axis), _days_off(axis, calendar, height), lanes
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    step: float

    def x(self, day: date) -> float:
        return round(LABELS + ((day - self.first).days) * self.step, 2)

    def middle(self, day: date) -> float:
        return round(self.x(day) + self.step / 2, 2)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last

    def bar(self, start: date, end: date, *, stated: bool) -> Bar:
        start, end = max(start, self.first), min(end, self.last)
        return Bar(self.x(start), round(max(self.x(end) + self.step - self.x(start), 1), 2), stated)


def _years(axis: _Axis) -> tuple[Band, ...]:
    bands = []
    for year in range(axis.first.year, axis.last.year + 1):
        start, end = max(axis.first, date(year, 1, 1)), min(axis.last, date(year, 12, 31))
        bands.append(Band(axis.x(start), round(((end - start).days + 1) * axis.step, 2), str(year)))
    return tuple(bands)


def _month_bands(axis: _Axis) -> tuple[Band, ...]:
    bands, start = [], axis.first
    while start <= axis.last:
        end = last_day_of_month(start.year, start.month)
        bands.append(Band(axis.x(start), round(end.day * axis.step, 2), MONTHS_SHORT[start.month - 1]))
        if end == date.max:
            break
        start = end + timedelta(1)
    return tuple(bands)


def _days_off(axis: _Axis, calendar: WorkCalendar, height: float) -> str:
    """The days off as one SVG path of rectangles, neighbours joined."""
    pieces, run = [], 0
    for offset in range((axis.last - axis.first).days + 2):
        day = axis.first + timedelta(offset) if offset <= (axis.last - axis.first).days else None
        if day is not None and calendar.is_day_off(day):
            run += 1
        elif run:
            x = round(LABELS + (offset - run) * axis.step, 2)
            width = round(run * axis.step, 2)
            pieces.append(f"M{x} {HEAD}h{width}v{height - HEAD}h-{width}z")
            run = 0
    return "".join(pieces)


def _lane(row: PlanRow, index: int, axis: _Axis, waves: Sequence[int], adopted: date | None) -> Lane:
    marks = tuple(_mark(row, day, axis, waves) for day in row.days if axis.shows(day.due))
    waiting = f"ждёт: {why_no_day(row.no_day, row.measure)}" if row.no_day is not None and not row.days else ""
    label = shorten(row.measure.text, 600, placeholder="…")
    lines = wrap(f"{row.label} {label}", _LABEL_WIDTH, max_lines=2, placeholder="…")
    return Lane(HEAD + ROW * index, label, tuple(lines), tuple(_bars(row, axis, adopted)), marks, waiting)


def _mark(row: PlanRow, day: DueDay, axis: _Axis, waves: Sequence[int]) -> Mark:
    words = [short_date(day.due), period_name(day.period), "нерабочий день" if day.day_off else ""]
    wave = waves.index(day.wave) % WAVE_COLOURS if day.wave in waves else 0
    return Mark(axis.middle(day.due), day.day_off, wave, f"{row.label} " + ", ".join(word for word in words if word))


def _bars(row: PlanRow, axis: _Axis, adopted: date | None) -> Iterator[Bar]:
    """Stated periods whole; before a day without a period, a thin line from the adoption or from the day before it."""
    previous: dict[int | None, date | None] = {}
    for day in row.days:
        begins = day.start or previous.get(day.wave, adopted)
        previous[day.wave] = day.due
        if begins is not None and begins < day.due and day.due >= axis.first and begins <= axis.last:
            yield axis.bar(begins, day.due, stated=day.start is not None)
