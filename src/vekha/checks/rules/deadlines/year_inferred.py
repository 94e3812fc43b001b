"""Deadlines without a year of their own."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import counted, listed, quoted
from vekha.deadlines.syntax import OnDate, YearlessDate
from vekha.problems import Severity


@rule(
    "DL07",
    slug="year-inferred",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Дата в документе указывается с годом: ГОСТ Р 7.0.97-2016, реквизит «Дата документа»",
)
def year_inferred(subject: Subject) -> Iterator[Violation]:
    """Год в сроке не указан.

    Почему:
        Год берётся из названия карты или из строки выше. Карту копируют на следующий год, меняют год в названии – и все
        такие сроки молча переезжают вместе с ним, в том числе те, что относились к прошлому году. Месяцы и кварталы без
        года («I квартал») нарушением не считаются.

    Нарушение:
        Дорожная карта по созданию центров «Точка роста» на 2027 год

        | № | Мероприятие       | Срок    | Ответственный           | Результат |
        | 1 | Объявлены закупки | 1 марта | Департамент образования | Извещения |

    Правильно:
        Дорожная карта по созданию центров «Точка роста» на 2027 год

        | № | Мероприятие       | Срок              | Ответственный           | Результат |
        | 1 | Объявлены закупки | 1 марта 2027 года | Департамент образования | Извещения |
    """
    for index in range(len(subject.roadmaps)):
        rows = [row for row in subject.rows_of(index) if _lacks_year(row)]
        if not rows:
            continue
        phrases = dict.fromkeys(quoted(row.measure.deadline.text, 40) for row in rows if row.measure.deadline)
        how_many = counted(len(rows), "срок назван", "срока названы", "сроков названы")
        message = f"Без года: {how_many} только днём и месяцем ({listed(list(phrases))})."
        years = sorted({row.due.year for row in rows if row.due is not None})
        taken = f"Принят {', '.join(map(str, years))} год. " if years else "Год взять неоткуда, дат поэтому нет. "
        place = rows[0].measure.place
        yield Violation(message, taken + "Допишите год в каждый срок.", index, place=place)


def _lacks_year(row: Row) -> bool:
    deadline = row.measure.deadline
    if deadline is None:
        return False
    return any(
        isinstance(part.when, YearlessDate) or (part.year_inferred and isinstance(part.when, OnDate))
        for part in deadline.parts or (deadline,)
    )
