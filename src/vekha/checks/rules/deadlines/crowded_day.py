"""Too much for one responsible on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import counted, day_text, folded, listed
from vekha.problems import Severity

#: From so many measures of one responsible on one day it is worth a note.
MOST_A_DAY = 4


@rule(
    "DL12",
    slug="crowded-day",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Практика: сроки, собранные в один день, срываются вместе",
)
def crowded_day(subject: Subject) -> Iterator[Violation]:
    """У одного ответственного слишком много сроков в один день.

    Почему:
        Четыре и более мероприятий к одному дню у одного исполнителя – верный признак, что даты переписаны из образца,
        а не спланированы. Если день сорвётся, сорвётся всё сразу.

    Нарушение:
        | № | Мероприятие                                  | Срок               | Ответственный           | Результат |
        | 1 | Утверждены планы мероприятий центров         | 25 августа 2026 г. | Департамент образования | Приказы   |
        | 2 | Получено и установлено оборудование          | 25 августа 2026 г. | Департамент образования | Акты      |
        | 3 | Проведён фотомониторинг помещений            | 25 августа 2026 г. | Департамент образования | Фотоотчёт |
        | 4 | Сформирован единый комплексный план          | 25 августа 2026 г. | Департамент образования | План      |

    Правильно:
        | № | Мероприятие                                  | Срок               | Ответственный           | Результат |
        | 1 | Утверждены планы мероприятий центров         | 30 июня 2026 г.    | Департамент образования | Приказы   |
        | 2 | Получено и установлено оборудование          | 3 августа 2026 г.  | Департамент образования | Акты      |
        | 3 | Проведён фотомониторинг помещений            | 25 августа 2026 г. | Департамент образования | Фотоотчёт |
        | 4 | Сформирован единый комплексный план          | 25 августа 2026 г. | Департамент образования | План      |
    """
    crowded: dict[tuple[date, str], list[Row]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in subject.rows:
        if row.due is None:
            continue
        for name in dict.fromkeys(folded(responsible.name).rstrip(".") for responsible in row.measure.responsibles):
            crowded[row.due, name].append(row)
        for responsible in row.measure.responsibles:
            names.setdefault(folded(responsible.name).rstrip("."), responsible.name)
    for (day, name), rows in sorted(crowded.items(), key=lambda each: (each[0][0], each[1][0].roadmap_index)):
        if len(rows) >= MOST_A_DAY:
            how_many = counted(len(rows), "мероприятие", "мероприятия", "мероприятий")
            labels = listed([row.label for row in rows])
            message = f"На {day_text(day)} у одного ответственного ({names[name]}) назначено {how_many}: {labels}."
            same = {row.roadmap_index for row in rows}
            roadmap = next(iter(same)) if len(same) == 1 else None
            place = rows[0].measure.place
            yield Violation(
                message, "Разнесите сроки: часть работ обычно можно закончить раньше.", roadmap, place=place, day=day
            )
