"""How findings speak: quotations, days, lists and counts in Russian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from vekha.text.months import MONTHS_GENITIVE
from vekha.text.normalise import fold

_LONGEST = 120
_MOST_NAMED = 8
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


def quoted(text: str, longest: int = _LONGEST) -> str:
    """A text in quotation marks on one line, shortened if it is long.

    >>> quoted("до  1 марта")
    '«до 1 марта»'
    """
    line = " ".join(text.split())
    return f"«{line if len(line) <= longest else line[:longest].rstrip() + '…'}»"


def day_text(day: date) -> str:
    """A date as an official writes it.

    >>> day_text(date(2024, 3, 1))
    '1 марта 2024 года'
    """
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} года"


def weekday(day: date) -> str:
    """The name of the day of the week.

    >>> weekday(date(2024, 3, 1))
    'пятница'
    """
    return _WEEKDAYS[day.weekday()]


def counted(count: int, one: str, few: str, many: str) -> str:
    """A number with its noun.

    >>> [counted(n, "день", "дня", "дней") for n in (1, 3, 11, 22)]
    ['1 день', '3 дня', '11 дней', '22 дня']
    """
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many}"


def days_count(count: int) -> str:
    """So many days, whichever way.

    >>> days_count(-2)
    '2 дня'
    """
    return counted(abs(count), "день", "дня", "дней")


def listed(names: Sequence[str]) -> str:
    """Names one after the other; of many only the first, and how many more there are.

    >>> listed(["№ 1", "№ 2"])
    '№ 1, № 2'
    """
    if len(names) <= _MOST_NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_MOST_NAMED])} и ещё {len(names) - _MOST_NAMED}"


def folded(text: str) -> str:
    """A text as :func:`vekha.text.normalise.fold` gives it, remembered where it is short: rules ask for the same names again.

    >>> folded("Ёлка  «А»")
    'елка "а"'
    """
    return _folded(text) if len(text) <= _REMEMBERED else fold(text)


_REMEMBERED = 300


@lru_cache(maxsize=1 << 13)
def _folded(text: str) -> str:
    return fold(text)
