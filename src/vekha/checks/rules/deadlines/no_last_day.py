"""A deadline that is understood but has no last day."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines.syntax import After, Period, RelativePeriod, YearlessPeriod
from vekha.problems import Severity


@rule(
    "DL14",
    slug="no-last-day",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Срок исполнения должен кончаться: статья 190 Гражданского кодекса",
    covers=("no-due-date",),
)
def no_last_day(subject: Subject) -> Iterator[Violation]:
    """У срока нет последнего дня.

    Почему:
        «Не ранее 1 марта» и «после подписания соглашения» говорят, когда начать, и не говорят, когда закончить. Нарушить
        такой срок нельзя, значит, нельзя и проконтролировать.

    Нарушение:
        | № | Мероприятие       | Срок                       | Ответственный           | Результат |
        | 1 | Объявлены закупки | не ранее 1 марта 2027 года | Департамент образования | Извещения |

    Правильно:
        | № | Мероприятие       | Срок                         | Ответственный           | Результат |
        | 1 | Объявлены закупки | с 1 по 15 марта 2027 года    | Департамент образования | Извещения |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        if deadline is None or deadline.parts:
            continue
        match deadline.when:
            case Period(_, None) | YearlessPeriod(_, None) | RelativePeriod(_, None) | After(None):
                message = f"У срока {quoted(deadline.text)} мероприятия {row.label} нет последнего дня."
                yield at(row, message, "Уточните, к какому дню работа должна быть закончена.")
            case _:
                pass
