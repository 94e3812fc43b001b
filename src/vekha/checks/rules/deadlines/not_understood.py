"""A deadline whose phrase has no meaning in the language of deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines.syntax import NotUnderstood, Reason
from vekha.problems import Severity

_HINT = "Запишите срок датой, периодом или повторением: «не позднее 1 марта 2027 года», «I квартал 2027 года», «ежеквартально»."


@rule(
    "DL01",
    slug="deadline-not-understood",
    family=Family.DEADLINES,
    severity=Severity.ERROR,
    basis="Срок исполнения поручения должен быть определённым: Типовая инструкция по делопроизводству в государственных органах",
    covers=("deadline-not-understood", "deadline-too-long", "deadline-partly-understood"),
)
def not_understood(subject: Subject) -> Iterator[Violation]:
    """Срок не понят.

    Почему:
        По фразе, из которой не следует дата, нельзя ни напомнить, ни проверить исполнение. Частично понятая фраза
        опасна не меньше: в плане может оказаться не та дата.

    Нарушение:
        | № | Мероприятие         | Срок                    | Ответственный           | Результат |
        | 1 | Объявлены закупки   | как только получится    | Департамент образования | Извещения |

    Правильно:
        | № | Мероприятие         | Срок                        | Ответственный           | Результат |
        | 1 | Объявлены закупки   | не позднее 1 марта 2027 г.  | Департамент образования | Извещения |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        if deadline is None:
            continue
        if isinstance(deadline.when, NotUnderstood):
            if deadline.when.reason in (Reason.NOT_UNDERSTOOD, Reason.TOO_LONG):
                yield at(row, f"Срок мероприятия {row.label} не понят: {quoted(deadline.text)}.", _HINT)
            continue
        for problem in row.problems:
            if problem.code == "deadline-partly-understood":
                yield at(row, problem.message, problem.hint, severity=Severity.WARNING)
