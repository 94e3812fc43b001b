"""Lines that name people: a name alone, a post and a name, a name and a post, and what is only ink around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.header.lines import Line
from vekha.intake.header.requisites import find_dates
from vekha.intake.header.words import EXECUTOR, PHONE, POST_WORD, SEAL, SIGNATURE_BLOCK
from vekha.text.lines import join_lines
from vekha.text.names import NameMatch, find_names
from vekha.text.normalise import fold

LONGEST_PERSON_LINE = 400
LONGEST_NAME_TAIL = 60
_MAYBE_NAME = re.compile(r"[^\W\d_]\.|вич|вн[аеыу]|чн[аеыу]|ич|оглы|кызы|улы", re.IGNORECASE)
_INK = re.compile(
    r"_{2,}|/+|\|+|\(\s*(?:подпись|фио|ф\.\s?и\.\s?о\.?|дата|расшифровка\s+подписи|инициалы,?\s+фамилия|подпись,?\s+дата|должность)\s*\)"
    r"|\(\s*[_\s]*\)|(?<!\w)(?:м\.\s?п\.?|мп)(?!\w)|(?<!\w)(?:подпись|подписано)(?!\w)\s*:?|\bп/п\b|\b[сc]/[рp]\b",
    re.IGNORECASE,
)
_ENTRUSTS = re.compile(
    r"(?<!\w)(?:возложить|возлагаю|возлагается|назначить|поручить|определить|включить|утвердить)(?!\w)", re.IGNORECASE
)
_EDGE = " \t.,;:–—-_/|*()"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line with one person: the post's part before the name, the name as written, and what stands after it."""

    before: str
    name: str
    after: str


def names_in(text: str) -> tuple[NameMatch, ...]:
    """The people of a text, asked for only where something looks like initials or a patronymic."""
    if not _MAYBE_NAME.search(text):
        return ()
    names = find_names(text)
    if not any(POST_WORD.match(fold(name.surname)) for name in names):
        return names
    return tuple(sound for name in names for sound in _without_post(text, name))


def _without_post(text: str, name: NameMatch) -> tuple[NameMatch, ...]:
    """A name whose surname is really the post before the initials («Председатель А.Б. Ясный»), read again behind the post."""
    if not POST_WORD.match(fold(name.surname)) or not name.written.startswith(name.surname):
        return (name,)
    offset = name.start + len(name.surname)
    again = find_names(text[offset : name.end + LONGEST_NAME_TAIL])[:1]
    return tuple(replace(one, start=one.start + offset, end=one.end + offset) for one in again)


def without_ink(text: str) -> str:
    """A line without underscores, slashes, «М.П.», «(подпись)» and the like."""
    return re.sub(r"\s{2,}", " ", _INK.sub(" ", text)).strip()


def without_dates(text: str) -> str:
    """A line without its dates, whole or blank."""
    for found in reversed(find_dates(text)):
        text = text[: found.start] + " " + text[found.end :]
    return text


def read_person_line(line: Line) -> PersonLine | None:
    """The one person a short line names; ``None`` for a line without a name, with several, or too long for a signature."""
    if len(line.text) > LONGEST_PERSON_LINE or SIGNATURE_BLOCK.match(line.key):
        return None
    text = without_ink(without_dates(line.text))
    names = names_in(text)
    if len(names) != 1:
        return None
    name = names[0]
    return PersonLine(text[: name.start].strip(_EDGE), name.written, text[name.end :].strip(_EDGE))


def entrusts(text: str) -> bool:
    """Whether a text lays something upon the person it names: then it is a sentence, not a signature."""
    return _ENTRUSTS.search(text) is not None


def is_bare_name(line: Line) -> bool:
    """Whether a line is a name and nothing else but ink."""
    person = read_person_line(line)
    return person is not None and not person.before and not person.after


def is_ink(line: Line) -> bool:
    """Whether a line is only underscores, a seal's place, a caption of a signature or a stamp of an electronic one."""
    if SIGNATURE_BLOCK.match(line.key):
        return True
    rest = SEAL.sub(" ", fold(without_ink(without_dates(line.text))))
    return len(line.text) < LONGEST_PERSON_LINE and not any(character.isalpha() for character in rest)


def is_executor(line: Line) -> bool:
    """Whether a line belongs to the executor's note («Исп. …», a telephone)."""
    return bool(EXECUTOR.match(line.key)) or bool(
        PHONE.search(line.text) and not find_dates(line.text) and len(line.text) < 120
    )


def begins_with_post(line: Line) -> bool:
    """Whether a line begins with a post («Губернатор», «И.о. министра», «Первый заместитель»)."""
    return bool(POST_WORD.match(line.key))


def join_post(parts: Sequence[str]) -> str | None:
    """The post from its lines, as written on one line; ``None`` if nothing is left."""
    joined = join_lines(
        part for part in (part.strip(_EDGE.replace(".", "").replace(")", "")) for part in parts) if part
    )
    return joined.strip(" ,;:–—") or None
