"""Rows of a roadmap → measures: deadline, responsibles, documents, items and stages, with what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from vekha.deadlines.syntax import Deadline, OnDate, YearlessDate, YearlessPeriod
from vekha.intake.cells.items import Item, read_items
from vekha.intake.cells.responsibles import read_responsibles
from vekha.intake.cells.results import read_results
from vekha.intake.columns import Columns
from vekha.intake.deadline_cells import read_deadline, rolls_over
from vekha.intake.header_words import Role
from vekha.intake.rows import RoadmapRow
from vekha.orders.model import Measure, Note
from vekha.problems import Problem, Severity
from vekha.stages.catalogue import Stage
from vekha.stages.classify import classify
from vekha.text.footnotes import strip_footnote_marks
from vekha.text.normalise import collapse

CERTAIN = 0.8
SCHOOL_YEAR_BEGINS = 8  # plans for a school year begin with getting ready in August
FIELDS = {
    Role.TEXT: "text",
    Role.RESPONSIBLE: "responsibles",
    Role.RESULT: "results",
    Role.DEADLINE: "deadline",
    Role.START: "deadline",
    Role.END: "deadline",
}


def build_measures(
    rows: Sequence[RoadmapRow], columns: Columns, *, year: int | None, school_year: int | None = None
) -> tuple[tuple[Measure, ...], tuple[Problem, ...]]:
    """The measures of one roadmap in order; the year its title states, or the school year that begins then, completes dates."""
    measures: list[Measure] = []
    problems: list[Problem] = []
    last_date: date | None = None
    for row in rows:
        if school_year is not None:
            deadline, found = _deadline_in_school_year(row, columns, school_year)
        else:
            deadline, found = _deadline_in_context(row, columns, year=year, last_date=last_date)
        problems.extend(found)
        if deadline is not None and isinstance(deadline.when, OnDate):
            last_date = deadline.when.day
        measures.append(_build_measure(row, columns, deadline))
    problems.extend(_number_gaps(measures))
    return tuple(measures), tuple(problems)


def _deadline_in_context(
    row: RoadmapRow, columns: Columns, *, year: int | None, last_date: date | None
) -> tuple[Deadline | None, tuple[Problem, ...]]:
    """The deadline with its year from the title, or else from the row above (the next year where it would go back)."""
    deadline, problems = read_deadline(row, columns, year=year)
    if deadline is None or year is not None or last_date is None:
        return deadline, problems
    match deadline.when:
        case YearlessDate(day, month):
            return read_deadline(row, columns, year=last_date.year + rolls_over(last_date, month, day))
        case YearlessPeriod(_, end) if end is not None:
            return read_deadline(row, columns, year=last_date.year + rolls_over(last_date, end.month, end.day))
        case _:
            return deadline, problems


def _deadline_in_school_year(
    row: RoadmapRow, columns: Columns, first: int
) -> tuple[Deadline | None, tuple[Problem, ...]]:
    """The deadline with the year in which its month falls: from August on the school year's first, before it the second."""
    deadline, problems = read_deadline(row, columns, year=None)
    match deadline.when if deadline is not None else None:
        case YearlessDate(_, month):
            return read_deadline(row, columns, year=first + (month < SCHOOL_YEAR_BEGINS))
        case YearlessPeriod(start, end) if end is not None:
            return read_deadline(row, columns, year=first + (start.month < SCHOOL_YEAR_BEGINS))
        case _:
            return deadline, problems


def _build_measure(row: RoadmapRow, columns: Columns, deadline: Deadline | None) -> Measure:
    text = strip_footnote_marks(row.text(Role.TEXT))
    results = strip_footnote_marks(row.text(Role.RESULT))
    found = read_items(text)
    stages = _item_stages(found.lead, found.items)
    stage = stages[0] if stages is not None else classify(collapse(text), collapse(results)).stage
    return Measure(
        number=row.number,
        text=collapse(text),
        items=tuple(item.text for item in found.items),
        responsibles=read_responsibles(strip_footnote_marks(row.text(Role.RESPONSIBLE))),
        results=read_results(results),
        deadline=deadline,
        stage=stage,
        item_stages=stages,
        place=row.place,
        section=row.section,
        confidence=min(row.confidence.values(), default=1.0),
        uncertain=tuple(dict.fromkeys(FIELDS[role] for role, sure in row.confidence.items() if sure < CERTAIN)),
        notes=tuple(Note(columns.labels[column], collapse(text)) for column, text in sorted(row.notes.items())),
    )


def _item_stages(lead: str, items: Sequence[Item]) -> tuple[Stage, ...] | None:
    """The stages of items that are measures of their own and differ; ``None`` where the items only list what one measure is about."""
    if not items or lead:
        return None
    stages = tuple(classify(" ".join((*item.headings, item.text))).stage for item in items)
    known = [stage for stage in stages if stage is not Stage.OTHER]
    if len(set(known)) < 2:
        return None
    return stages


def _number_gaps(measures: Sequence[Measure]) -> list[Problem]:
    """Plain numbers that skip one: a row of the document may be lost."""
    problems = []
    numbers = [(int(measure.number), measure) for measure in measures if measure.number and measure.number.isdigit()]
    for (above, _), (number, measure) in pairwise(numbers):
        if number > above + 1:
            lost = str(above + 1) if number == above + 2 else f"{above + 1}–{number - 1}"
            problems.append(
                Problem(
                    "numbers-not-contiguous",
                    f"После строки {above} идёт строка {number}: в документе нет строки {lost}.",
                    Severity.WARNING,
                    "Сверьте с оригиналом: строка могла потеряться при копировании или распознавании.",
                    measure.place,
                )
            )
    return problems
