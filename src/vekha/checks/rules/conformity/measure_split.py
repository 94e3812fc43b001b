"""One measure of the reference as several of the order."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.reference import regrouped
from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import listed, quoted
from vekha.problems import Severity


@rule(
    "CF04",
    slug="measure-split",
    family=Family.CONFORMITY,
    severity=Severity.NOTE,
    basis="Методические рекомендации и акты вышестоящих органов",
    needs_reference=True,
)
def measure_split(subject: Subject) -> Iterator[Violation]:
    """Мероприятие образца разделено на несколько.

    Почему:
        Делить можно: у частей появляются свои сроки и ответственные. Но в федеральном отчёте это одна строка, и закрыта она
        будет только вместе с последней частью.

    Образец:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | 1) Утверждены планы мероприятий центров на год; 2) Установлено и налажено оборудование центров | 25.08.2027 | Департамент | Акты |

    Нарушение:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | Утверждены планы мероприятий центров на год      | 20 августа 2027 года | Департамент   | Приказы   |
        | 2 | Установлено и налажено оборудование центров              | 25 августа 2027 года | Департамент   | Акты      |

    Правильно:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | 1) Утверждены планы мероприятий центров на год; 2) Установлено и налажено оборудование центров | 25.08.2027 | Департамент | Акты |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for index, group in sorted(regrouped(aligned.alignment)[1].items()):
            whole = aligned.alignment.a.measures[index]
            row = rows[min(group)]
            ours = listed([rows[each].label for each in sorted(group)])
            message = f"Мероприятие образца «{reference.name}» {quoted(whole.text, 80)} разделено: {ours}."
            yield at(row, message, "В отчёте по образцу это одна строка; закрывайте её по последней части.")
