"""An order file → its plan: every deadline resolved for every wave, every problem beside what the source says there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from vekha.calendar.working_days import WorkCalendar
from vekha.deadlines import Resolution, resolve
from vekha.deadlines.syntax import Deadline, NotUnderstood, Period, Permanent, RelativePeriod
from vekha.documents.plan.model import DueDay, NoDay, Plan, PlanRow, PlanSection, QuotedLine, QuotedProblem
from vekha.documents.plan.wording import where
from vekha.orders.model import Measure, OrderFile, Roadmap
from vekha.problems import Place, Problem

#: A quotation longer than this is cut in the middle: a problem may be about a whole document.
QUOTED_LINES = 8
_QUOTED_LENGTH = 600

_INDEXED_ROWS = 200

#: What the measures say, by the page, table, sheet and row they stand in.
_Cells = dict[tuple[int | None, int | None, str | None, int], list[str]]

#: Each day says itself that its calendar is provisional.
_SAID_BY_THE_DAY = "calendar-provisional"


def build_plan(
    order_file: OrderFile,
    *,
    calendar: WorkCalendar,
    subsidy_years: Sequence[int] = (),
    source_lines: Sequence[str] = (),
) -> Plan:
    """The plan of one file.

    ``subsidy_years`` are the waves to count relative deadlines from; without any, the year a roadmap states is used, and where
    there is none the deadlines wait for it. ``source_lines`` are the lines of a text file, to be quoted beside problems.
    """
    waves = tuple(sorted(set(subsidy_years)))
    sections = tuple(
        PlanSection(number, roadmap, tuple(_rows(roadmap, number, calendar, waves)))
        for number, roadmap in enumerate(order_file.roadmaps, start=1)
    )
    cells = _index([measure for roadmap in order_file.roadmaps for measure in roadmap.measures])
    problems = tuple(QuotedProblem(each, where(each.place), _quote(each, cells, source_lines)) for each in order_file.problems)
    return Plan(order_file, waves, sections, problems)


def _rows(roadmap: Roadmap, number: int, calendar: WorkCalendar, waves: tuple[int, ...]) -> Iterable[PlanRow]:
    for index, measure in enumerate(roadmap.measures, start=1):
        key = f"m{number}-{index}"
        label = measure.number or f"({index})"
        if measure.deadline is None:
            yield PlanRow(key, label, measure, (), NoDay.NOT_STATED, ())
            continue
        years = waves or ((roadmap.year,) if roadmap.year is not None else ())
        days, no_day, problems = _resolve(measure.deadline, roadmap.year, calendar, years)
        yield PlanRow(key, label, measure, days, no_day, problems)


def _resolve(
    deadline: Deadline, year: int | None, calendar: WorkCalendar, waves: tuple[int, ...]
) -> tuple[tuple[DueDay, ...], NoDay | None, tuple[Problem, ...]]:
    """The days for all waves, those that do not depend on a wave only once."""
    plain = resolve(deadline, calendar=calendar, year=year)
    by_wave = [(wave, resolve(deadline, calendar=calendar, year=year, subsidy_year=wave)) for wave in waves]
    dated = {day.due for day in plain.dates}
    found = {day.due: _day(deadline, None, day.due, day.period, calendar) for day in plain.dates}
    days = list(found.values())
    for wave, resolution in by_wave:
        days += [_day(deadline, wave, day.due, day.period, calendar) for day in resolution.dates if day.due not in dated]
    last = by_wave[-1][1] if by_wave else plain
    problems = tuple(problem for problem in last.problems if problem.code != _SAID_BY_THE_DAY)
    return tuple(sorted(days, key=lambda day: (day.due, day.wave or 0))), _no_day(deadline, last, has_days=bool(days)), problems


def _no_day(deadline: Deadline, resolution: Resolution, *, has_days: bool) -> NoDay | None:
    if resolution.waiting_for is not None:
        return NoDay(resolution.waiting_for.value)
    if has_days:
        return None
    if isinstance(deadline.when, Permanent):
        return NoDay.PERMANENT
    if isinstance(deadline.when, NotUnderstood):
        return NoDay.NOT_UNDERSTOOD
    return NoDay.NOT_STATED


def _day(deadline: Deadline, wave: int | None, due: date, period: str | None, calendar: WorkCalendar) -> DueDay:
    day_off = calendar.is_day_off(due)
    return DueDay(
        due=due,
        wave=wave,
        start=_start(deadline, wave, due),
        period=period,
        day_off=day_off,
        previous_workday=calendar.previous_workday(due),
        next_workday=calendar.next_workday(due),
        reason=calendar.reason(due) if day_off else "",
        provisional=calendar.is_provisional(due.year),
    )


def _start(deadline: Deadline, wave: int | None, due: date) -> date | None:
    """The first day of the stated period that ends on the due day."""
    for each in (*deadline.parts, deadline):
        match each.when:
            case Period(start, end) if end == due and start <= due:
                return start
            case RelativePeriod(start, _, offset) if wave is not None:
                first = date(wave + offset, *start)
                if first <= due and each.repeat is None:
                    return first
            case _:
                pass
    return None


def _quote(problem: Problem, cells: _Cells, source_lines: Sequence[str]) -> tuple[QuotedLine, ...]:
    place = problem.place
    if place is None:
        return ()
    if place.lines is not None and source_lines:
        first, last = place.lines
        numbers = range(max(first, 1), min(last, len(source_lines)) + 1)
        lines = [QuotedLine(number, _cut(source_lines[number - 1])) for number in numbers if source_lines[number - 1].strip()]
        if len(lines) > QUOTED_LINES:
            half = QUOTED_LINES // 2
            lines = [*lines[:half], QuotedLine(None, "…"), *lines[-half:]]
        return tuple(lines)
    found = dict.fromkeys(text for key in _keys(place) for text in cells.get(key, ()))
    return tuple(QuotedLine(None, text) for text in list(found)[:QUOTED_LINES])


def _index(measures: Sequence[Measure]) -> _Cells:
    """The cells of the measures by the rows they stand in, so that thousands of problems find theirs at once."""
    cells: _Cells = {}
    for measure in measures:
        for key in _keys(measure.place):
            cells.setdefault(key, []).append(_cut(_spoken(measure)))
    return cells


def _keys(place: Place) -> Iterator[tuple[int | None, int | None, str | None, int]]:
    """Page, table, sheet and row of everything a place covers; a very long place is known by its first rows."""
    span = place.rows or place.lines
    if span is not None:
        for row in range(span[0], min(span[1], span[0] + _INDEXED_ROWS) + 1):
            yield place.page, place.table, place.sheet, row


def _spoken(measure: Measure) -> str:
    """The cells of a measure as one line."""
    cells = [
        measure.number or "",
        measure.text,
        "; ".join(each.name for each in measure.responsibles),
        "; ".join(each.text for each in measure.results),
        measure.deadline.text if measure.deadline is not None else "",
    ]
    return " │ ".join(cell for cell in cells if cell)


def _cut(text: str) -> str:
    line = " ".join(text.replace("\t", " │ ").split())
    return line if len(line) <= _QUOTED_LENGTH else line[: _QUOTED_LENGTH - 1] + "…"
