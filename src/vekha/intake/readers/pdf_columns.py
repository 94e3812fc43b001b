"""The text of a page outside its tables: columns side by side are kept apart, the rest goes from top to bottom.

«Согласовано» on the left and «Утверждаю» on the right are two columns; a post and a name on one line are one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vekha.intake.readers.pdf_lines import Line
from vekha.intake.readers.pdf_paragraphs import ACT_NAME

COLUMN_GAP = 2.0
"""Font sizes of space from which words on one baseline belong to different columns."""

_MIN_GUTTER = 1.5
_FAR = 2.7
_SUB_BAND = 1.75


@dataclass(slots=True)
class _Band:
    """Neighbouring rows of the page with a common empty gutter."""

    first: int
    last: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Group:
    """Lines one below another and the left and right edges of the room they have."""

    lines: list[Line]
    left: float
    right: float


def in_columns(lines: Sequence[Line], *, left: float, right: float) -> list[Group]:
    """Lines (already cut at wide gaps) as groups in reading order, on a page whose writing has these edges."""
    rows = _by_baseline(lines)
    groups: list[Group] = []
    plain: list[Line] = []
    index = 0
    for band in _bands(rows):
        for row in rows[index : band.first]:
            plain.append(_joined(row))
        parts = _band_groups(rows[band.first : band.last + 1], (band.left + band.right) / 2)
        index = band.last + 1
        if len(parts) == 1:
            plain.extend(parts[0])
            continue
        groups.append(Group(plain, left, right))
        plain = []
        groups.extend(_in_band(part, band, left, right) for part in parts)
    plain.extend(_joined(row) for row in rows[index:])
    groups.append(Group(plain, left, right))
    return [group for group in groups if group.lines]


def _in_band(part: list[Line], band: _Band, left: float, right: float) -> Group:
    """A column of a band with its room: up to the other column, or the page's own edge."""
    middle, size = (band.left + band.right) / 2, part[0].size
    if max(line.right for line in part) <= middle:
        return Group(part, min(line.left for line in part), max(band.left, band.right - 2 * size))
    if min(line.left for line in part) >= middle:
        return Group(part, min(line.left for line in part), right)
    return Group(part, left, right)


def _by_baseline(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.baseline):
        if rows and line.baseline - rows[-1][0].baseline <= 0.35 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.left)
    return rows


def _bands(rows: list[list[Line]]) -> list[_Band]:
    bands: list[_Band] = []
    index = 0
    while index < len(rows):
        if len(rows[index]) < 2:
            index += 1
            continue
        floor = bands[-1].last + 1 if bands else 0
        row = rows[index]
        cut = max(range(len(row) - 1), key=lambda place: row[place + 1].left - row[place].right)
        band = _Band(index, index, row[cut].right, row[cut + 1].left)
        _extend(rows, band, floor, -1)
        _extend(rows, band, len(rows) - 1, 1)
        bands.append(band)
        index = band.last + 1
    return bands


def _extend(rows: list[list[Line]], band: _Band, end: int, step: int) -> None:
    """The band with the rows above (step −1) or below (1) that leave its gutter free."""
    place = band.first if step < 0 else band.last
    while place != end:
        row, near = rows[place + step], rows[place]
        size = max(near[0].size, row[0].size)
        middle = (band.left + band.right) / 2
        before = [line for line in row if line.middle < middle]
        behind = [line for line in row if line.middle >= middle]
        left = max([band.left, *(line.right for line in before)])
        right = min([band.right, *(line.left for line in behind)])
        if abs(row[0].baseline - near[0].baseline) > _FAR * size or right - left < _MIN_GUTTER * size:
            return
        if not behind and _is_of_the_text(before, near, step):
            return
        band.left, band.right = left, right
        place += step
        band.first, band.last = min(band.first, place), max(band.last, place)


def _is_of_the_text(row: list[Line], near: list[Line], step: int) -> bool:
    """Whether a row with nothing on the right is no part of columns: a paragraph's end or an act's name above, a title below."""
    text = row[-1].text.strip()
    if step < 0:
        return text.endswith((".", ";", ":")) or ACT_NAME.fullmatch(text) is not None
    return len(near) > 1 and text.isupper() and not near[0].text.isupper()


def _band_groups(rows: list[list[Line]], middle: float) -> list[list[Line]]:
    """The band's columns one after the other; line by line where no column has more than one line beside the other."""
    sides = [
        ([line for line in row if line.middle < middle], [line for line in row if line.middle >= middle])
        for row in rows
    ]
    parts: list[list[tuple[list[Line], list[Line]]]] = []
    for index, (row, side) in enumerate(zip(rows, sides, strict=True)):
        far = index and row[0].baseline - rows[index - 1][0].baseline > _SUB_BAND * row[0].size
        if far or not parts:
            parts.append([])
        parts[-1].append(side)
    stacked = any(sum(bool(left) for left, _ in part) > 1 < sum(bool(right) for _, right in part) for part in parts)
    if stacked:
        return _columns(sides)
    groups: list[list[Line]] = []
    for part in parts:
        if len(part) == 1:
            groups.append([_joined(part[0][0] + part[0][1])])
        else:
            groups.extend(_columns(part))
    return [[line for group in groups for line in group]] if all(len(part) == 1 for part in parts) else groups


def _columns(sides: list[tuple[list[Line], list[Line]]]) -> list[list[Line]]:
    left = [line for part, _ in sides if part for line in [_joined(part)]]
    right = [line for _, part in sides if part for line in [_joined(part)]]
    return [column for column in (left, right) if column]


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return replace(
        row[0],
        text=" ".join(line.text for line in row if line.text),
        right=row[-1].right,
        bold=all(line.bold for line in row),
    )
