"""Rows of a table → rows of a roadmap: continued ones joined, sub-rows taken in, headings between them kept as sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vekha.intake.columns import Columns
from vekha.intake.evidence import DEED, likeness
from vekha.intake.grid import GridCell, GridRow
from vekha.intake.header_words import ROMAN_CELL, SECTION_WORDS, Role, number_of_cell
from vekha.intake.joints import UNFINISHED, join_cell
from vekha.problems import Place, Problem, Severity
from vekha.text.normalise import collapse, fold

CARRIED = (Role.TEXT, Role.RESPONSIBLE, Role.RESULT, Role.DEADLINE, Role.START, Role.END)
DITTO = re.compile(
    r"^(?:[\"»«„“”'′\s]{1,3}|[-–—]{1,2}\s?[\"»«“”/\\]{1,2}\s?[-–—]{1,2}|//|то же|тот же(?: срок)?|те же|та же|-//-|\")$",
    re.IGNORECASE,
)
LEADING_NUMBER = re.compile(r"^\s*(\d{1,3})[.)]\s*(?=\S)")
INNER_NUMBER = re.compile(r"\s*(\d{1,2}\.\d{1,2})[.)]?\s+(?=[А-ЯЁ«])")
INNER_NUMBERS = re.compile(r"(?:^|\s)\d{1,2}\.\d{1,2}[.)]?\s+(?=[А-ЯЁ«])")
LEAST_NUMBERED = 3
LONGEST_SECTION = 240


@dataclass(slots=True)
class RoadmapRow:
    """One row of a roadmap as texts: by role, spans and notes by column; ``confidence`` is the lowest of each role's cells."""

    number: str | None
    place: Place
    section: str | None
    texts: dict[Role, str] = field(default_factory=dict)
    spans: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    confidence: dict[Role, float] = field(default_factory=dict)
    pieces: int = 1

    def text(self, role: Role) -> str:
        """The text of a role, empty if there is none."""
        return self.texts.get(role, "")


