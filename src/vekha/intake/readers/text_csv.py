"""Tables saved as CSV: cells between semicolons or commas, quoted where they hold breaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from vekha.intake.header_words import LONGEST_HEADER, Role, role_of_header

RawRow = tuple[tuple[str, ...], int, int]
SEPARATORS = ";,"
LEAST_ROLES = 3
LONGEST_HEADER_LINE = 2000


def find_csv_tables(lines: Sequence[str]) -> list[tuple[int, int, list[RawRow]]]:
    """First line, line after the last, and rows of every CSV table: its header names at least three columns of a roadmap."""
    tables: list[tuple[int, int, list[RawRow]]] = []
    position = 0
    while position < len(lines):
        separator = _separator_of_header(lines[position])
        if separator is None:
            position += 1
            continue
        rows = list(_read_rows(lines, position, separator))
        if len(rows) < 2:
            position += 1
            continue
        tables.append((position, rows[-1][2], rows))
        position = rows[-1][2]
    return tables


def _separator_of_header(line: str) -> str | None:
    if len(line) > LONGEST_HEADER_LINE or "\t" in line or "|" in line:
        return None
    for separator in SEPARATORS:
        cells = line.split(separator)
        if len(cells) < LEAST_ROLES or any(len(cell) > LONGEST_HEADER for cell in cells):
            continue
        roles = [role_of_header(cell.strip(' "')) for cell in cells]
        named = [role for role in roles if role is not None]
        if len(set(named)) >= LEAST_ROLES and Role.TEXT in named and len(named) * 4 >= len(cells) * 3:
            return separator
    return None


def _read_rows(lines: Sequence[str], start: int, separator: str) -> Iterator[RawRow]:
    """Rows until a blank line or one with another number of cells, quotes being allowed to span lines."""
    reader = csv.reader((line + "\n" for line in _until_blank(lines, start)), delimiter=separator)
    width = 0
    first = start
    while True:
        try:
            cells = next(reader)
        except (StopIteration, csv.Error):
            return
        last = start + reader.line_num
        width = width or len(cells)
        if len(cells) != width:
            return
        yield tuple(cell.strip() for cell in cells), first + 1, last
        first = last


def _until_blank(lines: Sequence[str], start: int) -> Iterator[str]:
    quoted = False
    for position in range(start, len(lines)):
        line = lines[position]
        if not line.strip() and not quoted:
            return
        quoted ^= bool(line.count('"') % 2)
        yield line
