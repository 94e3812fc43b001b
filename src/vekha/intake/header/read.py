"""The order's own data from the blocks of a whole document: lines → parts → values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from vekha.intake.document import Block
from vekha.intake.header.abbreviations import find_abbreviations
from vekha.intake.header.acts import find_acts
from vekha.intake.header.amendments import find_amendments
from vekha.intake.header.annexes import find_annexes
from vekha.intake.header.body import Clause, is_item, read_clauses, resume
from vekha.intake.header.entrusted import find_control, find_coordinator
from vekha.intake.header.headings import HeadingContext, read_headings
from vekha.intake.header.issuer import read_issuer_after
from vekha.intake.header.joined import split_joined_lines
from vekha.intake.header.letterhead import Letterhead, read_letterhead
from vekha.intake.header.lines import Line, read_lines
from vekha.intake.header.model import AnnexDeclaration, AnnexHeading, AnnexKind, OrderData
from vekha.intake.header.people import is_ink
from vekha.intake.header.sections import Marks, Sections, find_marks, find_sections
from vekha.intake.header.signature import read_certificate_owner, read_signature
from vekha.intake.header.stamps import AnnexStamp
from vekha.intake.header.words import ACT_WORD, ORDER_KINDS
from vekha.intake.programmes import find_programme, find_year
from vekha.orders.model import Approval, Order, Programme, Signatory
from vekha.problems import Problem, Severity
from vekha.text.normalise import fold


@dataclass(frozen=True, slots=True)
class _Body:
    """The order's own text: its clauses, who signed under it, and the line after all of it."""

    clauses: tuple[Clause, ...]
    signatory: Signatory | None
    end: int


def read_order_data(blocks: Sequence[Block], data_tables: Collection[int]) -> OrderData:
    """Everything the text around the data tables says about the order; never raises on any content.

    ``blocks`` are a whole document's in reading order; ``data_tables`` are the indices of those tables that belong to roadmaps
    and indicator lists: every other table only lays text out and is read as text.
    """
    raw, problems = read_lines(blocks, data_tables)
    lines = split_joined_lines(raw)
    marks = find_marks(lines)
    sections = find_sections(lines, marks)
    letterhead = read_letterhead(lines, marks, sections)
    body = _read_body(lines, marks, sections)
    annexes = find_annexes(body.clauses)
    programme = _programme(letterhead, annexes, body.clauses)
    headings = read_headings(lines, marks, HeadingContext(programme, body.end))
    order, found = _build_order(letterhead, marks, body, annexes, headings)
    if order is not None:
        problems += [*letterhead.problems, *found]
    return OrderData(
        order,
        annexes,
        headings,
        programme if programme is not Programme.OTHER else _only_programme(headings),
        _default_year(letterhead, annexes, headings),
        find_abbreviations(_texts(body.clauses, headings)),
        (*problems, *_tell_blank_stamps(marks, lines)),
    )


def _texts(clauses: Sequence[Clause], headings: dict[int, AnnexHeading]) -> list[str]:
    return [*(clause.text for clause in clauses), *(heading.title for heading in headings.values() if heading.title)]


def _read_body(lines: Sequence[Line], marks: Marks, sections: Sections) -> _Body:
    start, end = sections.body
    if start >= end:
        return _read_bodiless(lines, marks, sections)
    clauses: list[Clause] = []
    segment = start
    while True:
        stop = next((index for index in range(segment, end) if lines[index].table is not None), end)
        found, leftover = read_clauses(lines, segment, stop, resumed=segment > start)
        clauses.extend(resume(clauses, found))
        signatory, after = read_signature(lines, leftover, stop)
        if signatory is not None or stop >= end:
            break
        if not (_goes_on(lines, stop, end) or _stands_inside(clauses, lines, stop, end)):
            break
        segment = stop + 1
    if signatory is None:
        signatory, after = _late_signature(lines, marks, sections, stop)
    return _Body(tuple(clauses), signatory, after)


def _goes_on(lines: Sequence[Line], table: int, end: int) -> bool:
    """Whether the order's text goes on below a table that stands inside it: a signature is still to come before any stamp."""
    stop = next((index for index in range(table + 1, end) if lines[index].table is not None), end)
    found, after = read_signature(lines, table + 1, min(stop, table + 80))
    return found is not None and found.post is not None and after > table + 1


def _stands_inside(clauses: Sequence[Clause], lines: Sequence[Line], table: int, end: int) -> bool:
    """Whether a table is part of the clause above it («строку 2 изложить в следующей редакции:»): the items go on below."""
    if not clauses or not clauses[-1].text.endswith(":"):
        return False
    following = next((line for line in lines[table + 1 : end] if line.table is None and not is_ink(line)), None)
    return following is not None and is_item(following) is not None


def _read_bodiless(lines: Sequence[Line], marks: Marks, sections: Sections) -> _Body:
    """A document without items: whatever signature stands at its end, if it has a kind."""
    if sections.kind is None:
        return _Body((), None, sections.title[1])  # of a bare table with its name above nothing else is the letterhead
    return _Body((), _late_signature(lines, marks, sections, sections.head[1])[0], sections.head[1])


