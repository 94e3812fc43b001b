"""«Согласовано» and «Утверждаю»: who agreed or approved, in which post, and when; blank dates are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vekha.intake.header.lines import Line
from vekha.intake.header.people import (
    begins_with_post,
    is_bare_name,
    is_executor,
    is_ink,
    join_post,
    read_person_line,
    without_dates,
    without_ink,
)  # fmt: skip
from vekha.intake.header.requisites import FoundDate, find_dates, find_numbers, is_requisites
from vekha.intake.header.stamps import is_annex_stamp
from vekha.intake.header.words import (
    ACQUAINTED_WORD,
    APPROVAL_STAMP,
    HEADING_WORD,
    ITEM,
    ORDER_KINDS,
    POST_WORD,
    STAMP_WORD,
    is_body_name,
)  # fmt: skip
from vekha.orders.model import Approval, ApprovalKind
from vekha.problems import Place, Problem, Severity

_LONGEST = 400
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class ApprovalStamp:
    """One stamp: lines ``[start, end)``, everybody who stands under it, and what is wrong."""

    start: int
    end: int
    approvals: tuple[Approval, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Entry:
    """One person of a stamp while it is being read."""

    post: list[str] = field(default_factory=list)
    name: str | None = None
    day: date | None = None
    blank: FoundDate | None = None
    place: Place | None = None

    @property
    def is_dated(self) -> bool:
        return self.day is not None or self.blank is not None


def is_approval_stamp(lines: Sequence[Line], position: int) -> bool:
    """Whether «Согласовано» or «Утверждаю» of a person begins here."""
    line = lines[position]
    if not STAMP_WORD.match(line.key) or len(line.text) > _LONGEST or not line.text.lstrip('*"« ')[:1].isupper():
        return False
    match = APPROVAL_STAMP.match(line.key)
    if match is None or is_annex_stamp(lines, position):
        return False
    rest = match["rest"].strip(" _")
    return not rest or bool(POST_WORD.match(rest)) or is_body_name(rest) or _is_signed(line, rest)


def _is_signed(line: Line, rest: str) -> bool:
    """Text after the stamp's word that ends with a name, names a protocol, or is only a date."""
    if rest.startswith(("протокол", "с ", "на ")):
        return len(rest) < 150 and not rest.endswith((".", ";", ":"))
    person = read_person_line(line)
    return (person is not None and not person.after) or is_requisites(rest)


def read_approval_stamp(lines: Sequence[Line], start: int) -> ApprovalStamp:
    """The stamp that begins at ``start``: one entry, or several under one «Согласовано:»."""
    match = APPROVAL_STAMP.match(lines[start].key)
    word = match["word"] if match else "согласовано"
    kind = ApprovalKind.AGREED if word.startswith("согласов") else ApprovalKind.APPROVED
    entries: list[_Entry] = []
    entry, position = _read_entry(lines, start, first=True)
    while entry is not None:
        entries.append(entry)
        if not _another_follows(lines, position):
            break
        entry, position = _read_entry(lines, position, first=False)
    found = [(_close(entry, kind), entry) for entry in entries]
    kept = [(approval, entry) for approval, entry in found if approval is not None]
    problems = [
        _tell_blank(entry, lines[start], word) for _, entry in kept if entry.blank is not None and entry.day is None
    ]
    return ApprovalStamp(start, max(position, start + 1), tuple(approval for approval, _ in kept), tuple(problems))


def _close(entry: _Entry, kind: ApprovalKind) -> Approval | None:
    post = join_post(entry.post)
    if entry.name is None and post is None:
        return None
    return Approval(kind, entry.name, post, entry.day)


def _tell_blank(entry: _Entry, line: Line, word: str) -> Problem:
    written = entry.blank.written.rstrip(".") if entry.blank else ""
    return Problem(
        "approval-date-blank",
        f"Дата под грифом «{word.capitalize()}» не заполнена: {written}.",
        Severity.NOTE,
        "Укажите дату согласования или утверждения, если она известна.",
        entry.place or line.place,
    )


