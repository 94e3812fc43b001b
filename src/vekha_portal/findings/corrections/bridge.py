"""The only door to the engines for corrections: a phrase moved to a working day, words in Russian letters."""

from __future__ import annotations

import datetime
from dataclasses import replace

from vekha.calendar.working_days import official_calendar
from vekha.deadlines import meaning, parse_deadline, render
from vekha.deadlines.syntax import Deadline, OnDate
from vekha.text.lookalikes import fix_lookalikes
from vekha.text.months import MONTHS_GENITIVE

__all__ = ["in_cyrillic", "moved", "workdays_around"]


def workdays_around(day: datetime.date, *, region: str = "") -> tuple[datetime.date, datetime.date]:
    """The last working day before a day off, and the first after it.

    >>> workdays_around(datetime.date(2024, 8, 25))
    (datetime.date(2024, 8, 23), datetime.date(2024, 8, 26))
    """
    calendar = official_calendar(region=region)
    return calendar.previous_workday(day), calendar.next_workday(day)


def moved(phrase: str, to: datetime.date, *, year: int | None = None) -> str:
    """The phrase for another day, its wording kept where that is possible; empty where it says more than one day.

    >>> moved("не позднее 25 августа 2024 г.", datetime.date(2024, 8, 23))
    'не позднее 23 августа 2024 г.'
    >>> moved("1 октября 2024 г., далее – ежеквартально", datetime.date(2024, 10, 2))
    ''
    """
    deadline, _ = parse_deadline(phrase, year=year)
    if not isinstance(deadline.when, OnDate) or deadline.repeat is not None or deadline.parts:
        return ""
    wanted = replace(deadline, when=OnDate(to))
    said = (*_reworded(phrase, deadline.when.day, to), render(wanted))
    return next((each for each in said if _says(each, wanted, year)), "")


def in_cyrillic(text: str) -> str:
    """The text with every certain Latin look-alike put right; true Latin words stay.

    >>> in_cyrillic("MAOU гимназия, IT-куб")
    'МАОУ гимназия, IT-куб'
    """
    return fix_lookalikes(text)


def _reworded(phrase: str, old: datetime.date, new: datetime.date) -> tuple[str, ...]:
    """The phrase with the day in it replaced, as it may be written; as it was where it is written otherwise."""
    genitive = [(f"{each.day} {MONTHS_GENITIVE[each.month - 1]}", each.year) for each in (old, new)]
    padded = [(f"{each.day:02d} {MONTHS_GENITIVE[each.month - 1]}", each.year) for each in (old, new)]
    worded = [
        phrase.replace(before[0], after[0], 1).replace(str(before[1]), str(after[1]))
        for before, after in (padded, genitive)
    ]
    return (*worded, phrase.replace(f"{old:%d.%m.%Y}", f"{new:%d.%m.%Y}", 1))


def _says(phrase: str, wanted: Deadline, year: int | None) -> bool:
    found, problems = parse_deadline(phrase, year=year)
    return not problems and meaning(found) == meaning(wanted)
