"""A role that the measures rely on and the order gives to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Row, Subject
from vekha.checks.wording import counted, folded, quoted
from vekha.orders.model import ResponsibleKind
from vekha.problems import Severity

_ROLE = re.compile(r"(?:региональн\w+|муниципальн\w+) (?:координатор|оператор)\w*|координатор\w*")
_APPOINTED = re.compile(r"определить|назначить|наделить|возложить|являющ\w+|функци\w+")


@rule(
    "RS02",
    slug="role-nobody-holds",
    family=Family.RESPONSIBLES,
    severity=Severity.WARNING,
    basis="Методические рекомендации: региональный координатор определяется актом субъекта",
)
def role_nobody_holds(subject: Subject) -> Iterator[Violation]:
    """Роль никому не поручена.

    Почему:
        За мероприятия отвечает «региональный координатор», а кто это, в распоряжении не сказано. Пока роль не названа, все
        её мероприятия ничьи. Федерального оператора определяют не здесь, о нём правило молчит.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        1. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие          | Срок                 | Ответственный            | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Региональный координатор | Приказ    |

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        1. Определить Министерство образования Заречной области региональным координатором, ответственным за создание
        центров «Точка роста».

        2. Утвердить прилагаемую дорожную карту по созданию центров «Точка роста».

        | № | Мероприятие          | Срок                 | Ответственный            | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | Региональный координатор | Приказ    |
    """
    if subject.order_file.order is None or subject.order.coordinator is not None:
        return
    held: dict[str, list[Row]] = {}
    for row in subject.rows:
        for responsible in row.measure.responsibles:
            wording = folded(responsible.name)
            if responsible.kind is ResponsibleKind.ROLE and _ROLE.fullmatch(wording):
                held.setdefault(wording, []).append(row)
    for wording, rows in held.items():
        if _is_appointed(subject, wording):
            continue
        written = next(each.name for each in rows[0].measure.responsibles if folded(each.name) == wording)
        how_many = counted(len(rows), "мероприятие", "мероприятия", "мероприятий")
        message = f"За {how_many} отвечает {quoted(written)}, но кто это, в документе не сказано."
        roadmaps = {row.roadmap_index for row in rows}
        roadmap = rows[0].roadmap_index if len(roadmaps) == 1 else None
        hint = "Назовите в распоряжении орган или организацию, которой поручена эта роль."
        yield Violation(message, hint, roadmap, place=rows[0].measure.place)


def _is_appointed(subject: Subject, wording: str) -> bool:
    """Whether a paragraph gives the role to somebody: «Определить … региональным координатором»."""
    stems = [word[: max(5, len(word) - 2)] for word in wording.split()]
    for passage in subject.passages:
        if passage.measure is None:
            text = folded(passage.text)
            if all(stem in text for stem in stems) and _APPOINTED.search(text):
                return True
    return False
