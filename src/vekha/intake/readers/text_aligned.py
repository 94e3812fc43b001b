"""Tables whose columns are only aligned by spaces, as ``pdftotext -layout`` and typists leave them.

A header of at least three named columns begins such a table; a row begins at a number that stands first in its line. Where its
columns begin, the first line of a row tells by itself, as it has a piece of every cell; columns may stand closer than two spaces
and shift from row to row. Anything less certain stays plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from vekha.intake.header_words import Role, number_of_cell, role_of_header
from vekha.text.lines import join_lines

RawRow = tuple[tuple[str, ...], int, int]
LEAST_COLUMNS, MOST_COLUMNS = 3, 16
LEAST_ROWS = 2
LONGEST_LINE = 600
MOST_HEADER_LINES = 6
MOST_BLANK = 3
MOST_ATTEMPTS = 50  # headers that begin no table: a text full of them is none of ours
NEAR = 3  # characters by which the lines of one cell may begin apart
FAR = 8  # and by which a column may be moved from one row to the next
PIECE = re.compile(r"\S+(?: \S+)*")
HINTS = (
    "№",
    "п/п",
    "мероприят",
    "содержани",
    "наименовани",
    "показател",
    "индикатор",
    "срок",
    "ответствен",
    "исполнител",
)
PAGE_NUMBER = re.compile(r"^\s{8,}(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?\s*$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of words in a line with single spaces between them, and where it begins."""

    start: int
    text: str

    @property
    def middle(self) -> float:
        return self.start + len(self.text) / 2


@dataclass(slots=True)
class _OpenRow:
    lines: list[list[_Piece]]
    first: int
    last: int


def find_aligned_tables(lines: Sequence[str]) -> list[tuple[int, int, list[RawRow]]]:
    """First line, line after the last, and rows of every aligned table of a text, in order."""
    tables: list[tuple[int, int, list[RawRow]]] = []
    position = 0
    attempts = MOST_ATTEMPTS
    while position < len(lines) and attempts:
        begins = _begins_header(lines[position])
        read = _read_table(lines, position) if begins else None
        if read is None:
            attempts -= begins
            position += 1
            continue
        rows, stop = read
        tables.append((position, stop, rows))
        position = stop
    return tables


def _pieces(line: str) -> list[_Piece]:
    return [_Piece(found.start(), found[0]) for found in PIECE.finditer(line)]


def _plain(line: str) -> bool:
    return len(line) <= LONGEST_LINE and "\t" not in line and "|" not in line and "│" not in line


def _begins_header(line: str) -> bool:
    """A line of a header: pieces far apart, at least three, that name different columns; or the number sign right above one."""
    if not _plain(line):
        return False
    lowered = line.casefold()
    if not any(hint in lowered for hint in HINTS):
        return False
    pieces = [_Piece(found.start(), found[0]) for found in islice(PIECE.finditer(line), MOST_COLUMNS + 1)]
    if len(pieces) == 1:
        return len(pieces[0].text) < 12 and role_of_header(pieces[0].text) is Role.NUMBER
    if not LEAST_COLUMNS <= len(pieces) <= MOST_COLUMNS:
        return False
    roles = {role for piece in pieces if (role := role_of_header(piece.text)) is not None}
    return len(roles) >= LEAST_COLUMNS - 1


def _read_table(lines: Sequence[str], start: int) -> tuple[list[RawRow], int] | None:
    """The table that begins here, ``None`` where it is not certain that one does."""
    body = _body_start(lines, start)
    if body is None:
        return None
    header = _read_header([_pieces(line) for line in lines[start:body] if line.strip()])
    if header is None:
        return None
    first = _first_starts(lines, body, len(header))
    if first is None:
        return None
    rows, stop = _read_rows(lines, body, first)
    table = [(header, start + 1, body), *rows]
    return (table, stop) if _is_certain(table) else None


def _body_start(lines: Sequence[str], start: int) -> int | None:
    """The first line under the header that begins with a row's number."""
    for position in range(start + 1, min(len(lines), start + 1 + MOST_HEADER_LINES)):
        if not _plain(lines[position]):
            return None
        pieces = _pieces(lines[position])
        if pieces and number_of_cell(pieces[0].text.split(" ")[0]) is not None:
            return position
    return None


def _read_header(header: Sequence[Sequence[_Piece]]) -> tuple[str, ...] | None:
    """The names of the columns: the line with the most pieces gives them, the other lines' pieces go to the nearest of it."""
    main = max(header, key=len)
    columns: list[list[_Piece]] = [[piece] for piece in main]
    if role_of_header(main[0].text) is not Role.NUMBER:
        number = next((piece for line in header for piece in line if role_of_header(piece.text) is Role.NUMBER), None)
        if number is None or number.start > main[0].start:
            return None
        columns.insert(0, [number])
    labels: list[list[str]] = [[] for _ in columns]
    for line in header:
        for piece in line:
            nearest = min(range(len(columns)), key=lambda column: abs(columns[column][0].middle - piece.middle))
            labels[nearest].append(piece.text)
    return tuple(join_lines(label) for label in labels)


