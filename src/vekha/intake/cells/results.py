"""The expected documents of a measure: one entry for each, in order."""

from __future__ import annotations

import re

from vekha.intake.cells.items import trim_item
from vekha.intake.cells.marks import find_marks
from vekha.orders.model import ExpectedDocument
from vekha.text.normalise import collapse

# Nominative forms only: «приказ, письмо» are two documents, «с приложением перечня, плана» is one.
DOCUMENT = (
    r"(?:приказ|распоряжение|постановление|решение|протокол|письмо|акт|отч[её]т|справка|соглашение|договор|контракт|извещени[ея]|"
    r"удостоверени[ея]|сертификат|диплом|свидетельств[оа]|положение|план|план-график|перечень|список|реестр|заявка|смета|"
    r"программ[аы]|паспорт|информаци[яи]|материал|доклад|анкет[аы]|фото|фото(?:графии|отч[её]т|альбом|материалы)|видео\w*|"
    r"накладн(?:ая|ые)|сч[её]т|сч[её]т-фактура|ведомость|журнал|заключение|концепция|график|форм[аы]|публикаци[яи]|релиз|пресс-релиз|"
    r"новость|скриншот|ссылк[аи]|медиаплан|дизайн-проект|проект|презентаци[яи]|мониторинг|табель|лист|инфраструктурный лист|"
    r"приказы|распоряжения|письма|акты|отч[её]ты|справки|соглашения|договоры|контракты|протоколы|списки|планы|документы|"
    r"подтверждающие документы|сертификаты|дипломы|заявки|сметы|паспорта|материалы|счета)"
)
ADJECTIVES = r"(?:[а-яё]+(?:-[а-яё]+)?(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s+){0,3}"
VERBAL = (
    r"(?:(?:(?:направлени|подписани|издани|приняти|размещени|утверждени|заключени|формировани|представлени|получени|оформлени)е|"
    r"публикация|выдача)\s+)"
)
NEXT_DOCUMENT = re.compile(
    rf"(?:(?P<comma>,)\s*|\s+(?P<and>и|а также)\s+)(?=(?:{ADJECTIVES}{DOCUMENT}|{VERBAL}{ADJECTIVES}[а-яё]+)(?![а-яё-]))",
    re.IGNORECASE,
)
BEGINS_DOCUMENT = re.compile(rf"^{ADJECTIVES}{DOCUMENT}(?![а-яё-])", re.IGNORECASE)
BY_FORM = re.compile(r"^\(?(?:по|согласно|в соответствии|с приложением|об|о|на|в|для|за|с)\b", re.IGNORECASE)
NOTHING = re.compile(r"^[\s\-–—.…_xхXХ*]*$")


def read_results(text: str) -> tuple[ExpectedDocument, ...]:
    """The documents a result cell names; «по форме, …» stays with its document; an empty cell or a dash gives none.

    >>> [document.text for document in read_results("приказ начальника, письмо федерального оператора")]
    ['приказ начальника', 'письмо федерального оператора']
    >>> [document.text for document in read_results("Отчет по форме, определяемой оператором")]
    ['Отчет по форме, определяемой оператором']
    """
    if NOTHING.match(text):
        return ()
    parts = [part for piece in _listed(text) for part in _split_line(piece)]
    if len(parts) == 1:
        return (
            ExpectedDocument(collapse(parts[0]).rstrip(" ;,")),
        )  # one document is the cell as it stands, its stop too
    return tuple(ExpectedDocument(document) for part in parts if (document := trim_item(part)))


def starts_with_document(text: str) -> bool:
    """Whether the text begins with the name of a document in the nominative."""
    return bool(BEGINS_DOCUMENT.match(text))


def _listed(text: str) -> list[str]:
    """The members of the cell's own list; or its paragraphs, those that only go on with a sentence joined to the one above."""
    marks = find_marks(text)
    if len(marks) >= 2:
        lead = text[: marks[0].start]
        pieces = [
            text[mark.end : marks[index + 1].start if index + 1 < len(marks) else len(text)]
            for index, mark in enumerate(marks)
        ]
        head = collapse(lead)
        return [*([head] if head and not head.endswith(":") else []), *pieces]
    paragraphs: list[str] = []
    for line in text.split("\n"):
        line = collapse(line)
        if not line:
            continue
        if paragraphs and _goes_on(paragraphs[-1], line):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        else:
            paragraphs.append(line)
    return paragraphs


def _goes_on(above: str, line: str) -> bool:
    if above.endswith((";", ".")):
        return False
    return (line[0].islower() and not starts_with_document(line)) or line[0] in "(«" or above.endswith((",", "-", "–"))


def _split_line(line: str) -> list[str]:
    """Parts of one line: at every «;», and at a comma or «и» before another document's name."""
    parts: list[str] = []
    for clause in _outside_brackets(line, ";"):
        start = 0
        for found in NEXT_DOCUMENT.finditer(clause):
            before = clause[start : found.start()]
            if _inside_brackets(clause, found.start()) or not _complete(before, joined=bool(found["and"])):
                continue
            parts.append(before)
            start = found.end()
        parts.append(clause[start:])
    return parts


def _complete(before: str, *, joined: bool) -> bool:
    """Whether a document has been named before the separator: «акт и справка» yes, «об утверждении и план» no."""
    line = collapse(before)
    if not line or BY_FORM.match(line):
        return bool(line) and not joined
    return starts_with_document(line) or bool(re.match(VERBAL, line, re.IGNORECASE)) or not joined


def _inside_brackets(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position) or text.count("«", 0, position) > text.count(
        "»", 0, position
    )


def _outside_brackets(text: str, separator: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, letter in enumerate(text):
        if letter in "(«":
            depth += 1
        elif letter in ")»":
            depth = max(0, depth - 1)
        elif letter == separator and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return parts
