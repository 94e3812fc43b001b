"""Numbers of measures that skip, go back or occur twice."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.problems import Severity


@rule(
    "ST05",
    slug="numbers-not-contiguous",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Сквозная нумерация строк таблицы: пропуск означает потерянную строку",
    covers=("numbers-not-contiguous",),
)
def numbers_not_contiguous(subject: Subject) -> Iterator[Violation]:
    """Нумерация мероприятий нарушена.

    Почему:
        Пропущенный номер – это потерянная при копировании или сканировании строка, повторённый – строка, на которую нельзя
        сослаться однозначно («по пункту 3 карты»).

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 3 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    if subject.order.amendments:
        return  # an amending act quotes single rows
    for index in range(len(subject.roadmaps)):
        yield from _skips([row for row in subject.rows_of(index) if (row.measure.number or "").isdecimal()])


def _skips(rows: list[Row]) -> Iterator[Violation]:
    """Numbers may begin anew at 1, as the parts of a plan do; anything else follows the number above."""
    met: set[int] = set()
    above = 0
    for row in rows:
        number = int(row.measure.number or 0)
        begins = number == 1 and above != 1
        if begins:
            met = set()
        elif number in met:
            yield at(row, f"Номер {number} стоит у двух мероприятий.", "Пронумеруйте мероприятия заново.")
        elif not met:
            yield at(
                row, f"Нумерация начинается с № {number}.", "Сверьте с подлинником: начало таблицы могло потеряться."
            )
        elif number > above + 1:
            lost = str(above + 1) if number == above + 2 else f"{above + 1}–{number - 1}"
            message = f"После мероприятия № {above} идёт № {number}: в документе нет строки {lost}."
            yield at(row, message, "Сверьте с подлинником: строка могла потеряться при копировании или распознавании.")
        elif number < above:
            yield at(row, f"После мероприятия № {above} идёт № {number}.", "Проверьте порядок строк.")
        met.add(number)
        above = number
