"""A deadline that somebody else's schedule sets, which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines.syntax import External
from vekha.problems import Severity


@rule(
    "DL11",
    slug="no-schedule",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Срок по чужому графику неизвестен, пока график не получен",
)
def no_schedule(subject: Subject) -> Iterator[Violation]:
    """Срок зависит от графика, которого в документе нет.

    Почему:
        «Согласно графику, направляемому федеральным оператором» – законный срок, но даты у него нет, и ни одно напоминание
        не сработает, пока кто-нибудь не внесёт график. Об этом надо помнить, поэтому это заметка, а не ошибка.

    Нарушение:
        | № | Мероприятие                      | Срок                       | Ответственный           | Результат |
        | 1 | Согласован инфраструктурный лист | согласно отдельному графику | Департамент образования | Письмо    |

    Правильно:
        | № | Мероприятие                      | Срок                       | Ответственный           | Результат |
        | 1 | Согласован инфраструктурный лист | 15 января 2027 года        | Департамент образования | Письмо    |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        if deadline is not None and any(isinstance(part.when, External) for part in deadline.parts or (deadline,)):
            message = f"Даты у мероприятия {row.label} нет: срок {quoted(deadline.text)} задаёт чужой график."
            yield at(row, message, "Получите график и внесите дату; до этого срок не контролируется.")
