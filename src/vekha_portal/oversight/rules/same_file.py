"""One file handed in as different documents."""

from __future__ import annotations

from collections.abc import Iterator

from vekha_portal.oversight.facts import Handed, Point, WaveFacts
from vekha_portal.oversight.rule import WARNING, Objection, wave_rule


@wave_rule(
    "EX07",
    slug="same-file",
    severity=WARNING,
    basis="Каждый результат подтверждает свой документ; одинаковые файлы определяются по контрольной сумме SHA-256",
)
def same_file(wave: WaveFacts) -> Iterator[Objection]:
    """Один и тот же файл подтверждает разное.

    Почему:
        Один документ может закрыть несколько точек – его подают один раз и на него ссылаются. Но если байт в байт тот же
        файл внесён как другой документ – фотоотчёт соседней школы, тот же акт под другим видом, – одно из подтверждений
        не настоящее.

    Нарушение:
        | Центр     | Этап                 | Исполнение  | Документы                        |
        | Школа № 5 | Мониторинг помещений | на проверке | фотоотчёт от 20.08.2026, файл А  |
        | Школа № 7 | Мониторинг помещений | на проверке | фотоотчёт от 21.08.2026, файл А  |

    Правильно:
        | Центр     | Этап                 | Исполнение  | Документы                        |
        | Школа № 5 | Мониторинг помещений | на проверке | фотоотчёт от 20.08.2026, файл А  |
        | Школа № 7 | Мониторинг помещений | на проверке | фотоотчёт от 21.08.2026, файл Б  |
    """
    uses: dict[str, list[tuple[Point, Handed]]] = {}
    for point in wave.points:
        for document in point.documents:
            if document.sha256 and not document.is_returned:
                uses.setdefault(document.sha256, []).append((point, document))
    for sha256, places in uses.items():
        if len({document.evidence for _, document in places}) < 2:
            continue
        first, *others = _different(places)
        if not others:
            continue
        told = "; ".join(_where(point, document) for point, document in (first, *others[:3]))
        more = f" и ещё {len(others) - 3}" if len(others) > 3 else ""
        for point, document in others:
            yield Objection(
                f"Файл документа «{document.name}» уже подан как другой документ: {told}{more}.",
                "Оставьте файл там, где он верен, остальные документы верните. Если документ один, сошлитесь на него.",
                point,
                essence=(sha256, document.type),
            )


def _different(places: list[tuple[Point, Handed]]) -> list[tuple[Point, Handed]]:
    """One use for each document, measure, centre and type: the same evidence referred to again is no repetition."""
    known: dict[int, tuple[Point, Handed]] = {}
    for point, document in places:
        known.setdefault(document.evidence, (point, document))
    told: dict[tuple[object, ...], tuple[Point, Handed]] = {}
    for point, document in known.values():
        told.setdefault((point.measure, point.stage, point.centre, document.type), (point, document))
    return list(told.values())


def _where(point: Point, document: Handed) -> str:
    return f"{document.name} – {point.place or 'вся волна'}, {point.name}"
