"""What the rules see: one order file, its deadlines as dates, and everything it may be judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from vekha.calendar.periods import add_months, last_day_of_month
from vekha.calendar.working_days import WorkCalendar
from vekha.checks.reference import AlignedRoadmap, Reference
from vekha.deadlines import Deadline, DueDate, Resolution, parse_deadline, resolve
from vekha.deadlines.syntax import OnDate, Period, RelativeDate, YearlessDate
from vekha.intake.document import Document, Paragraph
from vekha.orders.model import Indicator, Measure, Order, OrderFile, Roadmap
from vekha.packs.library import Library
from vekha.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class StatedDay:
    """One day a deadline means; ``is_written`` is false for repetitions and for ends of periods that only follow from the words.

    ``is_first`` is true for the day that does not come from a repetition.
    """

    due: DueDate
    is_written: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its place in the file, the days of its deadline, and what the language of deadlines says about the phrase."""

    roadmap_index: int
    index: int
    roadmap: Roadmap
    measure: Measure
    days: tuple[StatedDay, ...]
    problems: tuple[Problem, ...]

    @property
    def due(self) -> date | None:
        """The day the work must be done by: the last one that comes from no repetition; ``None`` where there is none yet."""
        return max((day.due.due for day in self.days if day.is_first), default=None)

    @property
    def label(self) -> str:
        """The measure as messages name it: by its number, or by its first words.

        A number is written «№ 5», wording in quotation marks.
        """
        if self.measure.number:
            return f"№ {self.measure.number}"
        text = self.measure.text
        return f"«{text if len(text) <= 60 else text[:60].rstrip() + '…'}»"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the document with its place; ``roadmap`` and ``measure`` are indices where it belongs to a measure."""

    text: str
    place: Place | None
    roadmap: int | None = None
    measure: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One order file with everything the rules may judge it by.

    ``document`` and ``source_lines`` (the raw lines of a text file) are absent where only the order is known; rules about the
    wording then look at its cells only. ``subsidy_year`` overrides the year the roadmaps state. ``grouped`` are the rows by
    roadmap.
    """

    order_file: OrderFile
    calendar: WorkCalendar
    library: Library
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]
    subsidy_year: int | None = None
    document: Document | None = None
    source_lines: tuple[str, ...] = field(default=(), repr=False)
    grouped: tuple[tuple[Row, ...], ...] = field(default=(), repr=False)
    reference: Reference | None = None

    @property
    def order(self) -> Order:
        """The order's own data, empty where the document is only a table."""
        return self.order_file.order or _NO_ORDER

    @property
    def roadmaps(self) -> tuple[Roadmap, ...]:
        """The roadmaps of the file."""
        return self.order_file.roadmaps

    def rows_of(self, roadmap: int) -> tuple[Row, ...]:
        """The measures of one roadmap."""
        return self.grouped[roadmap]

    def year_of(self, roadmap: Roadmap) -> int | None:
        """The subsidy year a roadmap is judged for."""
        return self.subsidy_year if self.subsidy_year is not None else roadmap.year

    def indicators(self) -> Iterator[tuple[int, Roadmap, tuple[Indicator, ...]]]:
        """Every list of indicators with the index of its roadmap."""
        for index, roadmap in enumerate(self.roadmaps):
            if roadmap.indicators:
                yield index, roadmap, roadmap.indicators

    def problems(self, *codes: str) -> Iterator[Problem]:
        """What the reading of the file noticed under these codes."""
        return (problem for problem in self.order_file.problems if problem.code in codes)

    def days_of(self, deadline: Deadline, *, year: int | None) -> tuple[StatedDay, ...]:
        """The days a deadline means for a wave of that subsidy year."""
        return _days(deadline, self.calendar, year=year, subsidy_year=year)


_NO_ORDER = Order()


