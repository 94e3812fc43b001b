"""PDF → paragraphs and tables: the text layer where it is good, the picture of the page where it is not.

Opens the file, walks its pages, puts tables and paragraphs into reading order. Scripts, links and attached files are
not touched. Nothing is interpreted and no table is continued over pages here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2 as pdfium

from vekha.intake.document import Block, Document, Format, Paragraph, Source, Table, UnreadableFile
from vekha.intake.isolation import tell_progress
from vekha.intake.limits import DEFAULT_LIMITS, damaged, encrypted, ensure_table_fits, over_limits
from vekha.intake.readers.pdf_borderless import NO_TABLE, OpenTable
from vekha.intake.readers.pdf_columns import in_columns
from vekha.intake.readers.pdf_hyphens import Hyphenation, study_hyphens
from vekha.intake.readers.pdf_lines import Line
from vekha.intake.readers.pdf_margins import running_lines
from vekha.intake.readers.pdf_page import PageContent, read_page
from vekha.intake.readers.pdf_paragraphs import Column, is_centred, split_paragraphs, usual_leading, wrapped_text
from vekha.intake.readers.pdf_tables import read_table
from vekha.problems import Place, Problem, Severity

MAX_PAGES = 600
"""Pages of the largest file that is read; the longest regional programmes with annexes have about 300."""

_SCAN_DPI = 300
_MAX_PIXELS = 40_000_000
_POINTS_PER_INCH = 72
_PASSWORD_NEEDED = 4
_END_WITHIN = 2_048
_RUNS_OFF = 12.0
"""Points from the page's edge within which a table is cut by it and says nothing of the room that text has."""


@dataclass(slots=True)
class _Reading:
    """What has been written so far, and the numbers of the pages about which something is to be said."""

    hyphens: Hyphenation = field(default_factory=Hyphenation)
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: int = 0
    recognised: int = 0


def read_pdf(data: bytes, source: Source) -> Document:
    """The document in a PDF file; its format becomes «scan» when most pages had to be recognised from their pictures.

    Raises ``UnreadableFile`` for what is damaged, opens only with a password, has no pages or too many.
    """
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise damaged("В файле PDF нет ни одной страницы.")
        if count > MAX_PAGES:
            raise over_limits(f"В файле PDF {count} страниц, читается не больше {MAX_PAGES}.")
        reading = _Reading()
        contents: list[PageContent | None] = []
        for index in range(count):
            above = contents[-1] if contents else None
            contents.append(_content(document, index, reading, above.still_open if above else NO_TABLE))
        reading.hyphens = study_hyphens(_columns(contents))
        running = running_lines([(page.box, page.lines) if page else ((0, 0, 1, 1), []) for page in contents])
        for index, (page, omitted) in enumerate(zip(contents, running, strict=True)):
            tell_progress(index, count)
            if page is None:
                continue
            if page.needs_scan and _recognise(document, index, page, reading):
                continue
            _write(page, omitted, index + 1, reading)
        reading.problems += _file_notes(document, data)
    finally:
        document.close()
    tables = [block for block in reading.blocks if isinstance(block, Table)]
    ensure_table_fits(
        sum(len(table.rows) for table in tables), sum(len(row.cells) for table in tables for row in table.rows)
    )
    scanned = 2 * reading.recognised > count
    return Document(
        replace(source, format=Format.SCAN if scanned else Format.PDF, pages=count),
        tuple(reading.blocks),
        tuple(reading.problems),
    )


def _columns(contents: Sequence[PageContent | None]) -> Iterator[list[str]]:
    """The texts of the lines of every cell, and of each page outside its tables."""
    for page in contents:
        if page is not None:
            yield [line.text for line in page.lines]
            yield from ([line.text for line in lines] for table in page.tables for lines in table.columns())


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED:
            raise encrypted("Файл PDF открывается только с паролем.") from error
        raise damaged("Файл PDF повреждён или оборван: его структура не читается.") from error


def _content(document: Any, index: int, reading: _Reading, carried: OpenTable) -> PageContent | None:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        reading.problems.append(_unreadable_page(index + 1))
        return None
    try:
        return read_page(page, carried)
    except pdfium.PdfiumError:
        reading.problems.append(_unreadable_page(index + 1))
        return None
    finally:
        page.close()


def _unreadable_page(number: int) -> Problem:
    return Problem(
        "page-unreadable",
        f"Страница {number} файла PDF повреждена и не прочитана.",
        Severity.ERROR,
        "Сохраните документ заново или приложите эту страницу отдельно.",
        Place(page=number),
    )


def _recognise(document: Any, index: int, content: PageContent, reading: _Reading) -> bool:
    """Put what is on the page's picture into the reading; false if the text layer must do."""
    from vekha.intake.readers.scan import recognise_page  # noqa: PLC0415 — loads OpenCV, which text PDFs do not need

    number = index + 1
    if reading.recognised >= DEFAULT_LIMITS.scanned_pages:
        reading.problems.append(_too_many_pictures(number))
        return True
    image, dpi = _picture(document, index)
    try:
        page = recognise_page(image, page=number, first_table=reading.tables + 1, dpi=dpi)
    except UnreadableFile:
        if content.needs_scan == "layer":
            return False
        raise
    reading.recognised += 1
    reading.blocks += page.blocks
    reading.problems += page.problems
    reading.tables += sum(isinstance(block, Table) for block in page.blocks)
    if content.needs_scan == "garbage":
        reading.problems.append(
            Problem(
                "text-layer-garbage",
                f"Страница {number}: текст в файле PDF записан без таблицы символов, поэтому он распознан по картинке.",
                Severity.NOTE,
                "Проверьте текст этой страницы или сохраните документ в PDF заново.",
                Place(page=number),
            )
        )
    return True


