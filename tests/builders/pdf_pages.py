"""Orders set as PDFs with a text layer by a typesetter of our own, which knows what it put into each row of each page.

Wraps and hyphenates as Russian typesetters do, cuts rows at the end of a page, repeats headers, and draws borders the many
ways that programs do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype")
FAMILIES = {
    "serif": ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Bold.ttf"),
    "sans": ("liberation/LiberationSans-Regular.ttf", "liberation/LiberationSans-Bold.ttf"),
    "dejavu": ("dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSerif-Bold.ttf"),
    "narrow": ("liberation/LiberationSansNarrow-Regular.ttf", "liberation/LiberationSansNarrow-Bold.ttf"),
}
PORTRAIT, LANDSCAPE = (595.0, 842.0), (842.0, 595.0)

Span = tuple[int, int, int, int]
"""Row, column, row span, column span."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts (``\\n`` starts a new paragraph of the cell); ``widths`` are shares of the text's width."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    spans: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set; ``borders``: lines, boxes, thin, double, open, bottomless; ``align``: left, justify, centre."""

    page: tuple[float, float] = PORTRAIT
    margin: float = 56.0
    family: str = "serif"
    size: float = 12.0
    leading: float = 1.15
    padding: float = 5.0
    borders: str = "lines"
    align: str = "left"
    hyphenate: bool = False
    split_rows: bool = True
    repeat_header: bool = False
    page_numbers: str = ""
    middle: bool = False
    rotate: int = 0
    shuffled: bool = False


@dataclass(slots=True)
class Printed:
    """The PDF and, for each table of each page in order, (index of the grid, indexes of its source rows)."""

    data: bytes = b""
    tables: list[tuple[int, list[int]]] = field(default_factory=list)


def fonts_present(family: str = "serif") -> bool:
    """Are the font files of the family installed here?"""
    return all((FONTS / name).exists() for name in FAMILIES[family])


def font(family: str, *, bold: bool = False) -> str:
    """The registered name of a font."""
    name = f"{family}-{'bold' if bold else 'regular'}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(FONTS / FAMILIES[family][bold])))
    return name


_VOWELS = "аеёиоуыэюя"
_SYLLABLES = re.compile(
    rf"(?<=[{_VOWELS}])(?=[бвгджзклмнпрстфхцчшщ][{_VOWELS}])|(?<=[{_VOWELS}][бвгджзклмнпрстфхцчшщ])"
    rf"(?=[бвгджзклмнпрстфхцчшщ][{_VOWELS}])",
    re.IGNORECASE,
)


def wrap(text: str, width: float, *, name: str, size: float, hyphenate: bool) -> list[tuple[str, bool]]:
    """Lines no wider than ``width`` (a word longer than that is cut), and whether each ends its paragraph."""
    lines: list[tuple[str, bool]] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            line = _set_word(line, word, width, name, size, lines, hyphenate=hyphenate)
        lines.append((line, True))
    return lines


def _set_word(
    line: str, word: str, width: float, name: str, size: float, lines: list[tuple[str, bool]], *, hyphenate: bool
) -> str:
    """Put a word at the end of a line, or of the next ones; the unfinished line is the answer."""
    while True:
        tried = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(tried, name, size) <= width:
            return tried
        cut = _cut(word, line, width, name, size, hyphenate=hyphenate)
        if cut:
            lines.append((f"{line} {cut[0]}" if line else cut[0], False))
            line, word = "", cut[1]
        elif line:
            lines.append((line, False))
            line = ""
        else:
            return word


def _cut(word: str, line: str, width: float, name: str, size: float, *, hyphenate: bool) -> tuple[str, str] | None:
    """The longest beginning of a word, with its hyphen, that still fits on the line, and the rest."""
    places = [match.end() for match in re.finditer(r"(?<=[а-яё]{2})-(?=[а-яё]{2})", word)]
    if hyphenate:
        places += [
            match.start()
            for match in _SYLLABLES.finditer(word)
            if re.match(r"[а-яё]{3,}", word[match.start() :]) and re.search(r"[а-яёА-ЯЁ]{3,}$", word[: match.start()])
        ]
    for place in sorted(places, reverse=True):
        head = word[:place] if word[place - 1] == "-" else word[:place] + "-"
        if pdfmetrics.stringWidth(f"{line} {head}" if line else head, name, size) <= width:
            return head, word[place:]
    return None


class Typesetter:
    """Sets paragraphs and tables on pages; the page, the pen's height and what was printed are its state."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.printed = Printed()
        self._file = io.BytesIO()
        media = setting.page if setting.rotate % 180 == 0 else (setting.page[1], setting.page[0])
        self.canvas = Canvas(self._file, pagesize=setting.page, pageCompression=1)
        self._turned = setting.rotate, media
        self.page = 1
        self.y = setting.margin
        self._grids = 0
        self._begin_page()

    @property
    def width(self) -> float:
        """The width of the writing."""
        return self.setting.page[0] - 2 * self.setting.margin

    @property
    def floor(self) -> float:
        """Where the page ends, from its top."""
        return self.setting.page[1] - self.setting.margin

    def finish(self) -> Printed:
        """The whole document."""
        self._end_page()
        self.canvas.save()
        self.printed.data = self._file.getvalue()
        self.printed.tables = [part for part in self.printed.tables if part[1]]
        return self.printed

    def new_page(self) -> None:
        """Go to the top of the next page."""
        self._end_page()
        self.page += 1
        self._begin_page()
        self.y = self.setting.margin

    def _begin_page(self) -> None:
        """The page as it will be shown, whatever /Rotate says: what is drawn is turned the other way."""
        rotate, (width, height) = self._turned
        self.canvas.setPageRotation(rotate)
        if rotate == 90:
            self.canvas.transform(0, 1, -1, 0, width, 0)
        elif rotate == 180:
            self.canvas.transform(-1, 0, 0, -1, width, height)
        elif rotate == 270:
            self.canvas.transform(0, -1, 1, 0, 0, height)
        if self.setting.page_numbers == "top" and self.page > 1:
            self.put(str(self.page), self.setting.page[0] / 2, self.setting.margin - 20)

    def _end_page(self) -> None:
        if self.setting.page_numbers == "bottom":
            self.put(f"Страница {self.page}", self.setting.page[0] / 2 - 20, self.setting.page[1] - 22)
        self.canvas.showPage()

    def put(self, text: str, x: float, y: float, *, bold: bool = False, size: float | None = None) -> None:
        """Write a piece of text with its baseline at ``y`` from the top."""
        self.canvas.setFont(font(self.setting.family, bold=bold), size or self.setting.size)
        self.canvas.drawString(x, self.setting.page[1] - y, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.5) -> None:
        """Draw a line; heights are from the top."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.setting.page[1] - y0, x1, self.setting.page[1] - y1)

    def paragraph(
        self,
        text: str,
        *,
        align: str = "left",
        bold: bool = False,
        indent: float = 0.0,
        left: float = 0.0,
        width: float | None = None,
        after: float = 6.0,
    ) -> None:
        """Set a paragraph in the column that begins ``left`` points from the margin."""
        setting = self.setting
        name, room = font(setting.family, bold=bold), width or self.width - left
        for index, (line, _) in enumerate(
            wrap(text, room - indent, name=name, size=setting.size, hyphenate=setting.hyphenate)
        ):
            if self.y + setting.size * setting.leading > self.floor:
                self.new_page()
            self.y += setting.size * setting.leading
            extra = room - pdfmetrics.stringWidth(line, name, setting.size)
            shift = {"left": indent if index == 0 else 0.0, "centre": extra / 2, "right": extra}[align]
            self.put(line, setting.margin + left + shift, self.y, bold=bold)
        self.y += after

    def columns(self, texts: Sequence[str], *, gap: float = 40.0, after: float = 10.0) -> None:
        """Set texts side by side."""
        width = (self.width - gap * (len(texts) - 1)) / len(texts)
        top, ends = self.y, []
        for place, text in enumerate(texts):
            self.y = top
            self.paragraph(text, left=place * (width + gap), width=width, after=0)
            ends.append(self.y)
        self.y = max(ends) + after

    def table(self, grid: Grid) -> None:
        """Set a table, over as many pages as it takes."""
        _TableSetter(self, grid, self._grids).run()
        self._grids += 1


@dataclass(slots=True)
class _Placed:
    """A cell of a row that is being set: its lines not yet printed, its columns, how many rows it still covers."""

    lines: list[tuple[str, bool]]
    column: int
    span: int
    rows_left: int


class _TableSetter:
    def __init__(self, sheet: Typesetter, grid: Grid, number: int) -> None:
        self.sheet, self.grid, self.number = sheet, grid, number
        setting = sheet.setting
        total = sum(grid.widths)
        self.edges = [setting.margin]
        for share in grid.widths:
            self.edges.append(self.edges[-1] + sheet.width * share / total)
        self.step = setting.size * setting.leading
        self.covered = {
            (row + down, column + right): (row, column)
            for row, column, height, width in grid.spans
            for down in range(height)
            for right in range(width)
        }
        self.spans = {(row, column): (height, width) for row, column, height, width in grid.spans}

    def run(self) -> None:
        self._open_part()
        blocks = list(self._blocks())
        for place, rows in enumerate(blocks):
            self._set_block(rows, first=place == 0)

    def _blocks(self) -> Iterator[list[int]]:
        """Rows that merged cells keep together."""
        block: list[int] = []
        until = 0
        for row in range(len(self.grid.rows)):
            block.append(row)
            until = max([until, *(row + height for (r, _), (height, _) in self.spans.items() if r == row)])
            if row + 1 >= until:
                yield block
                block = []

    def _open_part(self) -> None:
        self.sheet.printed.tables.append((self.number, []))

    def _wrapped(self, row: int, column: int) -> list[tuple[str, bool]]:
        setting = self.sheet.setting
        _, width = self.spans.get((row, column), (1, 1))
        room = self.edges[column + width] - self.edges[column] - 2 * setting.padding
        text = self.grid.rows[row][column]
        name = font(setting.family)
        return wrap(text, room, name=name, size=setting.size, hyphenate=setting.hyphenate) if text else []

    def _set_block(self, rows: list[int], *, first: bool) -> None:
        setting, sheet = self.sheet.setting, self.sheet
        lines = {
            (row, column): self._wrapped(row, column)
            for row in rows
            for column in range(len(self.grid.widths))
            if self.covered.get((row, column), (row, column)) == (row, column)
        }
        heights = self._heights(rows, lines)
        room = sheet.floor - sheet.y
        if sum(heights) > room and (not setting.split_rows or len(rows) > 1 or (first and setting.repeat_header)):
            self._next_page()
            room = sheet.floor - sheet.y
        while len(rows) == 1 and sum(heights) > room and not (first and setting.repeat_header):
            fitting = int((room - 2 * setting.padding) // self.step)
            if fitting < 1:
                self._next_page()
                room = sheet.floor - sheet.y
                continue
            self._print(rows, {key: part[:fitting] for key, part in lines.items()}, [room], cut=True)
            lines = {key: part[fitting:] for key, part in lines.items()}
            self._next_page()
            room = sheet.floor - sheet.y
            heights = self._heights(rows, lines)
        self._print(rows, lines, heights, cut=False)

    def _next_page(self) -> None:
        self.sheet.new_page()
        self._open_part()
        if self.sheet.setting.repeat_header and self.grid.rows:
            rows = next(self._blocks())
            lines = {
                (row, column): self._wrapped(row, column)
                for row in rows
                for column in range(len(self.grid.widths))
                if self.covered.get((row, column), (row, column)) == (row, column)
            }
            self._print(rows, lines, self._heights(rows, lines), cut=False)

    def _heights(self, rows: list[int], lines: dict[tuple[int, int], list[tuple[str, bool]]]) -> list[float]:
        padding = 2 * self.sheet.setting.padding
        heights = [
            max(
                [
                    1,
                    *(
                        len(part)
                        for (r, c), part in lines.items()
                        if r == row and self.spans.get((r, c), (1, 1))[0] == 1
                    ),
                ]
            )
            * self.step
            + padding
            for row in rows
        ]
        for (row, column), part in lines.items():
            span = self.spans.get((row, column), (1, 1))[0]
            if span > 1:
                last = rows.index(row) + span - 1
                missing = len(part) * self.step + padding - sum(heights[rows.index(row) : last + 1])
                heights[last] += max(0.0, missing)
        return heights

    def _print(
        self, rows: list[int], lines: dict[tuple[int, int], list[tuple[str, bool]]], heights: list[float], *, cut: bool
    ) -> None:
        sheet, tops = self.sheet, [self.sheet.y]
        for height in heights:
            tops.append(tops[-1] + height)
        cells = list(lines.items())
        if sheet.setting.shuffled:
            cells = cells[::-1]
        for (row, column), part in cells:
            height, width = self.spans.get((row, column), (1, 1))
            place = rows.index(row)
            box = self.edges[column], tops[place], self.edges[column + width], tops[place + height]
            self._text(part, box)
            self._border(box, open_below=cut, first=column == 0, last=column + width == len(self.grid.widths))
        sheet.y = tops[-1]
        sheet.printed.tables[-1][1].extend(rows)

    def _text(self, part: list[tuple[str, bool]], box: tuple[float, float, float, float]) -> None:
        setting, sheet = self.sheet.setting, self.sheet
        name = font(setting.family)
        y = box[1] + setting.padding
        if setting.middle:
            y = (box[1] + box[3] - len(part) * self.step) / 2
        room = box[2] - box[0] - 2 * setting.padding
        for line, ends in part:
            extra = room - pdfmetrics.stringWidth(line, name, setting.size)
            x = box[0] + setting.padding + (extra / 2 if setting.align == "centre" else 0.0)
            gaps = line.count(" ")
            if setting.align == "justify" and gaps and not ends and extra > 0:
                self._justified(line, x, y + 0.8 * self.step, extra / gaps)
            else:
                sheet.put(line, x, y + 0.8 * self.step)
            y += self.step

    def _justified(self, line: str, x: float, y: float, spread: float) -> None:
        setting, sheet = self.sheet.setting, self.sheet
        name = font(setting.family)
        for word in line.split(" "):
            sheet.put(word, x, y)
            x += pdfmetrics.stringWidth(word + " ", name, setting.size) + spread

    def _border(self, box: tuple[float, float, float, float], *, open_below: bool, first: bool, last: bool) -> None:
        left, top, right, bottom = box
        sheet, kind = self.sheet, self.sheet.setting.borders
        canvas, height = sheet.canvas, sheet.setting.page[1]
        if kind == "boxes":
            canvas.setLineWidth(0.5)
            canvas.rect(left, height - bottom, right - left, bottom - top)
            return
        sides = [(left, top, right, top), (left, top, left, bottom), (right, top, right, bottom)]
        if not (open_below and kind == "bottomless"):
            sides.append((left, bottom, right, bottom))
        if kind == "open":
            sides = [
                side
                for side in sides
                if not (side[0] == side[2] and ((first and side[0] == left) or (last and side[0] == right)))
            ]
        for x0, y0, x1, y1 in sides:
            if kind == "thin":
                canvas.rect(x0 - 0.25, height - y1 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
            elif kind == "double":
                across, down = (0.8, 0.0) if x0 == x1 else (0.0, 0.8)
                sheet.rule(x0 - across, y0 - down, x1 - across, y1 - down, width=0.3)
                sheet.rule(x0 + across, y0 + down, x1 + across, y1 + down, width=0.3)
            else:
                sheet.rule(x0, y0, x1, y1)
