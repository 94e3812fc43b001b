"""Quotation marks and brackets that are opened and not closed, or closed and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Passage, Subject
from vekha.checks.wording import quoted
from vekha.problems import Severity

_LIST_MARK = re.compile(r"(?<![\w(])(?:\d{1,3}|[а-яёa-z]|[ivx]{1,4})\)", re.IGNORECASE)
_LONGEST = 20_000


@rule(
    "ST12",
    slug="unbalanced-marks",
    family=Family.STRUCTURE,
    severity=Severity.NOTE,
    basis="Правила русской пунктуации: кавычки и скобки парные; совпадающие на конце закрывающие кавычки не повторяются",
)
def unbalanced_marks(subject: Subject) -> Iterator[Violation]:
    """Кавычка или скобка без пары.

    Почему:
        Непарная кавычка – след правки или потерянного куска текста, и название центра или программы кончается неизвестно где.
        Общая закрывающая кавычка двух вложенных названий нарушением не считается, знак списка «1)» – тоже.

    Нарушение:
        | № | Мероприятие                        | Срок                 | Ответственный           | Результат |
        | 1 | Начало работы центра «Точка роста  | 1 сентября 2027 года | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие                        | Срок                 | Ответственный           | Результат |
        | 1 | Начало работы центра «Точка роста» | 1 сентября 2027 года | Департамент образования | Приказ    |
    """
    for passage in subject.passages:
        if passage.measure is None:
            continue  # paragraphs of a text file are single lines: what one opens the next may close
        what = _flaw(passage)
        if what:
            message = f"{what}: {quoted(passage.text)}."
            yield Violation(message, "Поставьте парный знак.", passage.roadmap, passage.measure, passage.place)


def _flaw(passage: Passage) -> str:
    text = passage.text[:_LONGEST]
    guillemets = _depth(text, "«", "»")
    if guillemets < 0 or guillemets > _shared_ends(text):
        return "Непарная кавычка"
    brackets = _depth(_LIST_MARK.sub("", text), "(", ")")
    return "Непарная скобка" if brackets else ""


def _depth(text: str, opening: str, closing: str) -> int:
    """How many marks stay open at the end; −1 where one closes what was never opened."""
    depth = 0
    for mark in text:
        depth += (mark == opening) - (mark == closing)
        if depth < 0:
            return -1
    return depth


def _shared_ends(text: str) -> int:
    """How many closing marks may be left out because an inner name ends together with the outer one."""
    depth = shared = 0
    for mark in text:
        if mark == "«":
            depth += 1
        elif mark == "»":
            shared += depth > 1
            depth -= 1
    return shared
