"""Tables drawn with bars: markdown, pseudographics, one row a line, and one cell a line closed by « |».

In the last kind a run of bars («||||») fills the cells that a merged cell covers, or merely closes a row: both are tried and the
reading whose rows begin with numbers wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vekha.text.lines import join_lines

RawRow = tuple[tuple[str, ...], int, int]

BARS = str.maketrans({"│": "|", "║": "|", "┃": "|", "¦": "|", "┆": "|", "┊": "|", "￨": "|"})
RULE = re.compile(r"^[\s|+\-–—=_:─━┄┈═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┏┳┓┣╋┫┗┻┛]+$")
RULE_INK = re.compile(r"[\-–—=_─━┄┈═]{3}|[┌├└╔╠╚┏┣┗]|:-+")
MOST_COLUMNS = 100  # a line with more bars is no row of an order
LONGEST_LINE = 1_000_000
FILLER = re.compile(r"^\s*\|[\s|]*$")
NUMBER = re.compile(r"^\s*\d{1,3}(?:\.\d{1,3})*\s*[.)]?\s*$")


def is_rule_line(line: str) -> bool:
    """Whether the line only draws a border («+----+», «├──┼──┤», «|---|:--:|», «-----»)."""
    if len(line) > 2000:
        return False
    return bool(RULE.match(line) and RULE_INK.search(line))


def is_bar_line(line: str) -> bool:
    """Whether the line has cells closed by bars and is not a mere border."""
    if not any(bar in line for bar in "|│║┃¦┆┊￨"):
        return False
    if is_rule_line(line):
        return True
    plain = line.translate(BARS) if len(line) < LONGEST_LINE else line
    return plain.count("|") <= MOST_COLUMNS and (
        plain.count("|") >= 2 or plain.rstrip().endswith("|") or plain.lstrip().startswith("|")
    )


def read_bar_rows(lines: Sequence[str], position: int, stop: int) -> tuple[list[RawRow], int]:
    """The rows of the bar table that begins here, and the position after its part; borders alone give no rows."""
    end = position
    while end < stop and (_goes_on(lines, end, begun=end > position) or _inside_open_cell(lines, end, stop)):
        end += 1
    block = [(lines[index].translate(BARS), index + 1) for index in range(position, end)]
    if _is_cell_per_line(block):
        return _read_cell_stream(block), end
    return _read_rows_per_line(block), end


def _goes_on(lines: Sequence[str], position: int, *, begun: bool) -> bool:
    """Whether a line is part of the table; inside it one bar is enough: a break in a cell leaves the rest of its row above."""
    line = lines[position]
    return is_bar_line(line) or is_rule_line(line) or (begun and "|" in line and line.count("|") <= MOST_COLUMNS)


def _inside_open_cell(lines: Sequence[str], position: int, stop: int) -> bool:
    """A line without a bar of a cell whose closing bar comes within the next lines; cells one a line only."""
    if not lines[position].strip():
        following = position + 1
        return (
            following < stop and is_bar_line(lines[following]) and bool(FILLER.match(lines[following].translate(BARS)))
        )
    for ahead in range(position + 1, min(position + 12, stop)):
        line = lines[ahead].translate(BARS)
        if not line.strip() or line.lstrip().startswith("|"):
            return False
        if line.rstrip().endswith("|"):
            return line.count("|") == 1
    return False


def _is_cell_per_line(block: Sequence[tuple[str, int]]) -> bool:
    closed = sum(1 for line, _ in block if line.rstrip().endswith("|") and line.count("|") == 1 and line.strip() != "|")
    with_text = sum(1 for line, _ in block if line.strip(" |\t") and not is_rule_line(line))
    return closed >= 3 and closed * 2 > with_text


def _cells_of(line: str) -> list[str]:
    stripped = line.strip()
    stripped = stripped[1:] if stripped.startswith("|") else stripped
    stripped = stripped[:-1] if stripped.endswith("|") and not stripped.endswith("\\|") else stripped
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", stripped)]


def _read_rows_per_line(block: Sequence[tuple[str, int]]) -> list[RawRow]:
    """Every line a row; in a table with borders between the rows, all lines between two borders are one row."""
    rules = sum(1 for line, _ in block if is_rule_line(line))
    ruled = rules >= 4 and not any(line.lstrip().startswith(("|-", "|:")) for line, _ in block)
    if not ruled:
        return _rejoin_broken([(_cells_of(line), number) for line, number in block if _has_text(line)])
    rows: list[RawRow] = []
    open_row: list[tuple[list[str], int]] = []
    for line, number in block:
        if is_rule_line(line):
            _close_open_row(rows, open_row)
        elif line.strip(" |\t"):
            open_row.append((_cells_of(line), number))
    _close_open_row(rows, open_row)
    return rows


def _has_text(line: str) -> bool:
    return bool(line.strip(" |\t")) and not is_rule_line(line)


def _rejoin_broken(lines: Sequence[tuple[list[str], int]]) -> list[RawRow]:
    """Rows whose cell had a line break are whole again: two neighbours that are one row short together by the broken cell."""
    width = (
        max(Counter(len(cells) for cells, _ in lines).items(), key=lambda count: (count[1], count[0]))[0]
        if lines
        else 0
    )
    rows: list[RawRow] = []
    for cells, number in lines:
        if rows and len(rows[-1][0]) < width and len(rows[-1][0]) + len(cells) - 1 <= width and len(cells) < width:
            above, first, _ = rows[-1]
            rows[-1] = ((*above[:-1], f"{above[-1]}\n{cells[0]}".strip("\n"), *cells[1:]), first, number)
        else:
            rows.append((tuple(cells), number, number))
    return rows


def _close_open_row(rows: list[RawRow], open_row: list[tuple[list[str], int]]) -> None:
    """Join the lines of one ruled row column by column."""
    if not open_row:
        return
    width = max(len(cells) for cells, _ in open_row)
    if len(open_row) == 1:
        cells = open_row[0][0]
    else:
        cells = [
            join_lines([line[column] for line, _ in open_row if column < len(line) and line[column]])
            for column in range(width)
        ]
    rows.append((tuple(cells), open_row[0][1], open_row[-1][1]))
    open_row.clear()


def _read_cell_stream(block: Sequence[tuple[str, int]]) -> list[RawRow]:
    stream = _stream_cells(block)
    by_width = _cut_by_width(stream)
    by_filler = _cut_at_fillers(stream)
    return max((by_filler, by_width), key=_order_score)


def _stream_cells(block: Sequence[tuple[str, int]]) -> list[tuple[str, int, int, str]]:
    """Cells in order: (text, first line, last line, kind), the kind being «cell» or, of a filler's cells, «filler»."""
    stream: list[tuple[str, int, int, str]] = []
    pending: list[str] = []
    first = 0
    for line, number in block:
        if FILLER.match(line) and not pending:
            stream.extend(("", number, number, "filler") for _ in range(line.count("|")))
            continue
        if not line.strip() or is_rule_line(line):
            continue
        first = first if pending else number
        *closed, tail = line.split("|")
        for cell in closed:
            text = "\n".join([*pending, cell.strip()]).strip("\n")
            pending.clear()
            stream.append((text, first, number, "cell"))
            first = number
        if tail.strip():
            pending.append(tail.strip())
    if pending:
        stream.append(("\n".join(pending), first, block[-1][1], "cell"))
    return stream


