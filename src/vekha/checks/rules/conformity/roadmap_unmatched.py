"""A roadmap that one side has and the other has not."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.orders.model import Roadmap
from vekha.problems import Severity


@rule(
    "CF06",
    slug="roadmap-unmatched",
    family=Family.CONFORMITY,
    severity=Severity.WARNING,
    basis="Сравнивать можно карты одной программы",
    needs_reference=True,
)
def roadmap_unmatched(subject: Subject) -> Iterator[Violation]:
    """Для карты нет пары в образце.

    Почему:
        Если карты образца нет в документе, целая программа осталась без плана. Если в образце нет карты документа, сравнение о
        ней ничего не говорит: молчание не значит, что всё верно.

    Образец:
        Дорожная карта по созданию центров «IT-куб»

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |

        Дорожная карта по созданию центров «Точка роста»

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |

    Нарушение:
        Дорожная карта по созданию центров «Точка роста»

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        Дорожная карта по созданию центров «IT-куб»

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |

        Дорожная карта по созданию центров «Точка роста»

        | № | Мероприятие                             | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки оборудования          | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    reference = subject.reference
    if reference is None:
        return
    for roadmap in reference.lacking:
        message = f"В документе нет дорожной карты образца «{reference.name}»: {_name(roadmap)}."
        yield Violation(message, "Проверьте, все ли приложения в файле.")
    for index in reference.unmatched:
        roadmap = subject.roadmaps[index]
        message = f"В образце «{reference.name}» нет карты, с которой сравнить {_name(roadmap)}."
        place = roadmap.measures[0].place if roadmap.measures else None
        yield Violation(message, "Назовите образец той же программы.", index, place=place)


def _name(roadmap: Roadmap) -> str:
    return quoted(roadmap.title or "карту без названия", 80)
