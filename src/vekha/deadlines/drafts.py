"""Clauses put together: what «далее», a repetition before or after a date, and a second date mean for the first one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from vekha.deadlines.clauses import (
    Always,
    Break,
    Clause,
    Counted,
    Cycle,
    Dated,
    Further,
    Needed,
    OnDay,
    Outside,
    Unknown,
)
from vekha.deadlines.spans import Span, join_spans, make_date
from vekha.deadlines.syntax import (
    Anchor,
    Bound,
    Every,
    MonthDay,
    OnDemand,
    Permanent,
    Recurring,
    Repeat,
    When,
)
from vekha.deadlines.years import Year


@dataclass(slots=True)
class Draft:
    """A deadline in the making: ``when`` is still a span where its year may come from elsewhere."""

    when: When | Span
    bound: Bound = Bound.ON
    repeat: Repeat | None = None
    sure: bool = False
    starting: bool = False
    vague: bool = False


def _quarterly_anchor(days: list[MonthDay]) -> Anchor | None:
    """The one day of every quarter that four days of a year amount to: 10 April, 10 July, 10 October, 10 January."""
    months = {day.month for day in days}
    regular = len(months) == len(days) == 4 and len({month % 3 for month in months}) == 1
    if not regular or len({day.day for day in days}) != 1:
        return None
    place = (days[0].month - 1) % 3 + 1
    return Anchor(days[0].day, month_of_period=place if place > 1 else None)


class Assembly:
    """The drafts so far, «далее» if it was just read, and what could not be fitted in."""

    __slots__ = ("broken", "drafts", "further", "pending", "unfit")

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.further = False
        self.broken = False
        self.pending: OnDay | None = None
        self.unfit = False

    @property
    def last(self) -> Draft | None:
        """The draft a following clause may add to: the last one, unless a «;» stands between."""
        return self.drafts[-1] if self.drafts and (self.further or not self.broken) else None


def assemble(clauses: tuple[Clause, ...]) -> Assembly:
    """The deadlines the clauses make, in order."""
    assembly = Assembly()
    for clause in clauses:
        _add(assembly, clause)
        assembly.further = isinstance(clause, Further)
        assembly.broken = isinstance(clause, Break) or (assembly.broken and assembly.further)
    if assembly.pending is not None:
        assembly.unfit = True
    _spread_cycle(assembly.drafts)
    return assembly


def _spread_cycle(drafts: list[Draft]) -> None:
    """«ежеквартально: 1 апреля, 1 июля, 1 октября, 1 января»: every one of the days returns each year."""
    first = drafts[0] if len(drafts) > 1 else None
    if first is None or first.repeat not in (Repeat(Every.QUARTER), Repeat(Every.HALF_YEAR), Repeat(Every.MONTH)):
        return
    days = [draft.when for draft in drafts if isinstance(draft.when, Span) and _is_open_day(draft.when)]
    if len(days) != len(drafts) or any(draft.repeat is not None for draft in drafts[1:]):
        return
    anchor = _quarterly_anchor([day.first for day in days])
    if anchor is not None and first.repeat == Repeat(Every.QUARTER):
        del drafts[1:]
        first.when, first.repeat = Recurring(), Repeat(Every.QUARTER, at=anchor)
    else:
        for draft, day in zip(drafts, days, strict=True):
            draft.when = Recurring()
            draft.repeat = Repeat(Every.YEAR, at=Anchor(day.first.day, month=day.first.month))


def _add(assembly: Assembly, clause: Clause) -> None:
    match clause:
        case Dated():
            _add_dated(assembly, clause)
        case Cycle(every):
            _add_cycle(assembly, every)
        case OnDay():
            _add_day(assembly, clause)
        case Needed():
            _add_need(assembly)
        case Counted(bound, when):
            assembly.drafts.append(Draft(when, bound))
        case Always():
            _add_always(assembly)
        case _:
            _add_other(assembly, clause)


def _add_other(assembly: Assembly, clause: Outside | Unknown | Further | Break) -> None:
    match clause:
        case Outside(when) if assembly.last is None:
            assembly.drafts.append(Draft(when))
        case Outside() | Unknown():
            assembly.unfit = True
        case Further() | Break():
            pass


def _add_dated(assembly: Assembly, clause: Dated) -> None:
    last, span = assembly.last, clause.span
    if clause.since:
        span = replace(span, last=None, last_year=None)
    draft = Draft(span, Bound.ON if clause.since else clause.bound, sure=clause.sure, starting=clause.starting)
    if clause.bare and last is not None and not assembly.further and _continue_list(assembly, last, span, draft):
        return
    if last is None:
        assembly.drafts.append(draft)
    elif last.repeat is not None and not _is_cycle(last) and _fits_repeat(last, last.repeat, span, clause.bound):
        pass
    elif assembly.further and not _is_cycle(last):
        assembly.drafts.append(draft)
    elif _is_cycle(last):
        _add_date_to_cycle(assembly, last, draft)
    elif isinstance(last.when, Span) and last.when.last is None and clause.bound is not Bound.ON:
        last.when = replace(join_spans(replace(last.when, last=last.when.first), span), is_day=False)
        last.bound, last.sure = clause.bound, clause.sure
    elif isinstance(last.when, OnDemand) and span.is_single_day and clause.bound is Bound.NOT_LATER_THAN:
        assembly.drafts.append(draft)
    elif isinstance(last.when, Permanent | OnDemand) and _window_of(span) is not None:
        last.when = _within(last.when, span, clause.bound)
    else:
        assembly.drafts.append(draft)


def _within(when: Permanent | OnDemand, span: Span, bound: Bound) -> Permanent | OnDemand:
    """«постоянно в течение 2024 года», «по запросу с 1 марта 2024 года», «постоянно до 31 декабря 2024 года»."""
    start, end = _window_of(span) or (None, None)
    return replace(when, start=None if span.is_single_day and bound is not Bound.ON else start, end=end)


def _continue_list(assembly: Assembly, last: Draft, span: Span, draft: Draft) -> bool:
    """«до 1 марта, 1 июня»: a bare day shares the «до» of the one before; whether bare years were taken up as days."""
    if span.is_single_day and isinstance(last.when, Span | Recurring):
        draft.bound = last.bound
    return _add_years(assembly, last, span)


def _add_years(assembly: Assembly, last: Draft, span: Span) -> bool:
    """«31 декабря 2024, 2025, 2026 годов»: the day of the first year in each of the years that follow."""
    day, first, final = last.when, span.year.number, (span.last_year or span.year).number
    if not isinstance(day, Span) or not day.is_single_day or not _is_whole_year(span) or first is None or final is None:
        return False
    if day.year.number is None or first != day.year.number + 1:
        return False
    for year in range(first, final + 1):
        assembly.drafts.append(replace(last, when=replace(day, year=Year(year))))
    return True


def _fits_repeat(last: Draft, repeat: Repeat, span: Span, bound: Bound) -> bool:
    """«…, далее – ежегодно 1 марта», «…, далее – ежеквартально до конца 2026 года»: whether the date was taken up."""
    if repeat.every is Every.YEAR and repeat.at is None and span.year.is_open and not span.year.shift:
        last.repeat = replace(repeat, at=_end_anchor(span))
        return True
    window = _window_of(span)
    if repeat.every is None or repeat.until is not None or window is None or window[1] is None:
        return False
    if bound is Bound.BEFORE or not span.is_single_day:
        last.repeat = replace(repeat, until=window[1])
        return True
    return False


def _is_cycle(draft: Draft) -> bool:
    return isinstance(draft.when, Recurring)


def _is_open_day(span: Span) -> bool:
    return span.is_single_day and (span.year.is_open or span.year.reporting)


def _add_date_to_cycle(assembly: Assembly, last: Draft, draft: Draft) -> None:
    """«ежегодно до 1 октября», «ежеквартально в течение 2024 года», «ежеквартально, начиная с 1 октября 2024 года»."""
    span, repeat = draft.when, last.repeat
    if not isinstance(span, Span) or repeat is None:
        return
    if _is_open_day(span) and (repeat.at is None or repeat.at.month is not None):
        _add_open_day(assembly, last, draft, span, repeat)
    elif _is_open_period(span) and repeat.every is Every.YEAR and repeat.at is not None and repeat.at.month is not None:
        assembly.drafts.append(Draft(last.when, draft.bound, replace(repeat, at=_end_anchor(span))))
    elif draft.starting and span.is_day and span.year.number is not None:
        last.when, last.bound = replace(span, last=span.first), Bound.ON
    elif _window_of(span) is not None and (not span.is_single_day or draft.bound is Bound.BEFORE):
        start, end = _window_of(span) or (None, None)
        last.when = Recurring(None if span.is_single_day else start, end)
    elif span.is_single_day and repeat.at is None:
        last.when, last.bound, last.sure = span, draft.bound, draft.sure
    elif _is_whole_year(span) and not span.workday:
        assembly.unfit = assembly.unfit or not span.year.is_open
    elif span.year.is_open and repeat == Repeat(Every.YEAR) and span.last is not None:
        last.repeat, last.bound = replace(repeat, at=_end_anchor(span)), draft.bound
    else:
        assembly.unfit = True


def _is_open_period(span: Span) -> bool:
    return span.year.is_open and span.last is not None and not span.is_day and not _is_whole_year(span)


def _is_whole_year(span: Span) -> bool:
    return (span.first, span.last) == ((1, 1), (12, 31))


def _add_open_day(assembly: Assembly, last: Draft, draft: Draft, span: Span, repeat: Repeat) -> None:
    """A day without a year beside a cycle: the day of every year, one more such day, or the first of a series."""
    anchor = Anchor(span.first.day, month=span.first.month)
    if repeat.at is not None:
        assembly.drafts.append(Draft(last.when, draft.bound, replace(repeat, at=anchor), draft.sure))
    elif repeat.every is Every.YEAR:
        last.repeat, last.bound, last.sure = replace(repeat, at=anchor), draft.bound, draft.sure
    else:
        last.when, last.bound, last.sure = span, draft.bound, draft.sure


def _end_anchor(span: Span) -> Anchor:
    """«в сентябре», «в последний рабочий день декабря» of every year: the day the period is due on."""
    last = span.last or span.first
    if span.is_day:
        return Anchor(last.day, month=last.month)
    if span.workday:
        return Anchor(span.workday, month=last.month if span.workday < 0 else span.first.month, workday=True)
    return Anchor(-1 if last == (2, 29) else last.day, month=last.month)


def _add_cycle(assembly: Assembly, every: Every) -> None:
    last = assembly.last
    if assembly.pending is not None and _suits(assembly.pending.anchor, every):
        repeat = Repeat(every, at=assembly.pending.anchor)
        assembly.drafts.append(Draft(Recurring(), assembly.pending.bound, repeat, vague=assembly.pending.vague))
        assembly.pending = None
    elif last is None or (last.repeat is not None and not assembly.further):
        assembly.drafts.append(Draft(Recurring(), repeat=Repeat(every)))
    elif isinstance(last.when, Span) and not assembly.further:
        _repeat_span(assembly, last, last.when, every)
    elif isinstance(last.when, Permanent):
        last.when, last.repeat = Recurring(last.when.start, last.when.end), Repeat(every)
    elif isinstance(last.when, OnDemand) and not assembly.further:
        assembly.drafts.append(Draft(Recurring(last.when.start, last.when.end), repeat=Repeat(every)))
    elif last.repeat is not None and last.repeat.every is not None:
        assembly.unfit = True
    else:
        if isinstance(last.when, Span) and last.when.last is None and last.when.is_day:
            last.when = replace(last.when, last=last.when.first)
        last.repeat = Repeat(every, if_needed=last.repeat is not None and last.repeat.if_needed)


def _repeat_span(assembly: Assembly, last: Draft, span: Span, every: Every) -> None:
    """«до 1 октября ежегодно»; «в течение 2024 года, ежеквартально»; «1 октября 2024 года, ежеквартально»."""
    if every is Every.YEAR and (_is_open_day(span) or _is_open_period(span)):
        for draft in assembly.drafts:
            if isinstance(draft.when, Span) and (_is_open_day(draft.when) or _is_open_period(draft.when)):
                draft.repeat = Repeat(every, at=_end_anchor(draft.when))
                draft.when = Recurring()
    elif span.last is None and last.starting:
        last.when, last.repeat = replace(span, last=span.first, is_day=True), Repeat(every)
    elif span.is_single_day or span.workday or span.year.offset is not None:
        last.repeat = Repeat(every)
    elif _window_of(span) is not None and last.bound is Bound.ON:
        start, end = _window_of(span) or (None, None)
        last.when, last.repeat = Recurring(start, end), Repeat(every)
    elif _is_whole_year(span):
        last.when, last.bound, last.repeat = Recurring(), Bound.ON, Repeat(every)
    else:
        if span.last is None:  # «с июля, ежегодно»: the repetition has its first date
            last.when = replace(span, last=span.first, is_day=True)
        last.repeat = Repeat(every)


def _suits(anchor: Anchor, every: Every | None) -> bool:
    """Whether a cycle can have such a day: a week has seven, and its last working day, but no months."""
    if every is not Every.WEEK:
        return True
    return anchor.month_of_period is None and anchor.month is None and anchor.day <= 7


def _add_day(assembly: Assembly, clause: OnDay) -> None:
    last = assembly.last
    every = last.repeat.every if last is not None and last.repeat is not None else clause.every
    if not _suits(clause.anchor, every) or not _suits(clause.anchor, clause.every):
        assembly.unfit = True
    elif last is not None and last.repeat is not None and last.repeat.at is None and last.repeat.every is not None:
        last.repeat, last.vague = replace(last.repeat, at=clause.anchor), clause.vague
        if _is_cycle(last):
            last.bound = clause.bound
    elif last is not None and assembly.further and clause.every is not None:
        last.repeat = Repeat(clause.every, at=clause.anchor)
    elif clause.every is not None:
        assembly.drafts.append(Draft(Recurring(), clause.bound, Repeat(clause.every, at=clause.anchor)))
    else:
        assembly.pending = clause


def _add_need(assembly: Assembly) -> None:
    last = assembly.last
    if last is None:
        assembly.drafts.append(Draft(OnDemand()))
    elif last.repeat is not None:
        last.repeat = replace(last.repeat, if_needed=True)
    elif isinstance(last.when, Span) and not assembly.further and _window_of(last.when) and not last.when.is_single_day:
        start, end = _window_of(last.when) or (None, None)
        last.when = OnDemand(start, end)
    elif not isinstance(last.when, OnDemand | Permanent):
        last.repeat = Repeat(None, if_needed=True)


def _add_always(assembly: Assembly) -> None:
    last = assembly.last
    if last is None:
        assembly.drafts.append(Draft(Permanent()))
    elif isinstance(last.when, Span) and not last.when.is_single_day and _window_of(last.when) and last.repeat is None:
        start, end = _window_of(last.when) or (None, None)
        last.when = Permanent(start, end)
    elif not _is_cycle(last):
        assembly.unfit = True


def _window_of(span: Span) -> tuple[date | None, date | None] | None:
    """The first and last day of a span whose years are known, ``None`` where they are not."""
    if span.year.number is None or span.workday:
        return None
    first = make_date(span.first, span.year.number)
    if span.last is None:
        return first, None
    last_year = (span.last_year or span.year).number
    return (first, make_date(span.last, last_year)) if last_year is not None else None
