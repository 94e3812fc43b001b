"""The plan «date × programme»: dates down the side, a column for each programme, responsibles in «Отв.» rows under the measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vekha.intake.columns import Columns
from vekha.intake.grid import GridRow
from vekha.intake.header_words import Role
from vekha.intake.joints import join_cell
from vekha.intake.rows import RoadmapRow
from vekha.text.names import is_name
from vekha.text.normalise import collapse

LABELLED = re.compile(r"^\s*отв(?:етственн\w+|\.|\b)", re.IGNORECASE)
NAMES_GO_ON = re.compile(r"^(?:[А-ЯЁ][а-яё-]+\s+)?[А-ЯЁ]\.\s?[А-ЯЁ]?\.?(?:,|$)")
INSIDE = re.compile(r"(?:^|(?<=[\s.;()]))отв(?:етственн(?:ый|ые|ая))?\s*(?:[.:]|(?=[–—-]))", re.IGNORECASE)
NOTHING = re.compile(r"^[\s\-–—.…_]*$")


class MatrixReader:
    """Reads the body rows of a matrix; one list of roadmap rows for each column but the first."""

    def __init__(self, columns: Columns) -> None:
        self.width = len(columns.roles)
        self.programmes: dict[int, list[RoadmapRow]] = {column: [] for column in range(1, self.width)}
        self.open: dict[int, RoadmapRow] = {}
        self.closed: set[int] = set()
        self.deadline = ""
        self.part = 0

    def read(self, body: Sequence[GridRow]) -> dict[int, list[RoadmapRow]]:
        """The measures of each column, top to bottom; a cell below the date's first row goes on with that date."""
        for row in body:
            begins_part = row.part != self.part
            self.part = row.part
            date = row.cells[0].own_text.strip()
            if date and not self._date_goes_on(date, begins_part=begins_part):
                self.deadline = date
                self.open.clear()
                self.closed.clear()
            elif date:
                self._extend_date(date)
            for column in range(1, self.width):
                cell = row.cells[column]
                if not NOTHING.match(cell.text) and not cell.from_above and not cell.from_left:
                    self._take(column, row, begins_part=begins_part)
        return self.programmes

    def _date_goes_on(self, date: str, *, begins_part: bool) -> bool:
        """A date cut by the page break («25» / «августа»)."""
        return (
            begins_part and bool(self.deadline) and not any(letter.isdigit() for letter in date) and date[0].islower()
        )

    def _extend_date(self, date: str) -> None:
        self.deadline = join_cell(self.deadline, date, Role.DEADLINE, over_page=True)
        for row in self.open.values():
            row.texts[Role.DEADLINE] = self.deadline

    def _take(self, column: int, row: GridRow, *, begins_part: bool) -> None:
        cell = row.cells[column]
        text, responsible = _split_responsible(cell.text)
        measure = self.open.get(column)
        if text:
            if measure is None or (column in self.closed and not _goes_on(text)):
                measure = RoadmapRow(None, replace(row.place, column=column + 1), None, {Role.DEADLINE: self.deadline})
                self.open[column] = measure
                self.closed.discard(column)
                self.programmes[column].append(measure)
            role = Role.RESPONSIBLE if column in self.closed else Role.TEXT
            typeset = row.place.page is not None
            measure.texts[role] = join_cell(measure.text(role), text, role, over_page=begins_part, typeset=typeset)
        if responsible and measure is not None:
            above = measure.text(Role.RESPONSIBLE)
            measure.texts[Role.RESPONSIBLE] = join_cell(above, responsible, Role.RESPONSIBLE, over_page=begins_part)
            self.closed.add(column)
        if measure is not None:
            measure.place = measure.place.spanning(replace(row.place, column=column + 1))
            for role in (Role.TEXT, Role.RESPONSIBLE):
                measure.confidence[role] = min(measure.confidence.get(role, 1.0), cell.confidence)
            measure.confidence.setdefault(Role.DEADLINE, row.cells[0].confidence)


def _goes_on(text: str) -> bool:
    """A list of persons cut by the page break, under an «Отв.» row that ended it: names, no sentence."""
    line = collapse(text)
    return line[:1].islower() or bool(NAMES_GO_ON.match(line))


def _split_responsible(text: str) -> tuple[str, str]:
    """The measure and the responsibles of one cell, whichever is there."""
    if LABELLED.match(text):
        return "", text
    found = INSIDE.search(text)
    if found is None:
        return _split_names(text)
    before, behind = text[: found.start()].rstrip(), text[found.start() :]
    if before.endswith("(") and behind.rstrip().endswith(")"):
        before, behind = before[:-1].rstrip(), behind.rstrip()[:-1]
    return before, re.sub(r"^(\w+\s*[.:]?)\s*[–—-]\s*", r"\1 ", behind)


def _split_names(text: str) -> tuple[str, str]:
    """A measure that ends with names in brackets: «Объявлены закупки (Ленский И.И., Обская Е.Н.)»."""
    line = text.rstrip()
    opening = line.rfind("(")
    inside = line[opening + 1 : -1]
    if opening <= 0 or not line.endswith(")") or not all(is_name(part) for part in re.split(r"[,;]", inside)):
        return text, ""
    return line[:opening].rstrip(), inside
