"""Where the parts of an order stand: letterhead, title, own text, signature, stamps, lists of acquaintance, headings of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vekha.intake.header.acquainted import AcquaintanceList, is_acquaintance, read_acquaintance
from vekha.intake.header.approvals import ApprovalStamp, is_approval_stamp, read_approval_stamp
from vekha.intake.header.body import begins_body
from vekha.intake.header.joined import begins_title, is_heading
from vekha.intake.header.letter_case import is_capitals
from vekha.intake.header.lines import Line
from vekha.intake.header.requisites import is_requisites, is_town, read_requisites
from vekha.intake.header.stamps import AnnexStamp, is_annex_stamp, read_annex_stamp
from vekha.intake.header.words import ACT_WORD, kind_of_line

MOST_TITLE_LINES = 25
_LONGEST_TITLE = 3000


@dataclass(frozen=True, slots=True)
class Marks:
    """The stamps and lists of a document, and for every line whether one of them has it."""

    taken: tuple[bool, ...]
    annex_stamps: tuple[AnnexStamp, ...]
    approvals: tuple[ApprovalStamp, ...]
    acquaintances: tuple[AcquaintanceList, ...]


def find_marks(lines: Sequence[Line]) -> Marks:
    """All stamps and lists of a document, in one pass."""
    annex: list[AnnexStamp] = []
    approvals: list[ApprovalStamp] = []
    acquaintances: list[AcquaintanceList] = []
    taken = [False] * len(lines)
    position = 0
    while position < len(lines):
        start = position
        if lines[position].table is not None:
            position += 1
            continue
        if is_annex_stamp(lines, position):
            annex.append(read_annex_stamp(lines, position))
            position = annex[-1].end
        elif is_approval_stamp(lines, position):
            approvals.append(read_approval_stamp(lines, position))
            position = approvals[-1].end
        elif is_acquaintance(lines[position]):
            acquaintances.append(read_acquaintance(lines, position))
            position = acquaintances[-1].end
        else:
            position += 1
            continue
        taken[start:position] = [True] * (position - start)
    return Marks(tuple(taken), tuple(annex), tuple(approvals), tuple(acquaintances))


@dataclass(frozen=True, slots=True)
class Sections:
    """Line ranges of an order; a part that is absent is an empty range, ``kind`` is the line of the kind or ``None``.

    ``head`` ends where the body (or, without one, the first heading, stamp or table) begins; ``title`` lies inside it.
    """

    kind: int | None
    head: tuple[int, int]
    title: tuple[int, int]
    body: tuple[int, int]


def find_sections(lines: Sequence[Line], marks: Marks) -> Sections:
    """The parts of the order that the document begins with."""
    limit = next((index for index, line in enumerate(lines) if line.table is not None), len(lines))
    kind = _find_kind(lines, marks, limit)
    start = 0 if kind is None else kind + 1
    title = _find_title(lines, marks, start, limit)
    body_start = _find_body(lines, marks, title[1] if title[0] < title[1] else start, limit, has_order=kind is not None)
    head_end = body_start if body_start is not None else _head_end(lines, marks, start, limit, title)
    body = (body_start, _body_end(lines, marks, body_start)) if body_start is not None else (head_end, head_end)
    return Sections(kind, (0, head_end), title, body)


def is_kind(line: Line) -> bool:
    """Whether a line is an act's kind and nothing else («РАСПОРЯЖЕНИЕ», «Приказ»)."""
    return kind_of_line(line.key) is not None


def _find_kind(lines: Sequence[Line], marks: Marks, limit: int) -> int | None:
    for position in range(min(limit, 400)):
        line = lines[position]
        if marks.taken[position]:
            continue
        if is_kind(line):
            return position
        if begins_body(line) and not is_capitals(line.text):
            return None
    return None


def _find_title(lines: Sequence[Line], marks: Marks, start: int, limit: int) -> tuple[int, int]:
    """The lines of «О …», from where it begins to the preamble, an item, requisites, a stamp or a table."""
    for position in range(start, min(limit, start + 60)):
        line = lines[position]
        if marks.taken[position]:
            continue
        if begins_title(line):
            return position, _title_end(lines, marks, position, limit)
        if begins_body(line) or is_heading(line):
            break
    return start, start


def _title_end(lines: Sequence[Line], marks: Marks, start: int, limit: int) -> int:
    length = len(lines[start].text)
    capitals = is_capitals(lines[start].text)
    for position in range(start + 1, min(limit, start + MOST_TITLE_LINES)):
        line = lines[position]
        length += len(line.text)
        if marks.taken[position] or length > _LONGEST_TITLE or is_kind(line):
            return position
        if is_requisites(line.text):
            if _cites_an_act(lines, start, position):
                continue
            return position
        if begins_body(line) and not (capitals and is_capitals(line.text)) and not _is_mid_title(lines, position):
            return position
        if line.gap and _is_new_paragraph(line, lines[position - 1]):
            return position
        if is_heading(line) and is_capitals(line.text) and not capitals:
            return position
    return min(limit, start + MOST_TITLE_LINES)


def _cites_an_act(lines: Sequence[Line], start: int, position: int) -> bool:
    """Whether requisites go on with a title that cites an act («О внесении изменений в приказ министерства» «от … № …»).

    The order's own requisites then stand elsewhere: above the title, as this line has no room for both.
    """
    title = " ".join(line.key for line in lines[start:position])
    act = ACT_WORD.search(title)
    if act is None or read_requisites(title[act.end() :]).date is not None:
        return False
    own = any(is_requisites(line.text) for line in lines[max(0, start - 12) : start])
    return own or not lines[position].gap


def _is_mid_title(lines: Sequence[Line], position: int) -> bool:
    """A title's wrapped line may begin with a number («… гимназии № \\n 5 Энска»)."""
    return lines[position - 1].text.endswith(("№", "-")) and not lines[position].gap


def _is_new_paragraph(line: Line, before: Line) -> bool:
    """After a blank line: a sentence of its own, a town, or an address rather than the title's next line."""
    if not line.text[:1].isupper() and line.text[:1] not in '«"':
        return False
    if is_town(line.text) and not before.text.endswith((" и", " в", "-", ",")):
        return True
    return line.text.endswith((":", ".", "!")) or is_heading(line) or len(line.text) > 250


def _find_body(lines: Sequence[Line], marks: Marks, start: int, limit: int, *, has_order: bool) -> int | None:
    titled = start > 0 and not has_order
    for position in range(start, min(len(lines), start + 120)):
        line = lines[position]
        if line.table is not None or (position >= limit):
            return None
        if marks.taken[position]:
            continue
        if begins_body(line):
            return position
        if (has_order or titled) and _is_prose(line) and not is_requisites(line.text):
            return position
        if is_heading(line) and not has_order:
            return None
    return None


def _is_prose(line: Line) -> bool:
    """A paragraph of text: long, in small letters, with the end of a sentence."""
    return len(line.text) > 70 and line.text.endswith((".", ":", ";")) and not is_capitals(line.text)


def _head_end(lines: Sequence[Line], marks: Marks, start: int, limit: int, title: tuple[int, int]) -> int:
    """Where the letterhead ends in a document without text of its own: at the title's end, a heading, a stamp or a table."""
    if title[0] < title[1]:
        return title[1]
    for position in range(start, min(limit, start + 60)):
        if is_heading(lines[position]) or (marks.taken[position] and position > start):
            return position
    return min(limit, start + 60)


def _body_end(lines: Sequence[Line], marks: Marks, start: int) -> int:
    """The first line after the body's start that a stamp or a list has."""
    return next((position for position in range(start, len(lines)) if marks.taken[position]), len(lines))
