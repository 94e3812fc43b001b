"""A deadline on a day that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.problems import Severity


@rule(
    "DL02",
    slug="impossible-date",
    family=Family.DEADLINES,
    severity=Severity.ERROR,
    basis="Календарь: такого дня нет",
    covers=("impossible-date",),
)
def impossible_date(subject: Subject) -> Iterator[Violation]:
    """Такой даты не существует.

    Почему:
        Срок «31 июня» исполнить нельзя. Чаще всего это опечатка в числе или месяце, а для 29 февраля – в годе.

    Нарушение:
        | № | Мероприятие                         | Срок              | Ответственный           | Результат |
        | 1 | Подготовка информационной справки   | 31 июня 2027 года | Департамент образования | Справка   |

    Правильно:
        | № | Мероприятие                         | Срок              | Ответственный           | Результат |
        | 1 | Подготовка информационной справки   | 30 июня 2027 года | Департамент образования | Справка   |
    """
    for row in subject.rows:
        for problem in row.problems:
            if problem.code == "impossible-date":
                yield at(row, problem.message, problem.hint)
