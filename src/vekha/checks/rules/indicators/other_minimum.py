"""A minimum other than the edition's."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator

from vekha.checks.editions import edition_for, pair_indicators, unit_of
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.orders.model import Indicator
from vekha.problems import Severity


@rule(
    "IN02",
    slug="other-minimum",
    family=Family.INDICATORS,
    severity=Severity.WARNING,
    basis="Минимальные значения показателей в методических рекомендациях той редакции, которой следует распоряжение",
)
def other_minimum(subject: Subject) -> Iterator[Violation]:
    """Минимальное значение не такое, как в рекомендациях.

    Почему:
        Значение ниже минимума рекомендаций федеральный оператор не примет; значение выше – взятое на себя обязательство,
        о котором надо знать. Лишний или потерянный ноль здесь обычное дело.

    Нарушение:
        Дорожная карта по созданию детского технопарка «Кванториум» на базе общеобразовательной организации в 2027 году

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

        Перечень показателей детского технопарка «Кванториум»

        | № | Наименование показателя | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Ученики школы, изучающие два и более предмета с оборудованием центра (человек в год) | 75 | 1500 |

    Правильно:
        Дорожная карта по созданию детского технопарка «Кванториум» на базе общеобразовательной организации в 2027 году

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

        Перечень показателей детского технопарка «Кванториум»

        | № | Наименование показателя | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Ученики школы, изучающие два и более предмета с оборудованием центра (человек в год) | 750 | 1500 |
    """
    for index, roadmap, indicators in subject.indicators():
        edition = edition_for(subject, roadmap)
        if edition is None:
            continue
        for own, theirs in pair_indicators(indicators, edition).items():
            indicator, wanted = indicators[own], edition.indicators[theirs].indicator
            if not _comparable(indicator, wanted):
                continue
            below, above = _differences(indicator, wanted, operator.lt), _differences(indicator, wanted, operator.gt)
            if below or above:
                message = (
                    f"Показатель {quoted(indicator.name, 80)}: {'; '.join(below + above)} (редакция «{edition.title}»)."
                )
                hint = "Сверьте с рекомендациями." if below else "Выше минимума можно; проверьте, что это намеренно."
                yield Violation(message, hint, index, place=indicator.place, severity=None if below else Severity.NOTE)


def _comparable(indicator: Indicator, wanted: Indicator) -> bool:
    """Numbers of other units say nothing about each other: that is IN03."""
    return not (indicator.unit and wanted.unit) or unit_of(indicator.unit) == unit_of(wanted.unit)


def _differences(indicator: Indicator, wanted: Indicator, is_so: Callable[[float, float], bool]) -> list[str]:
    years = (
        ("в год открытия", indicator.opening_year, wanted.opening_year),
        ("в последующие годы", indicator.following_years, wanted.following_years),
    )
    return [
        f"минимум {when} – {stated:g}, в рекомендациях – {least:g}"
        for when, stated, least in years
        if stated is not None and least is not None and is_so(stated, least)
    ]
