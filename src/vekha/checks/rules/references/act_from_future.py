"""An act dated after the order that cites it."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, quoted
from vekha.problems import Severity


@rule(
    "RF04",
    slug="act-from-future",
    family=Family.REFERENCES,
    severity=Severity.ERROR,
    basis="Сослаться можно только на акт, который уже издан",
)
def act_from_future(subject: Subject) -> Iterator[Violation]:
    """Акт издан позже распоряжения, которое на него ссылается.

    Почему:
        Ошибка в дате одного из двух документов: так не бывает. Чаще всего опечатка в годе.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании приказа Министерства образования Заречной области от 08.12.2027 № 184:

        1. Утвердить дорожную карту по созданию центров «Точка роста».

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании приказа Министерства образования Заречной области от 08.12.2026 № 184:

        1. Утвердить дорожную карту по созданию центров «Точка роста».
    """
    adopted = subject.order.date
    if adopted is None:
        return
    for cited in subject.order.cited:
        if cited.date is not None and cited.date > adopted:
            message = f"Акт датирован позже распоряжения ({day_text(adopted)}): {quoted(cited.text)}."
            yield Violation(message, "Проверьте даты обоих документов.", day=cited.date)
