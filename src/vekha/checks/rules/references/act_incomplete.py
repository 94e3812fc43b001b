"""An act cited by its number or its date alone."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity


@rule(
    "RF01",
    slug="act-incomplete",
    family=Family.REFERENCES,
    severity=Severity.NOTE,
    basis="Акт называется видом, органом, датой и номером: Правила подготовки нормативных правовых актов",
)
def act_incomplete(subject: Subject) -> Iterator[Violation]:
    """Акт назван без номера или без даты.

    Почему:
        Номера повторяются каждый год, а в один день выходит много актов: только номер и дата вместе указывают на один
        документ.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании приказа Министерства образования Заречной области № 184:

        1. Утвердить дорожную карту по созданию центров «Точка роста».

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании приказа Министерства образования Заречной области от 08.12.2026 № 184:

        1. Утвердить дорожную карту по созданию центров «Точка роста».
    """
    for act in subject.order.cited:
        if (act.number is None) != (act.date is None):
            lacking = "номера" if act.number is None else "даты"
            yield Violation(f"Акт назван без {lacking}: {quoted(act.text)}.", "Укажите и дату, и номер.")
