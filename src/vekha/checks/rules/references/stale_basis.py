"""Recommendations that newer ones for the same programme have replaced in practice."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, quoted
from vekha.packs.library import find_act
from vekha.packs.model import Act
from vekha.problems import Severity


@rule(
    "RF05",
    slug="stale-basis",
    family=Family.REFERENCES,
    severity=Severity.WARNING,
    basis="Методические рекомендации новой редакции; известные акты – в наборах (vekha packs)",
)
def stale_basis(subject: Subject) -> Iterator[Violation]:
    """Есть более новые рекомендации по той же программе.

    Почему:
        Прежний акт формально не отменён, но показатели и перечни оборудования берут уже из нового: отчёт по старым
        минимумам не примут.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании распоряжения Министерства просвещения Российской Федерации от 21.12.2020 № Р-181:

        1. Утвердить дорожную карту по созданию центров «Точка роста».

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        На основании письма Министерства просвещения Российской Федерации от 31.05.2022 № ТВ-977/02:

        1. Утвердить дорожную карту по созданию центров «Точка роста».
    """
    adopted = subject.order.date
    if adopted is None:
        return
    known = [
        (cited, act)
        for cited in subject.order.cited
        if cited.number and cited.date and cited.relation not in ("repealed", "amended")
        and (act := find_act(cited.number, cited.date, subject.library)) is not None
    ]  # fmt: skip
    cited_acts = {(act.number, act.date) for _, act in known}
    for cited, act in known:
        newer = [
            each
            for each in subject.library.acts
            if each.date > act.date and each.is_in_force(adopted) and set(each.programmes) & set(act.programmes)
        ]
        if act.is_in_force(adopted) and newer and not any((each.number, each.date) in cited_acts for each in newer):
            latest = max(newer, key=_by_date)
            message = (
                f"Рекомендации устарели: {quoted(cited.text)}; есть более новые – от {day_text(latest.date)} "
                f"№ {latest.number}, {latest.about}."
            )
            yield Violation(message, "Сошлитесь на новую редакцию и сверьте с ней показатели.", day=latest.date)


def _by_date(act: Act) -> str:
    return act.date.isoformat()
