"""A date that was copied from last year's plan."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.deadlines.syntax import OnDate
from vekha.problems import Severity


@rule(
    "CF07",
    slug="last-years-date",
    family=Family.CONFORMITY,
    severity=Severity.WARNING,
    basis="План на новый год составляется заново; неизменённая дата прошлогоднего плана – след копирования",
    needs_reference=True,
)
def last_years_date(subject: Subject) -> Iterator[Violation]:
    """Срок остался от прошлогоднего плана.

    Почему:
        Карту на новый год делают из прошлогодней, и где-нибудь год забывают поменять: мероприятие просрочено ещё до начала.
        Правило сравнивает карты разных годов и ищет даты, которые не изменились.

    Образец:
        Дорожная карта по созданию центров «Точка роста» в 2026 году

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2026 года    | Департамент образования | Извещения |

    Нарушение:
        Дорожная карта по созданию центров «Точка роста» в 2027 году

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2026 года    | Департамент образования | Извещения |

    Правильно:
        Дорожная карта по созданию центров «Точка роста» в 2027 году

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        if not aligned.years:
            continue
        rows = subject.rows_of(aligned.roadmap)
        for pair in aligned.alignment.pairs:
            row, theirs = rows[pair.b], aligned.alignment.a.measures[pair.a].deadline
            ours = row.measure.deadline
            if ours is None or theirs is None or not isinstance(ours.when, OnDate) or ours.when != theirs.when:
                continue
            message = f"Срок мероприятия {row.label} тот же, что в плане другого года «{reference.name}»: {quoted(ours.text)}."
            yield at(row, message, "Поменяйте год в сроке.", day=row.due)
