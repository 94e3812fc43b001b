"""What the letterhead says: kind, issuer, number, date, title, and whether the act is a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vekha.intake.header.issuer import read_issuer, read_issuer_after
from vekha.intake.header.lines import Line
from vekha.intake.header.requisites import FoundDate, is_filler, is_requisites, is_town, read_requisites
from vekha.intake.header.sections import Marks, Sections
from vekha.intake.header.words import DRAFT, LETTERHEAD_NOISE, PHONE, find_body_name, is_body_name, kind_of_line
from vekha.problems import Place, Problem, Severity
from vekha.text.lines import join_lines

_FOREIGN_KIND = (
    "боерык карар ҡарар бойороҡ хушу йышану шуй туншыктымаш индӧд тшӧктӧм уурайах дьаһал тогтоол захирал буйрук"
)
_FOREIGN_KINDS = frozenset(_FOREIGN_KIND.split(" "))
_FRAGMENT = re.compile(r"(?:от|№|n|no|дата|номер)\s*[:.]?\Z", re.IGNORECASE)
_PIECE = re.compile(r"\d{1,6}(?:\s?[-/]?\s?[^\W\d_]{0,6})\Z")
_MOST_ISSUER_LINES = 25
_LONGEST_ISSUER_LINE = 600


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a letterhead says; ``place`` is the kind's or the first line's."""

    kind: str | None
    issuer: str | None
    number: str | None
    date: date | None
    title: str | None
    place: Place | None
    problems: tuple[Problem, ...]


def read_letterhead(lines: Sequence[Line], marks: Marks, sections: Sections) -> Letterhead:
    """The letterhead of the order whose parts are ``sections``."""
    before, after = _head_lines(lines, marks, sections)
    kind_line = lines[sections.kind] if sections.kind is not None else None
    number, day, blank_number = _read_number_and_date(after, before)
    issuer = read_issuer(list(_issuer_lines(before if kind_line else _above_requisites(before))))
    if issuer is None and kind_line is not None:
        issuer = _issuer_below(after)
    title_lines = lines[sections.title[0] : sections.title[1]]
    place = kind_line.place if kind_line else (lines[0].place if lines else None)
    problems = [*_tell_draft([*before, *after]), *_tell_missing(kind_line, number, blank_number, day)]
    return Letterhead(
        kind_of_line(kind_line.key) if kind_line else None,
        issuer,
        number,
        day.day if day else None,
        read_title(title_lines),
        place,
        tuple(problems),
    )


def read_title(lines: Sequence[Line]) -> str | None:
    """A title joined to one line, without the dot at its end and the quotes or brackets around it."""
    title = join_lines(line.text for line in lines).strip(" *")
    if title.endswith(".") and not title.endswith(("гг.", " г.", "др.")):
        title = title[:-1].rstrip()
    for opening, closing in ("«»", '""', "„“", "()", "“”"):
        if title.startswith(opening) and title.endswith(closing) and _wraps(title, opening, closing):
            title = title[1:-1].strip()
    return title or None


def _wraps(title: str, opening: str, closing: str) -> bool:
    """Whether the first and the last character belong to each other."""
    if opening == closing:
        return title.count(opening) == 2
    depth = 0
    for index, character in enumerate(title):
        depth += (character == opening) - (character == closing)
        if depth == 0 and index < len(title) - 1:
            return False
    return depth == 0


def _head_lines(lines: Sequence[Line], marks: Marks, sections: Sections) -> tuple[list[Line], list[Line]]:
    """The lines before the kind and those after it, without stamps and the title."""
    before: list[Line] = []
    after: list[Line] = []
    for position in range(*sections.head):
        if marks.taken[position] or position == sections.kind or sections.title[0] <= position < sections.title[1]:
            continue
        if sections.kind is None or position < sections.kind:
            before.append(lines[position])
        else:
            after.append(lines[position])
    return before, after


def _above_requisites(before: Sequence[Line]) -> Sequence[Line]:
    """A letter's own letterhead: below its number and date stands whom it is written to."""
    for position, line in enumerate(before):
        if is_requisites(line.text) and any(is_body_name(above.key) for above in before[:position]):
            return before[:position]
    return before


def _issuer_lines(before: Sequence[Line]) -> Iterator[str]:
    for line in before[-_MOST_ISSUER_LINES:]:
        if is_requisites(line.text) or is_town(line.text) or DRAFT.match(line.key) or line.key in _FOREIGN_KINDS:
            continue
        noise = _noise_in(line)
        if noise is None:
            yield line.text
        elif noise > 0 and is_body_name(_without_arms_key(line.key)):
            yield line.text[:noise]


def _without_arms_key(key: str) -> str:
    """The key from the first body's name in it on."""
    start = find_body_name(key, 0)
    return key[start:] if start else key


