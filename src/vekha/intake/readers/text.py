"""Plain text → document: paragraphs line by line, and tables in every way a text can draw them.

The kinds of lines decide: rows with tabs, rows with bars (markdown and pseudographics among them), one cell a line closed by a
bar, and cells that simply stand one under the other. Blank lines inside a table end a part: whether the next part continues it
is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vekha.intake.document import Block, Cell, Document, Paragraph, Row, Source, Table
from vekha.intake.encodings import decode_text
from vekha.intake.limits import DEFAULT_LIMITS, ensure_table_fits
from vekha.intake.readers.text_aligned import find_aligned_tables
from vekha.intake.readers.text_bars import is_bar_line, is_rule_line, read_bar_rows
from vekha.intake.readers.text_csv import find_csv_tables
from vekha.intake.readers.text_stacked import find_stacked_tables
from vekha.intake.readers.text_tabs import is_tab_line, read_tab_rows
from vekha.problems import Place
from vekha.text.markup import strip_markup

HEADING = re.compile(r"^\s*(?:#{1,6}\s+\S|\*\*|__)")


def read_text(data: bytes, source: Source) -> Document:
    """The document in a text file of any usual encoding; never fails on content, only on a file that is no text at all."""
    text, problems = decode_text(data)
    if (lines := text.count("\n")) > DEFAULT_LIMITS.rows and text.count("\t") + text.count("|") > lines:
        ensure_table_fits(sum("\t" in line or "|" in line for line in text.split("\n")), 0)  # before anything is built
    blocks = read_text_blocks(text)
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    ensure_table_fits(len(rows), sum(len(row.cells) for row in rows))
    return Document(source, tuple(blocks), tuple(problems))


def read_text_blocks(text: str) -> list[Block]:
    """Blocks of a decoded text, in order; every non-blank line is in exactly one of them.

    >>> [type(block).__name__ for block in read_text_blocks("Приказ\\n\\n№\\tМера\\tСрок\\n1\\tКупить\\t1 марта\\n")]
    ['Paragraph', 'Table']
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    found = find_csv_tables(lines) or find_stacked_tables(lines) or find_aligned_tables(lines)
    blocks: list[Block] = []
    position = 0
    for first, last, rows in found:
        blocks.extend(_read_lines(lines, position, first))
        blocks.append(build_text_table(rows))
        position = last
    blocks.extend(_read_lines(lines, position, len(lines)))
    return blocks


def _read_lines(lines: Sequence[str], start: int, stop: int) -> Iterator[Block]:
    """Blocks of ``lines[start:stop]``; the row readers look ahead only inside that range."""
    position = start
    while position < stop:
        line = lines[position]
        if is_tab_line(lines, position):
            rows, position = read_tab_rows(lines, position, stop)
            yield build_text_table(rows)
        elif is_bar_line(line) or (is_rule_line(line) and _bars_follow(lines, position, stop)):
            rows, position = read_bar_rows(lines, position, stop)
            if rows:
                yield build_text_table(rows)
        else:
            position += 1
            paragraph = build_paragraph(line, position)
            if paragraph is not None:
                yield paragraph


def _bars_follow(lines: Sequence[str], position: int, stop: int) -> bool:
    return position + 1 < stop and is_bar_line(lines[position + 1])


def build_paragraph(line: str, number: int) -> Paragraph | None:
    """One line of prose as a paragraph, ``None`` for a blank one or a mere rule."""
    text = clean_cell(line)
    if not text or is_rule_line(line):
        return None
    return Paragraph(text, Place(lines=(number, number)), heading=bool(HEADING.match(line)))


def clean_cell(raw: str) -> str:
    """A raw cell or line without markup; the breaks that the markup meant stay as ``\\n``."""
    if "<" in raw or "&" in raw or "*" in raw or "#" in raw or "_" in raw or "`" in raw:
        raw = strip_markup(raw)
    return raw.strip(" \t\n\u00a0\ufeff\u200b")


def build_text_table(rows: Sequence[tuple[tuple[str, ...], int, int]]) -> Table:
    """A table block from raw rows ``(cells, first line, last line)``; short rows simply have fewer cells."""
    width = max(len(cells) for cells, _, _ in rows)
    built = tuple(
        Row(
            tuple(Cell(clean_cell(cell), column) for column, cell in enumerate(cells)),
            Place(lines=(first, last)),
        )
        for cells, first, last in rows
    )
    return Table(built, width, Place(lines=(rows[0][1], rows[-1][2])))
