"""A spreadsheet of organisations ↔ values: which column is which, what each cell says, and the marked copy that goes back.

Knows no rows of the database. What cannot be understood is a :class:`CellError` with its place, never an exception.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from vekha_portal.registry.bridge import collapse, fold
from vekha_portal.registry.identifiers import clean_identifier, inn_error, kpp_error, ogrn_error

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ROWS = 20_000
_HEAD_WITHIN = 20

#: Field → words of its heading; the first that fits a heading takes it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "inn": ("инн",),
    "kpp": ("кпп",),
    "ogrn": ("огрн",),
    "short_name": ("краткое наименование", "сокращенное наименование", "краткое название", "сокращенное название"),
    "name": ("полное наименование", "наименование", "название", "школа", "организация", "образовательная организация"),
    "municipality": ("муниципальное образование", "муниципалитет", "район", "городской округ", "мо"),
    "address": ("адрес",),
    "is_rural": ("сельская", "село", "сельская местность"),
    "is_small": ("малокомплектная",),
    "enrolment": ("число обучающихся", "количество обучающихся", "контингент", "обучающихся", "численность"),
    "opened_on": ("дата создания", "создана", "дата регистрации"),
}
TITLES = {
    "name": "Полное наименование", "short_name": "Краткое наименование", "inn": "ИНН", "kpp": "КПП", "ogrn": "ОГРН",
    "municipality": "Муниципальное образование", "address": "Адрес", "is_rural": "Сельская", "is_small": "Малокомплектная",
    "enrolment": "Число обучающихся", "opened_on": "Дата создания",
}  # fmt: skip
_YES = frozenset({"да", "1", "+", "есть", "yes", "true", "истина", "v"})
_NO = frozenset({"", "нет", "0", "-", "no", "false", "ложь"})
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
Value = str | bool | int | datetime.date | None


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell; rows are counted as the spreadsheet shows them, columns from 0; row 0 is the whole file."""

    row: int
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that was read: its number in the spreadsheet, what its known columns say."""

    number: int
    values: dict[str, Value]


@dataclass(slots=True)
class Sheet:
    """A read spreadsheet."""

    rows: list[SheetRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    cells: list[list[object]] = field(default_factory=list)
    head: int = 0


def read_sheet(content: bytes) -> Sheet:
    """The first sheet with something in it. Never raises for a bad file: the error stands in ``errors`` with row 0."""
    refusal = _refuse(content)
    if refusal:
        return Sheet(errors=[CellError(0, None, refusal)])
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = (
            workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
            for index in range(len(workbook.sheet_names))
        )
        cells = next((table for table in tables if any(any(cell != "" for cell in row) for row in table)), [])
    except PasswordError:
        return Sheet(errors=[CellError(0, None, "Файл защищён паролем: сохраните копию без пароля.")])
    except (CalamineError, ZipError, OSError, ValueError, IndexError):
        return Sheet(errors=[CellError(0, None, "Файл не читается: нужна таблица XLSX, XLS или ODS.")])
    if len(cells) > MAX_ROWS + _HEAD_WITHIN:
        return Sheet(
            errors=[CellError(0, None, f"В таблице {len(cells)} строк, а за раз берётся {MAX_ROWS}: разделите файл.")]
        )
    return _understand([list(row) for row in cells])


def _refuse(content: bytes) -> str | None:
    if not content:
        return "Файл пуст."
    if len(content) > MAX_BYTES:
        return f"Файл больше {MAX_BYTES // 1024 // 1024} МБ: уберите из него картинки и лишние листы."
    if content[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                    return (
                        "Таблица распаковывается в слишком большой объём: сохраните её заново только с нужным листом."
                    )
        except zipfile.BadZipFile:
            return "Файл повреждён: откройте его в редакторе таблиц и сохраните заново."
    return None


def _understand(cells: list[list[object]]) -> Sheet:
    sheet = Sheet(cells=cells)
    found = _find_head(cells)
    if found is None:
        wanted = ", ".join(f"«{TITLES[name]}»" for name in ("name", "inn"))
        sheet.errors.append(CellError(0, None, f"Не найдена строка с заголовками: нужны хотя бы столбцы {wanted}."))
        return sheet
    sheet.head, sheet.columns = found
    for index, row in enumerate(cells[sheet.head + 1 :], start=sheet.head + 2):
        values = {name: row[column] if column < len(row) else "" for name, column in sheet.columns.items()}
        if all(_text(value) == "" for value in values.values()):
            continue
        read: dict[str, Value] = {}
        for name, value in values.items():
            read[name], error = _read_cell(name, value)
            if error:
                sheet.errors.append(CellError(index, sheet.columns[name], error))
        sheet.rows.append(SheetRow(index, read))
    if not sheet.rows:
        sheet.errors.append(CellError(0, None, "Под заголовками нет ни одной строки."))
    return sheet


def _find_head(cells: list[list[object]]) -> tuple[int, dict[str, int]] | None:
    for index, row in enumerate(cells[:_HEAD_WITHIN]):
        columns: dict[str, int] = {}
        headings = [fold(_text(cell)).strip(" *:") for cell in row]
        for name, words in COLUMNS.items():
            place = next(
                (
                    at
                    for word in words
                    for at, text in enumerate(headings)
                    if text == word and at not in columns.values()
                ),
                None,
            )
            if place is None:
                place = next(
                    (
                        at
                        for word in words
                        for at, text in enumerate(headings)
                        if text.startswith(word + " ") and at not in columns.values()
                    ),
                    None,
                )
            if place is not None:
                columns[name] = place
        if "name" in columns and len(columns) > 1:
            return index, columns
    return None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime | datetime.date):
        return f"{cell:%d.%m.%Y}"
    return collapse(str(cell))


def _read_cell(name: str, cell: object) -> tuple[Value, str | None]:
    text = _text(cell)
    match name:
        case "inn" | "kpp" | "ogrn":
            value = clean_identifier(text)
            check = {"inn": inn_error, "kpp": kpp_error, "ogrn": ogrn_error}[name]
            return value, check(value)
        case "is_rural" | "is_small":
            word = fold(text)
            return word in _YES, None if word in _YES | _NO else f"«{text}»: нужно «да» или «нет»."
        case "enrolment":
            return _read_number(text)
        case "opened_on":
            return _read_day(text)
        case "name":
            return text, None if 0 < len(
                text
            ) <= 600 else "Наименование пусто." if not text else "Наименование длиннее 600 знаков."
        case _:
            return text, None if len(text) <= 300 else "Слишком длинно: больше 300 знаков."


def _read_number(text: str) -> tuple[int | None, str | None]:
    digits = text.replace(" ", "")
    if not digits:
        return None, None
    if not (digits.isascii() and digits.isdigit() and int(digits) <= 20_000):
        return None, f"«{text}»: нужно целое число от 0 до 20 000."
    return int(digits), None


def _read_day(text: str) -> tuple[datetime.date | None, str | None]:
    if not text:
        return None, None
    match = _DAY.fullmatch(text)
    try:
        return (
            (datetime.date(int(match[3]), int(match[2]), int(match[1])), None)
            if match
            else (None, f"«{text}»: нужна дата ДД.ММ.ГГГГ.")
        )
    except ValueError:
        return None, f"«{text}»: такого дня нет."


def mark_errors(sheet: Sheet, errors: Sequence[CellError]) -> bytes:
    """A copy of the table as XLSX: wrong cells are coloured and carry what is wrong as a note, and in words at the end of the row."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        page = workbook.add_worksheet("Ошибки")
        wrong = workbook.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        at = {(error.row, error.column): error.message for error in errors}
        by_row: dict[int, list[str]] = {}
        for error in errors:
            by_row.setdefault(error.row, []).append(error.message)
        width = max((len(row) for row in sheet.cells), default=0)
        for index, row in enumerate(sheet.cells):
            for column, cell in enumerate(row):
                message = at.get((index + 1, column))
                page.write_string(index, column, _text(cell), wrong if message else None)
                if message:
                    page.write_comment(index, column, message)
            if index + 1 in by_row:
                page.write_string(index, width, " ".join(by_row[index + 1]), wrong)
        if 0 in by_row:
            page.write_string(len(sheet.cells) + 1, 0, " ".join(by_row[0]), wrong)
        page.write_string(sheet.head, width, "Что исправить")
        page.set_column(0, width, 24)
    return out.getvalue()
