"""A sub-indicator larger than the indicator it is part of."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import folded, quoted
from vekha.problems import Severity


@rule(
    "IN04",
    slug="larger-than-parent",
    family=Family.INDICATORS,
    severity=Severity.ERROR,
    basis="Часть не больше целого",
)
def larger_than_parent(subject: Subject) -> Iterator[Violation]:
    """Часть показателя больше целого.

    Почему:
        «Из них» больше, чем всего, – ошибка переноса или перепутанные строки. Сравниваются только показатели в одних
        единицах: число мероприятий может быть частью показателя об участниках.

    Нарушение:
        | №   | Наименование показателя                      | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1   | Численность детей, обученных в центре (человек в год)  | 100 | 200 |
        | 1.1 | из них на дистанционных программах (человек в год)     | 150 | 150 |

    Правильно:
        | №   | Наименование показателя                      | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1   | Численность детей, обученных в центре (человек в год)  | 100 | 200 |
        | 1.1 | из них на дистанционных программах (человек в год)     | 50  | 150 |
    """
    for index, _, indicators in subject.indicators():
        by_number = {each.number: each for each in indicators if each.number}
        for indicator in indicators:
            whole = by_number.get(indicator.parent or "")
            if whole is None or whole is indicator or folded(whole.unit or "") != folded(indicator.unit or ""):
                continue
            for when, part, total in (
                ("в год открытия", indicator.opening_year, whole.opening_year),
                ("в последующие годы", indicator.following_years, whole.following_years),
            ):
                if part is not None and total is not None and part > total:
                    message = (
                        f"Показатель {indicator.number} {quoted(indicator.name, 60)} {when} – {part:g}, "
                        f"больше показателя {whole.number}, в который входит ({total:g})."
                    )
                    yield Violation(message, "Проверьте оба значения.", index, place=indicator.place)
