"""A day on which the person who answers for it is away."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import NOTE, Objection, day_text, wave_rule


@wave_rule(
    "EX10",
    slug="responsible-absent",
    severity=NOTE,
    basis="Сведения о замещении, внесённые в раздел «Люди и роли»",
)
def responsible_absent(wave: WaveFacts) -> Iterator[Objection]:
    """В день срока ответственный отсутствует.

    Почему:
        Срок приходится на отпуск или командировку. Замещающий обязан знать о нём заранее, иначе документ останется в чужой
        почте.

    Дано:
        Сегодня 01.06.2026

    Нарушение:
        | Этап    | Срок       | Исполнение       | Ответственный | Отсутствует                                            |
        | Закупки | 10.07.2026 | ничего не подано | Лосева А. П.  | Лосева А. П. 01.07.2026–20.07.2026, замещает Зимин И. И. |

    Правильно:
        | Этап    | Срок       | Исполнение       | Ответственный | Отсутствует                                            |
        | Закупки | 10.08.2026 | ничего не подано | Лосева А. П.  | Лосева А. П. 01.07.2026–20.07.2026, замещает Зимин И. И. |
    """
    for point in wave.points:
        day = point.due_on
        if point.is_done or day is None or day < wave.day:
            continue
        for person in point.people:
            for absence in wave.absences.get(person.person, ()):
                if absence.since <= day <= absence.until:
                    yield Objection(
                        f"Срок мероприятия {point.name}{point.at} – {day_text(day)}; {person.name} в этот день отсутствует "
                        f"(с {day_text(absence.since)} по {day_text(absence.until)}), замещает {absence.deputy}.",
                        "Предупредите замещающего или сделайте работу до отъезда.",
                        point,
                        day=day,
                        essence=(str(person.person),),
                    )
