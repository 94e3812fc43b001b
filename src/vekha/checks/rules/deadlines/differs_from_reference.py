"""A deadline that differs from the reference's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vekha.checks.reference import Reference, is_superior
from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject, reference_day
from vekha.checks.wording import day_text, days_count, quoted
from vekha.deadlines import Deadline
from vekha.problems import Severity


@rule(
    "DL15",
    slug="differs-from-reference",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Методические рекомендации и акты вышестоящих органов; рекомендации не обязательны, поэтому отклонение – предупреждение",
    needs_reference=True,
)
def differs_from_reference(subject: Subject) -> Iterator[Violation]:
    """Срок не такой, как в образце.

    Почему:
        Более поздний срок надо объяснить тому, кто рекомендовал более ранний; о более раннем достаточно знать. Сроки
        сопоставляются в одном году получения субсидии; срок, позже установленного вышестоящим актом, – CF05.

    Дано:
        Год получения субсидии: 2027

    Образец:
        | № | Мероприятие                             | Срок              | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года | Региональный координатор | Извещения |

    Нарушение:
        | № | Мероприятие                             | Срок               | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 15 марта 2027 года | Департамент образования | Извещения |

    Правильно:
        | № | Мероприятие                             | Срок               | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования центров  | 1 марта 2027 года  | Департамент образования | Извещения |
    """
    reference = subject.reference
    if reference is None:
        return
    binding = is_superior(subject.order_file, reference)
    for aligned in reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for pair in aligned.alignment.pairs:
            row, theirs = rows[pair.b], aligned.alignment.a.measures[pair.a].deadline
            wanted = None if theirs is None else reference_day(subject, theirs, row, aligned)
            if wanted is None or theirs is None or row.due is None or wanted == row.due:
                continue
            if not (binding and row.due > wanted):  # that is CF05
                yield _difference(row, row.due, wanted, theirs, reference)


def _difference(row: Row, due: date, wanted: date, theirs: Deadline, reference: Reference) -> Violation:
    days = (due - wanted).days
    way = f"на {days_count(days)} {'позже' if days > 0 else 'раньше'}"
    message = (
        f"Срок мероприятия {row.label} – {day_text(due)}, {way}, чем в образце «{reference.name}»: "
        f"{quoted(theirs.text)} ({day_text(wanted)})."
    )
    if days > 0:
        return at(row, message, "Если срок сдвинут намеренно, объясните причину; иначе верните срок образца.", day=due)
    return at(row, message, "Более ранний срок допустим; проверьте, что он исполним.", day=due, severity=Severity.NOTE)
