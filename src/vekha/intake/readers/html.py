"""HTML → document: tables with spans, layout tables taken apart, lists with their marks; also MHT and pages saved by
Office.

Styles count only where they change what is read: hidden text, bold and centred headings. Scripts, frames and pictures
are left out; nothing is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from vekha.intake.document import Document, Source
from vekha.intake.limits import ensure_table_fits
from vekha.intake.readers.html_lists import ListMarks, with_mark
from vekha.intake.readers.html_mht import is_web_archive, read_pages
from vekha.intake.readers.html_page import Element, parse_page
from vekha.intake.readers.office_nesting import BlockWriter, RawCell, RawPart, RawRow, RawTable, RawText
from vekha.problems import Problem, Severity

_SKIPPED = frozenset(
    (
        "head", "title", "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math",
        "canvas", "audio", "video", "select", "textarea", "input", "button", "meta", "link", "xml", "map",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "center", "blockquote", "pre",
        "address", "article", "aside", "section", "header", "footer", "main", "nav", "figure", "figcaption", "form",
        "fieldset", "legend", "hr", "body", "html", "caption", "summary", "details", "tr", "td", "th", "tbody", "thead",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong", "th"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD_CSS = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|sdfootnote)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_BLANKS = re.compile(r"  +")
_LINE_EDGES = re.compile(r" ?\n[ \n]*")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHORT_NUMBER = re.compile(r"\s*[0-9]{1,2}\s*")
_MAX_COLUMNS = 1024
_MAX_ROW_SPAN = 65_534


def read_html(data: bytes, source: Source) -> Document:
    """The document in a page or a web archive; raises ``UnreadableFile``."""
    pages = read_pages(data) if is_web_archive(data) else [(data, None)]
    noticed: Counter[str] = Counter()
    problems: list[Problem] = []
    writer = BlockWriter()
    for page, declared in pages:
        ensure_table_fits(page.count(b"<tr") + page.count(b"<TR"), 0)
        root, found = parse_page(page, declared)
        problems.extend(found)
        if root is not None:
            writer.write(_Flow(noticed).read(root))
    problems.extend(_noticed_problems(noticed))
    if not writer.blocks:
        problems.append(_NO_TEXT)
    return Document(source, tuple(writer.blocks), tuple(problems))


class _Flow:
    """Reads the content of one element into paragraphs and tables; a cell's content has a flow of its own."""

    def __init__(self, noticed: Counter[str]) -> None:
        self._noticed = noticed
        self._parts: list[RawPart] = []
        self._pieces: list[str] = []
        self._mark = ""
        self._bold = 0
        self._centred = 0
        self._all_bold = True

    def read(self, element: Element) -> list[RawPart]:
        """The parts in an element, in reading order."""
        self._content(element)
        self._flush()
        return self._parts

    def _content(self, element: Element) -> None:
        if element.text:
            self._add(element.text)
        marks = ListMarks(element) if element.tag in ("ol", "ul") else None
        for child in element:
            self._child(child, marks)
            if child.tail:
                self._add(child.tail)

    def _child(self, child: Element, marks: ListMarks | None) -> None:
        tag = child.tag
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _SKIPPED or self._is_left_out(child):
            return
        elif tag == "table":
            self._flush()
            self._parts.extend(self._table(child))
        elif tag in _BLOCKS:
            self._block(child, marks)
        elif tag == "sup":
            self._raised(child)
        else:
            bold = tag in _BOLD or self._styled(child, _BOLD_CSS)
            self._bold += bold
            self._content(child)
            self._bold -= bold

    def _block(self, child: Element, marks: ListMarks | None) -> None:
        tag = child.tag
        self._flush()
        centred = tag == "center" or child.get("align", "").lower() == "center" or self._styled(child, _CENTRED)
        bold = tag in _BOLD or self._styled(child, _BOLD_CSS)
        if tag == "li" and marks is not None:
            self._mark = marks.mark(child)
        self._centred += centred
        self._bold += bold
        self._content(child)
        self._flush(heading=tag in _HEADINGS)
        self._centred -= centred
        self._bold -= bold
        if tag == "li":
            self._mark = ""

    def _is_left_out(self, element: Element) -> bool:
        if element.tag == "del":
            self._noticed["changes"] += 1
            return True
        if element.get("hidden") is not None or self._styled(element, _HIDDEN):
            self._noticed["hidden"] += any(not text.isspace() for text in element.itertext())
            return True
        return element.tag == "a" and _NOTE_LINK.match(element.get("href", "")) is not None

    def _styled(self, element: Element, pattern: re.Pattern[str]) -> bool:
        style = element.get("style")
        return style is not None and pattern.search(style) is not None

    def _raised(self, element: Element) -> None:
        text = "".join(map(str, element.itertext()))
        if _SHORT_NUMBER.fullmatch(text) and element.find(".//a") is None:
            self._pieces.append(text.strip().translate(_SUPERSCRIPT))
        else:
            self._content(element)

    def _add(self, text: str) -> None:
        if self._all_bold and not self._bold and not text.isspace():
            self._all_bold = False
        self._pieces.append(_SPACE.sub(" ", text))

    def _flush(self, *, heading: bool = False) -> None:
        if self._pieces:
            text = _tidy("".join(self._pieces))
            if text:
                heading = heading or (self._all_bold and self._centred > 0)
                self._parts.append(RawText(with_mark(self._mark, text), heading))
                self._mark = ""
            self._pieces.clear()
        self._all_bold = True

    def _table(self, table: Element) -> Iterator[RawPart]:
        for caption in table.iterchildren("caption"):
            yield from _Flow(self._noticed).read(caption)
        rows: list[RawRow] = []
        taken: dict[int, int] = {}
        for number, row in enumerate(_rows(table), start=1):
            if self._is_left_out(row):
                continue
            rows.append(RawRow(number, self._cells(row, taken)))
        yield RawTable(rows)

    def _cells(self, row: Element, taken: dict[int, int]) -> list[RawCell]:
        """The cells of a row at their grid columns; ``taken`` counts for each column the rows still covered from above."""
        cells: list[RawCell] = []
        begun: dict[int, int] = {}
        column = 0
        for element in row.iterchildren("td", "th"):
            while column in taken:
                column += 1
            col_span = min(_span(element, "colspan", _MAX_COLUMNS), max(_MAX_COLUMNS - column, 1))
            row_span = _span(element, "rowspan", _MAX_ROW_SPAN)
            cells.append(RawCell(column, self._cell(element), col_span, row_span))
            if row_span > 1:
                begun.update(dict.fromkeys(range(column, column + col_span), row_span))
            column += col_span
        for covered in [column for column, left in taken.items() if left <= 1]:
            del taken[covered]
        for covered in taken:
            taken[covered] -= 1
        for covered, left in begun.items():  # a wide cell may overlap one that reaches further down
            taken[covered] = max(taken.get(covered, 0), left - 1)
        return cells

    def _cell(self, element: Element) -> list[RawPart]:
        if self._is_left_out(element):
            return []
        only = _plain_content(element)
        if only is None:
            return _Flow(self._noticed).read(element)
        text = _tidy(_SPACE.sub(" ", only))
        return [RawText(text)] if text else []


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table and not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            yield from child.iterchildren("tr")


