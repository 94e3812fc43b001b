"""From drafts to values: years borrowed from a neighbour or taken from the context, spans turned into dates and periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from vekha.deadlines.drafts import Draft
from vekha.deadlines.spans import Span, make_date
from vekha.deadlines.syntax import (
    Anchor,
    Every,
    NotUnderstood,
    OnDate,
    Period,
    Recurring,
    RelativeDate,
    RelativePeriod,
    Repeat,
    When,
    YearlessDate,
    YearlessPeriod,
)
from vekha.deadlines.years import ImpossibleDate, Year


def share_years(drafts: list[Draft]) -> None:
    """«1 марта, 1 июня 2024 года»: a date without a year takes it from its neighbour, if the order of dates allows."""
    for index in range(len(drafts) - 2, -1, -1):
        _borrow_year(drafts[index], drafts[index + 1], later=True)
    for index in range(1, len(drafts)):
        _borrow_year(drafts[index], drafts[index - 1], later=False)


def _borrow_year(draft: Draft, neighbour: Draft, *, later: bool) -> None:
    span, other = draft.when, neighbour.when
    if not isinstance(span, Span) or not isinstance(other, Span):
        return
    known = other.year if later else (other.last_year or other.year)
    if not span.year.is_open or span.year.shift or known.is_open or known.reporting:
        return
    in_order = span.first <= other.first if later else span.first >= (other.last or other.first)
    if in_order:
        draft.when = replace(span, year=known)


def settle(draft: Draft, year: int | None) -> tuple[When, bool]:
    """The value of a draft and whether its year came from the context; raises ``ImpossibleDate``."""
    span = draft.when
    if not isinstance(span, Span):
        return span, False
    inferred = False
    if span.year.is_open and year is not None:
        span, inferred = replace(span, year=Year(year + span.year.shift)), True
    if span.year.reporting:
        anchor = Anchor(span.first.day, month=span.first.month)
        draft.repeat = draft.repeat or Repeat(Every.YEAR, at=anchor)
        return Recurring(), False
    if span.year.number is not None:
        return _settle_dated(span, span.year.number), inferred
    if span.year.offset is not None:
        return _settle_relative(span, span.year.offset), False
    if span.year.shift:
        return NotUnderstood(), False
    if span.is_single_day:
        return YearlessDate(span.first.day, span.first.month), False
    return YearlessPeriod(span.first, span.last, span.workday), False


def _settle_dated(span: Span, year: int) -> When:
    try:
        if span.is_single_day:
            return OnDate(date(year, span.first.month, span.first.day))
        start = make_date(span.first, year)
        if span.last is None:
            return Period(start, None, span.workday)
        wraps = span.last_year is None and span.last < span.first
        last_year = (span.last_year.number if span.last_year else None) or year + wraps
        end = make_date(span.last, last_year)
    except ValueError as error:
        raise ImpossibleDate(f"{span.first.day:02d}.{span.first.month:02d}.{year}") from error
    if end < start:
        raise ImpossibleDate(f"с {start:%d.%m.%Y} по {end:%d.%m.%Y}")
    return Period(start, end, span.workday)


def _settle_relative(span: Span, offset: int) -> When:
    if span.is_single_day:
        return RelativeDate(span.first.day, span.first.month, offset)
    return RelativePeriod(span.first, span.last, offset, span.workday)
