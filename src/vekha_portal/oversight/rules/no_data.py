"""A report whose day has passed and nothing came: no data, which is not zero."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule

REPORTS = frozenset({"indicator-monitoring", "progress-monitoring"})


@wave_rule(
    "EX05",
    slug="no-data",
    severity=WARNING,
    basis="Мониторинг выполнения показателей: отчёт подаёт каждый центр за каждый период",
)
def no_data(wave: WaveFacts) -> Iterator[Objection]:
    """За период нет данных.

    Почему:
        Отсутствие отчёта – не ноль. Если считать его нулём, показатель региона занижен, если пропустить – завышена доля
        исполнивших. Поэтому «нет данных» – отдельное состояние, и его видно, пока данные не придут.

    Дано:
        Сегодня 10.07.2026

    Нарушение:
        | Центр     | Этап                   | Период  | Срок       | Исполнение       |
        | Школа № 5 | Мониторинг показателей | 2026-Q2 | 01.07.2026 | ничего не подано |

    Правильно:
        | Центр     | Этап                   | Период  | Срок       | Исполнение       |
        | Школа № 5 | Мониторинг показателей | 2026-Q2 | 01.07.2026 | на проверке      |
    """
    for point in wave.points:
        if (
            point.stage not in REPORTS
            or point.progress != "nothing"
            or point.due_on is None
            or point.due_on >= wave.day
        ):
            continue
        about = f" {point.period_words}" if point.period_words else ""
        yield Objection(
            f"Нет данных{about}{point.at}: срок мероприятия {point.name} прошёл {day_text(point.due_on)}.",
            "Запросите отчёт. До него показатель центра неизвестен, а не равен нулю.",
            point,
            day=point.due_on,
        )