def _noise_in(line: Line) -> int | None:
    """Where in a line an address, a telephone or a code begins; ``None`` in a line that may name a body."""
    if len(line.text) > _LONGEST_ISSUER_LINE:
        return 0
    found = [match.start() for match in (LETTERHEAD_NOISE.search(line.key), PHONE.search(line.text)) if match]
    if found:
        return min(found)
    letters = sum(1 for character in line.text if character.isalpha())
    return 0 if letters * 2 < len(line.text) else None


def _is_noise(line: Line) -> bool:
    return _noise_in(line) is not None


def _issuer_below(after: Sequence[Line]) -> str | None:
    """«РАСПОРЯЖЕНИЕ / АДМИНИСТРАЦИИ / ЭНСКОЙ ОБЛАСТИ»: up to three lines right under the kind."""
    texts: list[str] = []
    for line in after[:6]:
        if is_requisites(line.text) or is_town(line.text) or _is_noise(line):
            if texts:
                break
            continue
        texts.append(line.text)
        if len(texts) == 3:
            break
    for count in range(len(texts), 0, -1):
        issuer = read_issuer_after(join_lines(texts[:count]))
        if issuer is not None:
            return issuer
    return None


def _read_number_and_date(
    after: Sequence[Line], before: Sequence[Line]
) -> tuple[str | None, FoundDate | None, str | None]:
    """The number, the date, and what stands in place of a number that is blank; lines after the kind count first."""
    number: str | None = None
    blank_number: str | None = None
    day: FoundDate | None = None
    for part in (after, before[::-1]):
        for text in _requisite_texts(part, reverse=part is not after):
            found = read_requisites(text)
            if found.number is not None and number is None:
                number = found.number.value
                blank_number = blank_number or (None if number else text)
            if found.date is not None and (day is None or (day.day is None and found.date.day is not None)):
                day = found.date
        if number is not None and day is not None and day.day is not None:
            break
    return number, day, None if number else blank_number


def _requisite_texts(lines: Sequence[Line], *, reverse: bool) -> Iterator[str]:
    """Lines of requisites; «от», «27.12.2023», «№», «1410 р» in pieces are put together first."""
    ordered = lines[::-1] if reverse else lines
    run: list[str] = []
    for line in ordered:
        text = _without_labels(line.text)
        if _FRAGMENT.match(text) or (run and (_PIECE.match(text) or is_requisites(text))) or is_requisites(text):
            run.append(text)
            continue
        if run:
            yield " ".join(run)
            run = []
        if len(text) < 200 and not LETTERHEAD_NOISE.search(line.key) and _begins_with_requisites(text):
            yield text
    if run:
        yield " ".join(run)


def _without_labels(text: str) -> str:
    return re.sub(r"(?i)^(?:рег(?:истрационный|\.)?\s*(?=№)|дата\s*(?:регистрации)?\s*:\s*)", "", text)


def _begins_with_requisites(text: str) -> bool:
    """«от 12.01.2024 № 15 по основной деятельности»: requisites with a few words after them."""
    found = read_requisites(text)
    if found.date is None or found.number is None or found.number.value is None:
        return False
    return is_filler(text[: min(found.date.start, found.number.start)]) and not is_body_name(text.lower())


def _tell_draft(lines: Sequence[Line]) -> Iterator[Problem]:
    for line in lines[:40]:
        if DRAFT.match(line.key):
            yield Problem(
                "order-is-draft",
                f"На документе написано «{line.text}»: это проект, а не принятый документ.",
                Severity.NOTE,
                "Загрузите подписанный документ, когда он будет зарегистрирован.",
                line.place,
            )
            return


def _tell_missing(kind: Line | None, number: str | None, blank: str | None, day: FoundDate | None) -> Iterator[Problem]:
    place = kind.place if kind else None
    if day is not None and day.blank:
        yield Problem(
            "order-date-blank",
            f"Дата документа не заполнена: «{day.written}».",
            Severity.WARNING,
            "Укажите дату из зарегистрированного экземпляра.",
            place,
        )
    elif day is not None and day.day is None:
        yield Problem(
            "order-date-impossible",
            f"Такой даты документа не бывает: «{day.written}».",
            Severity.WARNING,
            "Исправьте дату по зарегистрированному экземпляру.",
            place,
        )
    elif day is None and kind is not None:
        yield Problem(
            "order-date-missing",
            f"У документа «{kind.text}» не найдена дата.",
            Severity.WARNING,
            "Укажите дату из зарегистрированного экземпляра.",
            place,
        )
    if number is None and kind is not None:
        written = f": «{blank}»" if blank else ""
        yield Problem(
            "order-number-blank",
            f"У документа «{kind.text}» номер не заполнен или не найден{written}.",
            Severity.WARNING,
            "Укажите номер из зарегистрированного экземпляра.",
            place,
        )
