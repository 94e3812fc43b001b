"""The same responsible twice in one cell."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import folded, quoted
from vekha.problems import Severity


@rule(
    "RS09",
    slug="responsible-named-twice",
    family=Family.RESPONSIBLES,
    severity=Severity.NOTE,
    basis="Исполнитель называется один раз",
)
def named_twice(subject: Subject) -> Iterator[Violation]:
    """Ответственный назван дважды в одном мероприятии.

    Почему:
        Повтор обычно стоит на месте другого исполнителя, которого хотели назвать и не назвали.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный            | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А., Лосев Н.А.   | Извещения |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный            | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А., Гринько Е.Н. | Извещения |
    """
    for row in subject.rows:
        met: set[str] = set()
        for responsible in row.measure.responsibles:
            name = folded(responsible.name).rstrip(".")
            if name in met:
                message = f"За мероприятие {row.label} дважды отвечает {quoted(responsible.name)}."
                yield at(row, message, "Уберите повтор или назовите второго исполнителя.")
            met.add(name)
