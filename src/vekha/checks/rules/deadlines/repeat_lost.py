"""A measure that says it repeats, with a deadline that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines.syntax import Deadline, OnDate, RelativeDate, YearlessDate
from vekha.problems import Severity

_REPEATS = re.compile(
    r"\b(ежеквартальн\w+|ежемесячн\w+|еженедельн\w+|ежегодно|"
    r"раз в (?:квартал|месяц|год|полугодие|неделю))\b",
    re.IGNORECASE,
)


@rule(
    "DL13",
    slug="repeat-lost",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Срок должен отвечать содержанию мероприятия: повторяющаяся работа имеет повторяющийся срок",
)
def repeat_lost(subject: Subject) -> Iterator[Violation]:
    """Мероприятие повторяется, а срок – нет.

    Почему:
        «Ежеквартальный мониторинг» с единственной датой будет выполнен один раз: слова «далее – ежеквартально» потерялись
        при переписывании, и следующие отчёты никто не ждёт. «Ежегодный» правило не смущает: ежегодный конкурс в плане на
        год бывает один раз.

    Нарушение:
        | № | Мероприятие                           | Срок                | Ответственный           | Результат |
        | 1 | Ежеквартальный мониторинг показателей | 1 октября 2026 года | Департамент образования | Отчёт     |

    Правильно:
        | № | Мероприятие                           | Срок                                       | Ответственный           | Результат |
        | 1 | Ежеквартальный мониторинг показателей | 1 октября 2026 года, далее – ежеквартально | Департамент образования | Отчёт     |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        said = _REPEATS.search(row.measure.text)
        if said and deadline is not None and _is_single(deadline):
            message = f"Мероприятие {row.label} – {quoted(said[0])}, а срок назван один раз: {quoted(deadline.text)}."
            yield at(row, message, "Допишите повторение: «далее – ежеквартально».", day=row.due)


def _is_single(deadline: Deadline) -> bool:
    if deadline.parts or deadline.repeat is not None:
        return False
    return isinstance(deadline.when, OnDate | YearlessDate | RelativeDate)
