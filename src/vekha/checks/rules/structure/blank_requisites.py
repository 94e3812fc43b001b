"""An order without its date or number."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.problems import Place, Severity


@rule(
    "ST11",
    slug="blank-requisites",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="ГОСТ Р 7.0.97-2016: дата и регистрационный номер – обязательные реквизиты распорядительного документа",
    covers=("order-date-blank", "order-date-missing", "order-date-impossible", "order-number-blank", "order-is-draft"),
)
def blank_requisites(subject: Subject) -> Iterator[Violation]:
    """У распоряжения нет даты или номера.

    Почему:
        Акт узнаётся по номеру и дате вместе. Без них на него нельзя сослаться, и неизвестно, с какого дня он действует; скорее
        всего, это проект, а не подписанный документ.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от «___» __________ 2026 г. № _____

        Об утверждении дорожной карты

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        Об утверждении дорожной карты

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    order = subject.order
    if order.kind is None:
        return
    if order.date is None:
        place = _place(subject, "order-date-blank", "order-date-missing", "order-date-impossible", "order-is-draft")
        yield Violation("У распоряжения нет даты.", "Впишите дату подписанного документа.", place=place)
    if order.number is None:
        place = _place(subject, "order-number-blank", "order-is-draft")
        yield Violation("У распоряжения нет номера.", "Впишите регистрационный номер.", place=place)


def _place(subject: Subject, *codes: str) -> Place | None:
    return next((problem.place for problem in subject.problems(*codes) if problem.place is not None), None)
