"""Teachers trained only after the centre has opened."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import day_text
from vekha.deadlines.syntax import Period, RelativePeriod, YearlessPeriod
from vekha.problems import Severity
from vekha.stages.catalogue import Stage, better_before


@rule(
    "DL10",
    slug="training-after-launch",
    family=Family.DEADLINES,
    severity=Severity.NOTE,
    basis="Порядок работ: обучение педагогов лучше закончить до начала работы центра",
)
def training_after_launch(subject: Subject) -> Iterator[Violation]:
    """Педагоги обучаются после открытия центра.

    Почему:
        С новым оборудованием с первого дня должен работать тот, кто обучен; необученные педагоги – обычное замечание
        проверок. Срок-период, который начинается до открытия («в течение года»), нарушением не считается.

    Нарушение:
        | № | Мероприятие                                 | Срок               | Ответственный           | Результат     |
        | 1 | Начало работы центра «Точка роста»           | 1 сентября 2026 г. | Департамент образования | Приказ        |
        | 2 | Проведено повышение квалификации педагогов   | 1 декабря 2026 г.  | Департамент образования | Удостоверения |

    Правильно:
        | № | Мероприятие                                 | Срок               | Ответственный           | Результат     |
        | 1 | Проведено повышение квалификации педагогов   | 25 августа 2026 г. | Департамент образования | Удостоверения |
        | 2 | Начало работы центра «Точка роста»           | 1 сентября 2026 г. | Департамент образования | Приказ        |
    """
    for index in range(len(subject.roadmaps)):
        rows = [row for row in subject.rows_of(index) if row.due is not None]
        launches = [row for row in rows if row.measure.stage is Stage.LAUNCH]
        if not launches:
            continue
        opened = max(launch.due for launch in launches if launch.due is not None)
        for row in rows:
            if not better_before(row.measure.stage, Stage.LAUNCH) or row.due is None or row.due <= opened:
                continue
            if not _is_period(row):
                message = f"Мероприятие {row.label} назначено на {day_text(row.due)}, после начала работы ({day_text(opened)})."
                yield at(
                    row,
                    message,
                    "Назначьте обучение до открытия, чтобы с оборудованием работали обученные.",
                    day=row.due,
                )


def _is_period(row: Row) -> bool:
    """A term that lasts may be met before the opening, whenever it ends."""
    deadline = row.measure.deadline
    return deadline is not None and isinstance(deadline.when, Period | YearlessPeriod | RelativePeriod)
