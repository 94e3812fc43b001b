"""What a reader gave for a printed document, beside what was printed: cell by cell, parts of cut rows joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.builders.pdf_pages import Grid, Printed
from vekha.intake.document import Document, Format, Paragraph, Source, Table
from vekha.text.lines import join_lines
from vekha.text.normalise import collapse

SOURCE = Source("order.pdf", Format.PDF, "0" * 64)


def tables_of(document: Document) -> list[Table]:
    """The tables in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs_of(document: Document) -> list[str]:
    """The texts outside tables in order."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def texts_of(table: Table) -> list[list[str]]:
    """The texts of a table's cells, row by row, as they begin there."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def differences(
    document: Document, printed: Printed, grids: Sequence[Grid], *, repeated: int = 0
) -> Iterator[tuple[str, str]]:
    """(printed, read) for every cell that differs; ``repeated`` rows of the head stand on every page.

    A hyphen where a cell is cut by the end of a page is nobody's to decide here, so it is not compared.
    """
    tables = tables_of(document)
    read: dict[tuple[int, int, int], list[str]] = {}
    assert [len(table.rows) for table in tables] == [len(rows) for _, rows in printed.tables]
    for table, (grid, rows) in zip(tables, printed.tables, strict=True):
        for row, source in zip(table.rows, rows, strict=True):
            for cell in row.cells:
                read.setdefault((grid, source, cell.column), []).append(cell.text)
    for number, grid_of in enumerate(grids):
        for row_number, row_of in enumerate(grid_of.rows):
            for column, text in enumerate(row_of):
                parts = read.get((number, row_number, column), [""])
                if row_number < repeated:
                    parts = parts[:1]
                wanted, got = (
                    collapse(text),
                    collapse(join_lines([line for part in parts for line in part.split("\n")])),
                )
                if len(parts) > 1:
                    wanted, got = wanted.replace("-", ""), got.replace("-", "")
                if wanted != got:
                    yield wanted, got
