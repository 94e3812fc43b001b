"""Which programme a text is about, and which one year it names."""

from __future__ import annotations

import re

from vekha.orders.model import Programme
from vekha.text.normalise import fold

_LONGEST = 20_000

_QUANTORIUM = r"кванториум\w*"
_MOBILE = re.compile(
    rf"мобильн\w+\s+(?:\w+\s+){{0,3}}(?:технопарк\w*\s+)?\"?\s?{_QUANTORIUM}|{_QUANTORIUM}\"?\s+(?:мобильн\w+)|мобильн\w+\s+(?:детск\w+\s+)?технопарк|мобильн\w+\s+\"?кванториум"
)
_ANY_QUANTORIUM = re.compile(_QUANTORIUM)
_NOT_A_SCHOOL = re.compile(
    rf"{_QUANTORIUM}\"?\s+на\s+базе\s+(?:\w+\s+){{0,4}}(?:дополнительн|профессиональн|колледж|техникум|дворц|университет|вуз)"
)
_SCHOOL = re.compile(rf"школьн\w+\s+\"?{_QUANTORIUM}|{_QUANTORIUM}\"?\s+на\s+базе\s+(?:\w+\s+)?общеобразоват")
_GROWTH_POINT = re.compile(r"точ(?:ка|ки|ке|ку|кой|ек|кам|ками|ках)\s+роста")
_IT_CUBE = re.compile(r"(?<!\w)(?:it|iт|ит|айти|ай-ти|i-t)[\s\-\"]{0,3}(?:куб|cub)\w*")
_CDO = re.compile(r"центр\w*\s+цифрового\s+образования(?:\s+детей)?")
_PROJECT_NAME = re.compile(
    r"(?:федеральн|региональн|национальн|приоритетн)\w*\s+проект\w*\s+\"[^\"]{1,80}\"(?:\s*(?:,|и)\s*\"[^\"]{1,80}\")*"
)
_DIGITAL = re.compile(r"цифров\w+\s+образовательн\w+\s+сред\w+|(?<!\w)цос(?!\w)")

_YEAR = r"(?P<year>20[1-4]\d)"
_YEARS_SPAN = re.compile(
    r"20[1-4]\d\s*(?:[-–—/]|и|по|до|,)\s*(?:20)?\d{2}(?!\d)\s*(?:гг|г\.\s?г|год)|20[1-4]\d\s*[-–—/]\s*20[1-4]\d"
)
_SCHOOL_YEAR = re.compile(r"(?P<first>20[1-4]\d)\s*[-–—/]\s*(?P<second>(?:20)?\d\d)\s*(?:-?й\s+)?(?:уч\.|учебн)")
_ONE_YEAR = re.compile(
    rf"(?<![\d.])(?:(?:в|на|во)\s+)?{_YEAR}(?:\*+)?\s*(?:-?[мй]\s+)?(?P<word>учебн\w+\s+)?(?:год(?:у|а|ом)?(?!\w)|г(?:\.|(?!\w)))",
    re.IGNORECASE,
)
_YEAR_OF_ACT = re.compile(
    r"(?:от\s+[\"«]?\d{1,2}[\"»]?\s*(?:\.\s*\d{2}\.\s*|[а-яё]+\s+)|\d{1,2}[\"»]?\s+[а-яё]{3,8}\s+)\Z", re.IGNORECASE
)


def find_programme(text: str) -> Programme:
    """The one programme a text names, ``OTHER`` where it names none or several.

    A centre beats the project that pays for it: «центры «IT-куб» в рамках федерального проекта «Цифровая образовательная среда»»
    is IT-куб. A «Кванториум» is the school one unless it is called mobile or stands in an institution that is no school.

    >>> find_programme("детских технопарков «Кванториум» на базе общеобразовательных организаций").value
    'school-quantorium'
    >>> find_programme("центров цифрового образования детей «IТ-куб»").value, find_programme("ремонт кровли").value
    ('it-cube', 'other')
    """
    key = fold(text[:_LONGEST])
    plain = _PROJECT_NAME.sub(" ", key)
    centres = _centres(plain)
    if len(centres) == 1:
        return centres.pop()
    if centres:
        return Programme.OTHER
    return Programme.DIGITAL_ENVIRONMENT if _DIGITAL.search(plain) else _by_project(key)


def _by_project(key: str) -> Programme:
    """The project's own name decides only where nothing else is named and it is the only project."""
    names = _PROJECT_NAME.findall(key)
    digital = [name for name in names if _DIGITAL.search(name)]
    several = any(len(re.findall(r"\"[^\"]+\"", name)) > 1 for name in names)
    if digital and not several and not any('школа"' in name for name in names):
        return Programme.DIGITAL_ENVIRONMENT
    return _centres(key).pop() if len(_centres(key)) == 1 else Programme.OTHER


def _centres(key: str) -> set[Programme]:
    centres: set[Programme] = set()
    mobile = _MOBILE.search(key) is not None
    if mobile:
        centres.add(Programme.MOBILE_QUANTORIUM)
    stationary = _SCHOOL.search(key) if mobile else _ANY_QUANTORIUM.search(key)
    if stationary and not _NOT_A_SCHOOL.search(key):
        centres.add(Programme.SCHOOL_QUANTORIUM)
    if _GROWTH_POINT.search(key):
        centres.add(Programme.GROWTH_POINT)
    if _IT_CUBE.search(key) or _CDO.search(key):
        centres.add(Programme.IT_CUBE)
    return centres


def find_year(title: str) -> int | None:
    """The one year a title names («в 2024 году», «на 2024 год»); spans, school years, dates of acts and several years give ``None``.

    >>> find_year("Комплекс мер по созданию центров в 2024 году"), find_year("мероприятия на 2021–2023 гг.")
    (2024, None)
    """
    text = title[:_LONGEST]
    if _YEARS_SPAN.search(text):
        return None
    years = {
        int(match["year"])
        for match in _ONE_YEAR.finditer(text)
        if match["word"] is None
        and not _YEAR_OF_ACT.search(text[max(0, match.start("year") - 40) : match.start("year")])
    }
    return years.pop() if len(years) == 1 else None


def find_school_year(title: str) -> int | None:
    """The calendar year in which the one school year that a title names begins.

    >>> find_school_year("План работы технопарка на 2031/2032 учебный год"), find_school_year("План на 2031–2032 годы")
    (2031, None)
    """
    found = {
        int(match["first"])
        for match in _SCHOOL_YEAR.finditer(fold(title[:_LONGEST]))
        if int(match["second"]) % 100 == (int(match["first"]) + 1) % 100
    }
    return found.pop() if len(found) == 1 else None
