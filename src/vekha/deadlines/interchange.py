"""Deadlines as JSON and back, exactly; the keys are those of the command line.

Beside the keys every deadline of a kind has, some are given only where they say something: ``workday`` (the n-th working day
of a period, or a day of a cycle counted in working days), ``span`` (first and last day of a period without a year, as
month-day), ``month_of_period``, ``until``, ``reason`` (why a phrase is unknown), ``parts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never

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

Json = dict[str, Any]


def deadline_to_json(deadline: Deadline) -> Json:
    """A deadline as a JSON object.

    >>> deadline_to_json(Deadline("1 марта 2024 года", OnDate(date(2024, 3, 1))))["date"]
    '2024-03-01'
    """
    value: Json = {"text": deadline.text, **_when_to_json(deadline.when)}
    value["bound"] = deadline.bound.value
    recurring = isinstance(deadline.when, Recurring)
    value["repeat"] = None if deadline.repeat is None else _repeat_to_json(deadline.repeat, bare=recurring)
    if recurring and deadline.repeat is not None and deadline.repeat.at is not None:
        value.update(_anchor_to_json(deadline.repeat.at))
    value["year_inferred"] = deadline.year_inferred
    if deadline.parts:
        value["parts"] = [deadline_to_json(part) for part in deadline.parts]
    return value


def deadline_from_json(value: Mapping[str, Any]) -> Deadline:
    """A deadline from its JSON object; raises ``ValueError``, ``KeyError`` or ``TypeError`` for what is none.

    >>> deadline_from_json({"text": "постоянно", "kind": "permanent"}).when
    Permanent(start=None, end=None)
    """
    when = _when_from_json(value)
    repeat = value.get("repeat")
    read = None if repeat is None else _repeat_from_json(repeat, value if isinstance(when, Recurring) else repeat)
    return Deadline(
        text=str(value["text"]),
        when=when,
        bound=Bound(value.get("bound") or Bound.ON),
        repeat=read,
        year_inferred=bool(value.get("year_inferred", False)),
        parts=tuple(deadline_from_json(part) for part in value.get("parts") or ()),
    )


def _when_to_json(when: When) -> Json:
    match when:
        case OnDate(day):
            return {"kind": "date", "date": day.isoformat()}
        case YearlessDate(day, month):
            return {"kind": "date", "date": None, "day": day, "month": month}
        case RelativeDate(day, month, offset):
            return {"kind": "relative", "day": day, "month": month, "year_offset": offset}
        case Period() | YearlessPeriod() | RelativePeriod():
            return _period_to_json(when)
        case External(source):
            return {"kind": "external", "source": source.value if source else None}
        case After(count, unit, event):
            return {"kind": "after", "count": count, "unit": unit.value if unit else None, "event": event}
        case Recurring() | Permanent() | OnDemand():
            return _window_to_json(when)
        case NotUnderstood(reason):
            return {"kind": "unknown", "reason": reason.value}
        case _:
            assert_never(when)


def _period_to_json(when: Period | YearlessPeriod | RelativePeriod) -> Json:
    value: Json
    match when:
        case Period(start, end):
            value = {"kind": "period", "start": start.isoformat(), "end": end.isoformat() if end else None}
        case YearlessPeriod(first, last):
            value = {"kind": "period", "start": None, "end": None, "span": _span_to_json(first, last)}
        case RelativePeriod(first, last, offset):
            closing = last or first
            value = {"kind": "relative", "day": closing.day, "month": closing.month, "year_offset": offset}
            value["span"] = _span_to_json(first, last)
    if when.workday:
        value["workday"] = when.workday
    return value


def _span_to_json(first: MonthDay, last: MonthDay | None) -> list[str | None]:
    return [f"{first.month:02d}-{first.day:02d}", f"{last.month:02d}-{last.day:02d}" if last else None]


def _window_to_json(when: Recurring | Permanent | OnDemand) -> Json:
    kinds = {Recurring: "recurring", Permanent: "permanent", OnDemand: "on-demand"}
    value: Json = {"kind": kinds[type(when)]}
    if when.start is not None or when.end is not None:
        value["start"] = when.start.isoformat() if when.start else None
        value["end"] = when.end.isoformat() if when.end else None
    return value


def _repeat_to_json(repeat: Repeat, *, bare: bool) -> Json:
    value: Json = {"every": repeat.every.value if repeat.every else None, "if_needed": repeat.if_needed}
    if repeat.at is not None and not bare:
        value.update(_anchor_to_json(repeat.at))
    if repeat.until is not None:
        value["until"] = repeat.until.isoformat()
    return value


def _anchor_to_json(anchor: Anchor) -> Json:
    value: Json = {"day": anchor.day}
    if anchor.month is not None:
        value["month"] = anchor.month
    if anchor.workday:
        value["workday"] = True
    if anchor.month_of_period is not None:
        value["month_of_period"] = anchor.month_of_period
    return value


def _when_from_json(value: Mapping[str, Any]) -> When:
    kind = value["kind"]
    match kind:
        case "date":
            if value.get("date") is not None:
                return OnDate(date.fromisoformat(value["date"]))
            return YearlessDate(int(value["day"]), int(value["month"]))
        case "relative" | "period":
            return _period_from_json(value)
        case "external":
            source = value.get("source")
            return External(ScheduleSource(source) if source is not None else None)
        case "after":
            count, unit = value.get("count"), value.get("unit")
            return After(count, Unit(unit) if unit is not None else None, value.get("event"))
        case "recurring" | "permanent" | "on-demand":
            start, end = _date_from_json(value.get("start")), _date_from_json(value.get("end"))
            if kind == "recurring":
                return Recurring(start, end)
            return Permanent(start, end) if kind == "permanent" else OnDemand(start, end)
        case "unknown":
            return NotUnderstood(Reason(value.get("reason") or Reason.NOT_UNDERSTOOD))
        case _:
            raise ValueError(f"unknown kind of deadline: {kind!r}")


def _period_from_json(value: Mapping[str, Any]) -> When:
    workday = int(value.get("workday") or 0)
    span = value.get("span")
    if span is None:
        if value["kind"] == "relative":
            return RelativeDate(int(value["day"]), int(value["month"]), int(value["year_offset"]))
        return Period(date.fromisoformat(value["start"]), _date_from_json(value.get("end")), workday)
    first, last = _month_day(span[0]), _month_day(span[1]) if span[1] is not None else None
    if value["kind"] == "relative":
        return RelativePeriod(first, last, int(value["year_offset"]), workday)
    return YearlessPeriod(first, last, workday)


def _month_day(text: str) -> MonthDay:
    month, day = text.split("-")
    return MonthDay(int(month), int(day))


def _date_from_json(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _repeat_from_json(value: Mapping[str, Any], anchored: Mapping[str, Any]) -> Repeat:
    every = value.get("every")
    anchor = None
    if anchored.get("day") is not None:
        month, place = anchored.get("month"), anchored.get("month_of_period")
        anchor = Anchor(int(anchored["day"]), month, bool(anchored.get("workday", False)), place)
    return Repeat(
        every=Every(every) if every is not None else None,
        if_needed=bool(value.get("if_needed", False)),
        at=anchor,
        until=_date_from_json(value.get("until")),
    )
