"""Deadlines counted from something: from an event, and the days of a month, quarter or year that repeat.

«в течение 10 рабочих дней со дня подписания соглашения», «до 5 числа месяца, следующего за отчетным кварталом».
"""

from __future__ import annotations

from dataclasses import dataclass

from vekha.deadlines.clauses import PERIOD_STEPS, Clause, Counted, Dated, OnDay
from vekha.deadlines.dates import read_span
from vekha.deadlines.lexer import Cursor
from vekha.deadlines.syntax import After, Anchor, Bound, Every, Unit
from vekha.deadlines.years import read_number
from vekha.text.numerals import split_numeral

MAX_COUNT = 10_000
_UNITS = {
    "DAYW": Unit.DAY, "WEEKW": Unit.WEEK, "MONTHW": Unit.MONTH, "QUARTER": Unit.QUARTER, "YEAR": Unit.YEAR,
}  # fmt: skip
_GROWN_UNITS = (
    ("дневн", Unit.DAY), ("суточн", Unit.DAY), ("недельн", Unit.WEEK), ("месячн", Unit.MONTH), ("квартальн", Unit.QUARTER),
    ("годичн", Unit.YEAR),
)  # fmt: skip
_GENITIVES = {
    "окончании": "окончания", "окончанию": "окончания", "завершении": "завершения", "завершению": "завершения",
    "получении": "получения", "поступлении": "поступления", "итогам": "итогов", "результатам": "результатов",
    "подписании": "подписания", "утверждении": "утверждения", "заключении": "заключения", "открытии": "открытия",
    "создании": "создания", "предоставлении": "предоставления", "факту": "",
}  # fmt: skip
_TRAILING = " \t,;:.–—-("


@dataclass(slots=True)
class Prefix:
    """What stands before a date or a count: the bound and the prepositions, gathered word by word."""

    bound: Bound = Bound.ON
    course: bool = False
    through: bool = False
    before: bool = False
    since: bool = False
    starting: bool = False


