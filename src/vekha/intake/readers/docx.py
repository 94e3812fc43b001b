"""DOCX → document, straight from the package's XML: tables with both kinds of merged cells, boxes, notes, tracked
changes.

Headers and footers are not the document's text and are left out, with one exception: the header of the *first page
only* (a letterhead with the issuer's name) is read as paragraphs before the body. Macros, links to outside and embedded
programs are never followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vekha.intake.archive import Archive
from vekha.intake.document import Block, Document, Paragraph, Source
from vekha.intake.limits import damaged
from vekha.intake.readers.docx_grid import snap_columns
from vekha.intake.readers.docx_numbering import Numbering
from vekha.intake.readers.docx_package import Element, R, W, WordPackage
from vekha.intake.readers.docx_styles import VAL, Styles, switched, whole
from vekha.intake.readers.docx_text import (
    ACCEPTED,
    ALTERNATE,
    DELETED,
    SDT,
    TRANSPARENT,
    TextReader,
    chosen_branch,
    shown_content,
)
from vekha.intake.readers.office_nesting import BlockWriter, RawCell, RawPart, RawRow, RawTable, RawText, cell_text
from vekha.problems import Place, Problem, Severity

P, TBL, TR, TC = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_ALT_CHUNK = f"{W}altChunk"
_WORD_OF_LETTERHEAD = 3
_MAX_SPAN = 1024


def read_docx(data: bytes, source: Source) -> Document:
    """The document in a DOCX or DOCM package; raises ``UnreadableFile``.

    Pages are unknown (``place.page`` is ``None``); a table's rows are counted in the file, deleted ones included.
    """
    package = WordPackage(Archive(data))
    body = package.main().find(f"{W}body")
    if body is None:
        raise damaged("В файле DOCX нет текста документа: основная часть пуста.")
    styles = Styles(package.related("styles"))
    reader = _StoryReader(TextReader(styles, Numbering(package.related("numbering"), styles)))
    letterhead = _read_letterhead(package, body, styles)
    writer = BlockWriter()
    writer.write(reader.parts(body))
    notes = _read_notes(package, reader, writer.noted)
    blocks = (*letterhead, *writer.blocks, *notes)
    return Document(source, blocks, tuple(_problems(reader, blocks)))


class _StoryReader:
    """Reads blocks of one document in order: paragraphs into texts, tables into rows of cells of blocks."""

    def __init__(self, text: TextReader) -> None:
        self.text = text

    def parts(self, container: Element, *, boxes_first: bool = True) -> list[RawPart]:
        """The paragraphs and tables of a container, those of text boxes before (in cells: after) their paragraph."""
        parts: list[RawPart] = []
        begun = ""
        for child in self._blocks(container):
            if child.tag == TBL:
                if begun:
                    parts.append(RawText(begun.strip()))
                    begun = ""
                parts.append(self.table(child))
                continue
            read = self.text.read(child, begun)
            begun = read.text if read.joins_next else ""
            boxes = [part for box in read.boxes for part in self.parts(box)]
            if boxes_first:
                parts.extend(boxes)
            if read.notes or (read.text and not begun):
                parts.append(RawText("" if begun else read.text, read.heading, read.notes))
            if not boxes_first:
                parts.extend(boxes)
        if begun:
            parts.append(RawText(begun.strip()))
        return parts

    def table(self, element: Element) -> RawTable:
        """The table's rows; cells merged downwards have their row span, continuations are gone."""
        rows: list[RawRow] = []
        open_cells: dict[int, tuple[RawCell, int]] = {}
        number = 0
        for row in self._children(element, TR):
            number += 1
            properties = row.find(f"{W}trPr")
            if properties is not None and self._is_gone(properties):
                continue
            rows.append(self._row(row, properties, number, len(rows), open_cells))
        snap_columns(rows, [whole(item, 0, f"{W}w") or 0 for item in self._grid(element)])
        return RawTable(rows)

    def _grid(self, table: Element) -> Iterator[Element]:
        grid = table.find(f"{W}tblGrid")
        return iter(()) if grid is None else grid.iterchildren(f"{W}gridCol")

    def _row(
        self,
        row: Element,
        properties: Element | None,
        number: int,
        index: int,
        open_cells: dict[int, tuple[RawCell, int]],
    ) -> RawRow:
        raw = RawRow(number, [])
        column = _bounded(whole(properties.find(f"{W}gridBefore"), 0)) if properties is not None else 0
        for element in self._children(row, TC):
            cell_properties = element.find(f"{W}tcPr")
            span, down, across = _spans(cell_properties)
            if cell_properties is not None and cell_properties.find(f"{W}cellDel") is not None:
                self.text.noticed["changes"] += 1
                continue
            if across == "continue" and raw.cells:
                raw.cells[-1].col_span += span
                column += span
                continue
            above = open_cells.get(column) if down == "continue" else None
            if above is not None:
                above[0].row_span = index - above[1] + 1
            else:
                cell = RawCell(column, self.parts(element, boxes_first=False), span)
                raw.cells.append(cell)
                if down:
                    open_cells[column] = (cell, index)
                else:
                    open_cells.pop(column, None)
            column += span
        return raw

    def _is_gone(self, properties: Element) -> bool:
        if any(properties.find(tag) is not None for tag in DELETED):
            self.text.noticed["changes"] += 1
            return True
        if switched(properties, f"{W}hidden"):
            self.text.noticed["hidden"] += 1
            return True
        if any(properties.find(tag) is not None for tag in ACCEPTED):
            self.text.noticed["changes"] += 1
        return False

    def _blocks(self, container: Element) -> Iterator[Element]:
        for child in container:
            tag = child.tag
            if tag in (P, TBL):
                yield child
            elif tag == _ALT_CHUNK:
                self.text.noticed["chunks"] += 1
            else:
                inner = self._wrapped(child)
                if inner is not None:
                    yield from self._blocks(inner)

    def _children(self, container: Element, wanted: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, those inside content controls and marks of changes too."""
        for child in container:
            if child.tag == wanted:
                yield child
            else:
                inner = self._wrapped(child)
                if inner is not None:
                    yield from self._children(inner, wanted)

    def _wrapped(self, element: Element) -> Element | None:
        """The content of an element that only wraps others, ``None`` for everything else."""
        tag = element.tag
        if tag == SDT:
            return shown_content(element)
        if tag == ALTERNATE:
            return chosen_branch(element)
        return element if tag in TRANSPARENT else None


def _spans(properties: Element | None) -> tuple[int, str, str]:
    """How many grid columns a cell takes, and its place in a merge down and across: "", "restart" or "continue"."""
    if properties is None:
        return 1, "", ""
    span = max(_bounded(whole(properties.find(f"{W}gridSpan"), 1)), 1)
    merges = []
    for name in ("vMerge", "hMerge"):
        found = properties.find(f"{W}{name}")
        merges.append("" if found is None else found.get(VAL, "continue"))
    return span, merges[0], merges[1]


def _bounded(number: int | None) -> int:
    return min(max(number or 0, 0), _MAX_SPAN)


def _read_letterhead(package: WordPackage, body: Element, styles: Styles) -> list[Paragraph]:
    """The lines of the header that stands on the first page only; none where it holds nothing but page numbers."""
    section = next(body.iter(f"{W}sectPr"), None)
    if section is None or not switched(section, f"{W}titlePg"):
        return []
    for reference in section.findall(f"{W}headerReference"):
        if reference.get(f"{W}type") == "first":
            root = package.by_id(reference.get(f"{R}id"))
            if root is None:
                return []
            parts = _StoryReader(TextReader(styles, Numbering(None, styles))).parts(root)
            lines = [
                line for line in cell_text(parts).split("\n") if sum(map(str.isalpha, line)) >= _WORD_OF_LETTERHEAD
            ]
            return [Paragraph(line, Place()) for line in lines]
    return []


def _read_notes(package: WordPackage, reader: _StoryReader, noted: Sequence[tuple[str, Place]]) -> list[Paragraph]:
    """The footnotes and endnotes that the text refers to, once each, in the order of their references."""
    if not noted:
        return []
    found: dict[str, Element] = {}
    for prefix, kind in (("f", "footnote"), ("e", "endnote")):
        root = package.related(f"{kind}s")
        if root is not None:
            found.update((prefix + note.get(f"{W}id", ""), note) for note in root.iter(f"{W}{kind}"))
    paragraphs = []
    for mark, place in noted:
        note = found.pop(mark, None)
        if note is not None:
            reader.text.forget_fields()
            text = cell_text(reader.parts(note))
            if text:
                paragraphs.append(Paragraph(text, place))
    return paragraphs


_NOTICES = {
    "changes": (
        "tracked-changes-accepted",
        "В документе есть исправления (рецензирование): он прочитан так, как если бы все они были приняты.",
        Severity.NOTE,
        "Примите или отклоните исправления в Word, чтобы не было сомнений в тексте.",
    ),
    "hidden": (
        "hidden-text",
        "В документе есть скрытый текст: он не прочитан.",
        Severity.NOTE,
        "Если скрытый текст нужен, снимите с него в Word признак «скрытый».",
    ),
    "pictures": (
        "pictures-not-read",
        "В документе есть рисунки: текст на них не прочитан.",
        Severity.NOTE,
        "Если на рисунке таблица или текст, сохраните его отдельным файлом (PNG, JPEG) и прочитайте как скан.",
    ),
    "diagrams": (
        "diagrams-not-read",
        "В документе есть схемы или диаграммы: текст на них не прочитан.",
        Severity.WARNING,
        "Перенесите важный текст схемы в обычный абзац или таблицу.",
    ),
    "objects": (
        "embedded-object-not-read",
        "В документ вставлен объект другой программы (например, лист Excel): он не прочитан.",
        Severity.WARNING,
        "Скопируйте содержимое объекта в документ обычной таблицей или сохраните его отдельным файлом.",
    ),
    "chunks": (
        "embedded-part-not-read",
        "В документ вставлен другой документ целиком (altChunk): он не прочитан.",
        Severity.ERROR,
        "Откройте документ в Word и сохраните заново: вставленная часть станет обычным текстом.",
    ),
}


def _problems(reader: _StoryReader, blocks: Sequence[Block]) -> Iterator[Problem]:
    for kind, (code, message, severity, hint) in _NOTICES.items():
        if reader.text.noticed[kind]:
            yield Problem(code, message, severity, hint)
    if not blocks:
        yield Problem(
            "no-text",
            "В документе нет текста.",
            Severity.ERROR,
            "Если страницы документа вставлены рисунками, сохраните его в PDF и прочитайте как скан.",
        )
