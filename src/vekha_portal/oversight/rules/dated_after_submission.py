"""A document dated after the day on which it was handed in."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule


@wave_rule(
    "EX12",
    slug="dated-after-submission",
    severity=WARNING,
    basis="Документ нельзя подать раньше, чем он составлен",
)
def dated_after_submission(wave: WaveFacts) -> Iterator[Objection]:
    """Дата документа позже дня, когда его подали.

    Почему:
        Документ от будущего числа подали заранее: либо в дате ошибка, либо событие ещё не произошло, а отчёт о нём уже есть.

    Нарушение:
        | Центр     | Этап          | Исполнение  | Документы                                             |
        | Школа № 5 | Начало работы | на проверке | публикация в СМИ от 01.09.2026, подан 25.08.2026      |

    Правильно:
        | Центр     | Этап          | Исполнение  | Документы                                             |
        | Школа № 5 | Начало работы | на проверке | публикация в СМИ от 01.09.2026, подан 02.09.2026      |
    """
    for point in wave.points:
        for document in point.documents:
            if document.dated_on is None or document.is_returned or document.dated_on <= document.submitted_on:
                continue
            yield Objection(
                f"Документ «{document.name}» датирован {day_text(document.dated_on)}, а подан {day_text(document.submitted_on)}: "
                f"мероприятие {point.name}{point.at}.",
                "Сверьте дату с документом; если событие ещё не произошло, верните документ.",
                point,
                essence=(str(document.evidence),),
            )
