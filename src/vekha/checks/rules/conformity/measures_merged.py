"""Several measures of the reference in one of the order."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.reference import regrouped
from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import listed
from vekha.orders.model import Roadmap
from vekha.problems import Severity


@rule(
    "CF03",
    slug="measures-merged",
    family=Family.CONFORMITY,
    severity=Severity.NOTE,
    basis="Методические рекомендации и акты вышестоящих органов",
    needs_reference=True,
)
def measures_merged(subject: Subject) -> Iterator[Violation]:
    """Несколько мероприятий образца объединены в одно.

    Почему:
        У объединённого мероприятия один срок и один ответственный на всё: отчитаться об этапах порознь уже нельзя, а
        срок поневоле ставят по последнему.

    Образец:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | Утверждены планы мероприятий центров на год      | 20 августа 2027 года | Департамент   | Приказы   |
        | 2 | Установлено и налажено оборудование центров              | 25 августа 2027 года | Департамент   | Акты      |

    Нарушение:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | 1) Утверждены планы мероприятий центров на год; 2) Установлено и налажено оборудование центров | 25.08.2027 | Департамент | Акты |

    Правильно:
        | № | Мероприятие                                              | Срок                 | Ответственный | Результат |
        | 1 | Утверждены планы мероприятий центров на год      | 20 августа 2027 года | Департамент   | Приказы   |
        | 2 | Установлено и налажено оборудование центров              | 25 августа 2027 года | Департамент   | Акты      |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for whole, group in sorted(regrouped(aligned.alignment)[0].items()):
            row = rows[whole]
            theirs = _labels(aligned.alignment.a, tuple(sorted(group)))
            message = f"Мероприятие {row.label} объединяет мероприятия образца «{reference.name}»: {theirs}."
            yield at(row, message, "Если этапы сдаются в разное время, разделите их.", day=row.due)


def _labels(roadmap: Roadmap, indices: tuple[int, ...]) -> str:
    return listed([f"№ {roadmap.measures[index].number or index + 1}" for index in indices])
