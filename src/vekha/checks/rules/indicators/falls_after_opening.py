"""An indicator that shrinks after the year of opening."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity


@rule(
    "IN06",
    slug="falls-after-opening",
    family=Family.INDICATORS,
    severity=Severity.WARNING,
    basis="В год открытия центр работает четыре месяца, затем полный год: минимум последующих лет не бывает меньше",
)
def falls_after_opening(subject: Subject) -> Iterator[Violation]:
    """Минимум последующих лет меньше, чем в год открытия.

    Почему:
        Столбцы перепутаны местами или в одном потерян ноль: центр, работающий полный год, не может делать меньше, чем за
        первые месяцы.

    Нарушение:
        | № | Наименование показателя                               | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Численность детей, обученных в центре (человек в год) | 1500 | 750 |

    Правильно:
        | № | Наименование показателя                               | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Численность детей, обученных в центре (человек в год) | 750 | 1500 |
    """
    for index, _, indicators in subject.indicators():
        for each in indicators:
            if (
                each.opening_year is not None
                and each.following_years is not None
                and each.following_years < each.opening_year
            ):
                message = (
                    f"Минимум показателя {quoted(each.name, 80)} падает: в год открытия {each.opening_year:g}, "
                    f"в последующие годы {each.following_years:g}."
                )
                yield Violation(message, "Проверьте, не перепутаны ли столбцы.", index, place=each.place)
