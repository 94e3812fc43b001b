"""Equipment that is there while the centre does not work."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import INSTALLED, LAUNCH, WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule

#: An empty summer before a planned opening is no idleness; after the day of the opening so many days are.
LONGEST = 30


@wave_rule(
    "EX09",
    slug="delivered-and-idle",
    severity=WARNING,
    basis="Практика проверок: оборудование, которое не используется дольше 30 дней после срока открытия",
)
def delivered_and_idle(wave: WaveFacts) -> Iterator[Objection]:
    """Оборудование получено, а центр не работает.

    Почему:
        Оборудование, которое лежит в коробках, – предмет каждой проверки. Если срок открытия прошёл больше 30 дней назад,
        оборудование принято, а центр не открыт, нужно решение, пока не истекла гарантия.

    Дано:
        Сегодня 15.10.2026

    Нарушение:
        | Центр     | Этап                                | Срок       | Исполнение       | Документы                         |
        | Школа № 5 | Оборудование получено и установлено | 25.08.2026 | принято          | документы о приёмке от 20.08.2026 |
        | Школа № 5 | Начало работы                       | 01.09.2026 | ничего не подано |                                   |

    Правильно:
        | Центр     | Этап                                | Срок       | Исполнение       | Документы                         |
        | Школа № 5 | Оборудование получено и установлено | 25.08.2026 | принято          | документы о приёмке от 20.08.2026 |
        | Школа № 5 | Начало работы                       | 01.09.2026 | на проверке      |                                   |
    """
    for centre, points in wave.of_centre.items():
        if centre is None:
            continue
        since = [
            each.documented_on for each in points if each.stage == INSTALLED and each.is_done and each.documented_on
        ]
        for launch in points:
            if launch.stage != LAUNCH or launch.is_done or launch.progress == "submitted" or launch.due_on is None:
                continue
            idle = (wave.day - max(launch.due_on, *since)).days if since else 0
            if idle > LONGEST:
                yield Objection(
                    f"Оборудование принято {day_text(max(since))}, срок открытия {day_text(launch.due_on)} прошёл, центр не "
                    f"открыт{launch.at}; дней простоя: {idle}.",
                    "Выясните, что мешает открытию, и подайте документы об открытии или просьбу о продлении.",
                    launch,
                )
