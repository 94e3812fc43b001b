"""Somebody who has signed the acquaintance list and has nothing to do."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.people import NameList, responsible_people
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.problems import Place, Severity
from vekha.text.names import same_person


@rule(
    "RS07",
    slug="acquainted-without-task",
    family=Family.RESPONSIBLES,
    severity=Severity.NOTE,
    basis="Лист ознакомления составляется из тех, кому документ что-то поручает",
)
def acquainted_without_task(subject: Subject) -> Iterator[Violation]:
    """Ознакомлен, но ни за что не отвечает.

    Почему:
        Либо человеку забыли поручить работу, либо список остался от прошлого года. Контролирующий и подписавший знакомятся
        по должности, о них правило молчит.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А.    | Извещения |

        Ознакомлены:

        Лосев Н.А.

        Гринько Е.Н.

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Лосев Н.А.    | Извещения |

        Ознакомлены:

        Лосев Н.А.
    """
    people = responsible_people(subject)
    if not people:
        return  # bodies answer, not people: the list says nothing about tasks
    busy = NameList(person.name for person in people)
    order = subject.order
    by_post = [
        each.name for each in (order.control, order.signatory, *order.approvals) if each is not None and each.name
    ]
    places = {passage.text: passage.place for passage in subject.passages if passage.measure is None}
    for name in order.acquainted:
        if not busy.has(name) and not any(same_person(name, each) for each in by_post):
            place: Place | None = places.get(name)
            yield Violation(
                f"{name} – в списке «Ознакомлены», но ни за что не отвечает.",
                "Поручите работу или уточните список.",
                place=place,
            )
