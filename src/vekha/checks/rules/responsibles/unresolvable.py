"""A responsible who could be anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, at, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import folded, quoted
from vekha.problems import Severity

_VAGUE = re.compile(
    r"(?:все|ответственные|ответственный|исполнители|исполнитель|ответственн\w+ (?:лиц\w+|исполнител\w+)|должностн\w+ лиц\w+|"
    r"(?:все )?заинтересованн\w+ \w+|соответствующ\w+ \w+|уполномоченн\w+ лиц\w+|сотрудники|специалисты|работники|коллектив|"
    r"все участники|участники(?: проекта)?|стороны|по согласованию|по принадлежности|по компетенции|иные|другие|и др|и т\. ?д)[.,;]?"
)


@rule(
    "RS01",
    slug="responsible-not-resolvable",
    family=Family.RESPONSIBLES,
    severity=Severity.WARNING,
    basis="Поручение даётся определённому исполнителю: Типовая инструкция по делопроизводству в государственных органах",
)
def unresolvable(subject: Subject) -> Iterator[Violation]:
    """Неясно, кто отвечает.

    Почему:
        «Ответственные лица», «исполнители», «заинтересованные организации» – это никто: напоминание отправить некому,
        а при проверке каждый скажет, что имелся в виду другой.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный      | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Ответственные лица | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный           | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    for row in subject.rows:
        for responsible in row.measure.responsibles:
            if _VAGUE.fullmatch(folded(responsible.name)):
                message = f"Ответственный за мероприятие {row.label} не назван: {quoted(responsible.name)} может быть кем угодно."
                yield at(row, message, "Назовите орган, организацию, должность или человека.")
