"""The order's own text: preamble and items, put together from wrapped lines, up to where the signature begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.header.lines import Line
from vekha.intake.header.people import (
    begins_with_post,
    entrusts,
    is_bare_name,
    is_executor,
    is_ink,
    names_in,
    read_person_line,
)
from vekha.intake.header.requisites import is_requisites
from vekha.intake.header.words import DASH_ITEM, ITEM, POST_WORD, PREAMBLE, RESOLUTION
from vekha.problems import Place
from vekha.text.lines import join_lines

_ABBREVIATED = re.compile(
    r"(?:^|[\s(«\"])(?:г|гг|ул|им|обл|р|п|пп|с|д|ст|т|тыс|млн|руб|др|пр|стр|гор|пос|каб|подп|абз|рис|табл|см|[А-ЯЁ])\.\Z",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:[,«(–—-]|(?<!\w)(?:и|в|во|на|с|со|к|по|о|об|от|для|из|или|а|не|за|при|№|возложить|настоящего))\Z",
    re.IGNORECASE,
)
_ENTRUSTS = re.compile(r"возложить|возлагается|назначить|поручить|определить|утвердить", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-–— ]{0,3}\d{1,3}[-–— ]{0,3}\Z")
_LONGEST_CLAUSE = 60_000


@dataclass(frozen=True, slots=True)
class Clause:
    """One item, sub-item or paragraph: its number without the closing dot, its text without it, its intro and place.

    ``intro`` is the text of the nearest clause above that ends with a colon and that this one belongs to, else empty.
    ``preamble`` is true for text before the first item, ``bracket`` where the number is closed by one («1)»).
    """

    number: str | None
    text: str
    intro: str
    place: Place
    preamble: bool = False
    bracket: bool = False


@dataclass(slots=True)
class _Open:
    number: str | None
    lines: list[str]
    place: Place
    dash: bool = False
    bracket: bool = False
    length: int = 0


def is_item(line: Line) -> re.Match[str] | None:
    """The number with which an item begins («1. …», «2.1. …», «3 Контроль»); a date or requisites are no item."""
    match = ITEM.match(line.text)
    if match is None or (len(line.text) < 80 and is_requisites(line.text)):
        return None
    after = line.text[match.end() :]
    first = after.lstrip('«"„“(')[:1]
    dotted = line.text[match.end("number") : match.end("number") + 1] in ".)" and match.end() < len(line.text)
    if (
        first.isupper()
        or (dotted and "." in match["number"])
        or (dotted and len(match["number"]) < 3 and first.isalpha())
    ):
        return match
    return None


def begins_body(line: Line) -> bool:
    """Whether a line is the order's text proper: an item, a preamble, «ПРИКАЗЫВАЮ:»."""
    if line.table is not None:
        return False
    if is_item(line) is not None or RESOLUTION.search(line.key[-200:]):
        return True
    return bool(PREAMBLE.match(line.key)) and line.text.lstrip('«"*')[:1].isupper()


def read_clauses(lines: Sequence[Line], start: int, end: int, *, resumed: bool = False) -> tuple[list[Clause], int]:
    """The clauses of lines ``[start, end)`` and the index of the line where they end and a signature may begin.

    ``resumed`` says that clauses stand above already (a table stands between): then a signature may come at once.
    """
    found: list[_Open] = []
    current: _Open | None = None
    position = start
    while position < end:
        line = lines[position]
        if line.table is not None:
            current = None
        elif _PAGE_NUMBER.match(line.text):
            pass
        elif _opens_clause(line) is not None or current is None:
            if current is None and (found or resumed) and _begins_signature(lines, position, end):
                break
            current = _new_clause(line)
            found.append(current)
        elif _is_open(current, lines, position, end):
            if current.length < _LONGEST_CLAUSE:
                current.lines.append(line.text)
                current.length += len(line.text)
                current.place = current.place.spanning(line.place)
        elif _begins_signature(lines, position, end):
            break
        else:
            current = _new_clause(line)
            found.append(current)
        position += 1
    return _with_intros(found), position


def _opens_clause(line: Line) -> re.Match[str] | None:
    return is_item(line) or DASH_ITEM.match(line.text)


def _new_clause(line: Line) -> _Open:
    item = is_item(line)
    if item is not None:
        bracket = line.text[item.end("number") : item.end("number") + 1] == ")"
        return _Open(item["number"], [line.text[item.end() :]], line.place, bracket=bracket, length=len(line.text))
    dash = DASH_ITEM.match(line.text)
    text = line.text[dash.end() :] if dash else line.text
    return _Open(None, [text], line.place, dash=dash is not None, length=len(text))


