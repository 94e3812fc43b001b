"""The clauses of a phrase in order: recursive descent over the tokens; a word no clause begins with is stepped over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vekha.deadlines.clauses import (
    DATE_STARTS,
    PERIOD_STEPS,
    Clause,
    Cycle,
    Dated,
    read_always,
    read_break,
    read_cycle_word,
    read_each,
    read_further,
    read_need,
    read_outside,
    read_times,
    read_weekday,
)
from vekha.deadlines.counting import Prefix, read_counted, read_day_of_event, read_event_first, read_on_day
from vekha.deadlines.dates import read_span
from vekha.deadlines.lexer import Cursor
from vekha.deadlines.syntax import Bound

_SILENT = frozenset(
    {"COMMA", "SEMI", "DASH", "COLON", "LPAR", "RPAR", "AND", "TERM", "FILLER", "BUT", "SLASH", "WEEKDAY", "PERIODW"}
)
_STAGES = frozenset({"этап", "этапа", "очередь", "раздел", "пункт", "подпункт", "часть", "шаг"})
_CLAUSE_ENDS = frozenset({"END", "COMMA", "SEMI", "RPAR", "LPAR", "FURTHER", "DASH"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grammar made of a phrase; ``rest`` holds the words it stepped over, ``breaks`` the clauses after a «;»."""

    clauses: tuple[Clause, ...]
    rest: tuple[str, ...]


def read_clauses(cursor: Cursor) -> Reading:
    """All clauses of a phrase; raises ``ImpossibleDate``."""
    clauses: list[Clause] = []
    rest: list[str] = []
    kinds = cursor.kinds
    while kinds[cursor.pos] != "END":
        clause = _read_clause(cursor)
        if clause is not None:
            clauses.append(clause)
            continue
        if kinds[cursor.pos] not in _SILENT and not _is_list_mark(cursor):
            rest.append(cursor.source(cursor.pos, cursor.pos + 1))
        cursor.pos += 1
    return Reading(tuple(clauses), tuple(rest))


def _is_list_mark(cursor: Cursor) -> bool:
    """«1)», «2.», «1 этап» at the beginning of a phrase or after a sign: the mark of a list, no number of the deadline."""
    position = cursor.pos
    if cursor.kinds[position] not in ("NUM", "ROMAN") or cursor.values[position] > 20:
        return False
    at_start = position == 0 or cursor.kinds[position - 1] in ("SEMI", "COMMA", "COLON", "RPAR")
    marked = cursor.text[cursor.end(position) : cursor.end(position) + 1] in (")", ".")
    return at_start and (marked or cursor.words[position + 1] in _STAGES)


def _read_clause(cursor: Cursor) -> Clause | None:
    start, doubts = cursor.pos, len(cursor.doubts)
    for reader in _READERS.get(cursor.kinds[start], _DATED_READERS):
        clause = reader(cursor)
        if clause is not None:
            return clause
        cursor.pos = start
        del cursor.doubts[doubts:]
    return None


def _read_prefix(cursor: Cursor) -> Prefix:
    """The bound and the prepositions before a date or count."""
    prefix, start = Prefix(), cursor.pos
    while True:
        kind, following = cursor.kinds[cursor.pos], cursor.kinds[cursor.pos + 1]
        if (kind == "NOT" and following == "LATER") or kind == "NOTLATER":
            prefix.bound = Bound.NOT_LATER_THAN
            cursor.pos += 2 if kind == "NOT" else 1
        elif (kind == "NOT" and following == "EARLIER") or kind == "NOTEARLIER":
            prefix.since = True
            cursor.pos += 2 if kind == "NOT" else 1
        elif kind == "STARTING":
            prefix.starting = True
            cursor.pos += 1
        elif cursor.pos > start and _take_hour(cursor):
            continue
        elif kind not in _PREFIX_WORDS or not _read_preposition(cursor, kind, following, prefix):
            return prefix


def _take_hour(cursor: Cursor) -> bool:
    """Step over «18:00», «12.00», «10 часов» before a date: the hour is not kept, the day is."""
    position = cursor.pos
    if cursor.looking_at("NUM", "COLON", "NUM"):
        position += 3
    elif cursor.kinds[position] == "DAYMONTH" and cursor.words[position].endswith(("00", "30")):
        position += 1
    elif cursor.kinds[position] != "NUM" or not cursor.words[position + 1].startswith("час"):
        return False
    if cursor.words[position].startswith("час") or cursor.words[position] in ("ч", "мск"):
        position += 1
    elif cursor.words[position + 1].startswith("час"):
        position += 2
    if cursor.kinds[position] not in DATE_STARTS:
        return False
    cursor.pos = position
    return True


def _read_preposition(cursor: Cursor, kind: str, following: str, prefix: Prefix) -> bool:
    """Step over one more preposition and note it; whether there was one."""
    step = 1
    if kind in ("DO", "K"):
        if prefix.bound is not Bound.NOT_LATER_THAN:
            prefix.bound = Bound.BEFORE if kind == "DO" else Bound.NOT_LATER_THAN
    elif kind == "COURSE" or (kind == "V" and following == "COURSE"):
        prefix.course, step = True, 2 if kind == "V" else 1
    elif kind == "THROUGH" or (kind == "PO" and following == "EXPIRY"):
        prefix.through, step = True, 2 if kind == "PO" else 1
    elif kind == "ZA" and (following in _COUNT_STARTS or following in PERIOD_STEPS):
        prefix.before = True
    elif kind == "PO" and following in _PLAIN_DATES:
        prefix.bound = Bound.NOT_LATER_THAN
    elif not _is_filler(kind, following):
        return False
    cursor.pos += step
    return True


