"""A milestone that counts as done while a required document was never accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vekha_portal.oversight.facts import ACCEPTED, WaveFacts
from vekha_portal.oversight.rule import ERROR, Objection, wave_rule


@wave_rule(
    "EX01",
    slug="closed-without-document",
    severity=ERROR,
    basis="Графа «Результат (вид документа)» утверждённой дорожной карты",
)
def closed_without_document(wave: WaveFacts) -> Iterator[Objection]:
    """Контрольная точка закрыта без обязательного документа.

    Почему:
        Мероприятие исполнено, когда приняты все документы, которые назвало распоряжение. Отчёт без документа ничего
        не доказывает. Так бывает, когда после закрытия точки распоряжение изменили и документ прибавился.

    Нарушение:
        | Центр     | Этап                                | Исполнение | Требуются           | Документы                             |
        | Школа № 5 | Оборудование получено и установлено | принято    | документы о приёмке | фотоотчёт от 20.08.2026, принят       |

    Правильно:
        | Центр     | Этап                                | Исполнение | Требуются           | Документы                             |
        | Школа № 5 | Оборудование получено и установлено | принято    | документы о приёмке | документы о приёмке от 20.08.2026, принят |
    """
    for point in wave.points:
        if point.progress != ACCEPTED:
            continue
        accepted = Counter(each.expected for each in point.documents if each.outcome == ACCEPTED)
        for each in point.required:
            if accepted[each.key] < each.minimum:
                name = each.text or each.type
                yield Objection(
                    f"Мероприятие {point.name}{point.at} закрыто, а обязательный документ «{name}» не принят.",
                    "Приложите и примите документ либо отмените решение о закрытии.",
                    point,
                    essence=(str(each.key),),
                )
