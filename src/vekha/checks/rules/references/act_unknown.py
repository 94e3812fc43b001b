"""A federal recommendation cited by a date or number that no known one has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, folded, listed, quoted
from vekha.orders.model import CitedAct
from vekha.packs.library import find_act
from vekha.packs.model import Act
from vekha.problems import Severity

_MINISTRY = re.compile(r"министерств\w+ просвещения|минпросвещени")


@rule(
    "RF02",
    slug="act-unknown",
    family=Family.REFERENCES,
    severity=Severity.WARNING,
    basis="Акт узнаётся по номеру и дате вместе; известные акты перечислены в наборах (vekha packs), свои можно добавить",
)
def act_unknown(subject: Subject) -> Iterator[Violation]:
    """Такого акта Минпросвещения среди известных нет.

    Почему:
        Номер верен, а дата чужая, – значит, ссылка переписана с ошибкой и указывает на несуществующий акт. Если не
        найдено ни то ни другое, это только заметка: акт может быть новым. Акты регионов не проверяются.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании письма Министерства просвещения Российской Федерации от 31.05.2021 № ТВ-977/02:

        1. Утвердить дорожную карту по созданию центров «Точка роста».

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании письма Министерства просвещения Российской Федерации от 31.05.2022 № ТВ-977/02:

        1. Утвердить дорожную карту по созданию центров «Точка роста».
    """
    for cited in subject.order.cited:
        if cited.number is None or cited.date is None or not _MINISTRY.search(folded(cited.text)):
            continue
        if find_act(cited.number, cited.date, subject.library) is not None:
            continue
        namesakes = [act for act in subject.library.acts if _key(act.number) == _key(cited.number)]
        yield (
            _other_date(cited, namesakes)
            if namesakes
            else Violation(
                f"Акта нет среди известных: {quoted(cited.text)}.",
                "Проверьте номер и дату; если акт новый, добавьте его в свой набор.",
                severity=Severity.NOTE,
            )
        )


def _other_date(cited: CitedAct, namesakes: list[Act]) -> Violation:
    dates = listed([f"от {day_text(act.date)}" for act in namesakes])
    return Violation(
        f"У акта № {cited.number} другая дата ({dates}): {quoted(cited.text)}.", "Исправьте дату или номер."
    )


def _key(number: str) -> str:
    return re.sub(r"\s+", "", folded(number)).removeprefix("№")
