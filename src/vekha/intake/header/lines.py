"""Blocks → lines of text in reading order, with a mark where each data table stands.

Everything the header is read from is a line: a paragraph's lines, and the cells of tables that only lay text out. Stamps,
letterheads and other cells of several lines are read column by column, «post | name» and «date | number» row by row.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from vekha.intake.document import Block, Paragraph, Table
from vekha.intake.header.words import STAMP_WORD, is_body_name
from vekha.problems import Place, Problem, Severity
from vekha.text.markup import strip_markup
from vekha.text.normalise import collapse, fold

LONGEST_LINE = 20_000
MOST_LINES = 60_000
MOST_CHARACTERS = 6_000_000

_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_][ \u00a0]){3,}[^\W\d_](?![^\W_])")
_EDGE_MARKS = re.compile(r"^[*#>|~`]+\s*|\s*[*|~`]+$")
_WIDE_GAP = re.compile(r"\t+|[ \u00a0]{3,}")
_ONLY_RULE = re.compile(r"^[\W_]*$")
_BLANK_INK = re.compile(r"[_«»\"„“”…]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``text`` as written on one line, ``key`` for matching, and where it stands.

    ``columns`` are the pieces that tabs, wide gaps or cells set apart (one piece for plain text). ``gap`` says that a blank
    line or another kind of block stands above. ``table`` is the block index of the data table this line stands for, and then
    the text is empty.
    """

    text: str
    key: str
    place: Place
    gap: bool = False
    heading: bool = False
    columns: tuple[str, ...] = ()
    table: int | None = None


def read_lines(blocks: Sequence[Block], data_tables: Collection[int]) -> tuple[list[Line], list[Problem]]:
    """The lines of a document; text beyond the limits of a header is left out with a problem, tables never are."""
    tables = frozenset(data_tables)
    lines: list[Line] = []
    budget = MOST_CHARACTERS
    left_out: Place | None = None
    for index, block in enumerate(blocks):
        if index in tables:
            lines.append(Line("", "", block.place, gap=True, table=index))
            continue
        if budget <= 0 or len(lines) >= MOST_LINES:
            left_out = left_out or block.place
            continue
        for line in _lines_of(block):
            if budget <= 0 or len(lines) >= MOST_LINES:
                left_out = left_out or line.place
                break
            lines.append(line)
            budget -= len(line.text)
    return _split_stamp_columns(_mark_gaps(lines)), _tell_left_out(left_out)


def _tell_left_out(place: Place | None) -> list[Problem]:
    if place is None:
        return []
    return [
        Problem(
            "header-text-too-long",
            f"Вне таблиц больше {MOST_LINES} строк или {MOST_CHARACTERS} знаков: дальше реквизиты не читались.",
            Severity.WARNING,
            "Оставьте в файле одно распоряжение с приложениями.",
            place,
        )
    ]


def _lines_of(block: Block) -> Iterator[Line]:
    if isinstance(block, Paragraph):
        yield from _paragraph_lines(block)
    else:
        yield from _table_lines(block)


def _paragraph_lines(block: Paragraph) -> Iterator[Line]:
    place = block.place
    numbered = block.text.count("\n") < LONGEST_LINE and _one_line_each(block)
    for offset, raw in enumerate(_pieces(block.text)):
        here = replace(place, lines=(place.lines[0] + offset,) * 2) if numbered and place.lines else place
        line = _make_line(raw, here, heading=block.heading)
        if line is not None:
            yield replace(line, gap=False) if offset else line


def _pieces(text: str) -> list[str]:
    """The hard lines of a text, not more of them than a header may have."""
    return text.split("\n", MOST_LINES)[:MOST_LINES]


def _one_line_each(block: Paragraph) -> bool:
    """Whether the paragraph's hard lines are the file's own lines."""
    lines = block.place.lines
    return lines is not None and lines[1] - lines[0] == block.text.count("\n") and lines[1] > lines[0]


def _make_line(raw: str, place: Place, *, heading: bool = False) -> Line | None:
    """A line without markup, spaced-out words closed up; ``None`` for one without any ink."""
    raw = raw[:LONGEST_LINE]
    if "<" in raw or "&" in raw or "**" in raw or "`" in raw or "\\" in raw:
        raw = strip_markup(raw).replace("\n", "\t")
    raw = _EDGE_MARKS.sub("", raw.strip())
    raw = _SPACED.sub(lambda match: re.sub(r"[ \u00a0]", "", match.group()), raw)
    text = collapse(raw)
    if not text or (_ONLY_RULE.match(text) and not _BLANK_INK.search(text)):
        return None
    columns = tuple(piece for part in _WIDE_GAP.split(raw) if (piece := collapse(part)))
    return Line(text, fold(text), place, heading=heading, columns=columns)


