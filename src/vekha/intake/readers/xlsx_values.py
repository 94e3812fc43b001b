"""What a spreadsheet's cell shows: numbers without «.0», dates as officials write them, shares with their sign."""

from __future__ import annotations

import datetime
import re
from enum import StrEnum

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_BLANKS = re.compile(r"[ \t]*(?:\r\n|\r|\n|_x000[Dd]_\n?)[ \t\xa0]*")
_REPEATED_BREAKS = re.compile(r"\n{2,}")


class Shown(StrEnum):
    """The number formats that change what a value says."""

    PERCENT = "percent"
    MONTH_AND_YEAR = "month-and-year"
    MONTH = "month"
    YEAR = "year"


def render_value(value: object, shown: Shown | None = None) -> str:
    """The value as text; line breaks inside a cell are hard breaks.

    >>> render_value(3.0), render_value(0.5, Shown.PERCENT), render_value(datetime.date(2024, 3, 1))
    ('3', '50 %', '01.03.2024')
    >>> render_value(datetime.date(2024, 3, 1), Shown.MONTH_AND_YEAR)
    'март 2024'
    """
    if isinstance(value, str):
        return render_text(value)
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, int | float):
        return f"{render_number(value * 100)} %" if shown is Shown.PERCENT else render_number(value)
    if isinstance(value, datetime.date):
        return _render_date(value, shown)
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return "" if value is None else str(value)


def render_text(text: str) -> str:
    """A cell's text with its breaks as ``\\n`` and without blanks at the ends of lines.

    >>> render_text(" план \\r\\n закупок ")
    'план\\nзакупок'
    """
    if "\n" in text or "\r" in text or "_x000" in text:
        text = _REPEATED_BREAKS.sub("\n", _BLANKS.sub("\n", text))
    return text.strip()


def render_number(number: float) -> str:
    """A number with as many digits as a spreadsheet shows, whole numbers without a point.

    >>> render_number(0.1 + 0.2), render_number(1e15), render_number(-2.0)
    ('0.3', '1000000000000000', '-2')
    """
    if isinstance(number, int):
        return str(number)
    if number == number and abs(number) < 1e15 and number == int(number):
        return str(int(number))
    shown = f"{number:.12g}"
    return f"{number:.0f}" if "e+" in shown and abs(number) < 1e30 else shown


def _render_date(value: datetime.date, shown: Shown | None) -> str:
    match shown:
        case Shown.MONTH_AND_YEAR:
            return f"{_MONTHS[value.month - 1]} {value.year}"
        case Shown.MONTH:
            return _MONTHS[value.month - 1]
        case Shown.YEAR:
            return str(value.year)
        case Shown.PERCENT | None:
            pass
    day = f"{value.day:02d}.{value.month:02d}.{value.year}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute):
        return f"{day} {value.hour:02d}:{value.minute:02d}"
    return day
