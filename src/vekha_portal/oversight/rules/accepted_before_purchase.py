"""Equipment accepted before its purchase was even announced."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vekha_portal.oversight.facts import INSTALLED, PROCUREMENT, Point, WaveFacts
from vekha_portal.oversight.rule import ERROR, Objection, day_text, wave_rule


@wave_rule(
    "EX08",
    slug="accepted-before-purchase",
    severity=ERROR,
    basis="Порядок работ: закупка объявлена → договор → поставка → приёмка",
)
def accepted_before_purchase(wave: WaveFacts) -> Iterator[Objection]:
    """Приёмка раньше закупки.

    Почему:
        Принять можно то, что куплено и привезено. Акт о приёмке, датированный раньше извещения о закупке, либо содержит
        ошибку в дате, либо составлен до события.

    Нарушение:
        | Центр     | Этап                                | Исполнение | Документы                          |
        |           | Закупки                             | принято    | извещения о закупках от 10.06.2026 |
        | Школа № 5 | Оборудование получено и установлено | принято    | документы о приёмке от 25.05.2026  |

    Правильно:
        | Центр     | Этап                                | Исполнение | Документы                          |
        |           | Закупки                             | принято    | извещения о закупках от 10.03.2026 |
        | Школа № 5 | Оборудование получено и установлено | принято    | документы о приёмке от 25.05.2026  |
    """
    for centre, points in wave.of_centre.items():
        bought = _days(wave.around(centre), PROCUREMENT, "procurement-notice")
        if not bought:
            continue
        for point in points:
            taken = _days((point,), INSTALLED, "acceptance-act")
            if taken and min(taken) < min(bought):
                yield Objection(
                    f"Документ о приёмке{point.at} – {day_text(min(taken))}, раньше извещения о закупке от "
                    f"{day_text(min(bought))}: мероприятие {point.name}.",
                    "Сверьте даты. Если они верны, разберитесь, что принимали до закупки.",
                    point,
                    day=min(taken),
                )


def _days(points: tuple[Point, ...], stage: str, kind: str) -> list[datetime.date]:
    return [
        document.dated_on
        for point in points
        if point.stage == stage
        for document in point.documents
        if document.type == kind and document.dated_on is not None and not document.is_returned
    ]
