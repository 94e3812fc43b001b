"""A measure that the reference does not have."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.reference import regrouped
from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity


@rule(
    "CF02",
    slug="measure-added",
    family=Family.CONFORMITY,
    severity=Severity.NOTE,
    basis="Методические рекомендации и акты вышестоящих органов",
    needs_reference=True,
)
def measure_added(subject: Subject) -> Iterator[Violation]:
    """Мероприятия нет в образце.

    Почему:
        Добавлять свои мероприятия можно; знать о них нужно, чтобы не искать их в федеральной отчётности и чтобы заметить
        мероприятие, попавшее в карту по ошибке.

    Образец:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |

    Нарушение:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Проведён фотомониторинг помещений       | 25 августа 2027 года | Департамент образования | Фотоотчёт |

    Правильно:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        rows, alignment = subject.rows_of(aligned.roadmap), aligned.alignment
        split_off = {index for group in regrouped(alignment)[1].values() for index in group}
        for index in alignment.only_b:
            if index not in split_off:
                row = rows[index]
                message = f"Мероприятия {row.label} нет в образце «{reference.name}»: {quoted(row.measure.text)}."
                yield at(row, message, "Если мероприятие своё, ничего не нужно; если попало по ошибке, уберите его.")
