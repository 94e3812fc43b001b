"""Lines of a table without rules → where its rows part: by numbers, by larger gaps, by what begins in the first column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vekha.intake.readers.pdf_gutters import columns_of, crosses
from vekha.intake.readers.pdf_text_rows import TextRow

_NUMBER = re.compile(r"[«\"]?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|№(?:\s*п/п)?)")
_DASHES = re.compile(r"[-–—_=]{3,}")
_ROW_GAP = 1.35
_SLACK = 0.5
_LETTER_WIDTH = 0.6
"""Font sizes of a wide letter."""


def row_cuts(
    rows: Sequence[TextRow], edges: Sequence[float], *, head: Sequence[str] = (), continued: bool = False
) -> list[float] | None:
    """The heights between the rows of the table, nothing if they cannot be told.

    ``head`` are the lines that stood on top of the table's last piece, if it is ``continued`` here; there one number is enough.
    """
    if len(rows) < 2:
        return []
    filled = [columns_of(row, edges) for row in rows]
    begins = _begins(rows, filled, edges, 1 if continued else 2)
    if 0 < len(head) < len(rows) and [line_text(row) for row in rows[: len(head)]] == list(head):
        begins = begins or [False] * (len(rows) - 1)
        begins[: len(head)] = [False] * (len(head) - 1) + [True]
    if begins is None:
        return None
    pairs = zip(begins, pairwise(rows), strict=True)
    return [_between(above, below) for begun, (above, below) in pairs if begun]


def line_text(row: TextRow) -> str:
    """The text of a whole line."""
    return " ".join(piece.text for piece in row.pieces)


def _begins(rows: Sequence[TextRow], filled: list[set[int]], edges: Sequence[float], numbers: int) -> list[bool] | None:
    """For every line but the first: whether a row of the table begins with it."""
    steps = [below.baseline - above.baseline for above, below in pairwise(rows)]
    small = min(steps)
    wide = [step > _ROW_GAP * small for step in steps]
    spanning = _spanning(rows, filled, edges)
    numbered = [_is_numbered(row, edges) for row in rows]
    whole = all(len(columns) >= len(edges) - 2 and 0 in columns for columns in filled)
    if whole and (not any(wide) or sum(numbered) >= len(rows) - 1):
        return [True] * len(steps)
    if sum(numbered) >= numbers and _tops_agree(filled, numbered):
        return _by_numbers(rows, filled, numbered, spanning, wide)
    if _gaps_tell(wide, filled):
        return wide
    return _by_first_column(rows, filled, spanning, edges)


def _by_numbers(
    rows: Sequence[TextRow], filled: list[set[int]], numbered: list[bool], spanning: list[bool], wide: list[bool]
) -> list[bool]:
    begins = []
    in_head = _is_head(rows[0])
    for place in range(1, len(rows)):
        alone = filled[place] == {0} and filled[place - 1] != {0} and not spanning[place]
        named = spanning[place] != spanning[place - 1]
        after_head = in_head and wide[place - 1]
        drawn = _is_drawn(rows[place]) != _is_drawn(rows[place - 1])
        begins.append(numbered[place] or alone or named or after_head or drawn)
        in_head = _is_head(rows[place]) or (in_head and not begins[-1])
    return begins


def _spanning(rows: Sequence[TextRow], filled: list[set[int]], edges: Sequence[float]) -> list[bool]:
    """Which lines are names over several columns, the short last line of a long name included."""
    spanning = [crosses(row, edges) for row in rows]
    for place in range(1, len(rows)):
        above, row = rows[place - 1], rows[place]
        if spanning[place - 1] and not spanning[place] and len(filled[place]) == 1:
            word = row.pieces[0].text.split(" ", 1)[0]
            spanning[place] = edges[-1] - above.pieces[-1].right < (len(word) + 1) * row.size * _LETTER_WIDTH
    return spanning


def _is_drawn(row: TextRow) -> bool:
    """Whether the row is a line made of dashes."""
    return all(_DASHES.fullmatch(piece.text) for piece in row.pieces)


def _is_head(row: TextRow) -> bool:
    return row.pieces[0].text.startswith("№")


def _gaps_tell(wide: Sequence[bool], filled: list[set[int]]) -> bool:
    """Whether the lines after larger gaps are those that begin rows: at least as full as the lines after them."""
    if sum(wide) < 2:
        return False
    start = filled[0]
    fits = 0
    for columns, gap in zip(filled[1:], wide, strict=True):
        start = columns if gap else start
        fits += columns <= start
    return fits >= 0.9 * len(wide)


def _by_first_column(
    rows: Sequence[TextRow], filled: list[set[int]], spanning: list[bool], edges: Sequence[float]
) -> list[bool] | None:
    """Rows that begin where the first column begins anew; cells are set from the top."""
    begins = []
    for place in range(1, len(rows)):
        name = spanning[place] != spanning[place - 1]
        starts = 0 in filled[place] and not rows[place].pieces[0].text[:1].islower()
        if starts and 0 in filled[place - 1] and not spanning[place]:
            starts = _ended(rows, filled, place, edges)
        begins.append(name or starts)
    start = filled[0]
    fits = 0
    for columns, begun, spans in zip(filled[1:], begins, spanning[1:], strict=True):
        start = columns if begun else start
        fits += spans or columns <= start
    return begins if sum(begins) >= 2 and fits >= 0.8 * len(begins) else None


def _ended(rows: Sequence[TextRow], filled: list[set[int]], place: int, edges: Sequence[float]) -> bool:
    """Whether the cells of the line above had ended: in most columns the next word would have fitted there."""
    shared = filled[place] & filled[place - 1]
    votes = sum(_had_room(rows[place - 1], rows[place], column, edges) for column in shared)
    return 2 * votes > len(shared)


def _had_room(above: TextRow, row: TextRow, column: int, edges: Sequence[float]) -> bool:
    left, right = edges[column], edges[column + 1]
    before = max(piece.right for piece in above.pieces if left <= piece.middle < right)
    piece = next(piece for piece in row.pieces if left <= piece.middle < right)
    word = piece.text.split(" ", 1)[0]
    needed = len(word) * (piece.right - piece.left) / max(1, len(piece.text))
    return right - before > needed + (_SLACK + 0.9) * piece.size


def _between(above: TextRow, below: TextRow) -> float:
    return (above.baseline + 0.25 * above.size + below.baseline - 0.75 * below.size) / 2


def _is_numbered(row: TextRow, edges: Sequence[float]) -> bool:
    first = row.pieces[0]
    return first.middle < edges[1] and _NUMBER.fullmatch(first.text.strip()) is not None


def _tops_agree(filled: list[set[int]], numbered: list[bool]) -> bool:
    """Whether the lines with a number are also the first ones of their other cells (cells are set from the top)."""
    fits = start = 0
    reach: set[int] = set()
    lines = 0
    for columns, flag in zip(filled, numbered, strict=True):
        if flag:
            start += 1
            if len(columns) < 2:
                return False
            reach = columns
        elif start:
            lines += 1
            fits += columns <= reach
    return fits >= 0.8 * lines
