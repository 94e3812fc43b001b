"""A deadline later than the end of the plan itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import day_text, quoted
from vekha.deadlines.syntax import OnDate, Period
from vekha.orders.model import Roadmap
from vekha.problems import Severity

_SPAN = re.compile(r"(?<!\d)(20\d\d)\s?[–—-]\s?(20\d\d)(?!\d)")
_LONGEST = 2000


@rule(
    "DL03",
    slug="past-plan-end",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Порядок разработки дорожных карт: мероприятия лежат внутри срока карты",
)
def past_plan_end(subject: Subject) -> Iterator[Violation]:
    """Срок мероприятия позже окончания дорожной карты.

    Почему:
        Мероприятие, которое завершается после окончания карты, не попадёт ни в один отчёт о её исполнении. Повторения
        («далее – ежеквартально») за концом карты нарушением не считаются: мониторинг длится годами.

    Нарушение:
        Дорожная карта по созданию центров «Точка роста» на 2026 год

        | № | Мероприятие         | Срок                       | Ответственный           | Результат |
        | 1 | Приём детей         | не позднее 1 марта 2028 г. | Департамент образования | Приказ    |

    Правильно:
        Дорожная карта по созданию центров «Точка роста» на 2026 год

        | № | Мероприятие         | Срок                       | Ответственный           | Результат |
        | 1 | Приём детей         | не позднее 1 марта 2026 г. | Департамент образования | Приказ    |
    """
    ends = {index: _end_of(roadmap) for index, roadmap in enumerate(subject.roadmaps)}
    for row in subject.rows:
        end, deadline = ends[row.roadmap_index], row.measure.deadline
        if end is None or deadline is None or not isinstance(deadline.when, OnDate | Period):
            continue
        if row.due is not None and row.due > end:
            message = f"Срок {quoted(deadline.text)} мероприятия {row.label} позже окончания дорожной карты ({day_text(end)})."
            yield at(row, message, "Проверьте год срока или срок самой карты.", day=row.due)


def _end_of(roadmap: Roadmap) -> date | None:
    """The last day of the years a roadmap's title names."""
    spans = [int(found[2]) for found in _SPAN.finditer((roadmap.title or "")[:_LONGEST])]
    if spans:
        return date(max(spans), 12, 31)
    return date(roadmap.year, 12, 31) if roadmap.year is not None else None
