"""Reading dates and periods: «1 марта 2024 года», «I квартал», «с 1 по 15 марта», «последний рабочий день декабря».

Every reader takes a cursor and gives a ``Span``, or ``None``; ``read_span`` leaves the cursor where it was in that case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from vekha.deadlines.lexer import Cursor, numbers_of
from vekha.deadlines.numbered import JOINERS, read_decade, read_month, read_numbered
from vekha.deadlines.spans import (
    SCHOOL_END,
    SCHOOL_START,
    Span,
    day_span,
    is_leap,
    join_spans,
    month_span,
)
from vekha.deadlines.syntax import MonthDay
from vekha.deadlines.years import (
    FOUR_DIGITS,
    ImpossibleDate,
    Year,
    read_adjective_year,
    read_number,
    read_relative,
    read_x_year,
    read_year,
    read_year_number,
)

_LONGEST_RANGE = 60


def read_span(cursor: Cursor) -> Span | None:
    """A date or a period at the cursor, ranges included; raises ``ImpossibleDate``."""
    start = cursor.pos
    if cursor.kinds[start] == "S":
        return _read_from_to(cursor)
    span = _read_single(cursor)
    if span is None:
        cursor.pos = start
        return None
    return _read_range_end(cursor, span)


def _read_single(cursor: Cursor) -> Span | None:
    reader = _READERS.get(cursor.kinds[cursor.pos])
    return reader(cursor) if reader else None


def _read_from_to(cursor: Cursor) -> Span | None:
    """«с 1 по 15 марта 2024 г.»; without an end the period stays open."""
    start = cursor.pos
    cursor.pos += 1
    if cursor.kinds[cursor.pos] == "NUM" and cursor.kinds[cursor.pos + 1] in ("PO", "DO"):
        day = cursor.values[cursor.pos]
        cursor.pos += 2
        end = _read_single(cursor)
        if end is None or not end.is_day:
            cursor.pos = start
            return None
        quote = cursor.source(start, cursor.pos)
        return join_spans(day_span(end.first.month, day, end.year, quote=quote), end)
    first = _read_single(cursor)
    if first is None:
        cursor.pos = start
        return None
    if cursor.looking_at("COMMA", "PO"):
        cursor.pos += 1
    if cursor.kinds[cursor.pos] in ("PO", "DO"):
        before = cursor.pos
        cursor.pos += 1
        last = _read_single(cursor)
        if last is not None:
            return join_spans(first, last)
        cursor.pos = before
    return replace(first, last=None)


def _read_range_end(cursor: Cursor, span: Span) -> Span:
    """«01.03.2024 – 15.03.2024», «январь – март 2024»: the second half of a range, if it follows."""
    before = cursor.pos
    if cursor.kinds[before] == "DASH":
        cursor.pos += 1
        cursor.take("PO")
        last = _read_single(cursor)
        if last is not None and last.is_day == span.is_day and last.workday == span.workday == 0:
            return join_spans(span, last)
        cursor.pos = before
    return span


def _read_numeric(cursor: Cursor) -> Span:
    """«01.03.2024», «01.03.24», «2024-03-01»."""
    start = cursor.pos
    numbers = numbers_of(cursor.words[start])
    if cursor.kinds[start] == "ISO":
        numbers.reverse()
    day, month, number = numbers
    quote = cursor.source(start, start + 1)
    cursor.pos += 1
    cursor.take("YEAR")
    if number == 0 and cursor.words[start].endswith("0000"):
        raise ImpossibleDate(quote)
    return day_span(month, day, Year(2000 + number if number < 100 else number), quote=quote)


def _read_day_month(cursor: Cursor) -> Span | None:
    """«01.03», «01.03 2024»; «18.00» is an hour, not a date."""
    start = cursor.pos
    day, month = numbers_of(cursor.words[start])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    cursor.pos += 1
    return day_span(month, day, read_year(cursor), quote=cursor.source(start, cursor.pos))


def _read_month_year(cursor: Cursor) -> Span:
    month, year = numbers_of(cursor.words[cursor.pos])
    cursor.pos += 1
    cursor.take("YEAR")
    return month_span(month, month, Year(year))


def _read_from_number(cursor: Cursor) -> Span | None:
    start = cursor.pos
    number = read_number(cursor)
    if number is None:
        return None
    kind = cursor.kinds[cursor.pos]
    if kind == "MONTH" or (kind == "WORD" and number <= 31):
        return _read_day_of_month(cursor, start, number)
    if kind in ("QUARTER", "HALF", "DECADE", "HALFOF"):
        return read_numbered(cursor, start)
    if kind == "WORK":
        return _read_nth_workday(cursor, number)
    if kind in JOINERS or kind == "SLASH":
        return _read_number_pair(cursor, start, number)
    cursor.pos = start
    year = read_year_number(cursor)
    if year is None:
        return _read_x_span(cursor)
    if cursor.kinds[cursor.pos - 1] == "YEAR" or cursor.kinds[cursor.pos] in (
        "END",
        "SEMI",
        "COMMA",
        "FURTHER",
        "RPAR",
    ):
        return month_span(1, 12, year)
    return None


def _read_day_of_month(cursor: Cursor, start: int, day: int) -> Span | None:
    month = read_month(cursor)
    if month is None:
        return None
    cursor.take("MONTHW")
    year = read_year(cursor)
    return day_span(month, day, year, quote=cursor.source(start, cursor.pos))


def _read_number_pair(cursor: Cursor, start: int, number: int) -> Span | None:
    """«1–15 марта», «1, 15 марта», «2024–2026 годы», «2024/2025 учебный год», «I, II кварталы»."""
    sign, other = cursor.kinds[cursor.pos], cursor.pos + 1
    if cursor.kinds[other] not in ("NUM", "ROMAN"):
        cursor.pos = start
        return _read_lone_year(cursor)
    second, after = cursor.values[other], cursor.kinds[other + 1]
    if after == "SCHOOL" or (sign == "SLASH" and number in FOUR_DIGITS):
        return _read_school_years(cursor, number, second)
    if number in FOUR_DIGITS:
        return _read_years(cursor, number)
    if after in ("QUARTER", "HALF") or (after in JOINERS and cursor.kinds[other + 2] in ("NUM", "ROMAN")):
        found = read_numbered(cursor, start)
        if found is not None:
            return found
    return _read_shared_month(cursor, start, number)


def _read_shared_month(cursor: Cursor, start: int, day: int) -> Span | None:
    """«1–15 марта», or the first of «1, 10 и 15 марта»: its month comes later."""
    ahead = start + 1
    while cursor.kinds[ahead] in JOINERS and cursor.kinds[ahead + 1] == "NUM" and ahead < start + 24:
        ahead += 2
    if cursor.kinds[ahead] != "MONTH" or ahead == start + 1:
        cursor.pos = start
        return None
    month = cursor.values[ahead]
    if cursor.kinds[start + 1] != "DASH":
        cursor.pos = start + 1
        return day_span(month, day, quote=cursor.source(start, ahead + 1))
    cursor.pos = start + 2
    last = _read_single(cursor)
    if last is None:
        cursor.pos = start
        return None
    return join_spans(day_span(month, day, last.year, quote=cursor.source(start, cursor.pos)), last)


def _read_lone_year(cursor: Cursor) -> Span | None:
    year = read_year_number(cursor)
    return month_span(1, 12, year) if year is not None else None


def _read_school_years(cursor: Cursor, first: int, second: int) -> Span | None:
    cursor.pos += 2
    cursor.take("SCHOOL")
    cursor.take("YEAR")
    if first not in FOUR_DIGITS or second not in (first + 1, (first + 1) % 100) or first == 9999:
        return None
    return Span(SCHOOL_START, SCHOOL_END, Year(first), last_year=Year(first + 1))


def _read_years(cursor: Cursor, first: int) -> Span | None:
    """«2024–2026 годы», «2024, 2025, 2026 годы», «2024 и 2025 годах»: years one after another."""
    last, position = first, cursor.pos
    while cursor.kinds[position] in JOINERS and cursor.kinds[position + 1] == "NUM":
        following = cursor.values[position + 1]
        is_range = cursor.kinds[position] == "DASH" and first < following <= first + _LONGEST_RANGE
        if following not in FOUR_DIGITS or (not is_range and following != last + 1):
            break
        if cursor.kinds[position + 2] == "MONTH":
            break
        last, position = following, position + 2
    cursor.pos = position
    cursor.take("YEAR")
    return replace(month_span(1, 12, Year(first)), last_year=Year(last) if last != first else None)


def _read_roman(cursor: Cursor) -> Span | None:
    return read_numbered(cursor, cursor.pos)


def _read_months(cursor: Cursor) -> Span:
    """«сентябрь 2024», «март, апрель 2024»: months one after another are one period."""
    first = last = cursor.values[cursor.pos]
    cursor.pos += 1
    while cursor.kinds[cursor.pos] in ("COMMA", "AND") and cursor.kinds[cursor.pos + 1] == "MONTH":
        if cursor.values[cursor.pos + 1] != last + 1:
            break
        last += 1
        cursor.pos += 2
    cursor.take("MONTHW")
    return month_span(first, last, read_year(cursor))


def _read_year_word(cursor: Cursor) -> Span | None:
    """«год получения субсидии», «года, следующего за …», «год» of the context."""
    cursor.pos += 1
    return month_span(1, 12, read_relative(cursor))


def _read_x_span(cursor: Cursor) -> Span | None:
    year = read_x_year(cursor)
    return month_span(1, 12, year) if year is not None else None


def _read_adjective(cursor: Cursor) -> Span | None:
    year = read_adjective_year(cursor)
    return month_span(1, 12, year) if year is not None else None


def _read_school(cursor: Cursor) -> Span | None:
    """«учебный год 2024/2025», «учебный 2024-2025 год», «учебного года»."""
    cursor.pos += 1
    cursor.take("YEAR")
    cursor.take("LPAR")
    if cursor.kinds[cursor.pos] == "NUM" and cursor.kinds[cursor.pos + 1] in ("SLASH", "DASH"):
        first, second = cursor.values[cursor.pos], cursor.values[cursor.pos + 2]
        cursor.pos += 1
        found = _read_school_years(cursor, first, second)
        cursor.take("RPAR")
        return found
    return Span(SCHOOL_START, SCHOOL_END)


def _read_end(cursor: Cursor) -> Span | None:
    """«конца 2024 года», «окончания I квартала»: the last day of what follows."""
    cursor.pos += 1
    span = _read_single(cursor)
    if span is None or span.is_day or span.last is None:
        return None
    year = span.last_year or span.year
    if (span.first, span.last) == (SCHOOL_START, SCHOOL_END) and year.is_open:
        return span
    last = span.last
    if last == (2, 29):
        if year.number is None:
            return span
        last = last if is_leap(year.number) else MonthDay(2, 28)
    return Span(last, last, year, is_day=True)


def _read_start(cursor: Cursor) -> Span | None:
    """«начала учебного года», «начала 2025 года»: the first day of what follows."""
    cursor.pos += 1
    start = cursor.pos - 1
    span = _read_single(cursor)
    if span is None or span.is_day:
        return None
    if span.first != SCHOOL_START or span.last != SCHOOL_END:
        cursor.doubts.append(("vague-beginning", cursor.source(start, cursor.pos)))
    return Span(span.first, span.first, span.year, is_day=True)


def _read_last(cursor: Cursor) -> Span | None:
    """«последний рабочий день декабря 2024 года», «последний день марта», «последняя декада марта»."""
    cursor.pos += 1
    if cursor.take("DECADE"):
        cursor.pos -= 1
        return read_decade(cursor, 3)
    working = cursor.take("WORK")
    if not (cursor.take("DAYW") or (not working and cursor.take("DATEW"))):
        return None
    cursor.take("PERIODW")
    start = cursor.pos
    span = read_span(cursor)
    if span is None or span.is_day or span.last is None:
        cursor.pos = start
        return None
    if working:
        return replace(span, workday=-1)
    cursor.pos = start - 1
    return _read_end(cursor)


def _read_nth_workday(cursor: Cursor, number: int) -> Span | None:
    """«5-й рабочий день марта 2024 года»."""
    cursor.pos += 1
    if not cursor.take("DAYW") or not 1 <= number <= 250:
        return None
    cursor.take("PERIODW")
    span = read_span(cursor)
    if span is None or span.is_day or span.last is None:
        return None
    return replace(span, workday=number)


_READERS: dict[str, Callable[[Cursor], Span | None]] = {
    "DATE": _read_numeric,
    "ISO": _read_numeric,
    "DAYMONTH": _read_day_month,
    "MONTHYEAR": _read_month_year,
    "NUM": _read_from_number,
    "NUMERAL": _read_from_number,
    "ROMAN": _read_roman,
    "MONTH": _read_months,
    "YEAR": _read_year_word,
    "SCHOOL": _read_school,
    "CURRENT": _read_adjective,
    "NEXT": _read_adjective,
    "PREV": _read_adjective,
    "X": _read_x_span,
    "LPAR": _read_x_span,
    "ENDOF": _read_end,
    "FINISH": _read_end,
    "START": _read_start,
    "LAST": _read_last,
}
