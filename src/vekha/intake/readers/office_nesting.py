"""Tables inside tables, as Word and HTML have them, brought to plain blocks.

A table in a cell becomes lines of that cell. But where the outer table only holds the page together (its row has one
filled cell, and in it stands a real table), the inner table comes out as a block of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from vekha.intake.document import Block, Cell, Paragraph, Row, Table
from vekha.intake.limits import ensure_table_fits
from vekha.problems import Place


@dataclass(slots=True)
class RawText:
    """One paragraph as it was read, and the marks of the footnotes that it refers to."""

    text: str
    heading: bool = False
    notes: Sequence[str] = ()


@dataclass(slots=True)
class RawCell:
    """A cell with what stands in it; row spans grow while the rows below are read."""

    column: int
    parts: list[RawText | RawTable]
    col_span: int = 1
    row_span: int = 1


@dataclass(slots=True)
class RawRow:
    """A row with its 1-based number in the file's table."""

    number: int
    cells: list[RawCell]


@dataclass(slots=True)
class RawTable:
    """A table whose cells may hold tables."""

    rows: list[RawRow]


RawPart = RawText | RawTable


class BlockWriter:
    """Turns parts into blocks, counting the tables it writes and their cells.

    ``noted`` lists the marks of footnotes with the place they were referred from. ``ensure_table_fits`` stops a flood.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.noted: list[tuple[str, Place]] = []
        self._tables = 0
        self._rows = 0
        self._cells = 0

    def write(self, parts: Iterable[RawPart]) -> None:
        """Add the parts at the end of the blocks."""
        for part in parts:
            if isinstance(part, RawTable):
                self._write_table(part)
                continue
            self.noted.extend((mark, Place()) for mark in part.notes)
            if part.text:
                self.blocks.append(Paragraph(part.text, Place(), heading=part.heading))

    def _write_table(self, table: RawTable) -> None:
        run: list[RawRow] = []
        for row in table.rows:
            inner = _wrapped(row)
            if inner is None:
                run.append(row)
                continue
            self._write_rows(run)
            run = []
            self.write(inner.parts)
        self._write_rows(run)

    def _write_rows(self, raw_rows: Sequence[RawRow]) -> None:
        if not any(raw.cells for raw in raw_rows):
            return
        self._tables += 1
        self._rows += len(raw_rows)
        rows: list[Row] = []
        width = 0
        for raw in raw_rows:
            self._cells += len(raw.cells)
            place = Place(table=self._tables, rows=(raw.number, raw.number))
            rows.append(Row(tuple(_cell(cell) for cell in raw.cells), place))
            for cell in raw.cells:
                width = max(width, cell.column + cell.col_span)
                for part in cell.parts:
                    if isinstance(part, RawTable) or part.notes:
                        self.noted.extend((mark, place) for mark in _marks((part,)))
        ensure_table_fits(self._rows, self._cells)
        place = Place(table=self._tables, rows=(raw_rows[0].number, raw_rows[-1].number))
        self.blocks.append(Table(_within(rows), width, place))


def cell_text(parts: Iterable[RawPart]) -> str:
    """The lines of a cell; a row of a table inside it becomes one line.

    >>> inner = RawTable([RawRow(1, [RawCell(0, [RawText("1)")]), RawCell(1, [RawText("Купить")])])])
    >>> cell_text([RawText("Меры:"), inner])
    'Меры:\\n1) Купить'
    """
    return "\n".join(_lines(parts))


def _lines(parts: Iterable[RawPart]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, RawTable):
            for row in part.rows:
                line = " ".join(text for text in (cell_text(cell.parts) for cell in row.cells) if text)
                if line:
                    yield line
        elif part.text:
            yield part.text


def _cell(raw: RawCell) -> Cell:
    parts = raw.parts
    single = parts[0] if len(parts) == 1 else None
    text = single.text if isinstance(single, RawText) else cell_text(parts)
    if raw.row_span == 1 and raw.col_span == 1:
        return Cell(text, raw.column)
    return Cell(text, raw.column, raw.row_span, raw.col_span)


def _marks(parts: Iterable[RawPart]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, RawText):
            yield from part.notes
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from _marks(cell.parts)


def _wrapped(row: RawRow) -> RawCell | None:
    """The cell that is the only filled one of its row and holds a real table: of two columns and two rows at least."""
    if not any(isinstance(part, RawTable) for cell in row.cells for part in cell.parts):
        return None
    filled = [cell for cell in row.cells if cell_text(cell.parts)]
    if len(filled) != 1:
        return None
    return filled[0] if any(_is_real(part) for part in filled[0].parts if isinstance(part, RawTable)) else None


def _is_real(table: RawTable) -> bool:
    rows = [row for row in table.rows if len(row.cells) > 1]
    if len(rows) > 1:
        return True
    return any(_wrapped(row) is not None for row in table.rows)


def _within(rows: list[Row]) -> tuple[Row, ...]:
    """The rows, with row spans that reach below the last row cut off."""
    count = len(rows)
    for index, row in enumerate(rows):
        if any(cell.row_span > count - index for cell in row.cells):
            cells = tuple(replace(cell, row_span=min(cell.row_span, count - index)) for cell in row.cells)
            rows[index] = replace(row, cells=cells)
    return tuple(rows)
