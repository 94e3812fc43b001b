"""The only door of this app to other programs: events as iCalendar text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

_PRODUCT = "-//Vekha//calendar//RU"


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something falls due; the same ``key`` on another day is the same event moved."""

    key: str
    day: datetime.date
    summary: str
    description: str
    url: str = ""
    version: int = 0


def write_calendar(name: str, dues: Iterable[Due], *, stamp: datetime.datetime) -> bytes:
    """The days as all-day events of one calendar; the same days give the same bytes for the same stamp."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", datetime.timedelta(hours=6), parameters={"value": "DURATION"})
    for due in dues:
        calendar.add_component(_event(due, stamp))
    text: bytes = calendar.to_ical()
    return text


def _event(due: Due, stamp: datetime.datetime) -> Event:
    event = Event()
    event.add("uid", f"{due.key}@vekha")
    event.add("dtstamp", stamp)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + datetime.timedelta(1))
    event.add("summary", due.summary)
    event.add("description", due.description)
    event.add("sequence", due.version)
    event.add("transp", "TRANSPARENT")
    if due.url:
        event.add("url", due.url)
    return event
