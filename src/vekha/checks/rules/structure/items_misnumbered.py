"""Items of the order whose numbers do not follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vekha.checks.rule import Family, Violation, rule
from vekha.checks.subject import Subject
from vekha.checks.wording import quoted
from vekha.intake.document import Document, Paragraph
from vekha.problems import Place, Severity

_ITEM = re.compile(r"(\d{1,2}(?:(?:\.\d{1,2}){1,3}|(?=\.)))\.?[ \t\u00a0]+(?=[«\"(A-Za-zА-Яа-яЁё])")
_ANNEX = re.compile(r"приложение\b|утвержд[её]н|«утвержд", re.IGNORECASE)
_MOST_PARAGRAPHS = 2000
_DEEDS = re.compile(
    r"(?i)\b(?:утвердить|определить|назначить|контроль|возложить|обеспечить|организовать|признать|внести)\b"
)


@rule(
    "ST09",
    slug="items-misnumbered",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    basis="Пункты и подпункты акта нумеруются подряд: ГОСТ Р 7.0.97-2016",
)
def items_misnumbered(subject: Subject) -> Iterator[Violation]:
    """Пункты распоряжения пронумерованы с ошибкой.

    Почему:
        На пункт, у которого чужой номер, нельзя сослаться в отчёте и в контрольной карточке: «пункт 4.1» окажется внутри
        пункта 3. Обычно это след удалённого пункта.

    Нарушение:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        1. Утвердить дорожную карту по созданию центров «Точка роста».

        2. Руководителям школ:

        3.1. организовать работу по созданию центров;

        3. Контроль за исполнением оставляю за собой.

    Правильно:
        РАСПОРЯЖЕНИЕ
        от 15.12.2026 № 10-р

        О создании центров «Точка роста»

        1. Утвердить дорожную карту по созданию центров «Точка роста».

        2. Руководителям школ:

        2.1. организовать работу по созданию центров;

        3. Контроль за исполнением оставляю за собой.
    """
    if subject.document is None or subject.order_file.order is None or subject.order.amendments:
        return
    above: tuple[int, ...] = ()
    strange: tuple[int, ...] | None = None
    meant: tuple[int, ...] = ()
    for written, text, place in _items(subject.document):
        if strange and len(written) > len(strange) and written[: len(strange)] == strange:
            number = (*meant, *written[len(strange) :])
        else:
            number, strange = written, None
        if number not in _expected(above):
            wanted = " или ".join(_shown(each) for each in _expected(above))
            after = f"после пункта {_shown(above)}" if above else "первым"
            message = f"Пункт {_shown(written)} стоит {after}, а ожидался {wanted}: {quoted(text, 80)}."
            yield Violation(message, "Пронумеруйте пункты распоряжения заново.", place=place)
            if (
                len(written) == len(above) + 1
            ):  # sub-items under another item's number: their siblings are no further findings
                strange, meant = written[:-1], above
                number = (*above, written[-1])
        above = number


def _items(document: Document) -> Iterator[tuple[tuple[int, ...], str, Place]]:
    """The order's items: numbered paragraphs from the one that begins with 1 to a table, an annex or another list."""
    begun = False
    for block in document.blocks[:_MOST_PARAGRAPHS]:
        if not isinstance(block, Paragraph) or (begun and _ANNEX.match(block.text)):
            return
        found = _ITEM.match(block.text)
        number = tuple(map(int, found[1].split("."))) if found else ()
        if begun and number == (1,):
            return
        begun = begun or (number[:1] == (1,) and bool(_DEEDS.search(block.text[:200])))
        if begun and number:
            yield number, block.text, block.place


def _expected(above: tuple[int, ...]) -> list[tuple[int, ...]]:
    """What may follow an item: its first sub-item, the next one of its own level or of any level above."""
    if not above:
        return [(1,)]
    following = [(*above, 1)] if len(above) < 4 else []
    return following + [(*above[:level], above[level] + 1) for level in range(len(above) - 1, -1, -1)]


def _shown(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))
