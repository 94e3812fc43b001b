"""A measure for which no deadline is stated."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.deadlines.syntax import NotUnderstood, Reason
from vekha.problems import Severity


@rule(
    "ST03",
    slug="measure-without-deadline",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Форма комплекса мер: у каждого мероприятия есть срок",
    covers=("deadline-empty",),
)
def measure_without_deadline(subject: Subject) -> Iterator[Violation]:
    """Не указан срок мероприятия.

    Почему:
        Мероприятие без срока не станет просроченным никогда. Если срок тот же, что строкой выше, его надо повторить.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра |                      | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    for index in range(len(subject.roadmaps)):
        rows = subject.rows_of(index)
        if not any(map(_has, rows)):
            continue  # a column that is missing altogether is ST01
        for row in rows:
            if not _has(row):
                yield at(
                    row,
                    f"У мероприятия {row.label} не указан срок.",
                    "Впишите срок; если он тот же, что у другого мероприятия, повторите его.",
                )


def _has(row: Row) -> bool:
    deadline = row.measure.deadline
    if deadline is None:
        return False
    return not (isinstance(deadline.when, NotUnderstood) and deadline.when.reason is Reason.EMPTY)