def _read_entry(lines: Sequence[Line], start: int, *, first: bool) -> tuple[_Entry | None, int]:
    entry = _Entry()
    position = start
    while position < min(len(lines), start + _MOST_LINES):
        line = lines[position]
        if position > start and _ends_stamp(lines, position, entry):
            break
        opening = first and position == start
        text = _after_word(line) if opening else line.text
        completes = opening or entry.name is None or _only_completes(line, entry)
        if not completes and not _is_post_below(lines, position, entry):
            break
        _take(entry, text, line)
        position += 1
    return entry, position


def _after_word(line: Line) -> str:
    """The rest of the stamp's first line, after its word."""
    parts = line.text.lstrip('*"« ').split(None, 1)
    return parts[1] if len(parts) > 1 else ""


def _take(entry: _Entry, text: str, line: Line) -> None:
    dates = find_dates(text)
    if dates and not entry.is_dated:
        day = next((found.day for found in dates if found.day), None)
        entry.day, entry.blank = day, None if day else dates[0]
        entry.place = line.place
    if not text.strip() or (is_ink(line) and text == line.text):
        return
    person = read_person_line(Line(text, text.casefold(), line.place))
    if person is not None and entry.name is None:
        entry.post.extend(part for part in (person.before, person.after) if part)
        entry.name = person.name
        return
    rest = without_ink(without_dates(text))
    for number in reversed(find_numbers(rest)):
        if dates:
            rest = rest[: number.start] + rest[number.end :]
    rest = rest.strip(' .,;:«»"') if dates else rest
    rest = rest.removesuffix(" от") if dates else rest
    if any(character.isalpha() for character in rest) and rest not in ("г", "года", "от"):
        entry.post.append(rest)


def _only_completes(line: Line, entry: _Entry) -> bool:
    """Whether a line after the name still belongs to it: its date, a seal, an empty line for a signature."""
    if is_requisites(line.text) and not line.text.lstrip().startswith(("№", "N")):
        return not entry.is_dated
    return is_ink(line) and not find_dates(line.text)


def _is_post_below(lines: Sequence[Line], position: int, entry: _Entry) -> bool:
    """Whether a post under a name without one is that person's, not the next one's."""
    line = lines[position]
    if entry.post or not begins_with_post(line) or read_person_line(line) is not None:
        return False
    return (
        position + 1 >= len(lines)
        or lines[position + 1].table is not None
        or read_person_line(lines[position + 1]) is None
    )


def _ends_stamp(lines: Sequence[Line], position: int, entry: _Entry) -> bool:
    line = lines[position]
    if line.table is not None or len(line.text) > _LONGEST or STAMP_WORD.match(line.key):
        return True
    if line.key.rstrip(" .:") in ORDER_KINDS or ACQUAINTED_WORD.match(line.key):
        return True
    if ITEM.match(line.text) and not is_requisites(line.text):  # «12 января 2024 г.» is the date, no twelfth item
        return True
    if HEADING_WORD.match(line.key) and line.text[:1].isupper():
        return True
    if entry.name is None and not entry.is_dated:
        return False
    return is_executor(line) or (entry.is_dated and entry.name is None and not _signs(line))


def _signs(line: Line) -> bool:
    return is_ink(line) or read_person_line(line) is not None


def _another_follows(lines: Sequence[Line], position: int) -> bool:
    """Whether another person stands under the same stamp: a post that soon reaches a name."""
    if position >= len(lines) or lines[position].table is not None:
        return False
    line = lines[position]
    if _ends_stamp(lines, position, _Entry(name="")) or not (begins_with_post(line) or is_bare_name(line)):
        return False
    for following in range(position, min(len(lines), position + 4)):
        if following > position and (_ends_stamp(lines, following, _Entry(name=""))):
            return False
        if read_person_line(lines[following]) is not None:
            return True
    return False
