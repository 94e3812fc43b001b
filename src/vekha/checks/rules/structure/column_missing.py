"""A roadmap without one of the columns it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.orders.model import Measure, Roadmap
from vekha.problems import Place, Severity

#: A table of fewer rows may simply have nothing to say there.
LEAST_ROWS = 2

_COLUMNS: tuple[tuple[str, Callable[[Measure], bool]], ...] = (
    ("«Ответственный»", lambda measure: bool(measure.responsibles)),
    ("«Результат» (вид документа)", lambda measure: bool(measure.results)),
    ("«Срок»", lambda measure: measure.deadline is not None and bool(measure.deadline.text.strip())),
)


@rule(
    "ST01",
    slug="column-missing",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Форма комплекса мер в методических рекомендациях: мероприятие, ответственный, результат, срок",
)
def column_missing(subject: Subject) -> Iterator[Violation]:
    """В дорожной карте нет столбца или он пуст.

    Почему:
        Без столбца «Результат» непонятно, чем подтвердить исполнение, без «Ответственного» – с кого спросить. Карту с
        пустым столбцом нельзя ни исполнить, ни проверить.

    Нарушение:
        | № | Мероприятие          | Срок                | Ответственный           |
        | 1 | Объявлены закупки    | 1 марта 2027 года   | Департамент образования |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования |

    Правильно:
        | № | Мероприятие          | Срок                | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года   | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    roadmaps = [(index, each) for index, each in enumerate(subject.roadmaps) if len(each.measures) >= LEAST_ROWS]
    for name, has in _COLUMNS:
        lacking = [(index, roadmap) for index, roadmap in roadmaps if not any(map(has, roadmap.measures))]
        if len(lacking) == len(roadmaps) > 1:
            message = f"Ни в одной дорожной карте документа нет столбца {name} или он пуст."
            yield Violation(message, f"Добавьте столбец {name} и заполните его.", place=_place(lacking[0][1]))
            continue
        for index, roadmap in lacking:
            message = f"В дорожной карте нет столбца {name} или он пуст: мероприятий – {len(roadmap.measures)}."
            yield Violation(message, f"Добавьте столбец {name} и заполните его.", index, place=_place(roadmap))


def _place(roadmap: Roadmap) -> Place:
    return roadmap.measures[0].place.spanning(roadmap.measures[-1].place)
