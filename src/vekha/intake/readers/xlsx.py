"""XLSX, XLSB, XLS and ODS → document: each visible sheet is one table with the paragraphs around it.

Values come from calamine (ODS from its own XML); what number formats say and merged cells are added here. A table's
``place.rows`` are the row numbers people see at the left of the sheet.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from vekha.intake.archive import Archive
from vekha.intake.document import Block, Cell, Document, Source, Table, UnreadableFile
from vekha.intake.limits import DEFAULT_LIMITS, damaged, encrypted, ensure_table_fits, over_limits
from vekha.intake.readers.xlsx_formats import Position, WorkbookParts
from vekha.intake.readers.xlsx_layout import SheetRow, sheet_blocks
from vekha.intake.readers.xlsx_ods import read_ods_sheets
from vekha.intake.readers.xlsx_old_formats import OldFormats
from vekha.intake.readers.xlsx_values import Shown, render_value
from vekha.problems import Place, Problem, Severity

_PACKED = b"PK"
_MAX_AREA = 20_000_000
_MAX_MERGED_ROWS = 1_000_000


def read_xlsx(data: bytes, source: Source) -> Document:
    """The document in a workbook of any of the four formats; raises ``UnreadableFile``."""
    archive = Archive(data) if data.startswith(_PACKED) else None
    problems: list[Problem] = []
    if archive is not None and "content.xml" in archive:
        sheets = list(_ods_sheets(archive, problems))
    else:
        sheets = list(_calamine_sheets(data, archive, problems))
    blocks: list[Block] = []
    for name, rows in sheets:
        tables = sum(1 for block in blocks if isinstance(block, Table))
        blocks.extend(sheet_blocks(rows, name, tables + 1))
    if not blocks:
        problems.append(
            Problem("no-text", "В книге нет заполненных ячеек.", Severity.ERROR, "Проверьте, тот ли это файл.")
        )
    return Document(source, tuple(blocks), tuple(problems))


def _ods_sheets(archive: Archive, problems: list[Problem]) -> Iterator[tuple[str, Sequence[SheetRow]]]:
    for sheet in read_ods_sheets(archive):
        if sheet.hidden:
            problems.append(_hidden(sheet.name))
        else:
            yield sheet.name, sheet.rows


def _calamine_sheets(
    data: bytes, archive: Archive | None, problems: list[Problem]
) -> Iterator[tuple[str, Sequence[SheetRow]]]:
    parts = WorkbookParts(archive) if archive is not None else None
    if parts is not None:
        parts.ensure_area_fits(DEFAULT_LIMITS)
    formats = parts or OldFormats(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index, metadata in enumerate(book.sheets_metadata):
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            if metadata.visible != SheetVisibleEnum.Visible:
                problems.append(_hidden(metadata.name))
                continue
            yield metadata.name, _sheet_rows(book.get_sheet_by_index(index), formats.special_formats(metadata.name))
    except PasswordError as error:
        raise encrypted("Книга защищена паролем.") from error
    except UnreadableFile:
        raise
    except BaseException as error:  # what Rust panics with is no Exception, and has no name to import
        if isinstance(error, CalamineError | ValueError | OSError) or type(error).__name__ == "PanicException":
            raise damaged("Книга Excel повреждена: её листы не читаются.") from error
        raise
    if parts is not None and parts.has_formulas_without_value():
        problems.append(_FORMULA_PROBLEM)


def _sheet_rows(sheet: CalamineSheet, formats: dict[Position, Shown]) -> list[SheetRow]:
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > _MAX_AREA:
        raise over_limits(f"Лист «{sheet.name}» слишком велик: {sheet.height} строк, {sheet.width} столбцов.")
    first_row, first_column = sheet.start
    last = (first_row + sheet.height - 1, first_column + sheet.width - 1)
    spans, covered = _merges(sheet, last)
    rows: list[SheetRow] = []
    cells = 0
    rows_of_merges = covered.keys() | {row for row, _ in spans}
    for row, values in enumerate(sheet.to_python(), start=first_row):
        columns = enumerate(values, start=first_column)
        if row not in rows_of_merges and not formats:
            filled = [Cell(render_value(value), column) for column, value in columns if value != ""]
        else:
            filled = _merged_row(row, columns, spans, covered.get(row, ()), formats)
        if filled:
            cells += len(filled)
            rows.append(SheetRow(row + 1, tuple(filled)))
    ensure_table_fits(len(rows), cells)
    return rows


def _merged_row(
    row: int,
    columns: Iterable[tuple[int, object]],
    spans: dict[Position, tuple[int, int]],
    covered: Sequence[tuple[int, int]],
    formats: dict[Position, Shown],
) -> list[Cell]:
    filled = []
    for column, value in columns:
        row_span, col_span = spans.get((row, column), (1, 1))
        if (value == "" and row_span * col_span == 1) or any(start <= column <= end for start, end in covered):
            continue
        filled.append(Cell(render_value(value, formats.get((row, column))), column, row_span, col_span))
    return filled


def _merges(
    sheet: CalamineSheet, last: Position
) -> tuple[dict[Position, tuple[int, int]], dict[int, list[tuple[int, int]]]]:
    """Spans of the merged cells by their corner, and the columns they cover in each row; clipped to the filled area."""
    spans: dict[Position, tuple[int, int]] = {}
    covered: dict[int, list[tuple[int, int]]] = {}
    budget = _MAX_MERGED_ROWS
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bottom, right = min(bottom, last[0]), min(right, last[1])
        if bottom < top or right < left or (top, left) == (bottom, right):
            continue
        budget -= bottom - top + 1
        if budget < 0:
            raise over_limits(f"На листе «{sheet.name}» слишком много объединённых ячеек.")
        spans[top, left] = (bottom - top + 1, right - left + 1)
        if right > left:
            covered.setdefault(top, []).append((left + 1, right))
        for row in range(top + 1, bottom + 1):
            covered.setdefault(row, []).append((left, right))
    return spans, covered


def _hidden(name: str) -> Problem:
    return Problem(
        "hidden-sheet",
        f"Лист «{name}» скрыт и не прочитан.",
        Severity.NOTE,
        "Если лист нужен, покажите его в Excel и сохраните книгу.",
        Place(sheet=name),
    )


_FORMULA_PROBLEM = Problem(
    "formula-without-value",
    "В книге есть формулы без вычисленного значения: эти ячейки прочитаны пустыми.",
    Severity.WARNING,
    "Откройте книгу в Excel, дождитесь пересчёта и сохраните её.",
)
