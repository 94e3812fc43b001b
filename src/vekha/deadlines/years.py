"""The year of a deadline: a number, «получения субсидии», «X − 1», «следующего за отчетным»; and numbers in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vekha.deadlines.lexer import Cursor
from vekha.text.numerals import parse_numeral

_DESCRIPTION = frozenset({"WORD", "SUBSIDY", "OPENING", "GETTING", "V", "NA", "S", "PO", "AND"})
_PREPOSITIONS = frozenset({"V", "NA", "S", "PO", "AND"})
_DATES = frozenset({"NUM", "NUMERAL", "DATE", "ISO", "DAYMONTH", "MONTHYEAR", "MONTH", "ROMAN", "COURSE", "LAST"})
_FARTHEST = 20
FOUR_DIGITS = range(1000, 10_000)
"""Numbers that may be years."""


class ImpossibleDate(ValueError):
    """A day that no calendar has: «31 июня»; the argument quotes it."""


@dataclass(frozen=True, slots=True)
class Year:
    """What a phrase says of the year: a number; an ``offset`` from the subsidy year or from the reporting year; or nothing.

    ``shift`` moves a year that only the context states: «следующего года».
    """

    number: int | None = None
    offset: int | None = None
    reporting: bool = False
    shift: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the context has to state it."""
        return self.number is None and self.offset is None and not self.reporting


NO_YEAR = Year()


def read_number(cursor: Cursor) -> int | None:
    """A number in digits or words, with its repetition in brackets: «10 (десяти)»."""
    kind = cursor.kinds[cursor.pos]
    if kind == "NUM":
        number: int | None = cursor.values[cursor.pos]
        cursor.pos += 1
        if cursor.kinds[cursor.pos] == "LPAR" and cursor.kinds[cursor.pos + 1] == "NUMERAL":
            while cursor.kinds[cursor.pos] in ("LPAR", "NUMERAL"):
                cursor.pos += 1
            cursor.take("RPAR")
        return number
    if kind != "NUMERAL":
        return None
    start = cursor.pos
    while cursor.kinds[cursor.pos] == "NUMERAL":
        cursor.pos += 1
    for end in range(cursor.pos, start, -1):
        number = parse_numeral(" ".join(cursor.words[start:end]))
        if number is not None:
            cursor.pos = end
            return number
    cursor.pos = start
    return None


def read_year(cursor: Cursor) -> Year:
    """The year after a date or a period, ``NO_YEAR`` if none follows."""
    start = cursor.pos
    bracket = cursor.kinds[start] == "LPAR" and cursor.kinds[start + 1] != "X"
    if bracket or cursor.kinds[start] in ("V", "COMMA"):
        cursor.pos += 1
    year = _read_year_here(cursor)
    if year is None:
        cursor.pos = start
        return NO_YEAR
    if bracket:
        cursor.take("RPAR")
    return year


def _read_year_here(cursor: Cursor) -> Year | None:
    kind = cursor.kinds[cursor.pos]
    if kind in ("NUM", "NUMERAL"):
        return read_year_number(cursor)
    if kind in ("X", "LPAR"):
        return read_x_year(cursor) or (_read_bare_x(cursor) if kind == "LPAR" else None)
    if kind in ("CURRENT", "NEXT", "REPORT", "PREV"):
        return read_adjective_year(cursor)
    if kind == "YEAR":
        cursor.pos += 1
        return read_relative(cursor)
    if kind == "S" and cursor.words[cursor.pos + 1] == "г":
        cursor.pos += 2
        return NO_YEAR
    return None


def read_year_number(cursor: Cursor) -> Year | None:
    start = cursor.pos
    number = read_number(cursor)
    has_word = cursor.kinds[cursor.pos] == "YEAR"
    if number in FOUR_DIGITS:
        cursor.take("YEAR")
        return Year(number)
    digits = cursor.end(start) - cursor.start(start)
    if number is not None and has_word and digits == 2 and cursor.kinds[start] == "NUM":
        cursor.pos += 1
        return Year(2000 + number)
    if number == 0 and has_word:
        raise ImpossibleDate(cursor.source(start, cursor.pos + 1))
    cursor.pos = start
    return None


