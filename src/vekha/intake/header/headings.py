"""The heading above every data table: its title, year, programme, annex number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.header.annexes import annex_kind
from vekha.intake.header.joined import is_heading
from vekha.intake.header.lines import Line
from vekha.intake.header.model import AnnexHeading, AnnexKind
from vekha.intake.header.people import is_bare_name, is_executor, is_ink
from vekha.intake.header.requisites import is_requisites
from vekha.intake.header.sections import Marks
from vekha.intake.header.stamps import AnnexStamp
from vekha.intake.programmes import find_programme, find_year
from vekha.orders.model import Programme
from vekha.text.lines import join_lines

_MOST_LINES = 30
_LONGEST_TITLE = 2500
_ASIDE = re.compile(
    r"(?:таблица\s*(?:№\s*)?\d*\.?|продолжение\b.{0,60}|окончание\b.{0,60}|\(?форма\)?|(?:тыс\.?\s*)?руб(?:лей|\.)?|стр(?:аница|\.)?\s*\d+.{0,12}|\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]"
    r"|\(?приложение\)?|страница\s+\d+\s+из\s+\d+|лист\s+\d+.{0,12})\Z"
)
_SENTENCE = re.compile(r"[.:;]\Z")


@dataclass(frozen=True, slots=True)
class HeadingContext:
    """What headings inherit: the programme of the whole order, and the line its own text and signature end with."""

    programme: Programme
    after: int


def read_headings(lines: Sequence[Line], marks: Marks, context: HeadingContext) -> dict[int, AnnexHeading]:
    """For the block index of every data table, the heading between it and the table (or the signature) before it."""
    headings: dict[int, AnnexHeading] = {}
    start = context.after
    stamps = iter(marks.annex_stamps)
    stamp: AnnexStamp | None = next(stamps, None)
    previous = -1
    programme = Programme.OTHER
    for position, line in enumerate(lines):
        if line.table is None:
            continue
        number: str | None = None
        while stamp is not None and stamp.start < position:
            number = stamp.number or number if stamp.start > previous else None
            stamp = next(stamps, None)
        heading = _read_heading(lines, marks, (max(start, previous + 1), position), number, context)
        if heading.title is None and previous >= 0 and heading.programme is Programme.OTHER:
            heading = replace(heading, programme=programme)
        headings[line.table] = heading
        programme = heading.programme
        previous = position
    return headings


def _read_heading(
    lines: Sequence[Line], marks: Marks, bounds: tuple[int, int], number: str | None, context: HeadingContext
) -> AnnexHeading:
    chosen = _title_lines(lines, marks, bounds)
    table_place = lines[bounds[1]].place
    if not chosen:
        return AnnexHeading(None, None, context.programme, number, AnnexKind.OTHER, table_place)
    title = join_lines(line.text for line in chosen).strip(" *")
    if title.endswith(".") and not title.endswith(("гг.", " г.")):
        title = title[:-1]
    programme = find_programme(title)
    place = chosen[0].place.spanning(chosen[-1].place)
    return AnnexHeading(
        title,
        find_year(title),
        context.programme if programme is Programme.OTHER else programme,
        number,
        annex_kind(title),
        place,
    )


def _title_lines(lines: Sequence[Line], marks: Marks, bounds: tuple[int, int]) -> list[Line]:
    """The heading's lines: from the first one that begins like a heading, else the last short lines above the table."""
    start, end = max(bounds[0], bounds[1] - _MOST_LINES), bounds[1]
    last_stamp = max((position for position in range(start, end) if marks.taken[position]), default=start - 1)
    candidates = [
        line
        for line in lines[last_stamp + 1 : end]
        if not _ASIDE.match(line.key) and not is_ink(line) and not is_requisites(line.text)
    ]
    opening = next((index for index, line in enumerate(candidates) if is_heading(line)), None)
    if opening is not None:
        return _one_title(candidates[opening:])
    return _short_tail(candidates)


def _one_title(candidates: Sequence[Line]) -> list[Line]:
    """A heading's lines up to a paragraph that is no longer the heading."""
    chosen: list[Line] = []
    length = 0
    for line in candidates:
        length += len(line.text)
        if chosen and (length > _LONGEST_TITLE or _is_prose_below(line, chosen[-1])):
            break
        chosen.append(line)
    return chosen


def _is_prose_below(line: Line, before: Line) -> bool:
    """A sentence of its own under the heading, or the heading's own end before a new sentence."""
    if line.text[:1].islower():
        return False
    if _SENTENCE.search(line.text) and len(line.text) > 60:
        return True
    return before.text.endswith(".") and line.gap and not before.text.endswith(("г.", "гг.", "им."))


def _short_tail(candidates: Sequence[Line]) -> list[Line]:
    chosen: list[Line] = []
    for line in reversed(candidates):
        if (
            len(line.text) > 300
            or _SENTENCE.search(line.text)
            or is_executor(line)
            or is_bare_name(line)
            or len(chosen) >= 6
        ):
            break
        chosen.append(line)
        if line.gap and chosen and not line.text[:1].islower():
            break
    chosen.reverse()
    return chosen
