"""A deadline that had passed before the order was signed."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, days_count, quoted
from vekha.problems import Severity


@rule(
    "DL06",
    slug="overdue-at-adoption",
    family=Family.DEADLINES,
    severity=Severity.ERROR,
    basis="Поручение исполняется после того, как дано: срок раньше даты акта исполнить нельзя",
)
def overdue_at_adoption(subject: Subject) -> Iterator[Violation]:
    """Срок раньше даты самого распоряжения.

    Почему:
        Мероприятие просрочено в день подписания. Если работа уже сделана, срок надо снять или назвать исполненным;
        если нет – назначить достижимый. Проверяющие находят такие сроки первыми. В распоряжении об изменениях, которое
        повторяет прежние строки, это примечание.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        Об утверждении дорожной карты

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие                            | Срок              | Ответственный           | Результат    |
        | 1 | Определён региональный координатор     | 1 декабря 2026 г. | Департамент образования | Распоряжение |

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        Об утверждении дорожной карты

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие                            | Срок               | Ответственный           | Результат    |
        | 1 | Определён региональный координатор     | 18 декабря 2026 г. | Департамент образования | Распоряжение |
    """
    adopted = subject.order.date
    if adopted is None:
        return
    for row in subject.rows:
        deadline = row.measure.deadline
        if deadline is None or row.due is None or row.due >= adopted:
            continue
        message = (
            f"Мероприятие {row.label} просрочено при подписании: срок {quoted(deadline.text)} – {day_text(row.due)}, "
            f"распоряжение от {day_text(adopted)} ({days_count((adopted - row.due).days)} спустя)."
        )
        hint = "Назначьте срок не раньше даты распоряжения или отметьте, что работа уже сделана."
        yield at(row, message, hint, day=row.due, severity=Severity.NOTE if subject.order.amendments else None)
