"""How much a cell's content looks like a given role: what finds columns where headers are missing, strange or wrong."""

from __future__ import annotations

import re

from vekha.intake.cells.responsibles import starts_responsible
from vekha.intake.cells.results import starts_with_document
from vekha.intake.header_words import Role, number_of_cell
from vekha.text.normalise import fold

DATE_WORDS = re.compile(
    r"\b(?:январ|феврал|марта?\b|апрел|ма[йяею]\b|июн|июл|август|сентябр|октябр|ноябр|декабр)|\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})\b|"
    r"\d{4}-\d\d-\d\d|квартал|полугоди|\b20\d\d\b|ежегодн|ежеквартальн|ежемесячн|еженедельн|постоянн|по мере необходимости|по необходимости|"
    r"графику|в течени[еи]|не позднее|весь период|год[ау] получени|рабочих дн|календарных дн|дней|\bдо \d|\bк \d|по запросу|по отдельному"
)
FORM = re.compile(r"^(?:по форме|согласно форме|форма)\b")
DEED = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:не )?(?:утвержд|определ|сформир|формир|согласов|заключ|объявл|провед|провод|получ|установ|начал|организ|обеспеч|"
    r"направл|разраб|подготов|информацион|монитор|ежеквартальн\w+ монитор|закуп|закупл|поставк|монтаж|открыт|создан|назнач|прове[сд]|"
    r"участи|реализ|повышен|обучен|приобрет|внес|выполн|ремонт|приведен|оснащ|размещ|представл|ввод|набор|прием|приёмк|осуществ|запуск|"
    r"внедр|принят|проверк|оформл|выбор|отбор|анализ|контрол|доведен|ознаком|постав|торжествен|зачисл|комплектов|издан|утверд|отчет о)"
)
VERBAL_NOUN = re.compile(r"^\W*(?:\d+[.)]\s*)?[а-яё-]{3,}(?:[еа]ние|ация|овка|[аеия]ть(?:ся)?|ти)(?![а-яё])")
LONG_TEXT = 60
LONGEST_DEADLINE = 160


def likeness(role: Role, text: str) -> float:
    """From 0 (not at all) to 1 (certainly): how a cell's text looks as the content of ``role``; an empty cell looks like nothing.

    >>> likeness(Role.DEADLINE, "не позднее 25 августа 2024 года") > likeness(Role.TEXT, "не позднее 25 августа 2024 года")
    True
    """
    line = text[:400].strip()
    if not line:
        return 0.0
    match role:
        case Role.NUMBER:
            return 1.0 if number_of_cell(line) else 0.0
        case Role.DEADLINE:
            return _as_deadline(line, len(text))
        case Role.RESPONSIBLE:
            return 0.9 if starts_responsible(line) and not _as_deadline(line, len(text)) > 0.7 else 0.0
        case Role.RESULT:
            return 0.9 if starts_with_document(line) or FORM.match(fold(line[:40])) else 0.0
        case Role.TEXT:
            return _as_text(line, len(text))
        case _:
            return 0.0


def _as_deadline(line: str, length: int) -> float:
    if length > LONGEST_DEADLINE or not DATE_WORDS.search(fold(line)):
        return 0.0
    if DEED.match(fold(line)):
        return 0.2
    return 1.0 if length < LONG_TEXT else 0.8


def _as_text(line: str, length: int) -> float:
    if number_of_cell(line):
        return 0.0
    folded = fold(line[:40])
    score = 0.6 if DEED.match(folded) else 0.4 if VERBAL_NOUN.match(folded) else 0.0
    if length > LONG_TEXT:
        score += 0.3
    return score