def _cut_at_fillers(stream: Sequence[tuple[str, int, int, str]]) -> list[RawRow]:
    """Rows where every run of fillers only closes a row."""
    rows: list[RawRow] = []
    cells: list[tuple[str, int, int, str]] = []
    for cell in stream:
        if cell[3] == "filler":
            _append_row(rows, cells)
            cells = []
        else:
            cells.append(cell)
    _append_row(rows, cells)
    return rows


def _cut_by_width(stream: Sequence[tuple[str, int, int, str]]) -> list[RawRow]:
    """Rows of equal length, the length being what stands before the first row that is numbered «1»."""
    starts = [index for index, cell in enumerate(stream) if NUMBER.match(cell[0])]
    best: list[RawRow] = []
    for start in starts[:3]:
        for width in range(3, min(start, 12) + 1):
            if start % width:
                continue
            rows: list[RawRow] = []
            for index in range(0, len(stream), width):
                _append_row(rows, list(stream[index : index + width]))
            if not best or _order_score(rows) > _order_score(best):
                best = rows
    return best


def _append_row(rows: list[RawRow], cells: Sequence[tuple[str, int, int, str]]) -> None:
    if any(text for text, _, _, _ in cells):
        rows.append((tuple(text for text, _, _, _ in cells), cells[0][1], cells[-1][2]))


def _order_score(rows: Sequence[RawRow]) -> float:
    """How much the rows look like a table: numbered beginnings, and equal lengths."""
    if not rows:
        return -1.0
    widths = [len(cells) for cells, _, _ in rows]
    usual = max(set(widths), key=widths.count)
    if usual < 2:
        return -0.5
    numbered = sum(1 for cells, _, _ in rows if NUMBER.match(cells[0]))
    misplaced = sum(1 for cells, _, _ in rows for cell in cells[1:] if NUMBER.match(cell))
    return numbered - 0.5 * misplaced + widths.count(usual) / len(rows)