def read_x_year(cursor: Cursor) -> Year | None:
    """«X − 1 года», «(X-1) года», «X года»."""
    start = cursor.pos
    year = _read_bare_x(cursor)
    if year is None or not cursor.take("YEAR"):
        cursor.pos = start
        return None
    return year


def read_adjective_year(cursor: Cursor) -> Year | None:
    """«текущего года», «следующего года», «предыдущего года», «отчетного года»."""
    start = cursor.pos
    kind = cursor.kinds[start]
    cursor.pos += 1
    if kind == "NEXT" and cursor.take_all("ZA", "REPORT"):
        cursor.take("YEAR")
        return Year(reporting=True, shift=1)
    cursor.take("CAL")
    if not cursor.take("YEAR"):
        cursor.pos = start
        return None
    if kind == "REPORT":
        return Year(reporting=True)
    return Year(shift={"NEXT": 1, "PREV": -1}.get(kind, 0))


def read_relative(cursor: Cursor) -> Year:
    """What follows «года»: «получения субсидии», «, предшествующего году …», «X-1», «, следующего за отчетным»."""
    start = cursor.pos
    if cursor.kinds[start] in ("X", "LPAR"):
        year = _read_bare_x(cursor)
        if year is not None:
            return year
    cursor.take("COMMA")
    kind = cursor.kinds[cursor.pos]
    if kind in ("GETTING", "OPENING"):
        return _read_subsidy(cursor)
    if kind in ("PREV", "NEXT"):
        return _read_neighbour(cursor, -1 if kind == "PREV" else 1)
    if kind == "V" and cursor.kinds[cursor.pos + 1] == "WHICH":
        found = _read_in_which(cursor)
        if found is not None:
            return found
    cursor.pos = start
    return NO_YEAR


def _read_bare_x(cursor: Cursor) -> Year | None:
    """«X − 1», «(X-1)», «X»: the year of the subsidy is X."""
    start = cursor.pos
    bracket = cursor.take("LPAR")
    if not cursor.take("X"):
        cursor.pos = start
        return None
    offset = 0
    if cursor.kinds[cursor.pos] in ("DASH", "PLUS") and cursor.kinds[cursor.pos + 1] == "NUM":
        offset = cursor.values[cursor.pos + 1] * (1 if cursor.kinds[cursor.pos] == "PLUS" else -1)
        cursor.pos += 2
    if (bracket and not cursor.take("RPAR")) or abs(offset) > _FARTHEST:
        cursor.pos = start
        return None
    return Year(offset=offset)


def _read_subsidy(cursor: Cursor) -> Year:
    """«получения субсидии из федерального бюджета»: everything up to the next sign belongs to it."""
    if cursor.kinds[cursor.pos] == "OPENING":
        cursor.doubts.append(("year-of-opening", cursor.words[cursor.pos]))
    cursor.pos += 1
    while _describes(cursor):
        cursor.pos += 1
    return Year(offset=0)


def _describes(cursor: Cursor) -> bool:
    """Whether the next word still tells of the subsidy: «из федерального бюджета», not «по 1 марта»."""
    kind, following = cursor.kinds[cursor.pos], cursor.kinds[cursor.pos + 1]
    return kind in _DESCRIPTION and not (kind in _PREPOSITIONS and following in _DATES)


def _read_neighbour(cursor: Cursor, by: int) -> Year:
    """«предшествующего году получения субсидии», «следующего за отчетным»; beside any other year it shifts the context's."""
    cursor.pos += 1
    if not (cursor.take("ZA") or cursor.take("AFTER")):
        cursor.take("K")
    if by == 1 and cursor.take("REPORT"):
        cursor.take("YEAR")
        return Year(reporting=True, shift=1)
    if cursor.take("YEAR"):
        inner = read_relative(cursor)
    elif cursor.kinds[cursor.pos] in ("GETTING", "OPENING"):
        inner = _read_subsidy(cursor)
    else:
        inner = NO_YEAR
    return Year(shift=by) if inner.offset is None else replace(inner, offset=inner.offset + by)


def _read_in_which(cursor: Cursor) -> Year | None:
    """«года, в котором получена субсидия»."""
    cursor.pos += 2
    seen = False
    while _describes(cursor):
        seen = seen or cursor.kinds[cursor.pos] in ("SUBSIDY", "OPENING", "GETTING")
        cursor.pos += 1
    return Year(offset=0) if seen else None
