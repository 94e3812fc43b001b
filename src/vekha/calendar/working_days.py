"""Which days work in the Russian Federation, with transferred days, working Saturdays and decree days.

The years 2019–2027 come from a table shipped with the package; other years are asked of the package `holidays`, which
takes half a second to import and is therefore not imported before it is needed. A year whose transfers nobody has
decreed yet is provisional.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from vekha.calendar.overlay import DayKind, Decree, Overlay, SpecialDay, decree_of, special_days

_ONE_DAY = timedelta(days=1)
_KNOWN_TO_HOLIDAYS = range(1992, 2200)


@dataclass(frozen=True, slots=True)
class OfficialYear:
    """The weekdays off and the working weekends of one year; ``decree`` is the one that transfers its days off."""

    off: frozenset[date]
    working: frozenset[date]
    decree: Decree | None
    provisional: bool


class WorkCalendar:
    """The working days of the country, or of one region, with overlays; years are worked out when first asked for."""

    __slots__ = ("_complete", "_days_off", "_region", "_special")

    def __init__(self, overlays: Iterable[Overlay] = (), *, region: str = "") -> None:
        self._region = region
        self._special: dict[date, SpecialDay] = {}
        self._complete: set[int] = set()
        self._days_off: dict[int, frozenset[date]] = {}
        for overlay in (_shipped()[1], *overlays):
            self._complete |= overlay.complete_years
            for special in overlay.days:
                if special.region in ("", region):
                    self._special[special.day] = special

    def is_day_off(self, day: date) -> bool:
        """Whether nobody has to work on this day.

        >>> calendar = official_calendar()
        >>> calendar.is_day_off(date(2024, 4, 29)), calendar.is_day_off(date(2024, 4, 27))
        (True, False)
        """
        return day in (self._days_off.get(day.year) or self._read_year(day.year))

    def previous_workday(self, day: date) -> date:
        """The last working day up to this one; the day itself if it works.

        >>> official_calendar().previous_workday(date(2024, 9, 1))
        datetime.date(2024, 8, 30)
        """
        while self.is_day_off(day) and day > date.min:
            day -= _ONE_DAY
        return day

    def next_workday(self, day: date) -> date:
        """The first working day from this one on; the day itself if it works.

        >>> official_calendar().next_workday(date(2024, 4, 29))
        datetime.date(2024, 5, 2)
        """
        while self.is_day_off(day) and day < date.max:
            day += _ONE_DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th working day after the day, or before it if negative; the day itself is not counted.

        Raises ``OverflowError`` outside the years 1…9999.

        >>> official_calendar().add_workdays(date(2024, 4, 26), 2)
        datetime.date(2024, 5, 2)
        """
        step = _ONE_DAY if count > 0 else -_ONE_DAY
        for _ in range(abs(count)):
            day += step
            while self.is_day_off(day):
                day += step
        return day

    def find_workday(self, start: date, end: date, number: int) -> date | None:
        """The n-th working day between two days, counted from the end if negative; ``None`` if there are not so many.

        >>> official_calendar().find_workday(date(2024, 12, 1), date(2024, 12, 31), -1)
        datetime.date(2024, 12, 28)
        """
        day, last, step = (start, end, _ONE_DAY) if number > 0 else (end, start, -_ONE_DAY)
        left = abs(number)
        while left and start <= day <= end:
            left -= not self.is_day_off(day)
            if not left:
                return day
            if day == last:
                return None
            day += step
        return None

    def is_provisional(self, year: int) -> bool:
        """Whether the transfers of a year are not known yet («предварительно»).

        >>> official_calendar().is_provisional(2024), official_calendar().is_provisional(2190)
        (False, True)
        """
        return year not in self._complete and _official_year(year).provisional

    def decree(self, year: int) -> Decree | None:
        """The act that transfers the days off of a year; ``None`` where none is known.

        >>> str(official_calendar().decree(2024)), official_calendar().decree(2190)
        ('Постановление от 10.08.2023 № 1314', None)
        """
        return _official_year(year).decree

    def reason(self, day: date) -> str:
        """In Russian, why a day is off or works against its weekday; empty where there is nothing to say.

        >>> official_calendar().reason(date(2020, 4, 6))
        'нерабочие дни (Указ Президента от 02.04.2020 № 239)'
        """
        special = self._special.get(day)
        if special is not None:
            return f"{special.name} ({special.decree})" if special.decree else special.name
        year = _official_year(day.year)
        if day in year.working:
            return "рабочий выходной, перенос" + (f" ({year.decree})" if year.decree else "")
        if day in year.off:
            return "нерабочий праздничный или перенесённый выходной день"
        return "выходной" if self.is_day_off(day) else ""

    def _read_year(self, year: int) -> frozenset[date]:
        official = _official_year(year)
        off = {day for day in _weekends(year) if day not in official.working} | official.off
        for day, special in self._special.items():
            if day.year == year:
                (off.add if special.kind is DayKind.OFF else off.discard)(day)
        self._days_off[year] = frozenset(off)
        return self._days_off[year]


def official_calendar(overlays: Iterable[Overlay] = (), *, region: str = "") -> WorkCalendar:
    """The official calendar; later overlays win over earlier ones, regional days count for their ``region`` only."""
    return WorkCalendar(overlays, region=region)


def _weekends(year: int) -> Iterator[date]:
    saturday = date(year, 1, 1) + timedelta(days=(5 - date(year, 1, 1).weekday()) % 7)
    if saturday == date(year, 1, 7):
        yield date(year, 1, 1)
    ordinal, last = saturday.toordinal(), date(year, 12, 31).toordinal()
    for weekend in range(ordinal, last + 1, 7):
        yield date.fromordinal(weekend)
        if weekend < last:
            yield date.fromordinal(weekend + 1)


@cache
def _shipped() -> tuple[dict[int, OfficialYear], Overlay]:
    tables = tomllib.loads(files("vekha.calendar").joinpath("official.toml").read_text(encoding="utf-8"))
    years = {
        table["year"]: OfficialYear(
            frozenset(table["off"]), frozenset(table["working"]), decree_of(table.get("decree")), provisional=False
        )
        for table in tables["year"]
    }
    return years, Overlay(tuple(day for table in tables["day"] for day in special_days(table)))


@cache
def _official_year(year: int) -> OfficialYear:
    shipped = _shipped()[0].get(year)
    if shipped is not None:
        return shipped
    if year not in _KNOWN_TO_HOLIDAYS:
        return OfficialYear(frozenset(), frozenset(), None, provisional=True)
    from holidays.countries.russia import Russia  # noqa: PLC0415 — half a second, and few ask for other years

    build: Any = Russia  # the package states no types
    table = build(years=year, language="ru")
    off = frozenset(day for day in table if day.weekday() < 5)
    transferred = any("перенесено" in name for name in table.values())
    return OfficialYear(off, frozenset(table.weekend_workdays), None, provisional=year > 2018 and not transferred)
