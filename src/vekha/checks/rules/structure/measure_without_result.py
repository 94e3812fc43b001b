"""A measure for which no expected document is stated."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.problems import Severity


@rule(
    "ST02",
    slug="measure-without-result",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Форма комплекса мер: у каждого мероприятия есть результат (вид документа)",
)
def measure_without_result(subject: Subject) -> Iterator[Violation]:
    """Не указан результат мероприятия.

    Почему:
        Результат – это документ, которым мероприятие закрывают. Где он не назван, исполнением сочтут что угодно или ничего.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования |           |

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
                    f"У мероприятия {row.label} не указан результат.",
                    "Назовите документ, которым подтверждается исполнение.",
                )


def _has(row: Row) -> bool:
    return bool(row.measure.results)