def build_subject(
    order_file: OrderFile,
    *,
    calendar: WorkCalendar,
    library: Library,
    subsidy_year: int | None = None,
    document: Document | None = None,
    source_lines: Sequence[str] = (),
    reference: Reference | None = None,
) -> Subject:
    """Everything the rules look at, worked out once: the days of every deadline and the texts with their places."""
    grouped = tuple(
        tuple(
            _build_row(at, index, roadmap, each, calendar, subsidy_year) for index, each in enumerate(roadmap.measures)
        )
        for at, roadmap in enumerate(order_file.roadmaps)
    )
    return Subject(
        order_file=order_file,
        calendar=calendar,
        library=library,
        rows=tuple(row for rows in grouped for row in rows),
        grouped=grouped,
        passages=tuple(_passages(order_file, document)),
        subsidy_year=subsidy_year,
        document=document,
        source_lines=tuple(source_lines),
        reference=reference,
    )


def reference_day(subject: Subject, deadline: Deadline, row: Row, aligned: AlignedRoadmap) -> date | None:
    """The day a deadline of the reference means for the wave of the order's measure beside it; ``None`` where it means none."""
    year = aligned.alignment.a.year if aligned.years else subject.year_of(row.roadmap)
    days = [day.due.due for day in subject.days_of(deadline, year=year) if day.is_first]
    try:
        return add_months(max(days), 12 * aligned.years) if days else None
    except OverflowError:
        return None


def _build_row(
    at: int, index: int, roadmap: Roadmap, measure: Measure, calendar: WorkCalendar, subsidy_year: int | None
) -> Row:
    deadline = measure.deadline
    if deadline is None:
        return Row(at, index, roadmap, measure, (), ())
    wave = subsidy_year if subsidy_year is not None else roadmap.year
    _, spoken = parse_deadline(deadline.text, year=roadmap.year)
    resolution = resolve(deadline, calendar=calendar, year=roadmap.year, subsidy_year=wave)
    days = (
        _days(deadline, calendar, year=roadmap.year, subsidy_year=wave)
        if deadline.parts
        else tuple(_stated(deadline, resolution))
    )
    return Row(at, index, roadmap, measure, days, tuple(dict.fromkeys((*spoken, *resolution.problems))))


def _days(
    deadline: Deadline, calendar: WorkCalendar, *, year: int | None, subsidy_year: int | None
) -> tuple[StatedDay, ...]:
    found = [
        stated
        for part in deadline.parts or (deadline,)
        for stated in _stated(part, resolve(part, calendar=calendar, year=year, subsidy_year=subsidy_year))
    ]
    return tuple(sorted(found, key=_by_day))


def _stated(part: Deadline, resolution: Resolution) -> Iterator[StatedDay]:
    first, written = not _is_only_repeated(part), _is_written(part)
    for order, due in enumerate(resolution.dates):
        yield StatedDay(due, first and order == 0 and written, first and order == 0)


def _by_day(stated: StatedDay) -> date:
    return stated.due.due


def _is_only_repeated(deadline: Deadline) -> bool:
    """«ежеквартально»: no date of its own, only those of the repetition."""
    return deadline.repeat is not None and not isinstance(deadline.when, OnDate | YearlessDate | RelativeDate | Period)


def _is_written(deadline: Deadline) -> bool:
    """Whether the document itself names the day: a date, or a period whose end is no end of a month."""
    match deadline.when:
        case OnDate() | YearlessDate() | RelativeDate():
            return True
        case Period(_, end, 0) if end is not None:
            return end != last_day_of_month(end.year, end.month)
        case _:
            return False


def _passages(order_file: OrderFile, document: Document | None) -> Iterator[Passage]:
    """The texts of the measures and indicators, then the paragraphs around the tables (the titles, if there is no document)."""
    for at, roadmap in enumerate(order_file.roadmaps):
        for index, measure in enumerate(roadmap.measures):
            for text in _texts_of(measure):
                yield Passage(text, measure.place, at, index)
        for indicator in roadmap.indicators:
            yield Passage(indicator.name, indicator.place, at)
    if document is not None:
        for block in document.blocks:
            if isinstance(block, Paragraph):
                yield Passage(block.text, block.place)
        return
    for title in (order_file.order.title if order_file.order else None, *(each.title for each in order_file.roadmaps)):
        if title:
            yield Passage(title, None)


def _texts_of(measure: Measure) -> Iterator[str]:
    yield measure.text
    yield from (responsible.name for responsible in measure.responsibles)
    yield from (result.text for result in measure.results)
    if measure.deadline is not None:
        yield measure.deadline.text
    yield from (note.text for note in measure.notes)
