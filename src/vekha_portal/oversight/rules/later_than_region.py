"""A municipal milestone whose day comes after the region's."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule


@wave_rule(
    "EX04",
    slug="later-than-region",
    severity=WARNING,
    basis="Муниципальный план исполняет распоряжение субъекта и не может отодвигать его сроки",
)
def later_than_region(wave: WaveFacts) -> Iterator[Objection]:
    """Муниципальный срок позже регионального.

    Почему:
        Регион отчитывается в свой срок. Если муниципалитет назначил себе более поздний, регион опоздает, даже когда все
        исполнили свои планы.

    Нарушение:
        | Этап    | Срок       | Срок региона | Исполнение       |
        | Закупки | 15.05.2026 | 01.05.2026   | ничего не подано |

    Правильно:
        | Этап    | Срок       | Срок региона | Исполнение       |
        | Закупки | 24.04.2026 | 01.05.2026   | ничего не подано |
    """
    for point in wave.points:
        above = point.superior_due_on
        if point.is_done or above is None or point.due_on is None or point.due_on <= above:
            continue
        late = (point.due_on - above).days
        yield Objection(
            f"Срок мероприятия {point.name}{point.at} – {day_text(point.due_on)}, позже срока региона {day_text(above)}; "
            f"разница в днях: {late}.",
            "Перенесите срок к сроку региона или согласуйте с регионом продление.",
            point,
            day=point.due_on,
        )
