"""What a reader gave, in the shape tests compare: texts of paragraphs, tables as rows of cells."""

from __future__ import annotations

from vekha.intake.document import Document, Format, Paragraph, Source, Table


def source(name: str = "order", kind: Format = Format.DOCX) -> Source:
    """A source for readers called without a file."""
    return Source(name, kind, "0" * 64)


def paragraphs(document: Document) -> list[str]:
    """The texts outside tables, in order."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    """The tables, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    """The cells' texts, row by row."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def spans(table: Table) -> list[list[tuple[int, int, int]]]:
    """Column, row span and column span of every cell, row by row."""
    return [[(cell.column, cell.row_span, cell.col_span) for cell in row.cells] for row in table.rows]


def codes(document: Document) -> list[str]:
    """The codes of what the reader noticed."""
    return [problem.code for problem in document.problems]
