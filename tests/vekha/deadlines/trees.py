"""Every deadline the language can hold, for property tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

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
    YearlessDate,
    YearlessPeriod,
)

LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
EVENTS = (
    "подписания соглашения",
    "утверждения плана мероприятий",
    "открытия центра «Точка роста»",
    "получения письма федерального оператора",
    "поступления запроса, оформленного письмом",
    "окончания ремонта",
    "приёмки оборудования (по акту)",
    "начала учебного года",
)

bounds = st.sampled_from(Bound)
days = st.dates(FIRST, LAST)
month_days = st.integers(1, 12).flatmap(
    lambda month: st.integers(1, LENGTHS[month - 1]).map(lambda day: MonthDay(month, day))
)
offsets = st.integers(-20, 20)
workdays = st.one_of(st.just(0), st.just(-1), st.integers(1, 250))


def _ordered(pair: tuple[date, date]) -> tuple[date, date]:
    return min(pair), max(pair)


def _months(first: int, last: int) -> tuple[MonthDay, MonthDay]:
    return MonthDay(first, 1), MonthDay(last, LENGTHS[last - 1])


named_spans = st.sampled_from(
    [_months(1, 12), (MonthDay(9, 1), MonthDay(8, 31))]
    + [_months(month, month) for month in range(1, 13)]
    + [_months(month, month + 2) for month in (1, 4, 7, 10)]
    + [_months(month, month + 5) for month in (1, 7)]
)
spans = st.one_of(named_spans, st.tuples(month_days, month_days).filter(lambda pair: pair[0] != pair[1]))
windows = st.one_of(
    st.just((None, None)),
    days.map(lambda day: (day, None)),
    st.tuples(days, days).map(_ordered).filter(lambda pair: pair[0] != pair[1]),
)
dated_spans = st.one_of(
    st.tuples(days, days).map(_ordered).filter(lambda pair: pair[0] != pair[1]),
    st.tuples(named_spans, st.integers(1990, 2100)).map(lambda found: _dated(*found)),
    st.tuples(st.integers(1990, 2050), st.integers(0, 5)).map(
        lambda years: (date(years[0], 1, 1), date(years[0] + years[1], 12, 31))
    ),
)


def _dated(span: tuple[MonthDay, MonthDay], year: int) -> tuple[date, date]:
    first, last = span
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = 28 if last == (2, 29) and not leap else last.day
    return date(year, *first), date(year + (last < first), last.month, day)


monthly_anchors = st.one_of(
    st.integers(1, 31).map(Anchor),
    st.just(Anchor(-1)),
    st.integers(1, 20).map(lambda day: Anchor(day, workday=True)),
    st.just(Anchor(-1, workday=True)),
)


def _placed(every: Every) -> st.SearchStrategy[Anchor]:
    last = {Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}[every]
    inside = st.tuples(monthly_anchors, st.integers(1, last)).map(
        lambda found: Anchor(found[0].day, workday=found[0].workday, month_of_period=found[1])
    )
    if every is not Every.YEAR:
        return st.one_of(monthly_anchors, inside)
    dated = month_days.map(lambda day: Anchor(day.day, month=day.month))
    working = st.tuples(st.one_of(st.just(-1), st.integers(1, 20)), st.integers(1, 12)).map(
        lambda found: Anchor(found[0], month=found[1], workday=True)
    )
    return st.one_of(monthly_anchors, inside, dated, working)


def anchors(every: Every) -> st.SearchStrategy[Anchor]:
    """The days a repetition with this step can name."""
    if every is Every.WEEK:
        return st.integers(1, 7).map(Anchor)
    if every is Every.MONTH:
        return monthly_anchors
    return _placed(every)


@st.composite
def repeats(draw: st.DrawFn, *, first_dated: bool) -> Repeat:
    """A repetition; after a first date it may be «по необходимости» alone."""
    every = draw(st.sampled_from([*Every, None]) if first_dated else st.sampled_from(Every))
    if every is None:
        return Repeat(None, if_needed=True)
    at = draw(st.one_of(st.none(), anchors(every)))
    until = draw(st.one_of(st.none(), days)) if first_dated else None
    return Repeat(every, draw(st.booleans()), at, until)


dates = st.one_of(
    days.map(OnDate),
    month_days.map(lambda day: YearlessDate(day.day, day.month)),
    st.tuples(month_days, offsets).map(lambda found: RelativeDate(found[0].day, found[0].month, found[1])),
)
periods = st.one_of(
    st.tuples(dated_spans, workdays).map(lambda found: Period(*found[0], found[1])),
    st.tuples(spans, workdays).map(lambda found: YearlessPeriod(*found[0], found[1])),
    st.tuples(spans, offsets, workdays).map(lambda found: RelativePeriod(*found[0], found[1], found[2])),
)
open_periods = st.one_of(
    days.map(lambda day: Period(day, None)),
    month_days.map(lambda day: YearlessPeriod(day, None)),
    st.tuples(month_days, offsets).map(lambda found: RelativePeriod(found[0], None, found[1])),
)
events = st.one_of(st.none(), st.sampled_from(EVENTS))


@st.composite
def counts(draw: st.DrawFn) -> tuple[After, Bound]:
    """A count after, on or before an event, with a bound that Russian has for it."""
    number = draw(st.integers(-400, 400))
    event = draw(events if number > 0 else st.sampled_from(EVENTS))
    if number == 0:
        return After(0, Unit.DAY, event), draw(bounds)
    bound = draw(bounds if number > 0 else st.sampled_from([Bound.ON, Bound.NOT_LATER_THAN]))
    return After(number, draw(st.sampled_from(Unit)), event), bound


@st.composite
def dated_deadlines(draw: st.DrawFn) -> Deadline:
    """A date, a period or a count, with a repetition or without."""
    repeat = draw(st.one_of(st.none(), repeats(first_dated=True)))
    if draw(st.booleans()):
        return Deadline("", draw(st.one_of(dates, periods)), draw(bounds), repeat)
    counted, bound = draw(counts())
    return Deadline("", counted, bound, repeat)


@st.composite
def recurring_deadlines(draw: st.DrawFn) -> Deadline:
    """A bare recurrence, perhaps inside a window; a bound only where it names a day."""
    repeat = draw(repeats(first_dated=False))
    start, end = draw(windows)
    weekly = repeat.every is Every.WEEK
    bound = draw(bounds) if repeat.at is not None and not weekly else Bound.ON
    return Deadline("", Recurring(start, end), bound, repeat)


undated = st.one_of(
    st.sampled_from([None, *ScheduleSource]).map(External),
    st.sampled_from(EVENTS).map(lambda event: After(None, None, event)),
    windows.map(lambda window: Permanent(*window)),
    windows.map(lambda window: OnDemand(*window)),
    open_periods,
).map(lambda when: Deadline("", when))
external_repeats = st.tuples(st.sampled_from([None, *ScheduleSource]), repeats(first_dated=True)).map(
    lambda found: Deadline("", External(found[0]), repeat=found[1])
)
unknown = st.sampled_from(
    [
        Deadline("", NotUnderstood(Reason.EMPTY)),
        Deadline("", NotUnderstood(Reason.SAME_AS_ABOVE)),
        Deadline("31 июня 2024 года", NotUnderstood(Reason.IMPOSSIBLE_DATE)),
        Deadline("когда-нибудь", NotUnderstood(Reason.NOT_UNDERSTOOD)),
    ]
)
single_deadlines = st.one_of(dated_deadlines(), recurring_deadlines(), undated, external_repeats, unknown)


@st.composite
def staged_deadlines(draw: st.DrawFn) -> Deadline:
    """Several dates by stages in one cell; the last is the main one."""
    parts = tuple(
        Deadline("", draw(dates.filter(lambda when: not isinstance(when, YearlessDate))), draw(bounds))
        for _ in range(draw(st.integers(2, 4)))
    )
    main = parts[-1]
    return Deadline("", main.when, main.bound, main.repeat, parts=parts)


deadlines = st.one_of(single_deadlines, staged_deadlines())
