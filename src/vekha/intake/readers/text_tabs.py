"""Tables whose cells stand in one line with tabs between them; a cell with line breaks inside spreads over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vekha.intake.evidence import likeness
from vekha.intake.header_words import SECTION_WORDS, Role, number_of_cell, role_of_header
from vekha.intake.page_noise import is_page_noise

RawRow = tuple[tuple[str, ...], int, int]

LEAST_COLUMNS_FOR_OPEN_ROW = 3
NUMBERED_HEADING = re.compile(r"\d{1,2}[.)]\s+[А-ЯЁ]")
MOST_COLUMNS = 100  # a line with more tabs is no row of an order


def is_tab_line(lines: Sequence[str], position: int) -> bool:
    """Whether a table row stands here: a tab between two texts, or empty cells around one."""
    line = lines[position]
    if "\t" not in line or line.count("\t") > MOST_COLUMNS:
        return False
    if line.strip("\t \u00a0").count("\t"):
        return True
    # «\tпродолжение\t\t» is a row of one text; «\tКрасная строка» alone is an indented paragraph.
    return (line.count("\t") >= LEAST_COLUMNS_FOR_OPEN_ROW - 1 and bool(line.strip())) or _below_table(lines, position)


def _below_table(lines: Sequence[str], position: int) -> bool:
    """An indented line right under a table row, the trailing tabs lost: still a row of that table."""
    if not lines[position].startswith("\t"):
        return False
    above = position - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above >= 0 and lines[above].strip("\t ").count("\t") >= LEAST_COLUMNS_FOR_OPEN_ROW - 1


def read_tab_rows(lines: Sequence[str], position: int, stop: int) -> tuple[list[RawRow], int]:
    """The rows from here to the blank line or paragraph that ends this part, and the position after it."""
    rows: list[RawRow] = []
    width = 0
    while position < stop and lines[position].strip():
        if is_tab_line(lines, position):
            cells = _split(lines[position])
            first = position
            position += 1
            if rows or len(cells) >= LEAST_COLUMNS_FOR_OPEN_ROW:
                cells, position = _close_row(cells, lines, position, stop, max(width, len(cells) if not rows else 0))
            width = max(width, len(cells))
            rows.append((tuple(cells), first + 1, position))
        elif rows and not is_page_noise(lines[position]) and _tail_of_cell(lines, position, stop):
            if len(rows[-1][0]) == width and _is_row_of_one_text(rows, lines, position, stop):
                rows.append(((lines[position].strip(),), position + 1, position + 1))
                position += 1
                continue
            cells_above, first_line, _ = rows.pop()
            joined = (*cells_above[:-1], f"{cells_above[-1]}\n{lines[position].strip()}")
            position += 1
            rows.append((joined, first_line, position))
        else:
            break
    return rows, position


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("\n").split("\t")]


def _close_row(cells: list[str], lines: Sequence[str], position: int, stop: int, width: int) -> tuple[list[str], int]:
    """Take in the next lines while the row has fewer cells than the table: a break inside a cell cut it."""
    start = position
    joined = list(cells)
    while len(joined) < width and position < stop and lines[position].strip():
        following = _split(lines[position])
        if len(joined) + len(following) - 1 > width or (len(following) > 1 and following[0].rstrip(".").isdigit()):
            break
        joined[-1] = f"{joined[-1]}\n{following[0]}".strip("\n")
        joined.extend(following[1:])
        position += 1
    if len(joined) == width or position == start:
        return [_unquote(cell) for cell in joined], position
    return cells, start  # the lines did not make a whole row: they are rows of their own, with cells missing


def _tail_of_cell(lines: Sequence[str], position: int, stop: int) -> bool:
    """A plain line between two rows belongs to the last cell above it."""
    below = position + 1
    while below < stop and below < position + 4 and lines[below].strip():
        if is_tab_line(lines, below):
            return True
        below += 1
    return False


def _is_row_of_one_text(rows: Sequence[RawRow], lines: Sequence[str], position: int, stop: int) -> bool:
    """A plain line under a whole row that is a heading between measures, its empty cells lost, and not the last cell's next line."""
    line = lines[position].strip()
    last = rows[-1][0][-1]
    if position + 1 >= stop or not is_tab_line(lines, position + 1) or last.endswith((",", ";", ":", " -", "–")):
        return False
    numbered = number_of_cell(_split(lines[position + 1])[0]) is not None
    if not numbered or number_of_cell(line) is not None:
        return False
    if SECTION_WORDS.match(line) or (line.isupper() and len(line) > 6) or number_of_cell(last) is not None:
        return True
    if NUMBERED_HEADING.match(line):
        return len(rows) == 1 or not NUMBERED_HEADING.match(last)
    below = _split(lines[position + 1])[0].rstrip(".)")
    if "." in below and line.startswith(f"{below.partition('.')[0]}."):
        return True
    role = role_of_header(rows[0][0][-1])
    if len(rows) == 1 and role is not None and line[:1].isupper() and role_of_header(line) is None:
        return True
    known = role in {Role.DEADLINE, Role.RESPONSIBLE, Role.RESULT}
    return (
        known and role is not None and line[:1].isupper() and likeness(role, line) == 0 and likeness(role, last) > 0.5
    )


def _unquote(cell: str) -> str:
    """A cell as spreadsheets quote it when it has line breaks: «"…""…"» → «…"…»."""
    if len(cell) >= 2 and cell.startswith('"') and cell.endswith('"') and cell.count('"') % 2 == 0 and "\n" in cell:
        return cell[1:-1].replace('""', '"')
    return cell
