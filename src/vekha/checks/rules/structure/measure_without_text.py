"""A row that says who and when, but not what."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.problems import Severity


@rule(
    "ST07",
    slug="measure-without-text",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    basis="Форма комплекса мер: у каждой строки есть наименование мероприятия",
)
def measure_without_text(subject: Subject) -> Iterator[Violation]:
    """Не указано само мероприятие.

    Почему:
        Строка с ответственным и сроком, но без мероприятия ничего не поручает. Обычно текст потерян при копировании или
        остался на другой странице.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 |                      | 1 сентября 2027 года | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    for row in subject.rows:
        if not row.measure.text.strip():
            label = f" № {row.measure.number}" if row.measure.number else ""
            yield at(row, f"В строке{label} не указано мероприятие.", "Впишите мероприятие по подлиннику.")