_AFTER_PREPOSITION = frozenset({"TERM", "WORD", "NOT", "NOTLATER", "DAYW", "WORK", "MOMENT", "PERIODW"})
_PREFIX_WORDS = frozenset(
    {
        "PERIODW",
        "DO",
        "K",
        "COURSE",
        "V",
        "THROUGH",
        "PO",
        "ZA",
        "NA",
        "COMMA",
        "THAN",
        "TERM",
        "FILLER",
        "EXPIRY",
        "WHOLE",
    }
)
_COUNT_STARTS = frozenset({"NUM", "NUMERAL", "HALFSPAN", "DAYW"})
_PLAIN_DATES = frozenset({"NUM", "NUMERAL", "DATE", "ISO", "DAYMONTH", "MONTH", "YEAR"})


def _is_filler(kind: str, following: str) -> bool:
    """Prepositions and words that change nothing: «в срок», «на 2024 год», «не позднее, чем»."""
    if kind in ("V", "NA", "ZA"):
        return following in DATE_STARTS or following in _AFTER_PREPOSITION
    if kind == "PERIODW":
        return following == "S"
    if kind == "COMMA":
        return following in ("THAN", "NOT")
    return kind in ("THAN", "TERM", "FILLER", "EXPIRY", "WHOLE")


def _read_dated(cursor: Cursor) -> Clause | None:
    """A date, a period, a count or a day of a cycle, with what stands before it."""
    start = cursor.pos
    prefix = _read_prefix(cursor)
    here, kind = cursor.pos, cursor.kinds[cursor.pos]
    if cursor.kinds[here] == "END" or (here > start and kind in ("CYCLE", "FURTHER")):
        return None
    clause = read_counted(cursor, prefix)
    if clause is not None:
        return clause
    cursor.pos = here
    span = read_span(cursor)
    if span is None:
        cursor.pos = here
        clause = read_on_day(cursor, prefix)
        if clause is None and (here > start or kind == "NEXT"):
            clause = read_day_of_event(cursor, prefix)
        return clause
    sure = kind in ("ENDOF", "FINISH") or cursor.take("FILLER")
    return Dated(
        prefix.bound,
        span,
        since=prefix.since or span.last is None,
        starting=prefix.starting,
        sure=sure,
        bare=here == start,
    )


def _read_step_plural(cursor: Cursor) -> Clause | None:
    """«по кварталам», «по итогам квартала», «по окончании каждого полугодия»."""
    start = cursor.pos
    cursor.pos += 1
    summed = cursor.words[cursor.pos] in ("итогам", "результатам", "окончании", "завершении", "окончанию", "завершению")
    if summed:
        cursor.pos += 1
        while cursor.kinds[cursor.pos] in ("EACH", "REPORT"):
            cursor.pos += 1
    elif not cursor.words[cursor.pos].endswith(("ам", "ям")):
        return None
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    cursor.pos += 1
    if every is None or (summed and cursor.kinds[cursor.pos] not in _CLAUSE_ENDS):
        cursor.pos = start
        return None
    return Cycle(every)


def _read_to_weekday(cursor: Cursor) -> Clause | None:
    if cursor.kinds[cursor.pos + 1] != "WEEKDAY":
        return None
    cursor.pos += 1
    return read_weekday(cursor)


def _read_on_every(cursor: Cursor) -> Clause | None:
    """«в последний день каждого квартала», «в конце каждого месяца»."""
    start = cursor.pos
    if cursor.kinds[cursor.pos] in ("V", "NA", "DO", "K"):
        cursor.pos += 1
    if not cursor.take("ENDOF") or not cursor.take("EACH"):
        cursor.pos = start
        return None
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    if every is None:
        cursor.pos = start
        return None
    cursor.pos += 1
    return Cycle(every)


Reader = Callable[[Cursor], Clause | None]
_DATED_READERS: tuple[Reader, ...] = (_read_dated,)
_READERS: dict[str, tuple[Reader, ...]] = {
    "FURTHER": (read_further,),
    "CYCLE": (read_cycle_word,),
    "EACH": (read_each,),
    "TIMES": (read_times,),
    "TWICE": (read_times,),
    "NUM": (read_times, _read_dated),
    "NUMERAL": (read_times, _read_dated),
    "NOT": (read_times, _read_dated),
    "PO": (read_need, read_outside, _read_step_plural, _read_to_weekday, _read_dated, read_event_first),
    "PRI": (read_need,),
    "NEED": (read_need,),
    "PERMANENT": (read_always,),
    "NA": (read_always, _read_on_every, _read_dated),
    "V": (read_further, read_need, read_always, read_outside, _read_on_every, _read_dated),
    "COURSE": (read_always, _read_dated),
    "WHOLE": (read_always, _read_dated),
    "DO": (_read_on_every, _read_dated),
    "K": (_read_on_every, _read_dated),
    "ENDOF": (_read_on_every, _read_dated),
    "ACCORD": (read_outside,),
    "SCHEDULE": (read_outside,),
    "TERM": (read_outside, _read_dated),
    "AFTER": (read_event_first,),
    "S": (read_event_first, _read_dated),
    "WORD": (_read_dated,),
    "PERIODW": (_read_dated,),
    "COMMA": (),
    "SEMI": (read_break,),
    "DASH": (),
    "COLON": (),
    "RPAR": (),
    "AND": (),
    "BUT": (),
}
