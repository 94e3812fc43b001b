"""Several responsibles of whom none is called the lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import counted, folded, listed
from vekha.orders.model import Measure, Responsible, ResponsibleKind
from vekha.problems import Severity

_LEAD = re.compile(
    r"\((?:свод|созыв|отв|ответственн|головн|координац)|соисполнител|совместно с|при участии|головной исполнитель"
)
_FEDERAL = re.compile(r"федеральн\w+ оператор|минпросвещени|министерств\w+ просвещения")


@rule(
    "RS04",
    slug="no-lead",
    family=Family.RESPONSIBLES,
    severity=Severity.NOTE,
    basis="Типовая инструкция по делопроизводству: при нескольких исполнителях называется ответственный, иначе им считается первый",
)
def no_lead(subject: Subject) -> Iterator[Violation]:
    """Ответственных несколько, а кто главный, не сказано.

    Почему:
        Если не сказано иное, работу ведёт тот, кто назван первым, но об этом правиле помнят не все, и каждый ждёт другого.
        Федеральный оператор, который только согласует, соисполнителем не считается.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный                      | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Департамент образования, МАОУ гимназия № 77 | Приказ |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный                      | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Департамент образования            | Приказ    |
    """
    for index in range(len(subject.roadmaps)):
        rows = subject.rows_of(index)
        several = [row for row in rows if _lacks_lead(row.measure)]
        if several:
            how_many = counted(len(several), "мероприятия", "мероприятий", "мероприятий")
            message = (
                f"У {how_many} из {len(rows)} несколько ответственных, и не сказано, кто ведёт работу: "
                f"{listed([_short(row) for row in several])}."
            )
            hint = "Назовите главного: «(свод)» или отдельным столбцом соисполнителей; иначе ведёт названный первым."
            yield Violation(message, hint, index, place=several[0].measure.place)


def _lacks_lead(measure: Measure) -> bool:
    acting = [each for each in measure.responsibles if not _only_agrees(each)]
    if len(acting) < 2:
        return False
    labels = " ".join(note.label for note in measure.notes)
    return not any(_LEAD.search(folded(f"{each.name} {each.post or ''}")) for each in acting) and not _LEAD.search(
        folded(labels)
    )


def _only_agrees(responsible: Responsible) -> bool:
    return responsible.kind is not ResponsibleKind.PERSON and bool(_FEDERAL.search(folded(responsible.name)))


def _short(row: Row) -> str:
    return row.label if row.measure.number else f"строка {row.index + 1}"
