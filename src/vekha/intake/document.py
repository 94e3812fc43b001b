"""What every reader gives: one plain model of a document, whatever the file was.

A document is a sequence of blocks, paragraphs and tables, in reading order. In every text here ``\\n`` is a *hard* break (a
paragraph, a ``<br>``, a list item); lines that were only wrapped by the typesetter are already joined by the reader with
:func:`vekha.text.lines.join_lines`. List marks («1.», «–») are part of the text; automatic numbering is made visible by the
reader. Readers do not interpret: no stitching over pages, no guess which row is a header.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from vekha.problems import Place, Problem


class Format(StrEnum):
    """The formats of the contract's ``source.format``."""

    TEXT = "text"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    SCAN = "scan"
    HTML = "html"
    XLSX = "xlsx"
    RTF = "rtf"
    DOC = "doc"


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from; ``name`` has no folders; ``pages`` is ``None`` where the format has no pages."""

    name: str
    format: Format
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in the file, written at its top left corner only; spans count covered rows and columns.

    ``column`` is the 0-based index of its first column in the table's own grid. ``confidence`` is 0…1 (1 for everything that
    was not recognised from a picture).
    """

    text: str
    column: int
    row_span: int = 1
    col_span: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the cells that begin in it; ``place`` locates the row (and its page) in the file.

    ``box`` is where a ruled row lies on the picture of its page: left, top, right, bottom as shares of the page's width and
    height; ``None`` where that is not known.
    """

    cells: tuple[Cell, ...]
    place: Place
    box: tuple[float, float, float, float] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of one that stands on one page: a table that continues on the next page is another block."""

    rows: tuple[Row, ...]
    width: int
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables. ``heading`` is true where the file itself says so (style, bold and centred, markdown stars)."""

    text: str
    place: Place
    heading: bool = False
    confidence: float = 1.0


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file that could be read: its blocks in reading order, and what the reader noticed on the way."""

    source: Source
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = field(default=())


class UnreadableFile(Exception):
    """The file cannot be read as what it claims to be: damaged, encrypted, unsupported, over the limits (exit code 3).

    Carries the one problem that says in Russian what is wrong and what to do.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
