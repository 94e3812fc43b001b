"""Which column of a table holds what: by the words of its header, and by its content where those are missing or strange."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from vekha.intake.evidence import likeness
from vekha.intake.grid import GridRow
from vekha.intake.header_words import (
    LONGEST_HEADER,
    SECTION_HEADER,
    Role,
    Span,
    number_of_cell,
    role_of_header,
    span_of_header,
)
from vekha.text.normalise import collapse, fold

YEAR_HEADER = re.compile(r"^(?:на |в )?(20\d\d)(?:\s*(?:г\.?|год[ау]?))?$", re.IGNORECASE)
MOST_HEADER_ROWS = 6
SAMPLED_ROWS = 60
HEADER_WEIGHT = 2.0
LEAST_LIKENESS = 0.35
ONCE = (Role.NUMBER, Role.TEXT, Role.DEADLINE, Role.START, Role.END)
LOWER = {Role.START, Role.END, Role.SPAN, Role.OPENING, Role.FOLLOWING, Role.VALUE}
BY_CONTENT = (Role.NUMBER, Role.DEADLINE, Role.TEXT, Role.RESPONSIBLE, Role.RESULT)


class TableKind(StrEnum):
    """What a table is."""

    ROADMAP = "roadmap"
    MATRIX = "matrix"
    INDICATORS = "indicators"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table: role and label of each, how many rows the header takes, captions that stood above it."""

    kind: TableKind
    roles: tuple[Role | None, ...]
    labels: tuple[str, ...]
    header_rows: int
    captions: tuple[str, ...] = ()

    def of(self, role: Role) -> tuple[int, ...]:
        """The indices of the columns with this role, left to right."""
        return tuple(index for index, found in enumerate(self.roles) if found is role)

    def first(self, role: Role) -> int | None:
        """The index of the first column with this role."""
        return next(iter(self.of(role)), None)

    def span(self, column: int) -> Span | None:
        """The quarter or month of a column with the role SPAN; its year may stand in a header above it."""
        parts = self.labels[column].split(" / ")
        span = next((span for part in reversed(parts) if (span := span_of_header(part))), None)
        whole_year = YEAR_HEADER.match(parts[-1])
        if span is None and whole_year:
            return Span(1, 12, int(whole_year[1]))
        if span is None or span.year is not None:
            return span
        years = [int(found[1]) for part in parts if (found := YEAR_HEADER.match(part))]
        return replace(span, year=years[-1]) if years else span


def find_columns(rows: Sequence[GridRow]) -> Columns:
    """The columns of a table from its rows (header included); a table that is no roadmap and no indicator list is OTHER."""
    if not rows:
        return Columns(TableKind.OTHER, (), (), 0)
    start, stop = find_header(rows)
    labels = _labels(rows, start, stop)
    captions = tuple(collapse(next(iter(row.texts()), "")) for row in rows[:start])
    body = [row for row in rows[stop:] if not is_number_row(row)]
    named = _named_roles(labels)
    if _is_indicator_list(named, body):
        return Columns(TableKind.INDICATORS, named, labels, stop, captions)
    if _is_matrix(named, labels, body):
        roles = tuple(Role.DEADLINE if index == 0 else None for index in range(len(labels)))
        return Columns(TableKind.MATRIX, roles, labels, _matrix_header_rows(rows, stop), captions)
    roles = _assign(named, labels, body)
    columns = Columns(TableKind.ROADMAP, roles, labels, stop, captions)
    return (
        columns
        if _is_roadmap(columns, body, headed=stop > start)
        else Columns(TableKind.OTHER, roles, labels, stop, captions)
    )


def is_number_row(row: GridRow) -> bool:
    """Whether the row only counts the columns: «1 2 3 4 5»."""
    texts = [cell.text.strip() for cell in row.cells if not cell.from_left]
    numbers = [text.rstrip(".") for text in texts if text]
    return len(numbers) >= 3 and numbers == [str(index + 1) for index in range(len(numbers))]


def find_header(rows: Sequence[GridRow]) -> tuple[int, int]:
    """First and last-plus-one row of the header; equal where there is none. Rows above it are captions of the table."""
    for start, row in enumerate(rows[:MOST_HEADER_ROWS]):
        if header_strength(row) >= 2 or _is_matrix_header(row):
            stop = start + 1
            while stop < min(len(rows), start + MOST_HEADER_ROWS) and _goes_on_header(rows, start, stop):
                stop += 1
            return (start, stop) if _only_captions(rows[:start]) else (0, 0)
    return 0, 0


def _is_matrix_header(row: GridRow) -> bool:
    """«Дата» in the corner, and short names, no dates, over all the other columns."""
    if role_of_header(collapse(row.cells[0].own_text)) is not Role.DEADLINE or len(row.cells) < 2:
        return False
    others = [cell.text for cell in row.cells[1:]]
    return all(
        text.strip() and len(text) <= LONGEST_HEADER * 3 and not likeness(Role.DEADLINE, text) for text in others
    )


