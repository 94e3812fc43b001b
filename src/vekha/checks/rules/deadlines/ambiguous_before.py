"""«до 1 февраля»: whether the day itself belongs to the term."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.problems import Severity


@rule(
    "DL08",
    slug="ambiguous-before",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Статья 190 Гражданского кодекса не решает, входит ли в срок день, названный с предлогом «до»; практика расходится",
    covers=("ambiguous-before", "ambiguous-cycle-day"),
)
def ambiguous_before(subject: Subject) -> Iterator[Violation]:
    """Слово «до» в сроке неоднозначно.

    Почему:
        Одни считают, что «до 1 февраля» включает 1 февраля, другие – что последний день 31 января. Веха включает названный
        день. То же с «ежеквартально, до 10 числа», где не сказано, какого месяца.

    Нарушение:
        | № | Мероприятие               | Срок                    | Ответственный           | Результат |
        | 1 | Согласован дизайн-проект  | до 1 февраля 2027 года  | Департамент образования | Письмо    |

    Правильно:
        | № | Мероприятие               | Срок                            | Ответственный           | Результат |
        | 1 | Согласован дизайн-проект  | не позднее 1 февраля 2027 года  | Департамент образования | Письмо    |
    """
    for row in subject.rows:
        for problem in row.problems:
            if problem.code in ("ambiguous-before", "ambiguous-cycle-day"):
                yield at(row, problem.message, problem.hint, day=row.due)
