"""Who signed: the post from the lines above (or beside, or below) the name, and the name as written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vekha.intake.header.lines import Line
from vekha.intake.header.people import (
    begins_with_post,
    entrusts,
    is_executor,
    is_ink,
    join_post,
    names_in,
    read_person_line,
    without_dates,
    without_ink,
)  # fmt: skip
from vekha.intake.header.requisites import is_requisites
from vekha.intake.header.words import POST_WORD, SIGNATURE_BLOCK
from vekha.orders.model import Signatory

_OWNER = re.compile(r"владелец\s*:?\s*(?P<name>.+)", re.IGNORECASE)
_MOST_POST_LINES = 8
_GENITIVE_TAIL = re.compile(
    r"[^.;:]*\b(?:области|края|республики|района|округа|города|комитета|департамента|министерства|управления|администрации|правительства"
    r"|образования|г\.\s*\w+)\W*\Z"
)


def read_signature(lines: Sequence[Line], start: int, end: int) -> tuple[Signatory | None, int]:
    """The first signature in lines ``[start, end)`` and the index after it (``start`` where there is none)."""
    for position in range(start, end):
        line = lines[position]
        if line.table is not None:
            return None, start
        if is_executor(line):
            continue
        person = read_person_line(line)
        if person is None or _is_sentence(line):
            continue
        above = _post_above(lines, start, position)
        beside = [person.before] if person.before else []
        below, after = ([person.after], position + 1) if person.after else ([], position + 1)
        if not person.after and not above and (not beside or len(line.columns) > 1 or beside):
            below, after = _post_below(lines, after, end, beside=bool(beside))
        return Signatory(person.name, join_post([*above, *beside, *below])), after
    return None, start


def _is_sentence(line: Line) -> bool:
    """A sentence that names somebody is not a signature."""
    return (len(line.text) > 160 and line.text.endswith(".")) or line.text.endswith((";", ":")) or entrusts(line.text)


def _post_above(lines: Sequence[Line], start: int, position: int) -> list[str]:
    parts: list[str] = []
    for line in reversed(lines[max(start, position - 2 * _MOST_POST_LINES) : position]):
        if is_ink(line) or is_requisites(line.text):
            continue
        text = without_ink(without_dates(line.text)).strip()
        if is_executor(line) or len(parts) >= _MOST_POST_LINES or len(text) > 250:
            break
        if text.endswith((";", ":")) or (text.endswith(".") and len(text) > 60):
            break
        parts.append(text)
    parts.reverse()
    return parts


def _post_below(lines: Sequence[Line], start: int, end: int, *, beside: bool) -> tuple[list[str], int]:
    """A post that stands under the name, or goes on under a post that began beside it."""
    parts: list[str] = []
    position = start
    while position < min(end, start + 4):
        line = lines[position]
        if (
            line.table is not None
            or is_executor(line)
            or is_ink(line)
            or len(line.text) > 150
            or line.text.endswith((".", ":"))
        ):
            break
        if read_person_line(line) is not None or names_in(line.text):
            break
        fits = bool(_GENITIVE_TAIL.match(line.key)) and line.text.count(" ") < 12
        if not (fits if beside or parts else begins_with_post(line)):
            break
        if beside and POST_WORD.match(line.key) and line.text[:1].isupper():
            break
        parts.append(line.text)
        position += 1
    return parts, position


def read_certificate_owner(lines: Sequence[Line]) -> Signatory | None:
    """The owner a stamp of an electronic signature names, for a document that has no other signature."""
    for position, line in enumerate(lines):
        if not SIGNATURE_BLOCK.match(line.key):
            continue
        for candidate in lines[position : position + 4]:
            match = _OWNER.search(candidate.text)
            names = names_in(match["name"]) if match else ()
            if names:
                return Signatory(names[0].written, None)
    return None