class RowReader:
    """Reads the body rows of one table in order; collects finished rows and problems."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.number_column = columns.first(Role.NUMBER)
        self.text_column = columns.first(Role.TEXT)
        self.rows: list[RoadmapRow] = []
        self.problems: list[Problem] = []
        self.section: str | None = None
        self.part = 0

    def read(self, body: Sequence[GridRow]) -> list[RoadmapRow]:
        """The rows of a roadmap; every text of the body is in one of them, in a section, or in a problem."""
        if self.number_column is not None and not any(self._number_text(row).strip() for row in body):
            self.number_column = None  # the numbers were automatic and got lost on the way
        for row in body:
            begins_part = row.part != self.part
            self.part = row.part
            self._place(row, begins_part=begins_part)
        return _number_from_text(_sections_from_parents(self.rows), numbered=self.number_column is not None)

    def _place(self, row: GridRow, *, begins_part: bool) -> None:
        number_text = self._number_text(row)
        number = number_of_cell(number_text)
        if self._is_section(row, begins_part=begins_part):
            self.section = collapse(next(iter(row.texts())))
        elif number is not None and not (begins_part and self.rows and self.rows[-1].number == number):
            self._open(row, number)
        elif self.number_column is not None:
            self._place_unnumbered(row, number_text, begins_part=begins_part)
        elif self._continues_without_numbers(row, begins_part=begins_part):
            self._take(row, over_page=begins_part)
        else:
            self._open(row, None)

    def _place_unnumbered(self, row: GridRow, number_text: str, *, begins_part: bool) -> None:
        """A row with an empty (or strange) number cell: the rest of a row, a part of it, or a measure that lost its number."""
        if not self.rows:
            self._open(row, collapse(number_text).rstrip(".)") or None)
        elif number_of_cell(number_text) is not None:
            self._take(row, over_page=True)
        elif number_text.strip():
            self._open(row, collapse(number_text).rstrip(".)"))
        elif self._own_number(row) is not None:
            self._open(row, None)
        elif begins_part or self._number_cell(row).from_above or not self._is_complete_alone(row):
            self._take(row, over_page=begins_part)
        else:
            self._open(row, None)
            self.problems.append(
                Problem(
                    "row-without-number",
                    f"Строка без номера прочитана как отдельное мероприятие: «{_quote(self.rows[-1].text(Role.TEXT))}».",
                    Severity.NOTE,
                    "Если это продолжение предыдущей строки, соедините их при проверке.",
                    row.place,
                )
            )

    def _own_number(self, row: GridRow) -> str | None:
        """The number that stands before the measure's text («1.2. Ремонт»), where it is of the row above it or next to it."""
        found = INNER_NUMBER.match(self._own(row, Role.TEXT))
        above = self.rows[-1].number if self.rows else None
        if found is None or above is None or not found[1].startswith(f"{above.partition('.')[0]}."):
            return None
        return found[1]

    def _number_cell(self, row: GridRow) -> GridCell:
        assert self.number_column is not None
        return row.cells[self.number_column]

    def _number_text(self, row: GridRow) -> str:
        return "" if self.number_column is None else row.cells[self.number_column].own_text

    def _open(self, row: GridRow, number: str | None) -> None:
        opened = RoadmapRow(number, row.place, self._section_of(row))
        above = self.rows[-1] if self.rows else None
        for column, role in enumerate(self.columns.roles):
            cell = row.cells[column]
            if cell.from_left:
                continue
            text = cell.text
            if (
                above is not None
                and role in CARRIED
                and role is not Role.TEXT
                and DITTO.match(text.strip())
                and text.strip()
            ):
                text = above.text(role)
            _put(opened, column, role, text, cell, over_page=False)
        self._take_inner_number(opened)
        if self.columns.first(Role.DEADLINE) == 0 and above is not None and not opened.text(Role.DEADLINE):
            opened.texts[Role.DEADLINE] = above.text(Role.DEADLINE)
        self.rows.append(opened)

    def _take_inner_number(self, row: RoadmapRow) -> None:
        """«1.1. Приказ» in a row whose own number is «1» or empty: the measure is 1.1; a list inside the cell stays one."""
        text = row.text(Role.TEXT)
        found = INNER_NUMBER.match(text)
        if self.number_column is None or found is None or len(INNER_NUMBERS.findall(text)) > 1:
            return
        whole = row.number or (self.rows[-1].number if self.rows else None)
        if whole is not None and found[1].startswith(f"{whole.partition('.')[0]}."):
            row.number = found[1]
            row.texts[Role.TEXT] = text[found.end() :].lstrip()

    def _section_of(self, row: GridRow) -> str | None:
        """The section a row stands in: the last heading row, or the last text of a column of sections."""
        column = self.columns.first(Role.SECTION)
        if column is not None and row.cells[column].text.strip():
            self.section = collapse(row.cells[column].text)
        return self.section

    def _take(self, row: GridRow, *, over_page: bool) -> None:
        """Add what begins in this row to the open row."""
        open_row = self.rows[-1]
        for column, role in enumerate(self.columns.roles):
            cell = row.cells[column]
            if not (cell.from_above or cell.from_left):
                _put(open_row, column, role, cell.text, cell, over_page=over_page)
        open_row.place = open_row.place.spanning(row.place)
        open_row.pieces += 1

    def _is_section(self, row: GridRow, *, begins_part: bool) -> bool:
        """A heading between measures: one text over the whole width, or alone in its row and worded like a heading."""
        texts = row.texts()
        if (
            len(texts) != 1
            or len(texts[0]) > LONGEST_SECTION
            or any(cell.from_above and cell.text for cell in row.cells)
        ):
            return False
        column = next(index for index, cell in enumerate(row.cells) if cell.own_text.strip())
        text = collapse(texts[0])
        covered = sum(1 for cell in row.cells if cell.from_left)
        if covered >= max(2, len(row.cells) - 2):
            return True
        if text[:1].islower() or number_of_cell(text) is not None:
            return False
        if SECTION_WORDS.match(text) or (text.isupper() and len(text) > 6):
            return True
        if column == self.number_column:
            return not ROMAN_CELL.match(text)
        finished = not self.rows or self._has_deadline(self.rows[-1])
        return (
            not begins_part
            and finished
            and column == self.text_column
            and not DEED.match(fold(text))
            and not UNFINISHED.search(self.rows[-1].text(Role.TEXT) if self.rows else "")
        )

    @staticmethod
    def _has_deadline(row: RoadmapRow) -> bool:
        return bool(row.text(Role.DEADLINE) or row.text(Role.END) or row.text(Role.START) or any(row.spans.values()))

    def _is_complete_alone(self, row: GridRow) -> bool:
        """Whether an unnumbered row says a measure by itself: a deed in capital letters and a deadline of its own."""
        text = self._own(row, Role.TEXT)
        deadline = self._own(row, Role.DEADLINE) or self._own(row, Role.END)
        return bool(
            text[:1].isupper()
            and likeness(Role.DEADLINE, deadline) > 0.5
            and self._has_deadline(self.rows[-1])
            and likeness(Role.TEXT, text) > 0
        )

    def _own(self, row: GridRow, role: Role) -> str:
        column = self.columns.first(role)
        return "" if column is None else collapse(row.cells[column].own_text)

    def _continues_without_numbers(self, row: GridRow, *, begins_part: bool) -> bool:
        if not self.rows or self.text_column is None:
            return False
        above = self.rows[-1]
        text = self._own(row, Role.TEXT)
        if not text:
            return True
        if row.cells[self.text_column].from_above:
            return True
        has_deadline = bool(self._own(row, Role.DEADLINE) or self._own(row, Role.END))
        score = 2 if text[0].islower() else 0
        score += 1 if UNFINISHED.search(collapse(above.text(Role.TEXT))) else 0
        score += 1 if begins_part and not has_deadline else 0
        score += 1 if begins_part and not self._has_deadline(above) else 0
        score -= 2 if text[0].isupper() and DEED.match(fold(text)) else 0
        return score >= 2 and (begins_part or not has_deadline)


