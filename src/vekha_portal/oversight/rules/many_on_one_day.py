"""Documents of very many centres that all bear one date."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

from vekha_portal.oversight.facts import Handed, Point, WaveFacts
from vekha_portal.oversight.rule import NOTE, Objection, day_text, wave_rule

#: Fewer centres on one day are a coincidence.
LEAST = 10


@wave_rule(
    "EX06",
    slug="many-on-one-day",
    severity=NOTE,
    basis="Практика проверок: документы многих школ от одного дня проверяют выборочно на месте",
)
def many_on_one_day(wave: WaveFacts) -> Iterator[Objection]:
    """У большинства центров документы от одного дня.

    Почему:
        Оборудование в десятках школ не принимают в один день. Если документы большинства центров датированы одинаково,
        скорее всего, дату поставили по сроку, а не по событию. Один документ на всех – не повод: он один и есть.

    Нарушение:
        | Центр        | Этап                                | Исполнение | Документы                         |
        | Школа № 1–12 | Оборудование получено и установлено | принято    | документы о приёмке от 25.08.2026 |

    Правильно:
        | Центр        | Этап                                | Исполнение | Документы                         |
        | Школа № 1–6  | Оборудование получено и установлено | принято    | документы о приёмке от 25.08.2026 |
        | Школа № 7–12 | Оборудование получено и установлено | принято    | документы о приёмке от 21.08.2026 |
    """
    days: dict[tuple[uuid.UUID, str, str, datetime.date], dict[int, set[int]]] = {}
    centres: dict[tuple[uuid.UUID, str, str], set[int]] = {}
    first: dict[tuple[uuid.UUID, str, str, datetime.date], Point] = {}
    for point in wave.points:
        if point.centre is None:
            continue
        key = (point.measure, point.stage, point.period)
        centres.setdefault(key, set()).add(point.centre)
        for document in point.documents:
            if document.dated_on is not None and not document.is_returned:
                _note(days.setdefault((*key, document.dated_on), {}), point.centre, document)
                first.setdefault((*key, document.dated_on), point)
    for (measure, stage, period, day), papers in days.items():
        total = len(centres[measure, stage, period])
        different = set().union(*papers.values())
        if len(papers) >= LEAST and len(papers) * 2 > total and len(different) * 2 > len(papers):
            point = first[measure, stage, period, day]
            yield Objection(
                f"Мероприятие {point.name}: у {len(papers)} из {total} центров документы от одного дня, {day_text(day)}.",
                "Проверьте выборочно: дата документа – день события, а не день срока.",
                day=day,
                essence=(str(measure), stage, period),
            )


def _note(papers: dict[int, set[int]], centre: int, document: Handed) -> None:
    papers.setdefault(centre, set()).add(document.evidence)
