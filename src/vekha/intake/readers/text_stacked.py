"""Tables whose cells stand one under the other, a paragraph for each, with nothing drawn between them.

The header gives the number of columns. Rows begin at the lines that hold only the next number; the lines of one row are dealt
out to its columns by what each looks like. Without numbers only a strict rhythm is taken: as many lines a row as columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vekha.intake.evidence import likeness
from vekha.intake.header_words import LONGEST_HEADER, Role, number_of_cell, role_of_header

RawRow = tuple[tuple[str, ...], int, int]
LEAST_COLUMNS, MOST_COLUMNS = 3, 9
LONGEST_ROW = 80
STARTS_NUMBERED = re.compile(r"^\s*(?:№|N\b|n\b|Номер|п/п)")
CONTINUES_HEADER = re.compile(
    r"^\s*(?:п\s*/?\s*п|исполнения|реализации|выполнения|мероприятия|мероприятий|исполнитель|за исполнение|\(.*\))\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Header:
    labels: tuple[str, ...]
    roles: tuple[Role | None, ...]
    first: int
    stop: int


def find_stacked_tables(lines: Sequence[str]) -> list[tuple[int, int, list[RawRow]]]:
    """First line, line after the last, and rows of every stacked table of a text, in order."""
    tables: list[tuple[int, int, list[RawRow]]] = []
    position = 0
    while position < len(lines):
        header = _find_header(lines, position) if _may_begin_header(lines[position]) else None
        read = _read_body(lines, header) if header is not None else None
        if header is None or read is None:
            position += 1
            continue
        rows, stop = read
        spread = (header.labels, header.first + 1, header.stop)
        tables.append((header.first, stop, [spread, *rows]))
        position = stop
    return tables


def _may_begin_header(line: str) -> bool:
    return (
        len(line) <= LONGEST_HEADER
        and _plain(line)
        and (bool(STARTS_NUMBERED.match(line)) or role_of_header(line) is Role.TEXT)
    )


def _plain(line: str) -> bool:
    return "\t" not in line and "|" not in line and "│" not in line and bool(line.strip())


def _find_header(lines: Sequence[str], first: int) -> _Header | None:
    """A run of lines that each name a column, at least three different roles, a text and a date or a responsible among them."""
    labels: list[str] = []
    position = first
    while position < len(lines) and len(labels) <= MOST_COLUMNS:
        line = lines[position]
        if not line.strip():
            position += 1
            continue
        if not _plain(line) or len(line) > LONGEST_HEADER or number_of_cell(line.strip()):
            break
        if labels and CONTINUES_HEADER.match(line):
            labels[-1] = f"{labels[-1]} {line.strip()}"
        elif role_of_header(line.strip()) is not None and len(line.strip()) < 60:
            labels.append(line.strip())
        else:
            break
        position += 1
    roles = tuple(role_of_header(label) for label in labels)
    known = set(roles)
    if len(labels) < LEAST_COLUMNS or len(known) < LEAST_COLUMNS or Role.TEXT not in known:
        return None
    if not known & {Role.DEADLINE, Role.RESPONSIBLE, Role.START, Role.END}:
        return None
    return _Header(tuple(labels), roles, first, position)


def _read_body(lines: Sequence[str], header: _Header) -> tuple[list[RawRow], int] | None:
    cells = _body_lines(lines, header)
    if header.roles[0] is Role.NUMBER:
        return _read_numbered(cells, header)
    return _read_by_rhythm(cells, header)


def _body_lines(lines: Sequence[str], header: _Header) -> list[tuple[str, int]]:
    """The lines under the header with their numbers (from 1), without blank ones, repeated headers and rows that count columns."""
    found: list[tuple[str, int]] = []
    position = header.stop
    heads = {label.casefold() for label in header.labels}
    while position < len(lines) and (not lines[position].strip() or _plain(lines[position])):
        line = lines[position].strip()
        if line and _counts_columns(lines, position, len(header.labels)):
            position = _after_count(lines, position, len(header.labels))
            continue
        repeated = _find_header(lines, position) if line.casefold() == header.labels[0].casefold() else None
        if repeated is not None and {label.casefold() for label in repeated.labels} <= heads:
            position = repeated.stop
            continue
        if line:
            found.append((line, position + 1))
        position += 1
    return found


def _counts_columns(lines: Sequence[str], position: int, width: int) -> bool:
    stop = _after_count(lines, position, width)
    return stop > position


def _after_count(lines: Sequence[str], position: int, width: int) -> int:
    expected = 1
    index = position
    while index < len(lines) and expected <= width:
        line = lines[index].strip()
        if line and line != str(expected):
            return position
        expected += 1 if line else 0
        index += 1
    return index if expected > width else position


def _read_numbered(cells: Sequence[tuple[str, int]], header: _Header) -> tuple[list[RawRow], int] | None:
    starts = _row_starts(cells)
    if len(starts) < 2 or starts[0] != 0:
        return None
    rows: list[RawRow] = []
    width = len(header.labels)
    stop = 0
    for index, start in enumerate(starts):
        last = index + 1 == len(starts)
        end = len(cells) if last else starts[index + 1]
        group = cells[start + 1 : end]
        if last:
            group = _own_lines(group, header)
        if not group:
            return None
        dealt = _deal([line for line, _ in group], header.roles[1:])
        rows.append(((cells[start][0], *dealt), cells[start][1], group[-1][1]))
        stop = group[-1][1]
    return (rows, stop) if all(len(row[0]) == width for row in rows) else None


def _row_starts(cells: Sequence[tuple[str, int]]) -> list[int]:
    """Indices of the lines that hold only the next number of the sequence (a sub-number of the last one is taken too)."""
    starts: list[int] = []
    last = "0"
    for index, (line, _) in enumerate(cells):
        number = number_of_cell(line)
        if number is not None and _follows(last, number):
            starts.append(index)
            last = number
    return starts


def _follows(last: str, number: str) -> bool:
    one, other = [int(part) for part in last.split(".")], [int(part) for part in number.split(".")]
    if other == [one[0] + 1] or other == [*one, 1]:
        return True
    return len(one) == len(other) and one[:-1] == other[:-1] and other[-1] == one[-1] + 1


def _own_lines(group: Sequence[tuple[str, int]], header: _Header) -> Sequence[tuple[str, int]]:
    """Of the last row only the lines up to its last column: what follows (signatures, annexes) is no cell."""
    last_role = header.roles[-1]
    least = len(header.labels) - 1
    for count in range(least, min(len(group), LONGEST_ROW) + 1):
        if (
            last_role is None
            or last_role not in {Role.DEADLINE, Role.RESPONSIBLE, Role.RESULT}
            or likeness(last_role, group[count - 1][0]) > 0.5
        ):
            return group[: _with_more_of(last_role, group, count)]
    return group[:least]


def _with_more_of(role: Role | None, group: Sequence[tuple[str, int]], count: int) -> int:
    """How far the last cell reaches: over the next lines that look like it, up to a blank one."""
    while (
        role in {Role.RESPONSIBLE, Role.RESULT}
        and count < len(group)
        and group[count][1] == group[count - 1][1] + 1
        and likeness(role, group[count][0]) > 0.5
    ):
        count += 1
    return count


def _deal(lines: Sequence[str], roles: Sequence[Role | None]) -> list[str]:
    """The lines of one row given out to its columns in order, so that each column looks most like what it should hold.

    >>> _deal(["Утверждены:", "1) положение;", "Комитет образования", "до 1 марта 2024 года"],
    ...       [Role.TEXT, Role.RESPONSIBLE, Role.DEADLINE])
    ['Утверждены:\\n1) положение;', 'Комитет образования', 'до 1 марта 2024 года']
    """
    if len(lines) <= len(roles) and len(lines) == len(roles):
        return list(lines)
    lines = [*lines[: LONGEST_ROW - 1], "\n".join(lines[LONGEST_ROW - 1 :])] if len(lines) > LONGEST_ROW else lines
    count = len(lines)

    @cache
    def best(column: int, start: int) -> tuple[float, tuple[int, ...]]:
        if column == len(roles):
            return (0.0, ()) if start == count else (-1000.0, ())
        options = []
        for stop in range(start, count + 1):
            piece = "\n".join(lines[start:stop])
            tail, cuts = best(column + 1, stop)
            options.append((_fitness(roles[column], piece, stop - start) + tail, (stop, *cuts)))
        return max(options)

    cuts = (0, *best(0, 0)[1])
    return ["\n".join(lines[start:stop]) for start, stop in pairwise(cuts)]


def _fitness(role: Role | None, piece: str, count: int) -> float:
    if not piece:
        return -1.5
    if role is None or role in {Role.NOTE, Role.START, Role.END}:
        return 0.2 - 0.1 * count
    each = [likeness(role, line) for line in piece.split("\n")]
    wrong = sum(1 for line in piece.split("\n") if role is not Role.DEADLINE and likeness(Role.DEADLINE, line) >= 0.9)
    if role is Role.TEXT:
        return (
            1.0
            + likeness(role, piece)
            - 0.8 * sum(likeness(Role.RESPONSIBLE, line) > 0 for line in piece.split("\n")[1:])
            - wrong
        )
    return 2.0 * each[0] + 0.5 * sum(each[1:]) - 0.3 * (count - 1) - wrong


def _read_by_rhythm(cells: Sequence[tuple[str, int]], header: _Header) -> tuple[list[RawRow], int] | None:
    width = len(header.labels)
    key = next((index for index, role in enumerate(header.roles) if role is Role.DEADLINE), None)
    if key is None:
        return None
    rows: list[RawRow] = []
    for start in range(0, len(cells) - width + 1, width):
        chunk = cells[start : start + width]
        if likeness(Role.DEADLINE, chunk[key][0]) < 0.7:
            break
        rows.append((tuple(line for line, _ in chunk), chunk[0][1], chunk[-1][1]))
    return (rows, rows[-1][2]) if len(rows) >= 2 else None
