"""Fewer expected documents than the reference asks for."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import listed, quoted
from vekha.problems import Severity


@rule(
    "CF08",
    slug="fewer-documents",
    family=Family.CONFORMITY,
    severity=Severity.NOTE,
    basis="Методические рекомендации и акты вышестоящих органов",
    needs_reference=True,
)
def fewer_documents(subject: Subject) -> Iterator[Violation]:
    """Документов меньше, чем в образце.

    Почему:
        Образец ждёт письмо, ответ на него и акт, а здесь назван только акт: переписку, без которой акт не принять, никто
        не сохранит. Если столбца «Результат» нет вовсе, об этом говорит ST01.

    Образец:
        | № | Мероприятие                       | Срок                 | Ответственный           | Результат |
        | 1 | Согласован инфраструктурный лист  | 1 марта 2027 года    | Департамент | 1. Письмо оператору; 2. Письмо оператора; 3. Приказ |

    Нарушение:
        | № | Мероприятие                       | Срок                 | Ответственный           | Результат |
        | 1 | Согласован инфраструктурный лист  | 1 марта 2027 года    | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие                       | Срок                 | Ответственный           | Результат |
        | 1 | Согласован инфраструктурный лист  | 1 марта 2027 года    | Департамент | 1. Письмо оператору; 2. Письмо оператора; 3. Приказ |
    """
    reference = subject.reference
    if reference is None:
        return
    for aligned in reference.aligned:
        rows = subject.rows_of(aligned.roadmap)
        for pair in aligned.alignment.pairs:
            row, theirs = rows[pair.b], aligned.alignment.a.measures[pair.a]
            ours = row.measure.results
            if ours and len(ours) < len(theirs.results):
                wanted = listed([quoted(each.text, 60) for each in theirs.results])
                message = f"Документов у мероприятия {row.label} – {len(ours)}, в образце «{reference.name}» – {len(theirs.results)}: {wanted}."
                yield at(row, message, "Проверьте, не потерян ли документ.")
