"""The deadline of a row from whatever columns state it: one cell, start and end, or marks under quarters and months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vekha.deadlines import parse_deadline
from vekha.deadlines.syntax import Deadline, NotUnderstood, OnDate
from vekha.intake.columns import Columns
from vekha.intake.header_words import Role, Span
from vekha.intake.rows import RoadmapRow
from vekha.problems import Problem
from vekha.text.normalise import collapse

MARK = re.compile(
    r"^(?:[^\w\s\-–—.…]{1,3}|[xхvу1]|да)$", re.IGNORECASE
)  # any sign but a dash marks a quarter or a month
NOTHING = re.compile(r"^[\s\-–—.…_]*$")
QUARTERS = ("I", "II", "III", "IV")
MONTHS_NOMINATIVE = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def read_deadline(
    row: RoadmapRow, columns: Columns, *, year: int | None
) -> tuple[Deadline | None, tuple[Problem, ...]]:
    """The row's deadline and its problems, ``None`` where no cell states one; ``year`` is used if the phrase has none."""
    phrase = row.text(Role.DEADLINE)
    start, end = (collapse(row.text(role)) for role in (Role.START, Role.END))
    read: tuple[Deadline, tuple[Problem, ...]] | None
    if start or end:
        read = _between(start, end, phrase, year)
    elif row.spans and not phrase.strip():
        read = _from_spans(row, columns, year)
    else:
        read = None if NOTHING.match(phrase) else parse_deadline(phrase, year=year)
    if read is None:
        return None, ()
    deadline, problems = read
    return deadline, tuple(replace(problem, place=row.place) for problem in problems)


def _between(start: str, end: str, phrase: str, year: int | None) -> tuple[Deadline, tuple[Problem, ...]]:
    if not end or NOTHING.match(end):
        end = collapse(phrase)
    if not start or NOTHING.match(start) or start == end:
        return parse_deadline(end or start, year=year)
    if not end:
        return parse_deadline(f"с {start}", year=year)
    joined = f"{start} – {end}"
    deadline, problems = parse_deadline(f"с {start} по {end}", year=year)
    if isinstance(deadline.when, NotUnderstood):
        deadline, problems = parse_deadline(end, year=year)
    return replace(deadline, text=joined), problems


def _from_spans(row: RoadmapRow, columns: Columns, year: int | None) -> tuple[Deadline, tuple[Problem, ...]] | None:
    """Marks under quarters or months as the phrase an official would write; dates written there are taken as they are."""
    marked: list[Span] = []
    phrases: list[str] = []
    years: set[int | None] = set()
    for column, text in sorted(row.spans.items()):
        span = columns.span(column)
        line = collapse(text)
        if NOTHING.match(line) or span is None:
            continue
        years.add(span.year)
        if MARK.match(line):
            marked.append(span)
        else:
            phrases.append(line)
    phrases.extend(_span_phrase(group) for group in _neighbours(marked))
    if not phrases:
        return None
    stated = years.pop() if len(years) == 1 else None
    return parse_deadline(", ".join(phrases), year=stated or year)


def _neighbours(spans: Sequence[Span]) -> list[tuple[Span, Span]]:
    """First and last of each unbroken run of spans."""
    runs: list[tuple[Span, Span]] = []
    for span in spans:
        if runs and _follows(runs[-1][1], span):
            runs[-1] = (runs[-1][0], span)
        else:
            runs.append((span, span))
    return runs


def _follows(before: Span, span: Span) -> bool:
    """Whether one span begins where another ends: the next quarter or month of a year, or a whole year after a whole year."""
    if before.last_month - before.first_month == 11:
        return before.year is not None and span.year == before.year + 1
    return before.last_month + 1 == span.first_month and before.year == span.year


def _span_phrase(run: tuple[Span, Span]) -> str:
    first, last = run
    year = f" {last.year} года" if last.year else ""
    if first.last_month - first.first_month == 11:
        return f"{first.year} год" if first == last else f"{first.year} – {last.year} годы"
    if first.last_month - first.first_month == 2:
        names = [QUARTERS[span.first_month // 3] for span in run]
        return f"{names[0]} квартал{year}" if names[0] == names[1] else f"{names[0]} – {names[1]} кварталы{year}"
    months = [MONTHS_NOMINATIVE[span.first_month - 1] for span in run]
    return f"{months[0]}{year}" if months[0] == months[1] else f"{months[0]} – {months[1]}{year}"


def year_after(deadline: Deadline | None, year: int | None) -> int | None:
    """The year a bare date in the next row is in: the last one stated above it."""
    if deadline is not None and isinstance(deadline.when, OnDate):
        return deadline.when.day.year
    return year


def rolls_over(above: date, month: int, day: int) -> bool:
    """Whether a date without a year, standing under ``above``, must be of the next year: it would otherwise go back half a year.

    >>> rolls_over(date(2023, 12, 29), 1, 31)
    True
    """
    return (above.month - month) * 31 + above.day - day > 180