def _sections_from_parents(rows: Sequence[RoadmapRow]) -> list[RoadmapRow]:
    """A numbered row that only heads others («1.» over «1.1.») is their section, not a measure."""
    kept: list[RoadmapRow] = []
    heading: tuple[str, str] | None = None
    for index, row in enumerate(rows):
        following = rows[index + 1].number if index + 1 < len(rows) else None
        bare = not any(text for role, text in row.texts.items() if role is not Role.TEXT) and not any(
            row.spans.values()
        )
        if row.number and bare and following and following.startswith(f"{row.number}."):
            heading = (f"{row.number}.", collapse(row.text(Role.TEXT)))
            continue
        if row.number and bare and following and ROMAN_CELL.match(row.number) and not ROMAN_CELL.match(following):
            heading = ("", collapse(row.text(Role.TEXT)))
            continue
        if heading is not None and row.number and row.number.startswith(heading[0]) and row.section is None:
            row.section = heading[1]
        kept.append(row)
    return kept


def _number_from_text(rows: list[RoadmapRow], *, numbered: bool) -> list[RoadmapRow]:
    """In a table without a number column, numbers that stand before the texts of all rows and run on are the rows' numbers."""
    if numbered or len(rows) < LEAST_NUMBERED:
        return rows
    found = [LEADING_NUMBER.match(row.text(Role.TEXT)) for row in rows]
    numbers = [match[1] for match in found if match]
    if numbers != [str(index + 1) for index in range(len(rows))]:
        return rows
    for row, match in zip(rows, found, strict=True):
        if match:
            row.number = match[1]
            row.texts[Role.TEXT] = row.text(Role.TEXT)[match.end() :]
    return rows


def _put(row: RoadmapRow, column: int, role: Role | None, text: str, cell: GridCell, *, over_page: bool) -> None:
    if not text.strip():
        return
    if role is Role.SPAN:
        row.spans[column] = join_cell(row.spans.get(column, ""), text, Role.DEADLINE, over_page=over_page)
    elif role in CARRIED:
        typeset = row.place.page is not None
        row.texts[role] = join_cell(row.text(role), text, role, over_page=over_page, typeset=typeset)
        row.confidence[role] = min(row.confidence.get(role, 1.0), cell.confidence)
    elif role is not Role.NUMBER and role is not Role.SECTION:
        row.notes[column] = join_cell(row.notes.get(column, ""), text, Role.NOTE, over_page=over_page)


def _quote(text: str) -> str:
    line = collapse(text)
    return line if len(line) <= 80 else line[:77].rstrip() + "…"
