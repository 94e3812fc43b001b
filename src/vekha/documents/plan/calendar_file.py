"""The plan as an iCalendar file: an all-day event for every due day, under identifiers that survive a new export."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from icalendar import Calendar, Event

from vekha import __version__
from vekha.documents.plan import wording
from vekha.documents.plan.model import DueDay, Plan, PlanRow, PlanSection
from vekha.stages.catalogue import title as stage_title

_SUMMARY = 120

#: No calendar program wants more; the tables have every day.
LONGEST = 5_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def write_calendar(plan: Plan) -> bytes:
    """The calendar as RFC 5545 bytes; the same plan gives the same bytes. Deadlines without a day are not in it,
    nor days beyond the first ``LONGEST``.

    An event's identifier is made of what the order is and which measure, wave and period it is about, not of the wording or the
    date: a calendar program that gets a new export moves the event instead of adding another.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Vekha//Plan {__version__}//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _clean(f"{wording.order_name(plan.order_file.order)} — сроки"))
    stamp = datetime.combine(_stamp_day(plan), time(), UTC)
    met: Counter[str] = Counter()
    days = ((section, row, day) for section in plan.sections for row in section.rows for day in row.days)
    for section, row, day in islice(days, LONGEST):
        identity = _identity(plan, section, row, day)
        met[identity] += 1
        calendar.add_component(_event(plan, section, row, day, f"{identity}#{met[identity]}", stamp))
    content: bytes = calendar.to_ical()
    return content


def _stamp_day(plan: Plan) -> date:
    """The order's own date, else its first due day: a file made twice is the same file."""
    order = plan.order_file.order
    if order is not None and order.date is not None:
        return order.date
    return plan.days[0].due if plan.days else date(2000, 1, 1)


def _identity(plan: Plan, section: PlanSection, row: PlanRow, day: DueDay) -> str:
    order, file = plan.order_file.order, plan.order_file
    known = order is not None and order.number and order.date
    whole = [order.issuer or "", order.number or "", str(order.date)] if known and order is not None else [file.source_sha256]
    measure = row.measure.number or row.measure.text
    return "|".join([*whole, str(section.number), measure, str(day.wave or ""), day.period or ""])


def _event(plan: Plan, section: PlanSection, row: PlanRow, day: DueDay, identity: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32] + "@vekha")
    event.add("dtstamp", stamp)
    event.add("dtstart", day.due)
    if day.due < date.max:
        event.add("dtend", day.due + timedelta(1))
    event.add("summary", _clean(_summary(row)))
    event.add("description", _clean(_description(plan, section, row, day)))
    event.add("categories", [wording.PROGRAMMES[section.roadmap.programme], stage_title(row.measure.stage)])
    event.add("transp", "TRANSPARENT")
    return event


def _summary(row: PlanRow) -> str:
    text = f"{row.label}. {row.measure.text}"
    return text if len(text) <= _SUMMARY else text[: _SUMMARY - 1].rstrip() + "…"


def _description(plan: Plan, section: PlanSection, row: PlanRow, day: DueDay) -> str:
    measure = row.measure
    off = f"{wording.tiny_date(day.previous_workday)} и {wording.tiny_date(day.next_workday)}" if day.day_off else ""
    lines = [
        ("Срок в документе", f"«{measure.deadline.text}»" if measure.deadline is not None else ""),
        ("Отчётный период", wording.period_name(day.period)),
        ("Год получения субсидии", str(day.wave or "")),
        ("Нерабочий день, ближайшие рабочие", off),
        ("Мероприятие", measure.text),
        ("Ответственные", "; ".join(each.name for each in measure.responsibles)),
        ("Результат", "; ".join(each.text for each in measure.results)),
        ("Основание", wording.order_name(plan.order_file.order)),
        ("Дорожная карта", section.roadmap.title or wording.PROGRAMMES[section.roadmap.programme]),
        ("Место в документе", wording.where(measure.place)),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def _clean(text: str) -> str:
    """Text without control characters, which a calendar file must not hold."""
    return _CONTROL.sub(" ", text)
