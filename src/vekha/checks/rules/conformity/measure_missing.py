"""A measure of the reference that the order does not have."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.reference import regrouped
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity
from vekha.stages.catalogue import title


@rule(
    "CF01",
    slug="measure-missing",
    family=Family.CONFORMITY,
    severity=Severity.WARNING,
    basis="Методические рекомендации и акты вышестоящих органов; рекомендации не обязательны, поэтому отклонение – предупреждение",
    needs_reference=True,
)
def measure_missing(subject: Subject) -> Iterator[Violation]:
    """Мероприятия образца нет в карте.

    Почему:
        Пропущенный этап не будет ни назначен, ни исполнен, а отчитываться о нём всё равно придётся. Мероприятие, которое
        вошло в другое, пропущенным не считается (CF03).

    Образец:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Проведён фотомониторинг помещений       | 25 августа 2027 года | Департамент образования | Фотоотчёт |

    Нарушение:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Проведён фотомониторинг помещений       | 25 августа 2027 года | Департамент образования | Фотоотчёт |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        alignment = aligned.alignment
        taken_in = {index for group in regrouped(alignment)[0].values() for index in group}
        for index in alignment.only_a:
            if index in taken_in:
                continue
            measure = alignment.a.measures[index]
            number = f" № {measure.number}" if measure.number else ""
            message = (
                f"Нет мероприятия{number} образца «{reference.name}»: {quoted(measure.text)} ({title(measure.stage)})."
            )
            yield Violation(message, "Добавьте мероприятие или объясните, почему оно не нужно.", aligned.roadmap)
