"""The clauses a deadline is put together from, and the readers of those that state no date of their own.

A clause is what stands between commas: a date, a repetition, «далее», «по необходимости», somebody's schedule.
"""

from __future__ import annotations

from dataclasses import dataclass

from vekha.deadlines.lexer import Cursor
from vekha.deadlines.spans import Span
from vekha.deadlines.syntax import After, Anchor, Bound, Every, External, ScheduleSource
from vekha.deadlines.words import STEPS
from vekha.deadlines.years import read_number


@dataclass(frozen=True, slots=True)
class Dated:
    """A date or a period; ``since`` marks a beginning («не ранее», «с»), ``starting`` the first of a series («начиная с»).

    ``sure`` is true where «до» leaves no doubt: «включительно», «до конца»; ``bare`` where no preposition stands before.
    """

    bound: Bound
    span: Span
    since: bool = False
    starting: bool = False
    sure: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """«ежеквартально», «1 раз в год», «каждый месяц»."""

    every: Every


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day of every cycle: «до 10 числа месяца, следующего за отчетным»; ``every`` is the cycle it names itself.

    ``vague`` is true where no month is named: «до 10 числа».
    """

    bound: Bound
    anchor: Anchor
    every: Every | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """So long after or before an event."""

    bound: Bound
    when: After


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody else's schedule."""

    when: External


@dataclass(frozen=True, slots=True)
class Further:
    """«далее»."""


@dataclass(frozen=True, slots=True)
class Needed:
    """«по мере необходимости», «по запросу»."""


@dataclass(frozen=True, slots=True)
class Always:
    """«постоянно», «весь период»."""


@dataclass(frozen=True, slots=True)
class Break:
    """A semicolon: what follows is said of something else."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A clause the language sees but cannot say: «раз в два года»."""


Clause = Dated | Cycle | OnDay | Counted | Outside | Further | Needed | Always | Unknown | Break

FURTHER, NEEDED, ALWAYS, UNKNOWN, BREAK = Further(), Needed(), Always(), Unknown(), Break()
PERIOD_STEPS = {
    "WEEKW": Every.WEEK, "MONTHW": Every.MONTH, "QUARTER": Every.QUARTER, "HALF": Every.HALF_YEAR,
    "HALFSPAN": Every.HALF_YEAR, "YEAR": Every.YEAR,
}  # fmt: skip
DATE_STARTS = frozenset(
    {"NUM", "NUMERAL", "DATE", "ISO", "DAYMONTH", "MONTHYEAR", "MONTH", "ROMAN", "YEAR", "SCHOOL", "CURRENT", "NEXT",
     "PREV", "X", "LAST", "ENDOF", "START", "WHOLE", "FINISH"}
)  # fmt: skip
_BREAKS = frozenset({"FURTHER", "CYCLE", "BUT", "NOT", "NOTLATER", "DO", "K", "EACH", "DATE", "ISO"})
_STOPS = frozenset({"END", "COMMA", "SEMI", "LPAR", "RPAR", "DASH", "FURTHER", "CYCLE", "DATE", "ISO"})
_PREPOSITIONS = frozenset({"S", "V", "DO", "PO", "NA", "COURSE", "NOT", "K"})
_SHARE_OF_YEAR = {1: Every.YEAR, 2: Every.HALF_YEAR, 4: Every.QUARTER, 12: Every.MONTH}
_MONTHS_OF_STEP = {1: Every.MONTH, 3: Every.QUARTER, 6: Every.HALF_YEAR, 12: Every.YEAR}
_MONTHS_IN = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


def read_cycle_word(cursor: Cursor) -> Clause | None:
    """«ежеквартально», and a noun it may stand before («ежегодного мониторинга» is no noun we know)."""
    cursor.pos += 1
    return Cycle(STEPS[cursor.values[cursor.pos - 1]])


def read_each(cursor: Cursor) -> Clause | None:
    """«каждый квартал», «каждого месяца»; «каждые 3 месяца»; «каждую пятницу»."""
    start = cursor.pos
    cursor.pos += 1
    cursor.take("CAL")
    if cursor.kinds[cursor.pos] == "WEEKDAY":
        return read_weekday(cursor)
    number = read_number(cursor)
    every = PERIOD_STEPS.get(cursor.kinds[cursor.pos])
    if every is None:
        cursor.pos = start
        return None
    cursor.pos += 1
    if number in (None, 1):
        return Cycle(every)
    longer = _MONTHS_OF_STEP.get(number or 0) if every is Every.MONTH else None
    return UNKNOWN if longer is None else Cycle(longer)


