"""Numbered parts of a year or month: «I квартал», «1-е полугодие», «вторая половина 2024 года», «первая декада марта»."""

from __future__ import annotations

from vekha.deadlines.lexer import Cursor
from vekha.deadlines.spans import LONGEST, Span, month_span
from vekha.deadlines.syntax import MonthDay
from vekha.deadlines.words import SCANNED_ROMANS, find_misspelled_month
from vekha.deadlines.years import read_number, read_relative, read_year

JOINERS = frozenset({"COMMA", "AND", "DASH"})


def read_month(cursor: Cursor) -> int | None:
    """The month at the cursor, a surely misspelled one too."""
    if cursor.kinds[cursor.pos] == "MONTH":
        cursor.pos += 1
        return cursor.values[cursor.pos - 1]
    if cursor.kinds[cursor.pos] != "WORD":
        return None
    month = find_misspelled_month(cursor.words[cursor.pos])
    if month is not None:
        cursor.doubts.append(("deadline-misspelled", cursor.source(cursor.pos, cursor.pos + 1)))
        cursor.pos += 1
    return month


def read_numbered(cursor: Cursor, start: int) -> Span | None:
    """«I квартал 2024 г.», «I–II кварталы», «1-е полугодие», «первая декада марта»."""
    cursor.pos = start
    numbers: list[int] = []
    while True:
        scanned = cursor.words[cursor.pos] in SCANNED_ROMANS and cursor.kinds[cursor.pos] == "ROMAN"
        number = _read_ordinal(cursor)
        if number is None:
            return None
        if scanned:
            cursor.doubts.append(("deadline-repaired", cursor.source(cursor.pos - 1, cursor.pos)))
        numbers.append(number)
        if not cursor.take_any(JOINERS):
            break
    kind = cursor.kinds[cursor.pos]
    if kind in ("DECADE", "HALFOF") and len(numbers) == 1:
        return (read_decade if kind == "DECADE" else _read_half_of)(cursor, numbers[0])
    length = {"QUARTER": 3, "HALF": 6}.get(kind)
    if length is None or not all(1 <= number <= 12 // length for number in numbers) or numbers != sorted(numbers):
        return None
    cursor.pos += 1
    return month_span((numbers[0] - 1) * length + 1, numbers[-1] * length, read_year(cursor))


def _read_ordinal(cursor: Cursor) -> int | None:
    if cursor.kinds[cursor.pos] == "ROMAN":
        cursor.pos += 1
        return cursor.values[cursor.pos - 1]
    return read_number(cursor)


def read_decade(cursor: Cursor, number: int) -> Span | None:
    cursor.pos += 1
    month = read_month(cursor)
    if month is None or not 1 <= number <= 3:
        return None
    last = LONGEST[month - 1] if number == 3 else number * 10
    return Span(MonthDay(month, number * 10 - 9), MonthDay(month, last), read_year(cursor))


def _read_half_of(cursor: Cursor, number: int) -> Span | None:
    """«вторая половина 2024 года», «первая половина марта»: 1–15 and 16 to the end."""
    cursor.pos += 1
    if number not in (1, 2):
        return None
    month = read_month(cursor)
    if month is not None:
        last = 15 if number == 1 else LONGEST[month - 1]
        return Span(MonthDay(month, 1 if number == 1 else 16), MonthDay(month, last), read_year(cursor))
    year = read_relative(cursor) if cursor.take("YEAR") else read_year(cursor)
    return month_span(number * 6 - 5, number * 6, year)
