"""A whole territory named as responsible."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.orders.model import ResponsibleKind
from vekha.problems import Severity


@rule(
    "RS03",
    slug="whole-territory",
    family=Family.RESPONSIBLES,
    severity=Severity.WARNING,
    basis="Обязанности исполняют органы и должностные лица, а не территория: статья 125 Гражданского кодекса",
)
def whole_territory(subject: Subject) -> Iterator[Violation]:
    """Ответственным названа целая территория.

    Почему:
        Область не может подписать отчёт или провести мониторинг: это делает её орган. Пока он не назван, мероприятие ничьё.

    Нарушение:
        | № | Мероприятие                      | Срок                | Ответственный    | Результат |
        | 1 | Проведён мониторинг помещений    | 25 августа 2027 года | Заречная область | Отчёт     |

    Правильно:
        | № | Мероприятие                      | Срок                | Ответственный                          | Результат |
        | 1 | Проведён мониторинг помещений    | 25 августа 2027 года | Департамент образования Заречной области | Отчёт     |
    """
    for row in subject.rows:
        for responsible in row.measure.responsibles:
            if responsible.kind is ResponsibleKind.TERRITORY:
                message = (
                    f"Ответственным за мероприятие {row.label} названа целая территория: {quoted(responsible.name)}."
                )
                yield at(row, message, "Назовите орган, который исполняет мероприятие от её имени.")