def header_strength(row: GridRow) -> int:
    """How many different roles the row's cells name, none if a cell is too long for a header or a bare number."""
    roles = set()
    for cell in row.cells:
        text = cell.own_text.strip()
        if not text:
            continue
        if len(text) > LONGEST_HEADER * 3 or (number_of_cell(text) and not YEAR_HEADER.match(text)):
            return 0
        role = role_of_header(collapse(text))
        if role is not None:
            roles.add(role)
    texts = row.texts()
    if len(texts) < 2 or sum(len(text) for text in texts) > len(texts) * LONGEST_HEADER * 2:
        return 0
    dated = sum(1 for text in texts if likeness(Role.DEADLINE, text) > 0.7 and not _names_span(collapse(text)))
    return 0 if dated and len(roles) < 4 and not _mostly_headers(texts) else len(roles)


def _names_span(text: str) -> bool:
    return span_of_header(text) is not None or bool(YEAR_HEADER.match(text))


def _mostly_headers(texts: Sequence[str]) -> bool:
    return all(role_of_header(collapse(text)) is not None for text in texts)


def _only_captions(rows: Sequence[GridRow]) -> bool:
    return all(len(set(row.texts())) <= 1 for row in rows)


def _goes_on_header(rows: Sequence[GridRow], start: int, index: int) -> bool:
    """Whether a row under the header's first row is its lower level: named sub-columns, or all short under one wide cell."""
    row, above = rows[index], rows[index - 1]
    if is_number_row(row) or number_of_cell(row.cells[0].own_text):
        return False
    texts = [cell for cell in row.cells if cell.own_text.strip()]
    if not texts or any(len(cell.text) > LONGEST_HEADER * 3 for cell in texts):
        return False
    roles = [role_of_header(collapse(cell.text)) for cell in texts]
    years = [bool(YEAR_HEADER.match(collapse(cell.text))) for cell in texts]
    if all(role in LOWER or year for role, year in zip(roles, years, strict=True)) and not row.cells[0].own_text:
        return True
    wide = any(cell.from_left for cell in rows[start].cells) or any(not cell.text for cell in above.cells[1:])
    covered = sum(1 for cell in row.cells if cell.from_above)
    if covered and wide:
        return True
    # In a text nothing says what is merged: the corner stays empty until the first row of data.
    first_data = (
        not row.cells[0].own_text.strip() and role_of_header(collapse(rows[start].cells[0].text)) is Role.DEADLINE
    )
    return (
        first_data
        and wide
        and not any(likeness(Role.RESPONSIBLE, cell.text) and cell.text.casefold().startswith("отв") for cell in texts)
    )


def _labels(rows: Sequence[GridRow], start: int, stop: int) -> tuple[str, ...]:
    """The header texts of every column from top to bottom, a merged cell's text for each column it covers."""
    width = len(rows[0].cells)
    spread: list[list[str]] = [[] for _ in range(width)]
    for index in range(start, stop):
        carried = ""
        for column, cell in enumerate(rows[index].cells):
            text = collapse(cell.text)
            below_is_split = index + 1 < stop and bool(rows[index + 1].cells[column].own_text.strip())
            if text:
                carried = text
            elif below_is_split and not cell.from_above:
                text = carried
            if text and text not in spread[column]:
                spread[column].append(text)
    return tuple(" / ".join(parts) for parts in spread)


def _named_roles(labels: Sequence[str]) -> tuple[Role | None, ...]:
    """The roles the labels name, as they stand together: «Этап» beside «Мероприятие» is a section, «Показатель» beside «Срок» a result."""
    roles = [_role_of_label(label) for label in labels]
    if roles.count(Role.TEXT) > 1:
        for index, label in enumerate(labels):
            if roles[index] is Role.TEXT and roles.count(Role.TEXT) > 1 and SECTION_HEADER.match(fold(label)):
                roles[index] = Role.SECTION
    if Role.INDICATOR in roles and Role.TEXT in roles and {Role.DEADLINE, Role.RESPONSIBLE} & set(roles):
        roles = [Role.RESULT if role is Role.INDICATOR else role for role in roles]
    elif Role.INDICATOR not in roles:
        roles = _with_year_spans(roles, labels)
    else:
        roles = [
            Role.VALUE if role is None and YEAR_HEADER.match(label.rpartition(" / ")[2]) else role
            for role, label in zip(roles, labels, strict=True)
        ]
    return tuple(roles)