def _is_open(current: _Open, lines: Sequence[Line], position: int, end: int) -> bool:
    """Whether a line goes on with the clause above it: its sentence has not ended, or the line begins in the middle of one."""
    line = lines[position]
    last = current.lines[-1]
    if line.text[:1].islower() and not begins_with_post(line):
        return True
    if _OPEN_END.search(last):
        return True
    if last.endswith((".", ";", ":", "!")) and not _ABBREVIATED.search(last[-12:]):
        return False
    if names_in(last[-60:]) and last.endswith(".") and _ends_with_name(last):
        return False
    if is_bare_name(line):
        return _awaits_name(" ".join(current.lines))
    return not _begins_signature(lines, position, end)


def _ends_with_name(text: str) -> bool:
    names = names_in(text[-80:])
    return bool(names) and not text[-80:][names[-1].end :].strip(" .")


def _awaits_name(text: str) -> bool:
    """Whether a clause entrusts something to somebody and has not named anybody since."""
    matches = list(_ENTRUSTS.finditer(text))
    return bool(matches) and not names_in(text[matches[-1].end() :][:1000])


def _begins_signature(lines: Sequence[Line], position: int, end: int) -> bool:
    """Whether the signature stands here: a name, a post and a name, or a post that reaches a name within a few lines."""
    line = lines[position]
    if line.table is not None or len(line.text) > 250 or is_item(line) is not None:
        return False
    person = read_person_line(line)
    if person is not None:
        sentence = (
            entrusts(line.text) or line.text.endswith((";", ":")) or (len(line.text) > 160 and line.text.endswith("."))
        )
        return not sentence and (
            not person.before or bool(POST_WORD.match(person.before.lower().replace("ё", "е"))) or _is_short(line)
        )
    if is_ink(line) or is_executor(line):
        return True
    if line.text.endswith((".", ";", ":", ",")) and not _ABBREVIATED.search(line.text[-12:]):
        return False
    return begins_with_post(line) and _reaches_name(lines, position + 1, end)


def _is_short(line: Line) -> bool:
    return len(line.columns) > 1 or len(line.text) < 90


def _reaches_name(lines: Sequence[Line], start: int, end: int) -> bool:
    for line in lines[start : min(end, start + 7)]:
        if line.table is not None or is_item(line) is not None or len(line.text) > 200:
            return False
        if read_person_line(line) is not None:
            return True
    return start >= end or all(is_ink(line) for line in lines[start : min(end, start + 3)])


def _with_intros(found: Sequence[_Open]) -> list[Clause]:
    """The clauses with what introduces them: «2. Утвердить:» for «2.1.» and for the dashes below it."""
    clauses: list[Clause] = []
    intro: str | None = None
    owner: _Open | None = None
    seen_item = False
    for piece in found:
        text = join_lines(piece.lines)
        numbered = piece.number is not None
        seen_item = seen_item or numbered
        if intro is not None and numbered and not _is_below(piece, owner):
            intro = None
        preamble = not seen_item and not piece.dash
        clauses.append(Clause(piece.number, text, intro or "", piece.place, preamble=preamble, bracket=piece.bracket))
        if text.endswith(":") and seen_item and not (piece.dash and intro is not None):
            owner = piece if numbered or intro is None else owner
            intro = f"{intro} {text}" if intro is not None else text
    return clauses


def resume(above: Sequence[Clause], below: Sequence[Clause]) -> list[Clause]:
    """The clauses below a table that stands between the items; those that go on with its list have the list's own introduction."""
    last = above[-1] if above else None
    if last is None or last.number is None:
        return list(below)
    inherited: list[Clause] = []
    open_list = bool(last.intro)
    for clause in below:
        open_list = open_list and (clause.number is None or _is_next(last, clause))
        inherited.append(replace(clause, intro=last.intro) if open_list and not clause.intro else clause)
        if clause.number is not None:
            last = replace(clause, intro=last.intro)
    return inherited


def _is_next(before: Clause, clause: Clause) -> bool:
    """Whether the number follows in the same list: 1.1 → 1.2, 2) → 3)."""
    if before.number is None or clause.number is None or before.bracket != clause.bracket:
        return False
    *one, last = before.number.split(".")
    return clause.number.split(".") == [*one, str(int(last) + 1)]


def _is_below(piece: _Open, owner: _Open | None) -> bool:
    """«2.1» is below «2», «1)» below «1.»; the broken «4.1» right under «3:» is taken as below too."""
    if piece.number is None or owner is None or owner.number is None:
        return True
    if piece.bracket != owner.bracket:
        return piece.bracket
    return piece.number.startswith(f"{owner.number}.") or piece.number.count(".") > owner.number.count(".")