def _row_pieces(line: str) -> list[_Piece]:
    """The pieces of a row's first line, its number set apart even if the text follows after one space."""
    pieces = _pieces(line)
    if not pieces:
        return []
    number, space, rest = pieces[0].text.partition(" ")
    if space and number_of_cell(number) is not None:
        return [_Piece(pieces[0].start, number), _Piece(pieces[0].start + len(number) + 1, rest), *pieces[1:]]
    return pieces


def _first_starts(lines: Sequence[str], body: int, count: int) -> list[int] | None:
    """Where the columns begin in the first row that has a piece in each."""
    for position in range(body, min(len(lines), body + 60)):
        line = lines[position]
        if not _plain(line):
            return None
        pieces = _row_pieces(line)
        if len(pieces) == count and number_of_cell(pieces[0].text) is not None:
            return [piece.start for piece in pieces]
    return None


def _read_rows(lines: Sequence[str], body: int, starts: list[int]) -> tuple[list[RawRow], int]:
    rows: list[RawRow] = []
    opened: _OpenRow | None = None
    blank = 0
    for position in range(body, len(lines)):
        line = lines[position]
        if not line.strip() or PAGE_NUMBER.match(line):
            blank += 1
            if blank > MOST_BLANK:
                break
            continue
        if not _plain(line):
            break
        pieces = _row_pieces(line)
        if number_of_cell(pieces[0].text) is not None and pieces[0].start < starts[1]:
            if opened is not None:
                starts = _starts_of_row(opened.lines, starts)
                rows.append(_close(opened, starts))
            opened = _OpenRow([], position + 1, position + 1)
        elif opened is None or pieces[0].start < starts[1] - NEAR or (blank and len(pieces) == 1):
            break
        opened.lines.append(pieces)
        opened.last = position + 1
        blank = 0
    if opened is not None:
        rows.append(_close(opened, _starts_of_row(opened.lines, starts)))
    return rows, rows[-1][2] if rows else body


def _starts_of_row(lines: Sequence[Sequence[_Piece]], above: Sequence[int]) -> list[int]:
    """Where the columns begin in a row: by its first line where that has a piece for each, else by the row above, moved by its lines."""
    if len(lines[0]) == len(above):
        return [piece.start for piece in lines[0]]
    own = list(above)
    told: set[int] = set()
    for line in lines:
        for piece in line:
            nearest = min(range(len(above)), key=lambda column: abs(above[column] - piece.start))
            if nearest not in told and abs(above[nearest] - piece.start) <= FAR:
                own[nearest] = piece.start
                told.add(nearest)
    return own if own == sorted(own) else list(above)


def _split_at(pieces: Sequence[_Piece], starts: Sequence[int]) -> Iterator[_Piece]:
    """The pieces, cut where a word begins exactly at a column: neighbours that are one space apart."""
    for piece in pieces:
        begin = 0
        for found in re.finditer(r"(?<= )\S", piece.text):
            if piece.start + found.start() in starts:
                yield _Piece(piece.start + begin, piece.text[begin : found.start()].rstrip())
                begin = found.start()
        yield _Piece(piece.start + begin, piece.text[begin:])


def _close(row: _OpenRow, starts: Sequence[int]) -> RawRow:
    cells: list[list[str]] = [[] for _ in starts]
    for line in row.lines:
        for piece in _split_at(line, starts):
            column = max((index for index, start in enumerate(starts) if start <= piece.start + NEAR), default=0)
            cells[column].append(piece.text)
    return tuple(_join(texts) for texts in cells), row.first, row.last


def _join(texts: Sequence[str]) -> str:
    """The lines of one cell as one text, each list item on a line of its own."""
    parts: list[list[str]] = []
    for text in texts:
        if not parts or re.match(r"(?:\d{1,2}[.)]|[а-я]\)|[-–—•])\s", text):
            parts.append([text])
        else:
            parts[-1].append(text)
    return "\n".join(join_lines(part) for part in parts)


def _is_certain(rows: Sequence[RawRow]) -> bool:
    """A header that names a measure and a date or a responsible (or an indicator and its value), and at least two rows under it."""
    roles = {role_of_header(cell) for cell in rows[0][0]}
    if not roles & {Role.TEXT, Role.INDICATOR}:
        return False
    if not roles & {Role.DEADLINE, Role.RESPONSIBLE, Role.START, Role.END, Role.VALUE, Role.OPENING}:
        return False
    return len(rows) > LEAST_ROWS
