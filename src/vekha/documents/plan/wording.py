"""Russian words of the plan: dates, stages, programmes, what a deadline waits for, where something stands."""

from __future__ import annotations

import re
from datetime import date

from vekha.deadlines.syntax import After, External, ScheduleSource
from vekha.documents.plan.model import NoDay
from vekha.orders.model import ApprovalKind, Measure, Order, Programme
from vekha.problems import Place, Severity
from vekha.text.months import MONTHS_GENITIVE

MONTHS_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

PROGRAMMES = {
    Programme.SCHOOL_QUANTORIUM: "Школьный Кванториум",
    Programme.GROWTH_POINT: "Точка роста",
    Programme.DIGITAL_ENVIRONMENT: "Цифровая образовательная среда",
    Programme.IT_CUBE: "IT-куб",
    Programme.MOBILE_QUANTORIUM: "Мобильный Кванториум",
    Programme.OTHER: "Дорожная карта",
}

SEVERITIES = {Severity.ERROR: "ошибка", Severity.WARNING: "предупреждение", Severity.NOTE: "примечание"}

APPROVALS = {ApprovalKind.AGREED: "Согласовано", ApprovalKind.APPROVED: "Утверждаю"}

FIELDS = {
    "number": "номер",
    "text": "мероприятие",
    "items": "подпункты",
    "responsibles": "ответственные",
    "results": "результаты",
    "deadline": "срок",
    "stage": "этап",
}

_SCHEDULES = {
    ScheduleSource.FEDERAL_OPERATOR: "график федерального оператора",
    ScheduleSource.MINISTRY: "график министерства",
    ScheduleSource.REGIONAL_COORDINATOR: "график регионального координатора",
    ScheduleSource.PROJECT_OFFICE: "график проектного офиса",
}

_NO_DAY = {
    NoDay.SUBSIDY_YEAR: "год получения субсидии",
    NoDay.YEAR: "год: в документе он не назван",
    NoDay.NEED: "по необходимости",
    NoDay.PERMANENT: "постоянно",
    NoDay.NOT_STATED: "срок не указан",
    NoDay.NOT_UNDERSTOOD: "срок не понят",
}

#: What the reader of the plan can do about a deadline without a day.
ADVICE = {
    NoDay.SUBSIDY_YEAR: "Укажите год: vekha plan … --subsidy-year ГГГГ. Годов может быть несколько.",
    NoDay.YEAR: "Уточните год по тексту распоряжения.",
    NoDay.SCHEDULE: "Дата появится, когда график будет получен.",
    NoDay.EVENT: "Дата появится, когда событие наступит.",
    NoDay.NEED: "Даты нет, пока не возникла необходимость.",
    NoDay.PERMANENT: "Выполняется всё время, отдельной даты нет.",
    NoDay.NOT_STATED: "Срок не указан в документе: уточните его у автора.",
    NoDay.NOT_UNDERSTOOD: "Сверьте фразу с документом: дата не угадывается.",
}

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?")
_ROMAN = ("I", "II", "III", "IV")


def long_date(day: date) -> str:
    """A date as an official writes it.

    >>> long_date(date(2024, 3, 1))
    '1 марта 2024 года'
    """
    return f"{day.day} {MONTHS_GENITIVE[day.month - 1]} {day.year} года"


def short_date(day: date) -> str:
    """A date in digits with its weekday.

    >>> short_date(date(2024, 3, 1))
    '01.03.2024, пт'
    """
    return f"{day:%d.%m.}{day.year:04d}, {WEEKDAYS[day.weekday()]}"


def tiny_date(day: date) -> str:
    """Day and month with the weekday, for the neighbours of a day off.

    >>> tiny_date(date(2024, 3, 1))
    'пт 01.03'
    """
    return f"{WEEKDAYS[day.weekday()]} {day:%d.%m}"


def period_name(period: str | None) -> str:
    """A reporting period in words, empty for none.

    >>> period_name("2024-Q3"), period_name("2024-H1"), period_name("2023"), period_name("2024-02")
    ('за III квартал 2024', 'за I полугодие 2024', 'за 2023 год', 'за фев 2024')
    """
    if not period:
        return ""
    found = _PERIOD.fullmatch(period)
    if found is None:
        return f"за {period}"
    year, quarter, half, month = found.groups()
    if quarter:
        return f"за {_ROMAN[int(quarter) - 1]} квартал {year}"
    if half:
        return f"за {_ROMAN[int(half) - 1]} полугодие {year}"
    return f"за {MONTHS_SHORT[int(month) - 1]} {year}" if month and 1 <= int(month) <= 12 else f"за {year} год"


def why_no_day(no_day: NoDay, measure: Measure) -> str:
    """What a deadline without a day waits for, in the nominative: «график федерального оператора»."""
    when = measure.deadline.when if measure.deadline is not None else None
    if no_day is NoDay.SCHEDULE:
        return _SCHEDULES.get(when.source, "график") if isinstance(when, External) and when.source else "график"
    if no_day is NoDay.EVENT:
        return f"событие: {when.event}" if isinstance(when, After) and when.event else "событие"
    return _NO_DAY[no_day]


def where(place: Place | None) -> str:
    """A place in Russian, empty for none.

    >>> where(Place(lines=(43, 46))), where(Place(page=2, table=1, rows=(3, 3)))
    ('строки 43–46', 'стр. 2, таблица 1, строка 3')
    """
    if place is None:
        return ""
    parts = [
        f"лист «{place.sheet}»" if place.sheet else "",
        f"стр. {place.page}" if place.page is not None else "",
        f"таблица {place.table}" if place.table is not None else "",
        _span("строка", "строки", place.rows or place.lines),
        f"столбец {place.column}" if place.column is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def order_name(order: Order | None) -> str:
    """The order's kind, number and date as far as they are known: «Распоряжение № 118-р от 15 декабря 2023 года»."""
    if order is None:
        return order_kind(None)
    number = f" № {order.number}" if order.number else ""
    return order_kind(order) + number + (f" от {long_date(order.date)}" if order.date else "")


def order_kind(order: Order | None) -> str:
    """The kind of the order with a capital letter; what has none is a plan."""
    return order.kind[:1].upper() + order.kind[1:] if order is not None and order.kind else "План мероприятий"


def off_reason(reason: str) -> str:
    """Why a day is off, short enough for a label: a decree is named, an ordinary day off is not explained.

    >>> off_reason("нерабочий праздничный или перенесённый выходной день"), off_reason("выходной")
    ('нерабочий день', 'выходной')
    """
    return "нерабочий день" if not reason or reason.startswith("нерабочий праздничный") else reason


def counted(count: int, one: str, few: str, many: str) -> str:
    """A number with its noun.

    >>> [counted(n, "мера", "меры", "мер") for n in (1, 3, 11, 22)]
    ['1 мера', '3 меры', '11 мер', '22 меры']
    """
    if count % 10 == 1 and count % 100 != 11:
        return f"{count} {one}"
    return f"{count} {few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many}"


def _span(one: str, many: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    return f"{one} {span[0]}" if span[0] == span[1] else f"{many} {span[0]}–{span[1]}"
