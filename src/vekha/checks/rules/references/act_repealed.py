"""An act that was repealed before the order was signed."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, quoted
from vekha.packs.library import find_act
from vekha.problems import Severity


@rule(
    "RF03",
    slug="act-repealed",
    family=Family.REFERENCES,
    severity=Severity.ERROR,
    basis="Нельзя основываться на акте, утратившем силу; состояние известных актов – в наборах (vekha packs)",
)
def act_repealed(subject: Subject) -> Iterator[Violation]:
    """Акт, на который ссылается распоряжение, утратил силу.

    Почему:
        Распоряжение, изданное по отменённому акту, прокурор опротестует, а требования в нём могут быть уже другими.
        Ссылка на акт, который само распоряжение отменяет или изменяет, нарушением не считается.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2022 № 10-р

        О создании центров «IT-куб»

        На основании распоряжения Министерства просвещения Российской Федерации от 12.01.2021 № Р-5:

        1. Утвердить дорожную карту по созданию центров «IT-куб».

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2022 № 10-р

        О создании центров «IT-куб»

        На основании письма Министерства просвещения Российской Федерации от 07.09.2022 № АЗ-1346/04:

        1. Утвердить дорожную карту по созданию центров «IT-куб».
    """
    adopted = subject.order.date
    if adopted is None:
        return
    for cited in subject.order.cited:
        if cited.number is None or cited.date is None or cited.relation in ("repealed", "amended"):
            continue
        act = find_act(cited.number, cited.date, subject.library)
        if act is None or act.repealed_by is None or act.repealed_by.date > adopted:
            continue
        by = act.repealed_by
        message = f"Акт утратил силу до распоряжения: {quoted(cited.text)} – отменён актом от {day_text(by.date)} № {by.number}."
        yield Violation(message, "Сошлитесь на действующий акт.", day=by.date)
