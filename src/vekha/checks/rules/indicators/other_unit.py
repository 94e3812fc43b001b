"""A unit other than the edition's."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.editions import edition_for, pair_indicators, unit_of
from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity


@rule(
    "IN03",
    slug="other-unit",
    family=Family.INDICATORS,
    severity=Severity.WARNING,
    basis="Единицы показателей в методических рекомендациях той редакции, которой следует распоряжение",
)
def other_unit(subject: Subject) -> Iterator[Violation]:
    """Единица показателя не такая, как в рекомендациях.

    Почему:
        Человек и тысяча человек, единица и процент различаются в сотни раз: ошибка в единице делает отчёт невыполнимым или
        бессмысленным и обнаруживается только при сводке по региону.

    Нарушение:
        Дорожная карта по созданию детского технопарка «Кванториум» на базе общеобразовательной организации в 2027 году

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

        Перечень показателей детского технопарка «Кванториум»

        | № | Наименование показателя | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Доля педагогов центра, обученных по программам из реестра федерального оператора (человек в год) | 100 | 100 |

    Правильно:
        Дорожная карта по созданию детского технопарка «Кванториум» на базе общеобразовательной организации в 2027 году

        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

        Перечень показателей детского технопарка «Кванториум»

        | № | Наименование показателя | Минимальное значение в год открытия | Минимальное значение в последующие годы |
        | 1 | Доля педагогов центра, обученных по программам из реестра федерального оператора (%) | 100 | 100 |
    """
    for index, roadmap, indicators in subject.indicators():
        edition = edition_for(subject, roadmap)
        if edition is None:
            continue
        for own, theirs in pair_indicators(indicators, edition).items():
            indicator, wanted = indicators[own], edition.indicators[theirs].indicator
            if indicator.unit and wanted.unit and unit_of(indicator.unit) != unit_of(wanted.unit):
                message = (
                    f"Единица показателя {quoted(indicator.name, 80)} – {quoted(indicator.unit)}, "
                    f"в редакции «{edition.title}» – {quoted(wanted.unit)}."
                )
                yield Violation(message, "Сверьте единицу с рекомендациями.", index, place=indicator.place)