def _plain_content(cell: Element) -> str | None:
    """The text of a cell that holds nothing else, or one plain paragraph; ``None`` for every other cell."""
    if not len(cell):
        return cell.text or ""
    only = cell[0]
    if len(cell) > 1 or len(only) or only.tag not in ("p", "div", "span", "font"):
        return None
    if (cell.text and not cell.text.isspace()) or (only.tail and not only.tail.isspace()):
        return None
    styled = only.get("style")
    if only.get("hidden") is not None or (styled is not None and _HIDDEN.search(styled)):
        return None
    return only.text or ""


def _span(element: Element, name: str, limit: int) -> int:
    value = element.get(name)
    if value is None:
        return 1
    value = value.strip()
    if name == "rowspan" and value == "0":  # to the end of the table
        return limit
    return min(max(int(value), 1), limit) if value.isdigit() and len(value) < 9 else 1


def _tidy(text: str) -> str:
    """Blanks collapsed within lines, none at their ends, no empty lines, no soft hyphens."""
    if "\xad" in text:
        text = text.replace("\xad", "")
    text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _LINE_EDGES.sub("\n", text)
    return text.strip()


_NO_TEXT = Problem(
    "no-text",
    "На странице нет текста.",
    Severity.ERROR,
    "Сохраните страницу в браузере целиком или распечатайте её в PDF.",
)


def _noticed_problems(noticed: Counter[str]) -> Iterator[Problem]:
    if noticed["hidden"]:
        yield Problem(
            "hidden-text",
            "На странице есть скрытый текст: он не прочитан.",
            Severity.NOTE,
            "Если скрытый текст нужен, сделайте его видимым и сохраните страницу заново.",
        )
    if noticed["changes"]:
        yield Problem(
            "tracked-changes-accepted",
            "На странице есть удалённый текст (исправления): она прочитана так, как если бы все они были приняты.",
            Severity.NOTE,
            "Примите исправления в исходном документе, чтобы не было сомнений в тексте.",
        )
