"""Tags of HTML in the text of an order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import listed
from vekha.intake.document import Paragraph
from vekha.problems import Place, Severity

_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|u|strong|em|font|table|tr|td|th|sup|sub|h[1-6])(?:\s[^<>]{0,300})?/?>|&(?:nbsp|quot|laquo|raquo|amp|lt|gt);",
    re.IGNORECASE,
)


@rule(
    "ST13",
    slug="markup-remains",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Текст акта не содержит служебных знаков программы, в которой его готовили",
)
def markup_remains(subject: Subject) -> Iterator[Violation]:
    """В тексте остались теги разметки.

    Почему:
        «<p>» и «&nbsp;» попадают в документ при копировании со страницы сайта. В плане Веха их убирает, но в подписанном
        акте они выглядят небрежностью и мешают поиску.

    Нарушение:
        | № | Мероприятие                                    | Срок                 | Ответственный           | Результат |
        | 1 | <p>Утверждён перечень школ</p><p>и положение</p> | 1 марта 2027 года  | Департамент образования | Приказ    |

    Правильно:
        | № | Мероприятие                                    | Срок                 | Ответственный           | Результат |
        | 1 | Утверждён перечень школ и положение            | 1 марта 2027 года    | Департамент образования | Приказ    |
    """
    for text, place in _texts(subject):
        tags = list(dict.fromkeys(found[0] for found in _TAG.finditer(text)))
        if tags:
            yield Violation(
                f"В тексте остались теги разметки: {listed(tags)}.", "Уберите теги из документа.", place=place
            )


def _texts(subject: Subject) -> Iterable[tuple[str, Place]]:
    """The raw lines of a text file; of other files the cells and paragraphs, whose readers keep what people typed."""
    if subject.source_lines:
        for number, line in enumerate(subject.source_lines, start=1):
            if "<" in line or "&" in line:
                yield line, Place(lines=(number, number))
    elif subject.document is not None:
        for block in subject.document.blocks:
            if isinstance(block, Paragraph):
                yield block.text, block.place
            else:
                yield from (("\n".join(cell.text for cell in row.cells), row.place) for row in block.rows)
