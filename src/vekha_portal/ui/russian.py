"""Russian words around numbers and days, for pages."""

from __future__ import annotations

from datetime import date

from vekha_portal.ui.bridge import MONTHS_GENITIVE

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
WEEKDAYS_SHORT = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
NO_BREAK = "\N{NO-BREAK SPACE}"


def plural(count: int, one: str, few: str, many: str) -> str:
    """The form of a noun that follows the number.

    >>> [plural(n, "день", "дня", "дней") for n in (1, 3, 5, 11, 21, 112)]
    ['день', 'дня', 'дней', 'дней', 'день', 'дней']
    """
    tens, units = abs(count) % 100, abs(count) % 10
    if 10 < tens < 20 or units == 0 or units > 4:
        return many
    return one if units == 1 else few


def counted(count: int, one: str, few: str, many: str) -> str:
    """A number with its noun, thousands apart, never broken over lines.

    >>> counted(21500, "центр", "центра", "центров").replace(NO_BREAK, "_")
    '21_500_центров'
    """
    return f"{grouped(count)}{NO_BREAK}{plural(count, one, few, many)}"


def grouped(count: int) -> str:
    """A whole number with its thousands apart.

    >>> grouped(1234567).replace(NO_BREAK, "_"), grouped(-300)
    ('1_234_567', '-300')
    """
    return f"{count:,}".replace(",", NO_BREAK)


def long_day(day: date) -> str:
    """A date in words.

    >>> long_day(date(2026, 8, 25)).replace(NO_BREAK, "_")
    '25_августа_2026_г.'
    """
    return NO_BREAK.join((str(day.day), MONTHS_GENITIVE[day.month - 1], str(day.year), "г."))


def near_day(day: date, *, today: date) -> str:
    """A date in words, without the year when it is this one.

    >>> near_day(date(2026, 8, 25), today=date(2026, 1, 1)).replace(NO_BREAK, "_")
    '25_августа'
    """
    return f"{day.day}{NO_BREAK}{MONTHS_GENITIVE[day.month - 1]}" if day.year == today.year else long_day(day)


def days_left(due: date, *, today: date) -> str:
    """How far a day is, in words.

    >>> [days_left(date(2026, 3, n), today=date(2026, 3, 5)).replace(NO_BREAK, "_") for n in (3, 4, 5, 6, 7, 10)]
    ['просрочено_на_2_дня', 'просрочено_на_1_день', 'сегодня', 'завтра', 'через_2_дня', 'через_5_дней']
    """
    left = (due - today).days
    if left < 0:
        return f"просрочено{NO_BREAK}на{NO_BREAK}{counted(-left, 'день', 'дня', 'дней')}"
    if left < 2:
        return "завтра" if left else "сегодня"
    return f"через{NO_BREAK}{counted(left, 'день', 'дня', 'дней')}"
