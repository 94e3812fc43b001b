"""The words by which column headers name their columns, and what each kind of column is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vekha.text.months import MONTHS
from vekha.text.normalise import fold

LONGEST_HEADER = 160


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    TEXT = "text"
    RESPONSIBLE = "responsible"
    RESULT = "result"
    DEADLINE = "deadline"
    SECTION = "section"  # the stage or line of work that a measure belongs to, beside the measure itself
    START = "start"
    END = "end"
    SPAN = "span"  # a quarter or a month, marked or filled
    NOTE = "note"
    INDICATOR = "indicator"
    UNIT = "unit"
    OPENING = "opening"
    FOLLOWING = "following"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Span:
    """The quarter or months a column stands for: first and last month of the year, and the year if the header says it."""

    first_month: int
    last_month: int
    year: int | None = None


# In order: the first pattern that matches decides, so the narrower words stand above the wider ones.
HEADERS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (
            Role.NUMBER,
            r"^(?:(?:№№?|n|no|номер|#)\.?\s*(?:п\s*[/.\\]?\s*п\.?|пункта?|мероприятия|пп|строки|меры)?|п\s*[/.\\]?\s*п\.?|нпп|код|шифр)\s*[.)]?$",
        ),
        (
            Role.OPENING,
            r"(?:значени|показател|план).*(?:год[ау]? (?:открыти|создани|получени)|первый год)|^(?:в )?год открытия",
        ),
        (Role.FOLLOWING, r"(?:последующ|следующ)\S* год|в год в последующ"),
        (Role.UNIT, r"^(?!.*наименован).*единиц\S* измерени|^ед\.?\s?изм|^единиц|размерност"),
        (
            Role.RESULT,
            r"показател\S*\s*[/(,]\s*(?:ожидаем\S* )?результат|результат\S*\s*[/(,]\s*показател|показател\S* (?:результат|исполнени|выполнени)",
        ),
        (Role.VALUE, r"^(?:минимальн\S* |целев\S* |планов\S* )?значени\S*(?: (?:показател|индикатор)\S*)*$"),
        (
            Role.INDICATOR,
            r"(?:наименовани\S* |перечень )?(?:целев\S* )?(?:индикатор|показател)\S*(?!.*(?:значени|выполнени))",
        ),
        (
            Role.VALUE,
            r"(?:минимальн|целев|планов|базов|фактическ)\S* (?:значени|показател)|^значени|^(?:план|факт)(?: на)?(?: 20\d\d)?",
        ),
        (Role.DEADLINE, r"начал\S*\s*(?:[/–—-]|и|,)\s*(?:окончани|завершени)"),
        (
            Role.START,
            r"(?<!\w)(?:начал[оа]?|начать)\)?(?: (?:реализации|исполнения|выполнения|работ|мероприятия))?\)?$|^начал|"
            r"^(?:дата|срок|время)? ?\(?с\)?$",
        ),
        (
            Role.END,
            r"(?<!\w)(?:окончани[еяй]|завершени[еяй]|конец)\)?(?: (?:реализации|исполнения|выполнения|работ|мероприятия))?\)?$|"
            r"^окончан|^заверш|^(?:дата|срок|время)? ?\(?по\)?$",
        ),
        (
            Role.NOTE,
            r"^примечани|^комментари|^отметк|^место|^категори|аудитори|^длительн|^продолжительн|^процент|^%|стоимост|^сумм|бюджет|"
            r"^(?:источник|объ?ем)\S* (?:и )?(?:финансир|средств)|финансов|^статус|факт(?:ическ)?",
        ),
        (Role.DEADLINE, r"\bсрок|^дата|^период|^когда|^время|контрольн\S* (?:дат|срок)|^дедлайн|^даты"),
        (Role.RESPONSIBLE, r"ответств|исполнител|^кто\b|организатор|^участник|^фио|куратор"),
        (
            Role.RESULT,
            r"результат|вид\S* документ|документ|подтвержд|форма (?:завершен|реализац|представл|отчетн)|"
            r"^итог|^продукт|^выход|отчетн|чем (?:завершает|подтвержд)",
        ),
        (
            Role.TEXT,
            r"мероприят|^наименовани|^мер[аы]\b|содержани|действи|задач|шаг|^работ|^что\b|"
            r"^вид\S* (?:работ|деятельн)|этап|направлени|перечень|событи|контрольн",
        ),
    )
)
SECTION_HEADER = re.compile(
    r"^(?:этап|направлени|раздел|задач|блок|модул|цел[ьи]|подраздел)(?!.*(?:мероприяти|содержани|работ))"
)
QUARTER = re.compile(
    r"^(?P<quarter>iv|i{1,3}|[1-4])\s*-?\s*(?:й|ый|ой)?\s*(?:кв\.?|квартал)\s*(?:(?P<year>20\d\d)\s*(?:г\.?|год[ау]?)?)?$"
)
MONTH = re.compile(r"^(?P<month>[а-я]{3,8})\.?\s*(?:(?P<year>20\d\d)\s*(?:г\.?|год[ау]?)?)?$")
NUMBER_CELL = re.compile(r"^№?\s*(\d{1,4}(?:\.\d{1,3}){0,3})\s*[.)]?\s*$")
# How a heading between the measures of one table begins; the Roman numerals may be typed in Cyrillic.
SECTION_WORDS = re.compile(
    r"^(?:(?:под)?раздел|этап|направление|блок|часть|глава|модуль|[ivxіх]{1,5}[.)]\s|\d+(?:-?[йы]+)? этап|задача \d|цель\b)",
    re.IGNORECASE,
)
ROMAN_CELL = re.compile(r"^(?=[IVXІХ])[IVXІХLC]{1,6}\s*[.)]?$")


def role_of_header(text: str) -> Role | None:
    """The role a header cell gives its column, ``None`` where the words are not known.

    >>> role_of_header("Срок исполнения").value, role_of_header("Вид документа").value, role_of_header("№ п/п").value
    ('deadline', 'result', 'number')
    >>> role_of_header("Региональный координатор") is None
    True
    """
    if not text.strip() or len(text) > LONGEST_HEADER:
        return None
    folded = re.sub(r"[*:]+$", "", fold(text)).strip()
    if span_of_header(text) is not None:
        return Role.SPAN
    for role, pattern in HEADERS:
        if pattern.search(folded):
            return role
    return None


def span_of_header(text: str) -> Span | None:
    """The quarter or month a header names.

    >>> span_of_header("II квартал")
    Span(first_month=4, last_month=6, year=None)
    """
    folded = fold(text).replace("і", "i").replace("х", "x")
    found = QUARTER.match(folded)
    if found:
        roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
        quarter = roman.get(found["quarter"]) or int(found["quarter"])
        return Span(quarter * 3 - 2, quarter * 3, int(found["year"]) if found["year"] else None)
    found = MONTH.match(folded)
    if found and found["month"] in MONTHS:
        month = MONTHS[found["month"]]
        return Span(month, month, int(found["year"]) if found["year"] else None)
    return None


def number_of_cell(text: str) -> str | None:
    """A row's number without its closing dot, ``None`` if the cell is not a number.

    >>> number_of_cell("3.1."), number_of_cell("№ 4"), number_of_cell("4 шт.")
    ('3.1', '4', None)
    """
    if len(text) > 24:
        return None
    found = NUMBER_CELL.match(text.replace("\n", "").replace(" ", "") if text[:1].isdigit() else text)
    return found[1] if found else None
