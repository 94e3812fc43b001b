"""Deadlines that go against the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import day_text, days_count
from vekha.problems import Severity
from vekha.stages.catalogue import Stage, precedes, title
from vekha.stages.classify import classify


@rule(
    "DL09",
    slug="stage-order",
    family=Family.DEADLINES,
    severity=Severity.WARNING,
    basis="Порядок работ: правовая основа → инфраструктурный лист, дизайн-проект, соглашение → закупки → оборудование → "
    "мониторинг помещений → начало работы → мониторинг показателей",
)
def stage_order(subject: Subject) -> Iterator[Violation]:
    """Срок нарушает порядок работ.

    Почему:
        Фотографировать помещения до установки оборудования, принимать поставку до объявления закупки, открывать центр до
        его готовности нельзя: исполнить в срок можно только на бумаге.

    Нарушение:
        | № | Мероприятие                                 | Срок                | Ответственный           | Результат |
        | 1 | Получено, установлено, налажено оборудование | 25 августа 2026 г. | Департамент образования | Акты      |
        | 2 | Проведён фотомониторинг помещений центра     | 21 августа 2026 г. | Департамент образования | Фотоотчёт |

    Правильно:
        | № | Мероприятие                                 | Срок                | Ответственный           | Результат |
        | 1 | Получено, установлено, налажено оборудование | 21 августа 2026 г. | Департамент образования | Акты      |
        | 2 | Проведён фотомониторинг помещений центра     | 25 августа 2026 г. | Департамент образования | Фотоотчёт |
    """
    for index in range(len(subject.roadmaps)):
        rows = [(row, row.due) for row in subject.rows_of(index) if row.due is not None]
        earliest = _earliest(rows)
        for row, due in rows:
            broken = [
                (when, stage, before)
                for stage, (when, before) in earliest.items()
                if when > due and before is not row and any(precedes(stage, own) for own in _stages(row))
            ]
            broken = [each for each in broken if _is_certain(row) and _is_certain(each[2])]
            if not broken:
                continue
            when, stage, before = max(broken, key=lambda each: (each[0], each[1].value))
            late = days_count((when - due).days)
            message = (
                f"Мероприятие {row.label} назначено на {day_text(due)}, на {late} раньше, чем мероприятие {before.label}, "
                f"без которого его не сделать: «{title(stage)}» – {day_text(when)}."
            )
            yield at(row, message, "Поменяйте сроки так, чтобы работа шла по порядку.", day=due)


def _stages(row: Row) -> tuple[Stage, ...]:
    return row.measure.item_stages or (row.measure.stage,)


def _is_certain(row: Row) -> bool:
    """Whether the wording alone tells the stage: a photo report as the result does not make repairs a monitoring."""
    measure = row.measure
    return measure.item_stages is not None or classify(measure.text).stage is measure.stage


def _earliest(rows: Sequence[tuple[Row, date]]) -> dict[Stage, tuple[date, Row]]:
    """The first day of every stage: what comes before even that is certainly out of order.

    A period is no such day, since its work may be done long before its end.
    """
    found: dict[Stage, tuple[date, Row]] = {}
    for row, due in rows:
        if not any(stated.is_written and stated.due.due == due for stated in row.days):
            continue
        for stage in _stages(row):
            if stage not in found or due < found[stage][0]:
                found[stage] = (due, row)
    return found
