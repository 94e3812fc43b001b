"""An indicator without any value to reach."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.orders.model import Indicator
from vekha.problems import Severity


@rule(
    "IN07",
    slug="without-minimum",
    family=Family.INDICATORS,
    severity=Severity.WARNING,
    basis="Показатель без минимального значения нельзя ни выполнить, ни нарушить",
)
def without_minimum(subject: Subject) -> Iterator[Violation]:
    """У показателя нет минимального значения.

    Почему:
        Пустая ячейка оставляет показатель без цели: квартальный отчёт сравнить не с чем. Цель, названная словами («страница
        создана»), и заголовок, под которым стоят свои показатели, нарушением не считаются.

    Нарушение:
        | № | Наименование показателя                               | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Численность детей, обученных в центре (человек в год) | 100 | 200 |
        | 2 | Количество мероприятий центра (единиц в год)          |     |     |

    Правильно:
        | № | Наименование показателя                               | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Численность детей, обученных в центре (человек в год) | 100 | 200 |
        | 2 | Количество мероприятий центра (единиц в год)          | 15  | 30  |
    """
    for index, _, indicators in subject.indicators():
        parents = {each.parent for each in indicators}
        for each in indicators:
            stated = (each.opening_year, each.following_years, each.target)
            if stated == (None, None, None) and not (each.number and each.number in parents):
                yield Violation(_message(each), "Впишите число или уберите показатель.", index, place=each.place)


def _message(indicator: Indicator) -> str:
    number = f" {indicator.number}" if indicator.number else ""
    return f"У показателя{number} {quoted(indicator.name, 80)} нет минимального значения."
