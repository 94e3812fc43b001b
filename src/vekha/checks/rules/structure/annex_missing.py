"""An annex the order approves that is not in the file."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.problems import Severity

_HINT = "Запросите недостающие приложения и загрузите их вместе с распоряжением."


@rule(
    "ST08",
    slug="annex-missing",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Приложения – неотъемлемая часть акта, который их утверждает",
    covers=("annex-missing",),
)
def annex_missing(subject: Subject) -> Iterator[Violation]:
    """Приложение объявлено, но в файле его нет.

    Почему:
        Распоряжение утверждает карту или перечень показателей, которых читатель не видит: исполнять и проверять по ним
        нечего. Чаще всего прислали одно приложение из нескольких.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        Об утверждении дорожных карт

        1. Утвердить комплекс мер («дорожную карту») по созданию центров «Точка роста» согласно приложению № 1.

        2. Утвердить комплекс мер («дорожную карту») по созданию центров «IT-куб» согласно приложению № 2.

        Приложение № 1

        Комплекс мер («дорожная карта») по созданию центров «Точка роста»

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        Об утверждении дорожной карты

        1. Утвердить комплекс мер («дорожную карту») по созданию центров «Точка роста» согласно приложению № 1.

        Приложение № 1

        Комплекс мер («дорожная карта») по созданию центров «Точка роста»

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    order = subject.order
    noticed = list(subject.problems("annex-missing"))
    for problem in noticed:
        yield Violation(problem.message, problem.hint or _HINT, place=problem.place)
    if not noticed and order.annexes_declared > order.annexes_found and not order.amendments:
        message = (
            f"Распоряжение утверждает приложений: {order.annexes_declared}, в файле найдено: {order.annexes_found}."
        )
        yield Violation(message, _HINT)
