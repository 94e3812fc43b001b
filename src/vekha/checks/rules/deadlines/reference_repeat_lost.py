"""A repetition that the reference has and the order lost."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines import Deadline
from vekha.deadlines.syntax import Recurring
from vekha.problems import Severity


@rule(
    "DL16",
    slug="reference-repeat-lost",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Методические рекомендации и акты вышестоящих органов",
    needs_reference=True,
)
def reference_repeat_lost(subject: Subject) -> Iterator[Violation]:
    """В образце срок повторяется, здесь – нет.

    Почему:
        Мониторинг по образцу идёт каждый квартал, а здесь остался один отчёт: остальные никто не назначил и не проверит.

    Образец:
        | № | Мероприятие                      | Срок                                       | Ответственный           | Результат |
        | 1 | Мониторинг показателей центров   | 1 октября 2026 года, далее – ежеквартально | Департамент образования | Отчёт     |

    Нарушение:
        | № | Мероприятие                      | Срок                | Ответственный           | Результат |
        | 1 | Мониторинг показателей центров   | 1 октября 2026 года | Департамент образования | Отчёт     |

    Правильно:
        | № | Мероприятие                      | Срок                                       | Ответственный           | Результат |
        | 1 | Мониторинг показателей центров   | 1 октября 2026 года, далее – ежеквартально | Департамент образования | Отчёт     |
    """
    if subject.reference is None:
        return
    for aligned in subject.reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for pair in aligned.alignment.pairs:
            row, theirs = rows[pair.b], aligned.alignment.a.measures[pair.a].deadline
            ours = row.measure.deadline
            if theirs is not None and ours is not None and _repeats(theirs) and not _repeats(ours):
                message = f"Срок мероприятия {row.label} {quoted(ours.text)} не повторяется, а в образце – {quoted(theirs.text)}."
                yield at(row, message, "Допишите повторение, если работа не разовая.", day=row.due)


def _repeats(deadline: Deadline) -> bool:
    return any(
        isinstance(part.when, Recurring) or (part.repeat is not None and not part.repeat.if_needed)
        for part in deadline.parts or (deadline,)
    )
