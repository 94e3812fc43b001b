"""Stamps of approval whose date or number is left blank."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.orders.model import ApprovalKind
from vekha.problems import Severity

_STAMPS = {ApprovalKind.AGREED: "Согласовано", ApprovalKind.APPROVED: "Утверждаю"}
_HINT = "Впишите дату и номер, как в подлиннике."


@rule(
    "ST10",
    slug="blank-stamp",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="ГОСТ Р 7.0.97-2016: гриф согласования и гриф утверждения содержат дату",
    covers=("approval-date-blank", "annex-stamp-blank"),
)
def blank_stamp(subject: Subject) -> Iterator[Violation]:
    """Гриф не заполнен.

    Почему:
        Гриф без даты не доказывает, что документ согласован или утверждён, и не позволяет понять, раньше или позже
        распоряжения это случилось.

    Нарушение:
        Утверждаю
        Министр образования
        А.А. Лосев
        «___» ________ 2026 г.

        Дорожная карта по созданию центров «Точка роста» на 2027 год

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        Утверждаю
        Министр образования
        А.А. Лосев
        «15» декабря 2026 г.

        Дорожная карта по созданию центров «Точка роста» на 2027 год

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
    """
    places = iter([problem.place for problem in subject.problems("approval-date-blank")])
    for approval in subject.order.approvals:
        if approval.date is None:
            who = f" ({approval.name})" if approval.name else ""
            yield Violation(f"Гриф «{_STAMPS[approval.kind]}»{who} без даты.", _HINT, place=next(places, None))
    for problem in subject.problems("annex-stamp-blank"):
        yield Violation(problem.message, problem.hint or _HINT, place=problem.place)