def _with_year_spans(roles: Sequence[Role | None], labels: Sequence[str]) -> list[Role | None]:
    """The roles of a roadmap's columns where two or more years stand side by side, to be marked as quarters are."""
    years = [bool(YEAR_HEADER.match(label.rpartition(" / ")[2])) for label in labels]
    if sum(years) < 2:
        return list(roles)
    return [Role.SPAN if year else role for role, year in zip(roles, years, strict=True)]


def _role_of_label(label: str) -> Role | None:
    """The role of a label of several levels: the lowest level that has one, a span or a bound of a period before all."""
    parts = label.split(" / ")
    roles = [role_of_header(part) for part in parts]
    for role in (Role.SPAN, Role.START, Role.END):
        if role in roles:
            return role
    if Role.DEADLINE in roles[:-1] and roles[-1] in {Role.VALUE, Role.NOTE}:
        return Role.DEADLINE if fold(parts[-1]).startswith("план") else Role.NOTE
    return next((role for role in reversed(roles) if role is not None), None)


def _assign(named: Sequence[Role | None], labels: Sequence[str], body: Sequence[GridRow]) -> tuple[Role | None, ...]:
    """Roles of the columns: headers first, content for the rest; a role that stands once goes to the best candidate."""
    width = len(labels)
    sample = body[:SAMPLED_ROWS]
    candidates: list[tuple[float, int, Role]] = []
    for column in range(width):
        texts = [
            row.cells[column].text
            for row in sample
            if row.cells[column].text.strip() and not row.cells[column].from_left
        ]
        content = {
            role: sum(likeness(role, text) for text in texts) / len(texts) if texts else 0.0 for role in BY_CONTENT
        }
        header = named[column]
        if header is not None:
            candidates.append((HEADER_WEIGHT + content.get(header, 0.3), column, header))
        for role, score in content.items():
            if score >= LEAST_LIKENESS and role is not header and not (labels[column] and role in named):
                candidates.append((score if header is None else score - 0.6, column, role))
    roles: list[Role | None] = [None] * width
    for score, column, role in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1])):
        if score <= 0 or roles[column] is not None or (role in ONCE and role in roles):
            continue
        roles[column] = role
    if Role.TEXT not in roles and Role.DEADLINE in roles:
        unknown = [column for column in range(width) if roles[column] is None and named[column] is None]
        if len(unknown) == 1 and any(likeness(Role.TEXT, row.cells[unknown[0]].text) > 0 for row in sample):
            roles[unknown[0]] = Role.TEXT
    return tuple(roles)


def _is_indicator_list(named: Sequence[Role | None], body: Sequence[GridRow]) -> bool:
    values = {Role.OPENING, Role.FOLLOWING, Role.VALUE, Role.UNIT}
    if Role.INDICATOR not in named or Role.RESPONSIBLE in named:
        return False
    if any(role in values for role in named):
        return True
    numeric = [row for row in body if any(_is_figure(cell.text) for cell in row.cells[1:])]
    return bool(body) and len(numeric) * 2 >= len(body)


def _is_figure(text: str) -> bool:
    return text.strip().replace(" ", "").replace(",", ".").replace("%", "").replace(".", "", 1).isdigit()


def _is_matrix(named: Sequence[Role | None], labels: Sequence[str], body: Sequence[GridRow]) -> bool:
    """A date × something table: dates down the first column, and measures, not documents or bodies, in all the others."""
    if len(labels) < 2 or named[0] not in {Role.DEADLINE, None}:
        return False
    if any(role in {Role.RESPONSIBLE, Role.RESULT, Role.NUMBER, Role.SPAN, Role.START, Role.END} for role in named[1:]):
        return False
    dated = [row for row in body if row.cells[0].own_text.strip()]
    if not dated or sum(likeness(Role.DEADLINE, row.cells[0].text) > 0.5 for row in dated) * 2 < len(dated):
        return False
    labelled = sum(1 for row in body for cell in row.cells[1:] if cell.own_text.casefold().lstrip().startswith("отв"))
    inside = sum(1 for row in body for cell in row.cells[1:] if "отв." in cell.own_text.casefold())
    return labelled + inside >= 1 or (len(labels) > 2 and named[0] is Role.DEADLINE)


def _matrix_header_rows(rows: Sequence[GridRow], stop: int) -> int:
    while stop < len(rows) and not rows[stop].cells[0].own_text.strip() and stop < MOST_HEADER_ROWS:
        stop += 1
    return stop


def _is_roadmap(columns: Columns, body: Sequence[GridRow], *, headed: bool) -> bool:
    roles = set(columns.roles)
    if Role.TEXT not in roles or not body:
        return False
    dated = bool(roles & {Role.DEADLINE, Role.START, Role.END, Role.SPAN})
    if headed:
        return dated or {Role.RESPONSIBLE, Role.RESULT} <= roles
    return dated and (Role.NUMBER in roles or Role.RESPONSIBLE in roles)