def _too_many_pictures(number: int) -> Problem:
    return Problem(
        "page-not-recognised",
        f"Страница {number} не распознана: в файле больше {DEFAULT_LIMITS.scanned_pages} сканированных страниц.",
        Severity.ERROR,
        "Разделите файл на части.",
        Place(page=number),
    )


def _picture(document: Any, index: int) -> tuple[Any, int]:
    """The page rendered for recognition, and the resolution in dots per inch (less than usual for huge pages)."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = _SCAN_DPI / _POINTS_PER_INCH
        area = max(width * height, 1.0)
        scale = min(scale, (_MAX_PIXELS / area) ** 0.5)
        image = page.render(scale=scale, grayscale=True).to_pil()
    except (pdfium.PdfiumError, MemoryError, ValueError) as error:
        raise damaged(f"Страницу {index + 1} файла PDF нельзя показать: файл повреждён.") from error
    finally:
        page.close()
    return image, round(scale * _POINTS_PER_INCH)


def _write(page: PageContent, omitted: set[int], number: int, reading: _Reading) -> None:
    """Put the page's paragraphs and tables into the reading, from top to bottom."""
    lines = [line for index, line in enumerate(page.lines) if index not in omitted]
    tables = sorted(page.tables, key=lambda table: (table.box[1], table.box[0]))
    edges = _edges(page, lines)
    slots: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines:
        slots[sum(table.box[1] < line.baseline for table in tables)].append(line)
    leading = usual_leading([lines], right=edges[1])
    for slot, after in zip(slots, [*tables, None], strict=True):
        reading.blocks += _paragraphs(slot, edges, leading, number, page.confidence, reading.hyphens)
        if after is not None:
            reading.tables += 1
            reading.blocks.append(
                read_table(
                    after,
                    page=number,
                    number=reading.tables,
                    confidence=page.confidence,
                    hyphens=reading.hyphens,
                    within=page.box if _is_upright(page) else None,
                )
            )
    reading.problems += _page_notes(page, number)


def _is_upright(page: PageContent) -> bool:
    """Whether the page was read as it is shown: the outline of a turned one begins elsewhere."""
    return page.box[0] > -1 and page.box[3] < 1


def _edges(page: PageContent, lines: Sequence[Line]) -> tuple[float, float]:
    """The left and right edges of the writing on the page."""
    lefts = [line.left for line in lines] + [table.box[0] for table in page.tables]
    inside = [table.box[2] for table in page.tables if table.box[2] < page.box[2] - _RUNS_OFF]
    rights = [line.right for line in lines] + inside
    return (min(lefts), max(rights)) if lefts and rights else (page.box[0], page.box[2])


def _paragraphs(
    lines: Sequence[Line],
    edges: tuple[float, float],
    leading: float,
    number: int,
    confidence: float,
    hyphens: Hyphenation,
) -> Iterator[Paragraph]:
    for group in in_columns(lines, left=edges[0], right=edges[1]):
        column = Column(group.left, group.right, leading)
        for parts in split_paragraphs(group.lines, column):
            written = [line for part in parts for line in part]
            text = "\n".join(filled for part in parts if (filled := wrapped_text(part, column, hyphens)))
            mark = parts[0][0].mark
            if text or mark:
                heading = all(line.bold and is_centred(line, Column(*edges, leading)) for line in written)
                yield Paragraph(f"{mark} {text}".strip(), Place(page=number), heading, confidence)


def _page_notes(page: PageContent, number: int) -> Iterator[Problem]:
    place = Place(page=number)
    for text in dict.fromkeys(page.slanted):
        message = f"Страница {number}: надпись «{text}» поперёк листа в текст не вошла."
        yield Problem("slanted-text", message, Severity.NOTE, "Проверьте, не важна ли она.", place)
    if page.repaired:
        message = f"Страница {number}: буквы в файле PDF записаны в старой кодировке и восстановлены."
        yield Problem("code-page-repaired", message, Severity.NOTE, "Сверьте текст с документом.", place)
    if page.needs_scan == "layer":
        message = f"Страница {number} – скан с готовым распознанным текстом: он взят как есть."
        yield Problem("text-layer-unsure", message, Severity.WARNING, "Сверьте текст с документом.", place)
    if page.cut:
        message = f"Страница {number}: на ней слишком много знаков, часть текста не прочитана."
        yield Problem("text-cut", message, Severity.ERROR, "Сохраните документ заново, разделив на страницы.", place)


def _file_notes(document: Any, data: bytes) -> Iterator[Problem]:
    attached = document.count_attachments()
    if attached > 0:
        message = f"В файл PDF вложены другие файлы ({attached}): они не прочитаны."
        yield Problem("attached-files", message, Severity.NOTE, "Если в них есть приложения, откройте их отдельно.")
    if b"%%EOF" not in data[-_END_WITHIN:]:
        message = "Файл PDF обрывается: возможно, он скачан не до конца и часть страниц потеряна."
        hint = "Скачайте файл заново и сравните число страниц."
        yield Problem("file-truncated", message, Severity.WARNING, hint)
