"""What is wrong with a document, and where: errors as values.

Wrong documents are data: an engine returns its values *and* its problems and reads on. Exceptions are for callers' mistakes.
Nothing here may import anything else of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error makes the command end with 1, a note is for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its document; whatever the format does not know stays ``None``.

    ``lines`` are 1-based first and last lines of a text; ``page`` and ``table`` are 1-based; ``rows`` are the 1-based first and
    last rows of that table as they stand in the file; ``column`` is the 1-based column of the table; ``sheet`` is the name of
    a spreadsheet's sheet.
    """

    lines: tuple[int, int] | None = None
    page: int | None = None
    table: int | None = None
    rows: tuple[int, int] | None = None
    column: int | None = None
    sheet: str | None = None

    def spanning(self, other: Place | None) -> Place:
        """The smallest place that covers both, the page, table and sheet being the first one's.

        >>> Place(lines=(3, 3)).spanning(Place(lines=(7, 8))).lines
        (3, 8)
        """
        if other is None:
            return self
        return Place(
            lines=_hull(self.lines, other.lines),
            page=self.page if self.page is not None else other.page,
            table=self.table if self.table is not None else other.table,
            rows=_hull(self.rows, other.rows) if self.table == other.table and self.page == other.page else self.rows,
            column=self.column if self.column == other.column else None,
            sheet=self.sheet if self.sheet is not None else other.sheet,
        )


def _hull(first: tuple[int, int] | None, second: tuple[int, int] | None) -> tuple[int, int] | None:
    if first is None or second is None:
        return first or second
    return min(first[0], second[0]), max(first[1], second[1])


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a document.

    ``code`` is a fixed lower-case English slug («deadline-not-understood»); ``message`` is one Russian sentence that quotes the
    document; ``hint`` says in Russian what to do about it.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    hint: str = ""
    place: Place | None = None
