"""Latin letters in place of Cyrillic ones."""

from __future__ import annotations

from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Passage, Subject
from vekha.checks.wording import counted
from vekha.problems import Severity
from vekha.text.lookalikes import find_lookalikes


@rule(
    "ST14",
    slug="look-alike-letters",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Текст акта на государственном языке пишется его буквами: Федеральный закон от 01.06.2005 № 53-ФЗ",
)
def lookalike_letters(subject: Subject) -> Iterator[Violation]:
    """Латинские буквы вместо русских.

    Почему:
        «MAOU», набранное латиницей, выглядит почти как надо, но поиск по документам такую школу не найдёт, а при сверке
        с реестром она окажется другой организацией.

    Нарушение:
        | № | Мероприятие          | Срок                 | Ответственный       | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | MAOU гимназия № 77  | Приказ    |

    Правильно:
        | № | Мероприятие          | Срок                 | Ответственный       | Результат |
        | 1 | Начало работы центра | 1 сентября 2027 года | МАОУ гимназия № 77  | Приказ    |
    """
    met: dict[tuple[str, str], list[Passage]] = {}
    for passage in subject.passages:
        for found in find_lookalikes(passage.text):
            met.setdefault((found.written, found.meant), []).append(passage)
    for (written, meant), passages in met.items():
        first = passages[0]
        times = counted(len(passages), "раз", "раза", "раз")
        message = f"Латинские буквы в слове «{written}» ({times}): по-русски оно пишется «{meant}»."
        yield Violation(message, "Наберите слово русскими буквами.", first.roadmap, first.measure, first.place)