def read_count(cursor: Cursor) -> tuple[int, Unit] | None:
    """«10 рабочих дней», «месяца», «десятидневный», «полугода»."""
    start = cursor.pos
    grown = _read_grown(cursor)
    if grown is not None:
        return grown
    number = read_number(cursor)
    count = 1 if number is None else number
    if count in range(1, MAX_COUNT // 6) and cursor.take("HALFSPAN"):
        return 6 * count, Unit.MONTH
    working = cursor.take("WORK")
    if not working:
        cursor.take("CAL")
    unit = _UNITS.get(cursor.kinds[cursor.pos])
    if unit is None or (working and unit is not Unit.DAY) or not _may_count(cursor, start, number, unit):
        cursor.pos = start
        return None
    cursor.pos += 1
    if unit is Unit.DAY and cursor.take("WORK"):
        working = True
    return count, Unit.WORKDAY if working else unit


def _may_count(cursor: Cursor, start: int, number: int | None, unit: Unit) -> bool:
    """Whether a number counts units: «2024 года» is a year, and a unit after a number not taken in is no «one»."""
    if number is None:
        return start == 0 or cursor.kinds[start - 1] not in ("NUM", "NUMERAL")
    if unit is Unit.YEAR and number >= 1000 and cursor.words[cursor.pos] != "лет":
        return False
    return 1 <= number <= MAX_COUNT


def _read_grown(cursor: Cursor) -> tuple[int, Unit] | None:
    """«десятидневный», «10-дневный», «месячный»: the number and the unit in one word."""
    position = cursor.pos
    count: int | None = None
    if cursor.kinds[position] == "NUM" and cursor.kinds[position + 1] == "DASH":
        count, position = cursor.values[position], position + 2
    if cursor.kinds[position] != "WORD":
        return None
    word = cursor.words[position]
    split = split_numeral(word)
    if split is not None:
        count, word = split
    unit = next((unit for stem, unit in _GROWN_UNITS if word.startswith(stem)), None)
    if unit is None or (count or 1) > MAX_COUNT:
        return None
    cursor.pos = position + 1
    cursor.take("TERM")
    return count or 1, unit


def read_counted(cursor: Cursor, prefix: Prefix) -> Clause | None:
    """A count with its event: the prefix stands before the cursor."""
    start = cursor.pos
    number_given = cursor.kinds[start] in ("NUM", "NUMERAL", "WORD")  # a word has its number inside
    found = read_count(cursor)
    if found is None:
        return None
    count, unit = found
    if prefix.before or (cursor.kinds[cursor.pos] == "DO" and not prefix.through):
        clause = _read_before(cursor, prefix, count, unit)
    elif _take_marker(cursor):
        clause = _read_after(cursor, prefix, count, unit)
    elif _may_lack_event(cursor, prefix, unit, number_given=number_given):
        clause = Counted(prefix.bound, After(count, unit, None))
    else:
        clause = None
    if clause is None:
        cursor.pos = start
    return clause


def _may_lack_event(cursor: Cursor, prefix: Prefix, unit: Unit, *, number_given: bool) -> bool:
    """«в течение 10 рабочих дней» counts from an event the phrase does not name; «в течение года» is a period."""
    if not (prefix.course or prefix.through or number_given):
        return False
    if not number_given and unit in (Unit.YEAR, Unit.QUARTER):
        return False
    return cursor.kinds[cursor.pos] in ("END", "COMMA", "SEMI", "RPAR", "FURTHER", "DASH", "LPAR")


def _read_before(cursor: Cursor, prefix: Prefix, count: int, unit: Unit) -> Clause | None:
    if not cursor.take("DO"):
        return None
    event = read_event(cursor)
    return Counted(prefix.bound, After(-count, unit, event)) if event else None


def _read_after(cursor: Cursor, prefix: Prefix, count: int, unit: Unit) -> Clause | None:
    start = cursor.pos
    every = _read_reporting_period(cursor)
    if every is not None:
        if unit in (Unit.DAY, Unit.WORKDAY) and 1 <= count <= 28:
            return OnDay(prefix.bound, Anchor(count, workday=unit is Unit.WORKDAY), every)
        if unit is Unit.MONTH and count == 1:
            return OnDay(prefix.bound, Anchor(-1), every)
    cursor.pos = start
    return Counted(prefix.bound, After(count, unit, read_event(cursor)))


def _read_reporting_period(cursor: Cursor) -> Every | None:
    """«окончания отчетного квартала», «отчетного месяца», «каждого квартала» at the end of a clause."""
    finished = cursor.take("FINISH")
    reported = cursor.take("EACH") or cursor.take("REPORT")
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    if every is None or not (finished or reported):
        return None
    cursor.pos += 1
    return every if cursor.kinds[cursor.pos] in ("END", "COMMA", "SEMI", "RPAR", "FURTHER", "DASH") else None


def _take_marker(cursor: Cursor) -> bool:
    """Step over «со дня», «с момента», «после», «от даты», «, следующих за днем»; whether one was there."""
    start = cursor.pos
    cursor.take("COMMA")
    if cursor.take("AFTER"):
        cursor.take("DAYW")
        return True
    if cursor.take("S") or cursor.take("OT"):
        if cursor.kinds[cursor.pos] in ("DAYW", "MOMENT", "DATEOF"):
            cursor.pos += 1
            _take_day_after(cursor)
            return True
    elif _take_day_after(cursor):
        return True
    elif cursor.kinds[cursor.pos] == "PO" and cursor.words[cursor.pos + 1] in _GENITIVES:
        cursor.pos += 1
        return True
    cursor.pos = start
    return False


def _take_day_after(cursor: Cursor) -> bool:
    """«, следующего за днем» adds nothing to «со дня»: the day itself is not counted anyway."""
    start = cursor.pos
    cursor.take("COMMA")
    if cursor.take_all("NEXT", "ZA", "DAYW"):
        return True
    cursor.pos = start
    return False


def read_event(cursor: Cursor) -> str | None:
    """The event a count starts from, as written; «по окончании» becomes «окончания»."""
    first, depth = cursor.pos, 0
    while cursor.kinds[cursor.pos] not in ("END", "SEMI"):
        kind = cursor.kinds[cursor.pos]
        if depth == 0 and _ends_event(cursor, kind):
            break
        depth += (kind == "LPAR") - (kind == "RPAR")
        if depth < 0:
            break
        cursor.pos += 1
    left = cursor.end(first - 1) if first else 0
    text = cursor.text[left : cursor.start(cursor.pos)].strip().rstrip(_TRAILING).lstrip(" ,–—-")
    opening = cursor.words[first]
    if opening in _GENITIVES and text.lower().startswith(opening):
        text = (_GENITIVES[opening] + text[len(opening) :]).strip()
    return text or None


def _at_final_date(cursor: Cursor) -> bool:
    """«с даты подписания по 31.12.2024»: whether the last day of the term is at the cursor."""
    return cursor.kinds[cursor.pos] in ("PO", "DO") and cursor.kinds[cursor.pos + 1] in ("NUM", "DATE", "ISO")


def _ends_event(cursor: Cursor, kind: str) -> bool:
    following = cursor.kinds[cursor.pos + 1]
    if kind in ("FURTHER", "CYCLE") or _at_final_date(cursor):
        return True
    if kind in ("COMMA", "DASH", "LPAR") and following in ("FURTHER", "CYCLE", "BUT", "NOT", "NOTLATER", "NEED"):
        return True
    if kind in ("COMMA", "DASH", "LPAR") and following in ("PO", "PRI"):
        return cursor.kinds[cursor.pos + 2] in ("MEASURE", "NEED", "REQUEST")
    return kind in ("V", "COURSE") and "COURSE" in (kind, following)


def read_event_first(cursor: Cursor) -> Clause | None:
    """«после подписания соглашения», «со дня подписания … в течение 10 рабочих дней», «с даты подписания по 31.12.2024»."""
    start = cursor.pos
    if not _take_marker(cursor):
        return None
    event = read_event(cursor)
    if event is None:
        cursor.pos = start
        return None
    here = cursor.pos
    if _at_final_date(cursor):
        bound = Bound.BEFORE if cursor.kinds[here] == "DO" else Bound.NOT_LATER_THAN
        cursor.pos += 1
        span = read_span(cursor)
        if span is not None:
            return Dated(bound, span)
        cursor.pos = here
    cursor.take("V")
    if cursor.take("COURSE"):
        found = read_count(cursor)
        if found is not None:
            return Counted(Bound.ON, After(found[0], found[1], event))
    cursor.pos = here
    return Counted(Bound.ON, After(None, None, event))


def read_day_of_event(cursor: Cursor, prefix: Prefix) -> Clause | None:
    """«не позднее дня открытия», «в день открытия», «на следующий день после …», «до открытия центра»."""
    start = cursor.pos
    if cursor.take("NEXT"):
        working = cursor.take("WORK")
        if cursor.take("DAYW") and _take_marker(cursor):
            return Counted(prefix.bound, After(1, Unit.WORKDAY if working else Unit.DAY, read_event(cursor)))
        cursor.pos = start
        return None
    if cursor.take("DAYW") or cursor.take("MOMENT"):
        count = 1 if _take_day_after(cursor) else 0
    elif prefix.bound is Bound.BEFORE and cursor.kinds[start] in ("WORD", "OPENING", "GETTING", "FINISH", "START"):
        count = 0
    else:
        return None
    event = read_event(cursor)
    if event is None:
        cursor.pos = start
        return None
    return Counted(prefix.bound, After(count, Unit.DAY, event))


# --- days of every cycle ---------------------------------------------------------------------------------------------


def read_on_day(cursor: Cursor, prefix: Prefix) -> Clause | None:
    """«10 числа месяца, следующего за отчетным», «5-го рабочего дня месяца», «в последний рабочий день квартала»."""
    start = cursor.pos
    day = -1 if cursor.take("LAST") else read_number(cursor)
    if day is None or not (day == -1 or 1 <= day <= 31):
        cursor.pos = start
        return None
    working = cursor.take("WORK")
    if not (cursor.take("DAYW") or (not working and cursor.take("DATEW"))):
        cursor.pos = start
        return None
    here = cursor.pos
    anchor, every = _read_place(cursor, day, working=working)
    return OnDay(prefix.bound, anchor, every, vague=cursor.pos == here)


def _read_place(cursor: Cursor, day: int, *, working: bool) -> tuple[Anchor, Every | None]:
    """Where the day lies: in which month of which cycle."""
    start = cursor.pos
    month = _read_ordinal_of_month(cursor)
    if month is not None:
        _skip_adjectives(cursor)
        every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
        if every in (Every.QUARTER, Every.HALF_YEAR, Every.YEAR):
            cursor.pos += 1
            length = {Every.QUARTER: 3, Every.HALF_YEAR: 6}.get(every, 12)
            return Anchor(day, workday=working, month_of_period=length if month == -1 else month), every
    cursor.pos = start
    if _read_following(cursor):
        return Anchor(day, workday=working), _read_reported(cursor)
    _skip_adjectives(cursor)
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    if every is None:
        return Anchor(day, workday=working), None
    cursor.pos += 1
    if every is Every.MONTH:
        _skip_adjectives(cursor)
        return Anchor(day, workday=working), every if not cursor.take("QUARTER") else Every.QUARTER
    last = {Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}.get(every)
    return Anchor(day, workday=working, month_of_period=last if day == -1 else 1), every


def _skip_adjectives(cursor: Cursor) -> None:
    while cursor.kinds[cursor.pos] in ("EACH", "REPORT", "CURRENT", "CAL"):
        cursor.pos += 1


def _read_ordinal_of_month(cursor: Cursor) -> int | None:
    """«последнего месяца», «второго месяца»: −1 and 2."""
    number = -1 if cursor.take("LAST") else read_number(cursor)
    return number if number is not None and cursor.take("MONTHW") and number <= 12 else None


def _read_following(cursor: Cursor) -> bool:
    """«[первого] месяца, следующего за», «следующего месяца»: step over it."""
    start = cursor.pos
    read_number(cursor)
    if cursor.take_all("NEXT", "MONTHW"):
        return True
    if cursor.take("MONTHW"):
        cursor.take("COMMA")
        if cursor.take("NEXT"):
            if not cursor.take("ZA"):
                cursor.take("AFTER")
            return True
    cursor.pos = start
    return False


def _read_reported(cursor: Cursor) -> Every | None:
    """The period reported on after «следующего за»: «отчетным», «отчетным кварталом», «окончанием квартала»."""
    reported = cursor.take("REPORT") or cursor.take("EACH")
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    if every is not None:
        cursor.pos += 1
        return every
    if cursor.take("PERIODW"):
        return None
    return Every.MONTH if reported or cursor.kinds[cursor.pos - 1] == "MONTHW" else None