def _late_signature(
    lines: Sequence[Line], marks: Marks, sections: Sections, start: int
) -> tuple[Signatory | None, int]:
    """A signature below the tables, or the owner that a stamp of an electronic signature names."""
    if sections.kind is not None:
        last_table = max((index for index, line in enumerate(lines) if line.table is not None), default=start)
        for position in range(max(start, last_table), len(lines)):
            if marks.taken[position] or lines[position].table is not None:
                continue
            run_end = next((index for index in range(position, len(lines)) if marks.taken[index]), len(lines))
            found, _ = read_signature(lines, position, min(run_end, position + 60))
            if found is not None and found.post is not None:
                return found, start
            break
    return read_certificate_owner(lines), start


def _programme(letterhead: Letterhead, annexes: Sequence[AnnexDeclaration], clauses: Sequence[Clause]) -> Programme:
    """What the whole order is about: its title, else the annexes it declares, else its items, if they name one programme."""
    candidates = [letterhead.title or "", " ".join(annex.title for annex in annexes)]
    candidates.append(" ".join(clause.text for clause in clauses if not clause.preamble)[:20_000])
    for text in candidates:
        programme = find_programme(text)
        if programme is not Programme.OTHER:
            return programme
    return Programme.OTHER


def _only_programme(headings: dict[int, AnnexHeading]) -> Programme:
    named = {heading.programme for heading in headings.values() if heading.programme is not Programme.OTHER}
    return named.pop() if len(named) == 1 else Programme.OTHER


def _default_year(
    letterhead: Letterhead, annexes: Sequence[AnnexDeclaration], headings: dict[int, AnnexHeading]
) -> int | None:
    """The year of the title, else the one year that the declared annexes, else the headings, name."""
    year = find_year(letterhead.title or "")
    if year is not None:
        return year
    for years in ({find_year(annex.title) for annex in annexes}, {heading.year for heading in headings.values()}):
        stated = years - {None}
        if len(stated) == 1:
            return stated.pop()
    return None


def _build_order(
    letterhead: Letterhead,
    marks: Marks,
    body: _Body,
    annexes: Sequence[AnnexDeclaration],
    headings: dict[int, AnnexHeading],
) -> tuple[Order | None, tuple[Problem, ...]]:
    approvals: tuple[Approval, ...] = tuple(approval for stamp in marks.approvals for approval in stamp.approvals)
    acquainted = tuple(dict.fromkeys(name for found in marks.acquaintances for name in found.names))
    problems = tuple(problem for stamp in marks.approvals for problem in stamp.problems)
    control, told = find_control(body.clauses, body.signatory)
    order = Order(
        kind=letterhead.kind,
        issuer=letterhead.issuer,
        number=letterhead.number,
        date=letterhead.date,
        title=letterhead.title,
        coordinator=find_coordinator(body.clauses),
        control=control,
        signatory=body.signatory,
        approvals=approvals,
        acquainted=acquainted,
        annexes_declared=sum(1 for annex in annexes if annex.kind is not AnnexKind.OTHER),
        cited=find_acts(body.clauses, letterhead.title),
        amendments=find_amendments(body.clauses),
    )
    if letterhead.kind is None:
        order = _as_plan(order, marks, headings)
        if not _is_order(order, marks):
            return None, ()
    return order, (*problems, *told)


def _is_order(order: Order, marks: Marks) -> bool:
    """Whether a document without a kind is more than a table: stamps, a list of acquaintance, a letter's requisites, a signature."""
    if order.approvals or order.acquainted or order.signatory or order.kind is not None:
        return True
    return order.issuer is not None and (order.number is not None or order.date is not None)


def _as_plan(order: Order, marks: Marks, headings: dict[int, AnnexHeading]) -> Order:
    """An annex or a working plan by itself: the act its stamp names, and the title of its first heading."""
    is_letter = order.issuer is not None and (order.number or order.date or order.signatory)
    if not is_letter:
        order = replace(order, issuer=None, number=None, date=None)
        stamp = next((stamp for stamp in marks.annex_stamps if stamp.act_number or stamp.act_date), None)
        if stamp is not None:
            return _from_stamp(order, stamp)
    title = order.title or next((heading.title for heading in headings.values() if heading.title), None)
    return replace(order, title=title)


def _from_stamp(order: Order, stamp: AnnexStamp) -> Order:
    """«УТВЕРЖДЕН распоряжением Администрации Энской области от … № …»: the act the annex belongs to."""
    key = fold(stamp.act_text)
    word = ACT_WORD.search(key)
    if word is None:
        return order
    kind = next((kind for kind in ORDER_KINDS if word.group().startswith(kind[:-1])), None)
    body = _issuer_of_stamp(stamp.act_text, word.group())
    return replace(order, kind=kind, issuer=body, number=stamp.act_number, date=stamp.act_date)


def _issuer_of_stamp(text: str, word: str) -> str | None:
    start = text.lower().replace("ё", "е").find(word)
    if start < 0:
        return None
    after = text[start + len(word) :].strip()
    for mark in (" от ", " №", " от«", " от_", ","):
        after = after.split(mark)[0]
    for index, character in enumerate(after):
        if character.isdigit() or character in '_"«':
            after = after[:index]
            break
    return read_issuer_after(after.strip()) if after.strip() else None


def _tell_blank_stamps(marks: Marks, lines: Sequence[Line]) -> list[Problem]:
    return [
        Problem(
            "annex-stamp-blank",
            f"В грифе приложения не заполнены реквизиты: «{stamp.blank.written}».",
            Severity.NOTE,
            "Впишите дату и номер утвердившего документа.",
            lines[stamp.start].place.spanning(lines[stamp.end - 1].place),
        )
        for stamp in marks.annex_stamps
        if stamp.blank is not None
    ]
