"""A deadline in canonical Russian: reading what is written here gives the same deadline again."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from vekha.calendar.periods import last_day_of_month
from vekha.deadlines.syntax import (
    After,
    Anchor,
    Bound,
    Deadline,
    Every,
    External,
    MonthDay,
    NotUnderstood,
    OnDate,
    OnDemand,
    Period,
    Permanent,
    Reason,
    Recurring,
    RelativeDate,
    RelativePeriod,
    Repeat,
    ScheduleSource,
    Unit,
    When,
    YearlessDate,
    YearlessPeriod,
)
from vekha.text.months import MONTHS_GENITIVE, MONTHS_NOMINATIVE

_BOUNDS = {Bound.ON: "", Bound.NOT_LATER_THAN: "не позднее ", Bound.BEFORE: "до "}
_CYCLES = {
    Every.WEEK: "еженедельно", Every.MONTH: "ежемесячно", Every.QUARTER: "ежеквартально",
    Every.HALF_YEAR: "раз в полугодие", Every.YEAR: "ежегодно",
}  # fmt: skip
_REPORTED = {
    Every.QUARTER: "отчётным кварталом",
    Every.HALF_YEAR: "отчётным полугодием",
    Every.YEAR: "отчётным годом",
}
_OF_PERIOD = {Every.QUARTER: "квартала", Every.HALF_YEAR: "полугодия", Every.YEAR: "года"}
_UNITS = {
    Unit.WORKDAY: ("рабочий день", "рабочего дня", "рабочих дней"),
    Unit.DAY: ("день", "дня", "дней"),
    Unit.WEEK: ("неделю", "недели", "недель"),
    Unit.MONTH: ("месяц", "месяца", "месяцев"),
    Unit.QUARTER: ("квартал", "квартала", "кварталов"),
    Unit.YEAR: ("год", "года", "лет"),
}
_SOURCES = {
    None: "согласно отдельному графику",
    ScheduleSource.FEDERAL_OPERATOR: "согласно графику федерального оператора",
    ScheduleSource.MINISTRY: "согласно графику Минпросвещения России",
    ScheduleSource.REGIONAL_COORDINATOR: "согласно графику регионального координатора",
    ScheduleSource.PROJECT_OFFICE: "согласно графику проектного офиса",
}
_WEEKDAYS = ("понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям")
_ROMANS = ("I", "II", "III", "IV")
_YEAR_OF_SUBSIDY = {
    -1: "года, предшествующего году получения субсидии",
    0: "года получения субсидии",
    1: "года, следующего за годом получения субсидии",
}


def render(deadline: Deadline) -> str:
    """The deadline in canonical Russian; a phrase that is not understood as it stands.

    >>> render(Deadline("до 01.03.24", OnDate(date(2024, 3, 1)), Bound.NOT_LATER_THAN))
    'не позднее 1 марта 2024 года'
    """
    if deadline.parts:
        return "; ".join(render(part) for part in deadline.parts)
    when = deadline.when
    if isinstance(when, NotUnderstood):
        return _render_unknown(deadline.text, when.reason)
    if isinstance(when, Recurring):
        return _render_recurring(deadline, when)
    text = _render_when(when, deadline.bound)
    return text if deadline.repeat is None else f"{text}, далее – {_render_repeat(deadline.repeat)}"


def _render_unknown(text: str, reason: Reason) -> str:
    if reason is Reason.EMPTY:
        return "–"
    return "тот же срок" if reason is Reason.SAME_AS_ABOVE else text


def _render_when(when: When, bound: Bound) -> str:
    match when:
        case OnDate(day):
            return _BOUNDS[bound] + render_date(day)
        case YearlessDate(day, month):
            return f"{_BOUNDS[bound]}{day} {MONTHS_GENITIVE[month - 1]}"
        case RelativeDate(day, month, offset):
            return f"{_BOUNDS[bound]}{day} {MONTHS_GENITIVE[month - 1]} {_subsidy_year(offset)}"
        case Period() | YearlessPeriod() | RelativePeriod():
            return _render_period(when, bound)
        case External(source):
            return _SOURCES[source]
        case After():
            return _render_after(when, bound)
        case Permanent(start, end):
            return "постоянно" + _render_window(start, end)
        case OnDemand(start, end):
            return "по мере необходимости" + _render_window(start, end)
        case Recurring() | NotUnderstood():
            raise AssertionError("rendered apart")
        case _:
            assert_never(when)


def render_date(day: date) -> str:
    """«1 марта 2024 года».

    >>> render_date(date(2024, 3, 1))
    '1 марта 2024 года'
    """
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year:04d} года"


def _subsidy_year(offset: int) -> str:
    return _YEAR_OF_SUBSIDY.get(offset) or f"X {'−' if offset < 0 else '+'} {abs(offset)} года"


# --- periods ---------------------------------------------------------------------------------------------------------


def _render_period(when: Period | YearlessPeriod | RelativePeriod, bound: Bound) -> str:
    if when.end is None:
        return f"не ранее {_first_day(when)}"
    name = _name_period(when)
    if when.workday:
        place = "последний" if when.workday == -1 else f"{when.workday}-й"
        if bound is not Bound.ON:
            place = "последнего" if when.workday == -1 else f"{when.workday}-го"
        day = "рабочий день" if bound is Bound.ON else "рабочего дня"
        return f"{_BOUNDS[bound]}{place} {day} {name or 'периода ' + _from_to(when)}"
    if name is None:
        return _from_to(when) if bound is Bound.ON else _not_before(when, bound)
    return _BOUNDS[bound] + name if bound is not Bound.ON else f"в течение {name}"


def _year_suffix(when: Period | YearlessPeriod | RelativePeriod) -> str:
    """The year a period lies in, with a space before it; empty where it has none."""
    match when:
        case Period(start):
            return f" {start.year:04d} года"
        case YearlessPeriod():
            return ""
        case RelativePeriod(_, _, offset):
            return f" {_subsidy_year(offset)}"


def _ends(when: Period | YearlessPeriod | RelativePeriod) -> tuple[MonthDay, MonthDay, int]:
    """First and last day, and how many years apart; the last day of February is (2, 29) where the period closes with it."""
    if isinstance(when, Period):
        end = when.end or when.start
        closes = end == last_day_of_month(end.year, end.month) and end.month == 2
        last = MonthDay(2, 29) if closes else MonthDay(end.month, end.day)
        return MonthDay(when.start.month, when.start.day), last, end.year - when.start.year
    last = when.end or when.start
    return when.start, last, int(last < when.start)


def _name_period(when: Period | YearlessPeriod | RelativePeriod) -> str | None:
    """The name of a period in the genitive: «I квартала 2024 года»; ``None`` where only its ends name it."""
    first, last, years = _ends(when)
    year = _year_suffix(when)
    if (first, last, years) == ((9, 1), (8, 31), 1):
        return _name_school_year(when)
    if first.day != 1 or last.day != _length(last.month):
        return None
    if (first.month, last.month) == (1, 12):
        return _name_years(when, years)
    if years:
        return None
    months = last.month - first.month + 1
    if months == 1:
        return MONTHS_GENITIVE[first.month - 1] + year
    if months in (3, 6) and (first.month - 1) % months == 0:
        noun = "квартала" if months == 3 else "полугодия"
        return f"{_ROMANS[(first.month - 1) // months]} {noun}{year}"
    return None


def _length(month: int) -> int:
    return (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _name_school_year(when: Period | YearlessPeriod | RelativePeriod) -> str | None:
    match when:
        case Period(start):
            return f"{start.year:04d}/{start.year + 1:04d} учебного года"
        case YearlessPeriod():
            return "учебного года"
        case RelativePeriod():
            return None


def _name_years(when: Period | YearlessPeriod | RelativePeriod, years: int) -> str | None:
    if isinstance(when, Period):
        return (
            f"{when.start.year:04d} года" if not years else f"{when.start.year:04d}–{when.start.year + years:04d} годов"
        )
    if isinstance(when, YearlessPeriod):
        return "года"
    return _subsidy_year(when.year_offset)


def _first_day(when: Period | YearlessPeriod | RelativePeriod) -> str:
    if isinstance(when, Period):
        return render_date(when.start)
    return f"{when.start.day} {MONTHS_GENITIVE[when.start.month - 1]}{_year_suffix(when)}"


def _from_to(when: Period | YearlessPeriod | RelativePeriod) -> str:
    """«с 1 по 15 марта 2024 года», «с марта по апрель», «с 1 декабря 2023 года по 1 марта 2024 года»."""
    first, last, years = _ends(when)
    closing_year = _year_suffix(when) if not years else _later_year(when, years)
    opening_year = _year_suffix(when) if years else ""
    if first.day == 1 and last.day == _length(last.month) and (first.month != last.month or years):
        return (
            f"с {MONTHS_GENITIVE[first.month - 1]}{opening_year} по {MONTHS_NOMINATIVE[last.month - 1]}{closing_year}"
        )
    last_day = when.end.day if isinstance(when, Period) and when.end else last.day
    opening = f"{first.day} {MONTHS_GENITIVE[first.month - 1]}{opening_year}"
    if first.month == last.month and not years:
        opening = str(first.day)
    return f"с {opening} по {last_day} {MONTHS_GENITIVE[last.month - 1]}{closing_year}"


def _later_year(when: Period | YearlessPeriod | RelativePeriod, years: int) -> str:
    match when:
        case Period(start):
            return f" {start.year + years:04d} года"
        case YearlessPeriod():
            return ""
        case RelativePeriod(_, _, offset):
            return f" {_subsidy_year(offset + years)}"


def _not_before(when: Period | YearlessPeriod | RelativePeriod, bound: Bound) -> str:
    """«не ранее 1 марта 2024 года и не позднее 15 марта 2024 года»: the bound belongs to the end of the period."""
    _, last, years = _ends(when)
    last_day = when.end.day if isinstance(when, Period) and when.end else last.day
    closing_year = _later_year(when, years) if years else _year_suffix(when)
    closing = f"{last_day} {MONTHS_GENITIVE[last.month - 1]}{closing_year}"
    return f"не ранее {_first_day(when)} и {_BOUNDS[bound]}{closing}"


def _render_window(start: date | None, end: date | None) -> str:
    if start is not None and end is not None:
        return " " + _render_period(Period(start, end), Bound.ON)
    if start is not None:
        return f" с {render_date(start)}"
    return f" до {render_date(end)}" if end is not None else ""


# --- counts and repetitions ------------------------------------------------------------------------------------------


def _count(number: int, unit: Unit, *, genitive: bool) -> str:
    one, few, many = _UNITS[unit]
    last, teens = number % 10, 10 < number % 100 < 20
    if genitive:
        one, few = {"неделю": "недели", "рабочий день": "рабочего дня"}.get(one, few), many
    word = many if teens or last > 4 or last == 0 else (one if last == 1 else few)
    if unit is Unit.WORKDAY and not genitive and word == few:
        word = "рабочих дня"
    return f"{number} {word}"


def _render_after(when: After, bound: Bound) -> str:
    event = when.event or ""
    if when.count is None or when.unit is None:
        return f"после {event}"
    if when.count == 0:
        return {Bound.ON: "в день", Bound.NOT_LATER_THAN: "не позднее дня", Bound.BEFORE: "до дня"}[bound] + f" {event}"
    if when.count < 0:
        lead = "не позднее чем за" if bound is Bound.NOT_LATER_THAN else "за"
        return f"{lead} {_count(-when.count, when.unit, genitive=False)} до {event}"
    lead = {Bound.ON: "в течение", Bound.NOT_LATER_THAN: "не позднее чем через", Bound.BEFORE: "до истечения"}[bound]
    text = f"{lead} {_count(when.count, when.unit, genitive=bound is not Bound.NOT_LATER_THAN)}"
    return f"{text} со дня {event}" if event else text


def _render_repeat(repeat: Repeat) -> str:
    if repeat.every is None:
        return "по необходимости"
    text = _CYCLES[repeat.every]
    if repeat.at is not None:
        text += " " + _render_anchor(repeat.at, repeat.every, Bound.ON)
    if repeat.until is not None:
        text += f" до {render_date(repeat.until)}"
    return text + (" (по необходимости)" if repeat.if_needed else "")


def _render_recurring(deadline: Deadline, when: Recurring) -> str:
    repeat = deadline.repeat or Repeat(None, if_needed=True)
    if repeat.every is None:
        return "по необходимости"
    text = _CYCLES[repeat.every] + _render_window(when.start, when.end)
    if repeat.at is not None:
        text += ", " + _render_anchor(repeat.at, repeat.every, deadline.bound)
    return text + (" (по необходимости)" if repeat.if_needed else "")


def _render_anchor(anchor: Anchor, every: Every, bound: Bound) -> str:
    lead = _BOUNDS[bound]
    if every is Every.WEEK and not anchor.workday and anchor.day != -1:
        return f"по {_WEEKDAYS[anchor.day - 1]}"
    if anchor.month is not None and not anchor.workday and anchor.day != -1:
        return f"{lead}{anchor.day} {MONTHS_GENITIVE[anchor.month - 1]}"
    return f"{lead}{_name_day(anchor, bound)} {_name_place(anchor, every)}"


def _name_day(anchor: Anchor, bound: Bound) -> str:
    """«последнего рабочего дня», «в последний рабочий день», «10-го числа»."""
    if anchor.day == -1:
        day = "рабочий день" if anchor.workday else "день"
        return f"в последний {day}" if bound is Bound.ON else f"последнего {_GENITIVE_DAYS[day]}"
    return f"{anchor.day}-го {'рабочего дня' if anchor.workday else 'числа'}"


_GENITIVE_DAYS = {"рабочий день": "рабочего дня", "день": "дня"}


def _name_place(anchor: Anchor, every: Every) -> str:
    if anchor.month is not None:
        return MONTHS_GENITIVE[anchor.month - 1]
    if anchor.month_of_period is not None:
        return f"{anchor.month_of_period}-го месяца {_OF_PERIOD[every]}"
    if every in (Every.WEEK, Every.MONTH):
        return "недели" if every is Every.WEEK else "месяца"
    return f"месяца, следующего за {_REPORTED[every]}"
