"""The same measure twice in one roadmap."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import folded, quoted
from vekha.orders.diff import same_deadline
from vekha.problems import Severity


@rule(
    "ST06",
    slug="duplicate-measure",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Каждое мероприятие названо один раз",
)
def duplicate_measure(subject: Subject) -> Iterator[Violation]:
    """Мероприятие названо дважды.

    Почему:
        Одно и то же мероприятие с одним сроком в двух строках – след копирования: отчитаются по одной, вторая останется
        невыполненной. Мероприятие, повторённое с другим сроком, – не повтор, а второй этап.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Объявлены закупки    | 1 марта 2027 года    | Департамент образования | Извещения |
        | 2 | Объявлены закупки    | 1 июня 2027 года     | Департамент образования | Извещения |
    """
    seen: dict[tuple[int, str | None, str], list[Row]] = {}
    for row in subject.rows:
        wording = folded(row.measure.text).strip(" .;,")
        if not wording:
            continue
        alike = seen.setdefault((row.roadmap_index, row.measure.section, wording), [])
        twin = next((each for each in alike if same_deadline(each.measure.deadline, row.measure.deadline)), None)
        if twin is None:
            alike.append(row)
        else:
            message = f"Мероприятие {row.label} повторяет мероприятие {twin.label} с тем же сроком: {quoted(row.measure.text)}."
            yield at(row, message, "Уберите повтор или уточните, чем мероприятия отличаются.")
