"""A date that the document names and that is a day off."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, quoted, weekday
from vekha.problems import Severity


@rule(
    "DL04",
    slug="due-on-day-off",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Статья 112 Трудового кодекса и постановления Правительства о переносе выходных дней; статья 193 Гражданского кодекса",
)
def due_on_day_off(subject: Subject) -> Iterator[Violation]:
    """Срок приходится на нерабочий день.

    Почему:
        В выходной или праздничный день письмо не примут и оборудование не поставят. Одни считают сроком последний рабочий
        день до даты, другие – первый после неё; разногласие выясняется, когда срок уже прошёл. Дата никогда не
        переносится молча: названы оба соседних рабочих дня.

    Нарушение:
        | № | Мероприятие          | Срок                            | Ответственный           | Результат |
        | 1 | Начало работы центра | не позднее 15 сентября 2024 г.  | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                            | Ответственный           | Результат |
        | 1 | Начало работы центра | не позднее 13 сентября 2024 г.  | Департамент образования | Приказ    |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        if deadline is None:
            continue
        for stated in row.days:
            if not (stated.is_written and stated.due.day_off):
                continue
            day = stated.due
            message = (
                f"Срок {quoted(deadline.text)} мероприятия {row.label} приходится на нерабочий день: "
                f"{day_text(day.due)}, {weekday(day.due)}."
            )
            hint = f"Соседние рабочие дни: {day_text(day.previous_workday)} и {day_text(day.next_workday)}. Назовите рабочий день."
            yield at(row, message, hint, day=day.due)
