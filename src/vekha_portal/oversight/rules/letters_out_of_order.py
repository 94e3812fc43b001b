"""Letters and acts whose dates contradict each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from vekha_portal.oversight.facts import ACTS, LETTER_IN, LETTER_OUT, Handed, Point, WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, day_text, wave_rule


@wave_rule(
    "EX02",
    slug="letters-out-of-order",
    severity=WARNING,
    basis="Порядок согласования: письмо федеральному оператору → ответ федерального оператора → акт региона",
)
def letters_out_of_order(wave: WaveFacts) -> Iterator[Objection]:
    """Ответ раньше запроса или акт раньше ответа.

    Почему:
        Ответ оператора не может быть старше письма, на которое он отвечает, а акт, утверждающий согласованный перечень, –
        старше согласования. Либо дата записана с ошибкой, либо документ составлен задним числом.

    Нарушение:
        | Этап                 | Исполнение | Документы                                                     |
        | Инфраструктурный лист | принято   | исходящее письмо от 10.02.2026; входящее письмо от 02.02.2026 |

    Правильно:
        | Этап                 | Исполнение | Документы                                                     |
        | Инфраструктурный лист | принято   | исходящее письмо от 02.02.2026; входящее письмо от 10.02.2026 |
    """
    for point in wave.points:
        out, back, act = _first(point, {LETTER_OUT}), _first(point, {LETTER_IN}), _first(point, ACTS)
        for before, after, words in (
            (out, back, "Ответ {after} раньше письма {before}"),
            (back, act, "Акт {after} раньше ответа {before}"),
            (out, act if back is None else None, "Акт {after} раньше письма {before}"),
        ):
            if before is not None and after is not None and _day(after) < _day(before):
                told = words.format(before=_named(before), after=_named(after))
                yield Objection(
                    f"{told}: мероприятие {point.name}{point.at}.",
                    "Сверьте даты с документами. Если дата верна, документ не подтверждает согласование.",
                    point,
                    essence=(before.type, after.type),
                )


def _first(point: Point, types: frozenset[str] | set[str]) -> Handed | None:
    """The earliest document of these types with a date that was not sent back."""
    dated = [each for each in point.documents if each.type in types and each.dated_on and not each.is_returned]
    return min(dated, key=_day, default=None)


def _day(document: Handed) -> datetime.date:
    return document.dated_on or datetime.date.max


def _named(document: Handed) -> str:
    return f"«{document.name}» от {day_text(_day(document))}"