def _table_lines(table: Table) -> Iterator[Line]:
    """A table that only lays text out: column by column where the columns are texts of their own, else row by row."""
    if not _reads_down(table):
        yield from _rows_across(table)
        return
    for column in sorted({cell.column for row in table.rows for cell in row.cells}):
        cells = [(cell, row.place) for row in table.rows for cell in row.cells if cell.column == column]
        lines = [line for cell, place in cells for line in _cell_lines(cell.text, place)]
        yield from (replace(line, gap=True) if order == 0 else line for order, line in enumerate(lines))


def _rows_across(table: Table) -> Iterator[Line]:
    for row in table.rows:
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if _is_many_lined(texts):
            for text in texts:
                yield from _cell_lines(text, row.place)
        elif texts:
            joined = "\t".join(text.replace("\n", " ") for text in texts) if len(texts) > 1 else texts[0]
            yield from _cell_lines(joined, row.place)


def _is_many_lined(texts: Sequence[str]) -> bool:
    """Cells that are texts of their own: at least two of them have several lines."""
    return sum(1 for text in texts if "\n" in text.strip()) > 1


def _cell_lines(text: str, place: Place) -> Iterator[Line]:
    for raw in _pieces(text):
        line = _make_line(raw, place)
        if line is not None:
            yield line


def _reads_down(table: Table) -> bool:
    """Whether some cell opens a stamp or names a body beside another text: then each column is a text of its own."""
    if len(table.rows) > 40 or table.width > 6:
        return False
    openings: set[int] = set()
    filled: set[int] = set()
    for row in table.rows:
        for cell in row.cells:
            if not cell.text.strip():
                continue
            filled.add(cell.column)
            head = fold(cell.text[:200])
            if STAMP_WORD.match(head) or is_body_name(head):
                openings.add(cell.column)
    return bool(openings) and (len(openings) > 1 or _tall_beside(table, openings, filled))


def _tall_beside(table: Table, openings: Collection[int], filled: Collection[int]) -> bool:
    """One opening, and beside it text in another column of the same row that has several lines (a seal, a second language)."""
    if len(filled) < 2:
        return False
    return any(cell.column not in openings and "\n" in cell.text.strip() for row in table.rows for cell in row.cells)


def _mark_gaps(lines: list[Line]) -> list[Line]:
    """Lines with ``gap`` set where the line numbers jump, or where nothing is known and the page changes."""
    marked: list[Line] = []
    before: Line | None = None
    for line in lines:
        gap = line.gap or before is None or _apart(before.place, line.place)
        marked.append(replace(line, gap=gap) if gap != line.gap else line)
        before = line
    return marked


def _apart(first: Place, second: Place) -> bool:
    if first.lines is None or second.lines is None:
        return first.page != second.page
    return second.lines[0] - first.lines[1] > 1


def _split_stamp_columns(lines: list[Line]) -> list[Line]:
    """«СОГЛАСОВАНО      УТВЕРЖДАЮ» side by side in plain text: the lines below are dealt out to their columns."""
    result: list[Line] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if len(line.columns) > 1 and all(STAMP_WORD.match(fold(piece)) for piece in line.columns):
            end = _stamp_run_end(lines, position)
            result.extend(_deal_out(lines[position:end], len(line.columns)))
            position = end
        else:
            result.append(line)
            position += 1
    return result


def _stamp_run_end(lines: Sequence[Line], start: int) -> int:
    """The position after the last line of the next 14 that still has several columns."""
    end = start + 1
    for position in range(start + 1, min(start + 15, len(lines))):
        if lines[position].table is not None:
            break
        if len(lines[position].columns) > 1:
            end = position + 1
    return end


def _deal_out(run: Sequence[Line], count: int) -> Iterator[Line]:
    for column in range(count):
        for line in run:
            pieces = line.columns if len(line.columns) > 1 else (line.text,)
            if column < len(pieces):
                text = pieces[column] if column < count - 1 else " ".join(pieces[column:])
                yield Line(text, fold(text), line.place, gap=line.gap, heading=line.heading, columns=(text,))
