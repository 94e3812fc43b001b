"""A day off that the document does not name but means: a repetition, or the end of a period."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, listed, quoted
from vekha.problems import Severity


@rule(
    "DL05",
    slug="implied-day-off",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Статья 112 Трудового кодекса; статья 193 Гражданского кодекса",
)
def implied_day_off(subject: Subject) -> Iterator[Violation]:
    """Подразумеваемый срок приходится на нерабочий день.

    Почему:
        Отчёт «далее – ежеквартально» от 1 октября каждый год выпадает на 1 января, а «в течение года» кончается 31 декабря.
        В документе этих дат нет, и о них вспоминают в последний день. Менять документ не обязательно, но знать надо.

    Нарушение:
        | № | Мероприятие            | Срок                                       | Ответственный           | Результат |
        | 1 | Мониторинг показателей | 1 октября 2026 года, далее – ежеквартально | Департамент образования | Отчёт     |

    Правильно:
        | № | Мероприятие            | Срок                                                       | Ответственный           | Результат |
        | 1 | Мониторинг показателей | 1 октября 2026 года                                        | Департамент образования | Отчёт     |
    """
    for row in subject.rows:
        deadline = row.measure.deadline
        off = [stated.due for stated in row.days if not stated.is_written and stated.due.day_off]
        if deadline is None or not off:
            continue
        days = listed([day_text(day.due) for day in off])
        what = "нерабочий день" if len(off) == 1 else "нерабочие дни"
        message = f"Срок {quoted(deadline.text)} мероприятия {row.label} подразумевает {what}: {days}."
        first = off[0]
        whose = "Его" if len(off) == 1 else "У первого из них"
        hint = f"{whose} соседние рабочие дни – {day_text(first.previous_workday)} и {day_text(first.next_workday)}."
        yield at(row, message, hint, day=first.due)
