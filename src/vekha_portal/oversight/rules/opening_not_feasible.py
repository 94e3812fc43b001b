"""A centre that can no longer open on its day, because what must come before is not done."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vekha_portal.oversight.facts import LAUNCH, Point, WaveFacts
from vekha_portal.oversight.rule import ERROR, Objection, day_text, wave_rule


@wave_rule(
    "EX03",
    slug="opening-not-feasible",
    severity=ERROR,
    basis="Порядок работ: соглашение, инфраструктурный лист, дизайн-проект → закупки → оборудование → помещения → начало работы",
)
def opening_not_feasible(wave: WaveFacts) -> Iterator[Objection]:
    """Открыть центр в срок уже нельзя.

    Почему:
        Открытию предшествуют закупка, поставка и приёмка помещений. Когда одно из них не сделано, а времени до открытия
        осталось меньше, чем отводило само распоряжение, срок сорвётся – об этом лучше сказать до него, а не после.

    Дано:
        Сегодня 20.08.2026

    Нарушение:
        | Центр     | Этап                                | По распоряжению | Срок       | Исполнение       |
        | Школа № 5 | Оборудование получено и установлено | 25.07.2026      | 25.07.2026 | ничего не подано |
        | Школа № 5 | Начало работы                       | 01.09.2026      | 01.09.2026 | ничего не подано |

    Правильно:
        | Центр     | Этап                                | По распоряжению | Срок       | Исполнение       |
        | Школа № 5 | Оборудование получено и установлено | 25.07.2026      | 25.07.2026 | принято          |
        | Школа № 5 | Начало работы                       | 01.09.2026      | 01.09.2026 | ничего не подано |
    """
    needed = wave.before.get(LAUNCH, frozenset())
    for centre, points in wave.of_centre.items():
        launches = [each for each in points if each.stage == LAUNCH and not each.is_done and each.due_on is not None]
        if not launches:
            continue
        undone = [each for each in wave.around(centre) if each.stage in needed and not each.is_done]
        for launch in launches:
            late = [(each, why) for each in undone if (why := _why_late(each, launch, wave.day))]
            if late:
                worst, why = max(late, key=lambda each: (each[0].due_on or datetime.date.min, each[0].id))
                more = f" Всего таких работ: {len(late)}." if len(late) > 1 else ""
                yield Objection(
                    f"К {_day(launch)} центр не открыть{launch.at}: мероприятие {worst.name} не сделано, {why}.{more}",
                    "Продлите срок открытия или ускорьте то, что держит, и предупредите тех, кто выше.",
                    launch,
                )


def _why_late(point: Point, launch: Point, day: datetime.date) -> str:
    """Why an undone work makes the opening late; empty where there is still time."""
    if point.due_on is None or launch.due_on is None:
        return ""
    if point.due_on > launch.due_on:
        return f"его срок {day_text(point.due_on)} позже открытия"
    allowed = _allowed(point, launch)
    left = (launch.due_on - day).days
    if point.due_on < day and allowed is not None and left < allowed:
        return f"до открытия осталось дней: {max(left, 0)}, распоряжение отводило {allowed}"
    return ""


def _allowed(point: Point, launch: Point) -> int | None:
    """So many days the order itself leaves between the two."""
    if point.planned_on is None or launch.planned_on is None or point.planned_on > launch.planned_on:
        return None
    return (launch.planned_on - point.planned_on).days


def _day(launch: Point) -> str:
    return day_text(launch.due_on) if launch.due_on is not None else "сроку"