def read_weekday(cursor: Cursor) -> Clause | None:
    """«по пятницам», «каждый понедельник»."""
    cursor.pos += 1
    return OnDay(Bound.ON, Anchor(cursor.values[cursor.pos - 1]), Every.WEEK)


def read_times(cursor: Cursor) -> Clause | None:
    """«1 раз в квартал», «два раза в год», «раз в полгода», «раз в 3 месяца», «не реже 1 раза в год»."""
    start = cursor.pos
    if cursor.take("NOT"):
        cursor.take("RARELY")
        cursor.take("THAN")
    if cursor.take("TWICE"):
        times: int | None = 2
    else:
        times = read_number(cursor) if cursor.kinds[cursor.pos] in ("NUM", "NUMERAL") else 1
        if not cursor.take("TIMES"):
            cursor.pos = start
            return None
    every = _read_per(cursor, times or 0) if cursor.take("V") else None
    return UNKNOWN if every is None else Cycle(every)


def _read_per(cursor: Cursor, times: int) -> Every | None:
    """The step of so many times in what follows."""
    cursor.take("EACH")
    length = read_number(cursor)
    if length is None and cursor.kinds[cursor.pos] == "NUMERAL":
        return None
    kind = cursor.kinds[cursor.pos]
    cursor.pos += 1
    every = PERIOD_STEPS.get(kind)
    if every is None:
        return None
    if length not in (None, 1):
        return _MONTHS_OF_STEP.get(length or 0) if times == 1 and every is Every.MONTH else None
    if times == 1:
        return every
    months = _MONTHS_IN.get(every, 0)
    return _SHARE_OF_YEAR.get(12 * times // months) if months and (12 * times) % months == 0 else None


_OCCASIONS = ("поступлени", "возникновени", "обращени", "выявлени")


def _is_occasion(cursor: Cursor, position: int) -> bool:
    """«при поступлении …», «при наличии потребности»; «при наличии средств» is a condition, not an occasion."""
    if cursor.words[position].startswith(_OCCASIONS):
        return True
    wanted = cursor.kinds[position + 1] in ("NEED", "REQUEST") or cursor.words[position + 1].startswith(
        ("запрос", "заяв")
    )
    return cursor.words[position].startswith("наличи") and wanted


def read_need(cursor: Cursor) -> Clause | None:
    """«по мере необходимости», «при необходимости», «по запросу федерального оператора», «в случае необходимости»."""
    kinds, position = cursor.kinds, cursor.pos
    opening, following = kinds[position], kinds[position + 1]
    if opening == "NEED":
        cursor.pos += 1
        return NEEDED
    if opening == "PO" and following == "WORD" and kinds[position + 2] == "REQUEST":
        cursor.pos += 3
        _eat_description(cursor)
        return NEEDED
    if opening == "PRI" and following == "WORD" and _is_occasion(cursor, position + 1):
        cursor.pos += 2
        _eat_description(cursor)
        return NEEDED
    if (opening == "PO" and following in ("MEASURE", "REQUEST", "NEED")) or (
        opening in ("PRI", "V") and following in ("NEED", "CASE")
    ):
        cursor.pos += 2
        _eat_description(cursor)
        return NEEDED
    return None


def _eat_description(cursor: Cursor) -> None:
    """Step over the words that belong to a clause: up to a sign, a date or the next clause."""
    while cursor.kinds[cursor.pos] not in _STOPS:
        kind, following = cursor.kinds[cursor.pos], cursor.kinds[cursor.pos + 1]
        if kind in _PREPOSITIONS and (following in DATE_STARTS or following in ("COURSE", "LATER")):
            return
        cursor.pos += 1


def read_always(cursor: Cursor) -> Clause | None:
    """«постоянно», «на постоянной основе», «в течение всего периода», «весь период реализации проекта»."""
    start = cursor.pos
    if cursor.take("PERMANENT"):
        return ALWAYS
    if cursor.take_all("NA", "CONSTANT"):
        cursor.take("WORD")
        return ALWAYS
    for _ in range(2):
        if cursor.kinds[cursor.pos] in ("V", "NA", "COURSE", "ZA"):
            cursor.pos += 1
    if cursor.take("WHOLE") and cursor.kinds[cursor.pos] in ("PERIODW", "TERM"):
        _eat_description(cursor)
        return ALWAYS
    cursor.pos = start
    return None


def read_outside(cursor: Cursor) -> Clause | None:
    """«согласно графику …», «по отдельному плану», «в сроки, установленные …», «по согласованию»."""
    start = cursor.pos
    if not _opens_outside(cursor):
        cursor.pos = start
        return None
    depth = 0
    while cursor.kinds[cursor.pos] not in ("END", "SEMI", "FURTHER"):
        kind, following = cursor.kinds[cursor.pos], cursor.kinds[cursor.pos + 1]
        depth += (kind == "LPAR") - (kind == "RPAR")
        if depth < 0 or (kind in ("COMMA", "DASH", "LPAR") and following in _BREAKS):
            break
        if (kind == "DO" and following in DATE_STARTS) or kind in ("NOTLATER", "CYCLE"):
            break
        if kind == "NOT" and following == "LATER":
            break
        cursor.pos += 1
    return Outside(External(_source_of(" ".join(cursor.words[start : cursor.pos]))))


def _opens_outside(cursor: Cursor) -> bool:
    """Step over the words that open somebody else's schedule, if they do."""
    kinds, position = cursor.kinds, cursor.pos
    opening = kinds[position]
    if opening == "SCHEDULE" or (opening == "V" and kinds[position + 1] == "ACCORD"):
        cursor.pos += 1
        return True
    if opening == "ACCORD":
        cursor.pos += 1
        return True
    if opening == "PO":
        return _has_schedule_after(cursor, ("SCHEDULE", "AGREEMENT"))
    if opening in ("V", "TERM"):
        return _has_set_term(cursor)
    return False


def _has_schedule_after(cursor: Cursor, wanted: tuple[str, ...]) -> bool:
    for ahead in range(cursor.pos + 1, min(cursor.pos + 5, len(cursor.kinds))):
        if cursor.kinds[ahead] in wanted:
            cursor.pos = ahead
            return True
        if cursor.kinds[ahead] not in ("WORD", "PERIODW", "CURRENT"):
            return False
    return False


_SETTING = (
    "установл",
    "устанавл",
    "уточн",
    "сообщ",
    "определ",
    "предусм",
    "указан",
    "утвержд",
    "согласов",
    "довед",
    "заплан",
    "прописан",
    "обознач",
)


def _has_set_term(cursor: Cursor) -> bool:
    """«в сроки, установленные Минпросвещения», «в установленные сроки», «сроки определяются отдельно»."""
    ahead, seen_term, seen_setting = cursor.pos, False, False
    while ahead < cursor.pos + 7 and not (seen_term and seen_setting):
        kind, word = cursor.kinds[ahead], cursor.words[ahead]
        seen_term = seen_term or kind == "TERM"
        seen_setting = seen_setting or (kind == "WORD" and word.startswith(_SETTING))
        if kind in ("END", "SEMI", "NUM", "DO", "DASH", "COLON", "NOT") or ahead + 1 >= len(cursor.kinds):
            break
        ahead += 1
    if seen_term and seen_setting:
        cursor.pos = ahead
        return True
    return False


def _source_of(words: str) -> ScheduleSource | None:
    """Whose schedule the words name, the one named first."""
    found = [(position, source) for stem, source in _SOURCES if (position := words.find(stem)) >= 0]
    return min(found)[1] if found else None


_SOURCES = (
    ("федеральным оператором", ScheduleSource.FEDERAL_OPERATOR),
    ("федерального оператора", ScheduleSource.FEDERAL_OPERATOR),
    ("федеральному оператору", ScheduleSource.FEDERAL_OPERATOR),
    ("федеральный оператор", ScheduleSource.FEDERAL_OPERATOR),
    ("минпросвещ", ScheduleSource.MINISTRY),
    ("министерством просвещ", ScheduleSource.MINISTRY),
    ("министерства просвещ", ScheduleSource.MINISTRY),
    ("региональным координатор", ScheduleSource.REGIONAL_COORDINATOR),
    ("регионального координатор", ScheduleSource.REGIONAL_COORDINATOR),
    ("проектным офис", ScheduleSource.PROJECT_OFFICE),
    ("проектного офис", ScheduleSource.PROJECT_OFFICE),
    ("рвпо", ScheduleSource.PROJECT_OFFICE),
)


def read_further(cursor: Cursor) -> Clause | None:
    """«далее», «в дальнейшем», «в последующие годы»."""
    if cursor.take("FURTHER") or cursor.take_all("V", "FURTHER"):
        return FURTHER
    if cursor.take_all("V", "SUBSEQUENT"):
        cursor.take("YEAR")
        return FURTHER
    return None


def read_break(cursor: Cursor) -> Clause | None:
    """«;»."""
    cursor.pos += 1
    return BREAK
