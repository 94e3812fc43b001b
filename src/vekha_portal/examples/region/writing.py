"""The orders of the example, dated around the day of loading: the plan is always in the middle of its year.

In a text ``{-175}`` is the working day that many days ago in words, ``{-175.}`` in digits, ``{year}`` the subsidy year.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from importlib.resources import files

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"
)  # fmt: skip
_MARK = re.compile(r"\{([+-]\d+)(\.?)\}")
#: The centres open so many days after the day of loading; the subsidy is of that year.
OPENS_IN = 75


@dataclass(frozen=True, slots=True)
class Dates:
    """Days counted from the day of loading, moved off weekends."""

    today: datetime.date

    def on(self, offset: int) -> datetime.date:
        """The day so many days on, or the Friday before."""
        day = self.today + datetime.timedelta(days=offset)
        return day - datetime.timedelta(days=max(0, day.weekday() - 4))

    def at(self, offset: int, hour: int = 7) -> datetime.datetime:
        """A moment of that day."""
        return datetime.datetime.combine(self.on(offset), datetime.time(hour), datetime.UTC)

    def in_words(self, offset: int) -> str:
        """The day as orders write it."""
        day = self.on(offset)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года"

    @property
    def subsidy_year(self) -> int:
        """The year in which the centres open."""
        return self.on(OPENS_IN).year


def write_order(name: str, dates: Dates) -> bytes:
    """One of the orders of `texts/` with its dates, as a text file."""
    text = (files(__package__) / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    text = text.replace("{year}", str(dates.subsidy_year)).replace("{next}", str(dates.subsidy_year + 1))
    return _MARK.sub(lambda mark: _write(dates, int(mark[1]), in_digits=bool(mark[2])), text).encode()


def _write(dates: Dates, offset: int, *, in_digits: bool) -> str:
    return f"{dates.on(offset):%d.%m.%Y}" if in_digits else dates.in_words(offset)
