"""A day on which the person who answers for it holds no role any more."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule


@wave_rule(
    "EX11",
    slug="responsible-left",
    severity=WARNING,
    basis="Сроки ролей в разделе «Люди и роли»",
)
def responsible_left(wave: WaveFacts) -> Iterator[Objection]:
    """Ко дню срока у ответственного нет роли.

    Почему:
        Человек, которого назвало распоряжение, уволился или перешёл на другую работу. Срок наступит, а исполнять некому:
        напоминания уйдут тому, кто здесь больше не работает.

    Дано:
        Сегодня 01.06.2026

    Нарушение:
        | Этап    | Срок       | Исполнение       | Ответственный                       |
        | Закупки | 10.07.2026 | ничего не подано | Лосева А. П. (роль до 15.06.2026)   |

    Правильно:
        | Этап    | Срок       | Исполнение       | Ответственный                       |
        | Закупки | 10.07.2026 | ничего не подано | Лосева А. П. (роль до 31.12.2026)   |
    """
    for point in wave.points:
        day = point.due_on
        if point.is_done or day is None:
            continue
        gone = [each for each in point.people if each.role_until is not None and each.role_until < max(day, wave.day)]
        for person in gone if len(gone) == len(point.people) else ():
            if person.role_until is not None:
                yield Objection(
                    f"За мероприятие {point.name}{point.at} отвечает {person.name}, а роль этого человека закончилась или "
                    f"закончится {day_text(person.role_until)}, раньше срока {day_text(day)}.",
                    "Назначьте ответственного: на странице карты укажите, кто теперь исполняет мероприятие.",
                    point,
                    essence=(str(person.person),),
                )
