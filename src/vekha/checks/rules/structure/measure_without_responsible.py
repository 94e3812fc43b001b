"""A measure for which no responsible is stated."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.problems import Severity


@rule(
    "ST04",
    slug="measure-without-responsible",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Форма комплекса мер: у каждого мероприятия есть ответственный исполнитель",
)
def measure_without_responsible(subject: Subject) -> Iterator[Violation]:
    """Не указан ответственный.

    Почему:
        За мероприятие без ответственного не отвечает никто: напоминать некому, спросить не с кого.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года |                         | Приказ    |

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
                    f"У мероприятия {row.label} не указан ответственный.",
                    "Назовите орган, организацию или человека.",
                )


def _has(row: Row) -> bool:
    return bool(row.measure.responsibles)
