"""A deadline as it is shown: the day, the phrase it comes from, how far it is, the working days beside a day off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vekha_portal.ui.russian import WEEKDAYS, days_left, long_day, near_day
from vekha_portal.ui.tones import Tone

#: From this many days before it a deadline asks for attention.
SOON = 7


@dataclass(frozen=True, slots=True)
class DayOff:
    """The working days before and after a deadline that falls on a day off; ``provisional`` without a decree for the year."""

    before: date
    after: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class ShownDeadline:
    """One deadline on a page; without ``due`` it says what it waits for."""

    phrase: str
    due: date | None
    today: date
    day_off: DayOff | None = None
    waiting: str = ""
    done: bool = False
    extended_from: date | None = None

    @property
    def tone(self) -> Tone:
        """What its colour says."""
        if self.done:
            return Tone.GOOD
        if self.due is None:
            return Tone.WAITING
        left = (self.due - self.today).days
        if left < 0:
            return Tone.BAD
        return Tone.ATTENTION if left <= SOON else Tone.QUIET

    @property
    def day(self) -> str:
        """The day in words."""
        return near_day(self.due, today=self.today) if self.due else ""

    @property
    def weekday(self) -> str:
        """The day of the week."""
        return WEEKDAYS[self.due.weekday()] if self.due else ""

    @property
    def left(self) -> str:
        """How far it is, or that it is done."""
        if self.done:
            return "выполнено"
        return days_left(self.due, today=self.today) if self.due else ""

    @property
    def moved(self) -> str:
        """The day it was before it was extended."""
        return long_day(self.extended_from) if self.extended_from else ""
