"""Numbers and dates of acts as officials write them: «от 28.12.2023 № 3537-р», «от «___» _____ 2023 года № _____», «№1074-р»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vekha.text.months import MONTHS

_QUOTE = "[\"«»„“”'‹›]"
_YEAR_TAIL = r"(?:\s*г(?:\.|ода|од|\b)\.?)?"
_NUMERIC = re.compile(
    rf"(?<![\d.,/])(?P<day>\d{{1,2}})\s?[./]\s?(?P<month>\d{{1,2}})\s?[./]\s?(?P<year>\d{{4}}|\d{{2}}(?!\d))(?!\d){_YEAR_TAIL}",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])")
_WORDED = re.compile(
    rf"(?<!\d){_QUOTE}?\s?(?P<day>\d{{1,2}})\s?{_QUOTE}?(?:-?го)?\s?(?P<month>[А-Яа-яё]{{3,9}})\.?\s?(?P<year>\d{{4}})(?!\d){_YEAR_TAIL}",
    re.IGNORECASE,
)
_INK = r"[_.…]"
_BLANK = re.compile(
    # «___» _____ 2023 года, «29» _____ 20__ г., "  " ________; «___» декабря 2023 г.; __.__.2023; от ______
    rf"[\"«„“]\s?(?:_[_\s]{{0,30}}|\d{{1,2}}_{{0,5}})?\s?[\"»”“]\s?(?:[_…]{{1,60}}|\.{{3,60}})[\s_]{{0,30}}(?:20\s?[\d_…]{{0,20}})?{_YEAR_TAIL}"
    rf"|[\"«„“]\s?_{{0,30}}\s?[\"»”“]\s?[А-Яа-яё]{{3,9}}\s?(?:20\s?[\d_]{{0,12}})?{_YEAR_TAIL}"
    rf"|_{{1,30}}\s?\.\s?_{{1,30}}\s?\.\s?(?:20[\d_]{{0,12}}|_{{1,30}}){_YEAR_TAIL}"
    rf"|_{{1,60}}\s?(?:[А-Яа-яё]{{3,9}}\s?)?20[\d_]{{1,12}}{_YEAR_TAIL}"
    r"|(?<!\w)от\s?_{2,60}",
    re.IGNORECASE,
)
_MAYBE_DATE = re.compile(r"[\d_…]|\.{3}|[\"«„“]\s?[\"»”“]")
_DATES = (_NUMERIC, _WORDED, _ISO)

_SIGN = r"(?:№№?|Nº|N[oо]?°?\.?(?=\s?\d)|(?<!\w)(?:номер|рег\.\s?№)\s?:?)"
_TAIL = (
    r"(?:[-–—/.](?=\w)[\w]{1,24}|\s[-–—/]\s(?:\d{1,6}|(?!об?\b)[^\W\d_]{1,4})(?!\w)|[-–—/]\s(?:[^\W\d_]{1,4})(?!\w))"
)
_VALUE = rf"(?:[^\W\d_]{{1,8}}[-–/]?\s?)?\d{{1,12}}[^\W\d_]{{0,8}}{_TAIL}{{0,8}}(?:\s(?:рп|ра|р|па|пг|пр|п|од|осн|лс|к)(?![\w.\-/]))?"
_NUMBER = re.compile(rf"{_SIGN}\s?(?P<value>{_VALUE})", re.IGNORECASE)
_NUMBER_BLANK = re.compile(rf"{_SIGN}\s?(?:[_…]{{1,60}}|\.{{3,60}}|б/н\b|$)", re.IGNORECASE)
_BARE_NUMBER = re.compile(rf"(?<![\w.])(?P<value>{_VALUE})(?!\w)", re.IGNORECASE)
LONGEST = 600


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where, and the day, which is ``None`` where it is blank or cannot exist (``blank`` tells which)."""

    start: int
    end: int
    written: str
    day: date | None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number after «№» as written, without the sign; ``None`` where only an empty line is left for it."""

    start: int
    end: int
    value: str | None


def find_dates(text: str) -> list[FoundDate]:
    """Every whole or blank date of a text, in order; the text is read as far as it may be a header's.

    >>> [found.day for found in find_dates("от «28» декабря 2023 г. и 01.12.2020")]
    [datetime.date(2023, 12, 28), datetime.date(2020, 12, 1)]
    """
    if not _MAYBE_DATE.search(text):
        return []
    found = [made for pattern in _DATES for match in pattern.finditer(text) if (made := _make_date(match))]
    found += [
        FoundDate(match.start(), match.end(), match.group().strip(), None, True) for match in _BLANK.finditer(text)
    ]
    found.sort(key=lambda item: (item.start, item.blank, -item.end))
    kept: list[FoundDate] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _make_date(match: re.Match[str]) -> FoundDate | None:
    month_written = match["month"]
    month = int(month_written) if month_written.isdigit() else MONTHS.get(month_written.lower())
    if month is None:
        return None
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    if not 1900 <= year <= 2100:
        return None
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        return FoundDate(match.start(), match.end(), match.group().strip(), None)
    return FoundDate(match.start(), match.end(), match.group().strip(), day)


def find_numbers(text: str) -> list[FoundNumber]:
    """Every number of an act after its sign, in order, as written; a blank one has the value ``None``.

    >>> [found.value for found in find_numbers("№ 1410 р, №1074-р, № ТВ-2357/02, № ____")]
    ['1410 р', '1074-р', 'ТВ-2357/02', None]
    """
    found = [FoundNumber(match.start(), match.end(), _tidy(match["value"])) for match in _NUMBER.finditer(text)]
    found += [FoundNumber(match.start(), match.end(), None) for match in _NUMBER_BLANK.finditer(text)]
    found.sort(key=lambda item: item.start)
    return found


def _tidy(value: str) -> str:
    return value.strip().rstrip(".-–—/")


def find_bare_number(text: str) -> str | None:
    """A number without its sign in what is left of a line of requisites («28.12.2023 3537-р» → «3537-р»)."""
    match = _BARE_NUMBER.fullmatch(text.strip())
    return _tidy(match["value"]) if match else None


_LEFTOVER = re.compile(
    r"(?<!\w)(?:от|дата|рег|г|года|регистрационный|и)(?!\w)\.?|[\s_.,:;\"«»„“”()/|\-–—*]+", re.IGNORECASE
)
_TOWN = re.compile(
    r"(?:г|гор|город|п|пос|пгт|рп|р\.\s?п|с|село|д|дер|деревня|ст|ст-ца|станица|поселок|посёлок|аул)\.?\s?[А-ЯЁ][а-яёА-ЯЁ-]+(?:\s[А-ЯЁ][а-яёА-ЯЁ-]+)?"
    r"|[А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁа-яё][а-яё]+)*"
)


@dataclass(frozen=True, slots=True)
class Requisites:
    """The number and date one line or several hold; ``rest`` is what else stands there."""

    number: FoundNumber | None
    date: FoundDate | None
    rest: str


def read_requisites(text: str) -> Requisites:
    """The first whole (else the first blank) date and number of a text, and what is left without them."""
    text = text[:LONGEST]
    dates = find_dates(text)
    numbers = find_numbers(_blanked(text, [(found.start, found.end) for found in dates]))
    spans = [(found.start, found.end) for found in dates] + [(found.start, found.end) for found in numbers]
    rest = _blanked(text, spans)
    number = next((found for found in numbers if found.value), numbers[0] if numbers else None)
    day = next((found for found in dates if found.day), dates[0] if dates else None)
    if number is None and day is not None:
        bare = find_bare_number(_LEFTOVER_EDGE.sub("", rest))
        if bare is not None:
            return Requisites(FoundNumber(0, 0, bare), day, "")
    return Requisites(number, day, rest)


_LEFTOVER_EDGE = re.compile(r"^(?:\s|от(?!\w)|г(?:\.|ода)?(?!\w)|[,.:;])+|\s+$", re.IGNORECASE)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def is_requisites(text: str) -> bool:
    """Whether a line holds nothing but a number, a date, or both, perhaps with the town.

    >>> is_requisites("г. Энск   от 01.12.2020 № 5-од"), is_requisites("МБОУ «Средняя школа № 5»")
    (True, False)
    """
    if len(text) > LONGEST // 2:
        return False
    found = read_requisites(text)
    if found.number is None and found.date is None:
        return False
    return is_filler(found.rest)


def is_filler(rest: str) -> bool:
    """Whether what is left beside a number and a date is only «от», punctuation, blanks or the town."""
    plain = _LEFTOVER.sub(" ", _TOWN.sub(" ", rest.strip(), count=1))
    return not plain.strip() or not _LEFTOVER.sub(" ", rest).strip()


def is_town(text: str) -> bool:
    """Whether a line only says where the act was made («г. Энск»)."""
    return len(text) < 60 and _TOWN.fullmatch(text.strip(" .,")) is not None
