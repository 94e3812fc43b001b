"""Two spellings that are probably one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from vekha.checks.people import Mention, people_of
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.problems import Severity
from vekha.text.names import similar_person

#: So many different people with the same initials are compared with each other; more are in no real order.
_MOST = 300


@rule(
    "RS05",
    slug="near-duplicate-names",
    family=Family.RESPONSIBLES,
    severity=Severity.WARNING,
    basis="Фамилия исполнителя пишется так, как в документе, удостоверяющем личность",
)
def near_duplicate_names(subject: Subject) -> Iterator[Violation]:
    """Похоже, одного человека назвали по-разному.

    Почему:
        Разница в одну букву делает из одного человека двух: один назначен, другой ознакомлен, и формально с поручением не
        знаком никто. Напоминания уйдут по несуществующему имени.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Беник Я.В.    | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Бенник Я.В.   | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Бенник Я.В.   | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Бенник Я.В.   | Приказ    |
    """
    alike: dict[str, list[Mention]] = defaultdict(list)
    for mention in people_of(subject):
        alike[mention.initials].append(mention)
    for group in alike.values():
        for one, other in combinations(group[:_MOST], 2):
            if similar_person(one.name, other.name):
                message = f"Похоже, это один человек: «{one.name}» ({one.where}) и «{other.name}» ({other.where})."
                yield Violation(
                    message, "Проверьте фамилию и инициалы и напишите одинаково.", one.roadmap, one.measure, one.place
                )
