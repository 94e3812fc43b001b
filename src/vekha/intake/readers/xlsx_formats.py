"""Number formats of an XLSX that change what a cell says («50 %», «март 2024»): the fast reader of values does not know them."""

from __future__ import annotations

import posixpath
import re

from vekha.intake.archive import Archive
from vekha.intake.limits import Limits, over_limits
from vekha.intake.readers.docx_package import Element, parse_xml
from vekha.intake.readers.xlsx_values import Shown

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_USUAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN = {9: Shown.PERCENT, 10: Shown.PERCENT, 17: Shown.MONTH_AND_YEAR}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_FAR_COLUMN = re.compile(rb'<(?:\w+:)?c r="([A-Z]{3})\d+"[^>]*[^/>]>')
_WITHOUT_VALUE = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
_MAX_AREA = 20_000_000

Position = tuple[int, int]


class WorkbookParts:
    """The XML parts of an XLSX beside its values: where each sheet is, what the styles say, how far the sheets reach."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.sheet_parts = self._find_sheets()

    def special_formats(self, sheet: str) -> dict[Position, Shown]:
        """0-based row and column → format, of the sheet's cells whose format changes what they say."""
        styles = self._special_styles()
        part = self.sheet_parts.get(sheet)
        if not styles or part is None:
            return {}
        wanted = b"|".join(str(number).encode() for number in styles)
        cells = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d+)"[^>]*?\bs="(' + wanted + rb')"')
        found = {}
        for column, row, style in cells.findall(self._archive.read(part)):
            found[int(row) - 1, column_number(column.decode())] = styles[int(style)]
        return found

    def has_formulas_without_value(self) -> bool:
        """Whether some formula was never computed by the program that wrote the file."""
        return any(_WITHOUT_VALUE.search(self._archive.read(part)) for part in self.sheet_parts.values())

    def ensure_area_fits(self, limits: Limits) -> None:
        """Raise ``over-limits`` when a value stands so far out that the sheet's area could not be held in memory."""
        for name, part in self.sheet_parts.items():
            data = self._archive.read(part)
            last_value = max(data.rfind(b"<v>"), data.rfind(b":v>"), data.rfind(b"<is>"), data.rfind(b":is>"))
            last_row = data.rfind(b"row ", 0, max(last_value, 0))
            found = _ROW.match(data, data.rfind(b"<", 0, last_row)) if last_row > 0 else None
            rows = int(found[1]) if found else 1
            columns = max((column_number(item.decode()) + 1 for item in _FAR_COLUMN.findall(data)), default=0)
            if rows * max(columns, 1) > _MAX_AREA or rows > limits.rows:
                raise over_limits(f"Лист «{name}» слишком велик: заполнена строка {rows}.")

    def _find_sheets(self) -> dict[str, str]:
        book = "xl/workbook.xml"
        relations = "xl/_rels/workbook.xml.rels"
        if book not in self._archive or relations not in self._archive:
            return {}
        targets = {
            item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/")
            for item in parse_xml(self._archive.read(relations), relations)
        }
        sheets = {}
        for sheet in self._parse(book).iter(f"{_S}sheet"):
            part = targets.get(sheet.get(_ID, ""), "")
            if part in self._archive:
                sheets[sheet.get("name", "")] = part
        return sheets

    def _parse(self, name: str) -> Element:
        return parse_xml(self._archive.read(name).replace(_STRICT, _USUAL), name)

    def _special_styles(self) -> dict[int, Shown]:
        if "xl/styles.xml" not in self._archive:
            return {}
        root = self._parse("xl/styles.xml")
        formats: dict[int, Shown] = dict(BUILT_IN)
        for item in root.iter(f"{_S}numFmt"):
            number, shown = item.get("numFmtId", ""), shown_by(item.get("formatCode", ""))
            if shown is not None and number.isdigit():
                formats[int(number)] = shown
        cell_formats = root.find(f"{_S}cellXfs")
        special = {}
        for index, item in enumerate(cell_formats if cell_formats is not None else ()):
            number = item.get("numFmtId", "")
            if number.isdigit() and int(number) in formats:
                special[index] = formats[int(number)]
        return special


def shown_by(code: str) -> Shown | None:
    """What a format code makes of a value, ``None`` for those that do not change what it says.

    >>> shown_by("0.0%"), shown_by('mmmm yyyy" г."'), shown_by("dd.mm.yyyy"), shown_by("[$-419]mmmm;@")
    (<Shown.PERCENT: 'percent'>, <Shown.MONTH_AND_YEAR: 'month-and-year'>, None, <Shown.MONTH: 'month'>)
    """
    code = _QUOTED.sub("", code).split(";")[0].lower()
    if "%" in code:
        return Shown.PERCENT
    if any(letter in code for letter in "dhsд0#"):
        return None
    month, year = "m" in code or "м" in code, "y" in code or "г" in code
    if month:
        return Shown.MONTH_AND_YEAR if year else Shown.MONTH
    return Shown.YEAR if year else None


def column_number(letters: str) -> int:
    """The 0-based number of a column.

    >>> column_number("A"), column_number("AB"), column_number("XFD")
    (0, 27, 16383)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
