"""Number formats of an old Excel file (XLS) that change what a cell says: its records read as far as they name formats.

The same task as :mod:`vekha.intake.readers.xlsx_formats` for the binary format of Excel 97–2003.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from vekha.intake.ole import read_ole_stream
from vekha.intake.readers.xlsx_formats import BUILT_IN, Position, shown_by
from vekha.intake.readers.xlsx_values import Shown

_BOF, _EOF, _SHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MANY_RK, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_SINGLE = frozenset((_NUMBER, _RK, _FORMULA))

Record = tuple[int, bytes]


class OldFormats:
    """The formats of one XLS file; a file whose records cannot be followed has none."""

    def __init__(self, data: bytes) -> None:
        self._stream = read_ole_stream(data, "Workbook")
        self._special: dict[int, Shown] = {}
        self._sheets: dict[str, int] = {}
        formats: dict[int, Shown] = dict(BUILT_IN)
        styles = 0
        for kind, body in _records(self._stream, 0):
            if kind == _FORMAT and len(body) >= 5:
                shown = shown_by(_text(body[4:], struct.unpack_from("<H", body, 2)[0]))
                if shown is not None:
                    formats[struct.unpack_from("<H", body)[0]] = shown
            elif kind == _XF and len(body) >= 4:
                found = formats.get(struct.unpack_from("<H", body, 2)[0])
                if found is not None:
                    self._special[styles] = found
                styles += 1
            elif kind == _SHEET and len(body) >= 8:
                self._sheets[_text(body[7:], body[6])] = struct.unpack_from("<I", body)[0]

    def special_formats(self, sheet: str) -> dict[Position, Shown]:
        """0-based row and column → format, of the sheet's cells whose format changes what they say."""
        start = self._sheets.get(sheet)
        if not self._special or start is None:
            return {}
        found = {}
        for kind, body in _records(self._stream, start):
            for row, column, style in _styled_cells(kind, body):
                if style in self._special:
                    found[row, column] = self._special[style]
        return found


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """The records of one part of the stream, charts inside it left out."""
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _styled_cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style number of the cells with numbers in a record."""
    if kind in _SINGLE and len(body) >= 6:
        yield struct.unpack_from("<HHH", body)
    elif kind == _MANY_RK and len(body) >= 12:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            yield row, first + index, struct.unpack_from("<H", body, 4 + 6 * index)[0]


def _text(body: bytes, count: int) -> str:
    """A string of so many characters: a byte that says whether they are wide, then the characters."""
    if not body:
        return ""
    if body[0] & 1:
        return body[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return body[1 : 1 + count].decode("latin-1")
