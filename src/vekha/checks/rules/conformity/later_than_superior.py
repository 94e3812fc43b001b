"""A deadline later than the one a superior act sets."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.reference import is_superior
from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject, reference_day
from vekha.checks.wording import day_text, days_count, quoted
from vekha.problems import Severity


@rule(
    "CF05",
    slug="later-than-superior",
    family=Family.CONFORMITY,
    severity=Severity.ERROR,
    basis="Акт нижестоящего органа не может отодвинуть срок, установленный вышестоящим",
    needs_reference=True,
)
def later_than_superior(subject: Subject) -> Iterator[Violation]:
    """Срок позже, чем в вышестоящем акте.

    Почему:
        Муниципалитет, исполнивший свой план в срок, сорвёт областной: область отчитывается раньше, чем получит
        результат. Обычно муниципальный срок ставят на несколько дней раньше.

    Образец:
        РАСПОРЯЖЕНИЕ
        Министерства образования Заречной области
        от 08.12.2026 № 184-р

        Об утверждении дорожной карты

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста» в 2027 году.

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года    | Департамент образования | Извещения |

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 20.12.2026 № 10-р

        Об утверждении дорожной карты

        В соответствии с распоряжением Министерства образования Заречной области от 08.12.2026 № 184-р:

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста» в 2027 году.

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 15 марта 2027 года   | Управление образования  | Извещения |

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 20.12.2026 № 10-р

        Об утверждении дорожной карты

        В соответствии с распоряжением Министерства образования Заречной области от 08.12.2026 № 184-р:

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста» в 2027 году.

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 25 февраля 2027 года | Управление образования  | Извещения |
    """
    reference = subject.reference
    if reference is None or not is_superior(subject.order_file, reference):
        return
    for aligned in reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for pair in aligned.alignment.pairs:
            row, theirs = rows[pair.b], aligned.alignment.a.measures[pair.a].deadline
            wanted = None if theirs is None else reference_day(subject, theirs, row, aligned)
            if theirs is None or wanted is None or row.due is None or row.due <= wanted:
                continue
            message = (
                f"Срок мероприятия {row.label} – {day_text(row.due)}, на {days_count((row.due - wanted).days)} позже, "
                f"чем в вышестоящем акте «{reference.name}»: {quoted(theirs.text)}."
            )
            yield at(row, message, f"Назначьте срок не позже {day_text(wanted)}.", day=row.due)
