"""Scanned pages and pictures → paragraphs and tables.

A page is straightened, its table lines are found and painted out, every cell and every block of text is cut out as a picture
of its own, all pictures are recognised in one go, and the words come back to the cells they were cut from: so columns cannot
mix, and empty cells stay empty. Nothing is interpreted here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
from PIL import Image

from vekha.intake.document import Block, Document, Format, Paragraph, Source, Table
from vekha.intake.isolation import tell_progress
from vekha.intake.readers.ruled_grid import Box
from vekha.intake.readers.scan_cells import EMPTY, CellReading, Cutting, build_table, cut_cells, cut_out, read_cell
from vekha.intake.readers.scan_frames import even_grey, open_frames
from vekha.intake.readers.scan_layout import Passage, block_margins, margins_of, split_passages, text_boxes, with_blanks
from vekha.intake.readers.scan_lines import RuledPage, take_lines
from vekha.intake.readers.scan_ocr import Word, recognise_pictures
from vekha.intake.readers.scan_page import straighten, upside_down
from vekha.intake.readers.scan_second import letter_height, look_again
from vekha.intake.readers.scan_words import Line, build_lines, joint_confidence, wrapped_text
from vekha.problems import Place, Problem, Severity

DOUBTFUL = 0.75
"""Confidence under which a cell or paragraph is reported."""

_SMALLEST = 40
"""Points of the smaller side under which nothing can be read."""

_TURNED = 0.55
"""Mean confidence under which the page is tried upside down."""

_HOPELESS = 0.2
"""Mean confidence under which a page is no text at all (a photograph, noise); text upside down gives about 0.3."""

_SOIL = 0.4
"""Confidence under which text outside tables is taken for a stamp, a signature or dirt and left out, with a note."""

_PAGE_NUMBER = re.compile(r"[-–—]?\s?\d{1,3}\s?[-–—]?\Z")


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page gave: blocks in reading order, problems, and the mean confidence 0…1 (1 for an empty page)."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    confidence: float


def recognise_page(image: Image.Image, *, page: int, first_table: int, dpi: int) -> PageReading:
    """Read the picture of one page.

    ``page`` is its 1-based number, ``first_table`` the number its first table gets; ``dpi`` is the picture's resolution, 0 if
    unknown. Raises ``UnreadableFile`` if Tesseract or its Russian data are not installed.
    """
    grey = np.asarray(even_grey(image), dtype=np.uint8)
    if min(grey.shape) < _SMALLEST:
        return PageReading((), (_nothing_read(page),), 1.0)
    straight = straighten(grey)
    first = seen = _look(take_lines(straight))
    if _HOPELESS <= seen.confidence < _TURNED:
        seen = max(seen, _look(take_lines(upside_down(straight))), key=lambda look: look.confidence)
    reading = _read(seen)
    height, width = reading.page.letters.shape
    turned = seen is not first or (height > width) != (grey.shape[0] > grey.shape[1])
    within = None if turned else (0.0, 0.0, float(width), float(height))
    return _assemble(reading, page=page, first_table=first_table, within=within)


def read_image(data: bytes, source: Source) -> Document:
    """A picture file (PNG, JPEG, TIFF of many pages, BMP, WebP, HEIC) as a document of format «scan».

    Raises ``UnreadableFile`` for what is damaged, over the limits or not a picture, and if Tesseract is not installed.
    """
    frames = open_frames(data)
    blocks: list[Block] = []
    problems: list[Problem] = list(frames.problems)
    tables = 0
    for number, frame in enumerate(frames.pages, start=1):
        reading = recognise_page(frame.grey, page=number, first_table=tables + 1, dpi=frame.dpi)
        blocks += reading.blocks
        problems += reading.problems
        tables += sum(isinstance(block, Table) for block in reading.blocks)
        tell_progress(number, frames.count)
    return Document(replace(source, format=Format.SCAN, pages=frames.count), tuple(blocks), tuple(problems))


@dataclass(frozen=True, slots=True)
class _Look:
    """A page cut into pictures, those of its cells first, then those of its blocks, and the words read at the first look."""

    page: RuledPage
    cells: dict[tuple[int, int], Cutting]
    boxes: tuple[Box, ...]
    blocks: tuple[Cutting, ...]
    answers: list[tuple[Word, ...]]
    words: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page with what was recognised: cells by (grid, cell), the boxes of its blocks and their lines in page coordinates."""

    page: RuledPage
    cells: dict[tuple[int, int], CellReading]
    boxes: tuple[Box, ...]
    lines: tuple[tuple[Line, ...], ...]
    confidence: float


def _look(page: RuledPage) -> _Look:
    cells = cut_cells(page)
    cut = [(box, cutting) for box in text_boxes(page) if (cutting := cut_out(page, box)) is not None]
    blocks = tuple(cutting for _, cutting in cut)
    answers = recognise_pictures([cutting.picture for cutting in (*cells.values(), *blocks)])
    every = [word.confidence for words in answers for word in words]
    boxes = tuple(box for box, _ in cut)
    return _Look(page, cells, boxes, blocks, answers, len(every), fmean(every) if every else 1.0)


def _read(seen: _Look) -> _Reading:
    page = seen.page
    pictures = {at: cutting.picture for at, cutting in enumerate((*seen.cells.values(), *seen.blocks))}
    answers = dict(enumerate(seen.answers))
    if seen.confidence >= 2 * _HOPELESS:
        answers = look_again(pictures, answers, letter=page.letter)
    letter = letter_height((word for words in answers.values() for word in words), guess=page.letter)
    in_cells = {place: read_cell(answers[at], letter=letter) for at, place in enumerate(seen.cells)}
    lines = []
    for at, cutting in enumerate(seen.blocks, start=len(seen.cells)):
        on_page = [word.moved(cutting.left, cutting.top) for word in answers[at]]
        lines.append(tuple(build_lines(with_blanks(on_page, page), letter=letter)))
    return _Reading(page, in_cells, seen.boxes, tuple(lines), seen.confidence)


def _assemble(reading: _Reading, *, page: int, first_table: int, within: Box | None) -> PageReading:
    placed: list[tuple[float, Block]] = []
    problems: list[Problem] = []
    for grid_at, grid in enumerate(reading.page.grids):
        answers = [reading.cells.get((grid_at, cell_at), EMPTY) for cell_at in range(len(grid.cells))]
        table = build_table(grid, answers, page=page, table=first_table + grid_at, within=within)
        placed.append((grid.box[1], table))
        problems += _doubtful_cells(table)
    paragraphs, left_out = _paragraphs(reading, page)
    problems += [problem for _, paragraph in paragraphs if (problem := _doubtful_paragraph(paragraph)) is not None]
    if left_out:
        problems.append(_soil_note(left_out, page))
    blocks = tuple(_in_order(placed, paragraphs))
    if not blocks and not left_out and reading.page.ink.any():
        problems.append(_nothing_read(page))
    return PageReading(blocks, tuple(problems), round(reading.confidence, 3))


def _paragraphs(reading: _Reading, page: int) -> tuple[list[tuple[float, Paragraph]], int]:
    """The paragraphs with their upper edges, and how many lots of stamps, signatures and dirt were left out."""
    margins = margins_of(reading.page, reading.boxes)
    height = reading.page.ink.shape[0]
    kept: list[tuple[float, Paragraph]] = []
    left_out = 0
    for box, lines in zip(reading.boxes, reading.lines, strict=True):
        block = block_margins(box, reading.boxes, margins)
        for passage in split_passages(lines, page=margins, block=block, letter=reading.page.letter):
            top = passage.lines[0].top
            paragraph = _paragraph(passage, page)
            if _is_page_number(paragraph.text, top / height) or not paragraph.text:
                continue
            if _is_soil(paragraph):
                left_out += 1
            else:
                kept.append((top, paragraph))
    return kept, left_out


def _paragraph(passage: Passage, page: int) -> Paragraph:
    text = wrapped_text(passage.lines)
    return Paragraph(text, Place(page=page), heading=passage.centred, confidence=joint_confidence(passage.lines))


def _in_order(tables: list[tuple[float, Block]], paragraphs: list[tuple[float, Paragraph]]) -> list[Block]:
    """Tables and paragraphs of the page; paragraphs keep their own order, a table comes before what begins below its top."""
    ordered: list[Block] = []
    waiting = sorted(tables, key=lambda table: table[0])
    for top, paragraph in paragraphs:
        while waiting and waiting[0][0] <= top:
            ordered.append(waiting.pop(0)[1])
        ordered.append(paragraph)
    return [*ordered, *(table for _, table in waiting)]


def _is_page_number(text: str, height: float) -> bool:
    return _PAGE_NUMBER.match(text) is not None and not 0.09 < height < 0.91


def _is_soil(paragraph: Paragraph) -> bool:
    signs = sum(mark.isalnum() for mark in paragraph.text)
    return signs == 0 or paragraph.confidence < (_SOIL if signs > 4 else _SOIL + 0.2)


def _doubtful_cells(table: Table) -> list[Problem]:
    return [
        Problem(
            "low-confidence",
            f"Ячейка скана распознана неуверенно ({cell.confidence:.0%}): «{_short(cell.text)}».",
            Severity.WARNING,
            "Сверьте ячейку с оригиналом.",
            replace(row.place, column=cell.column + 1),
        )
        for row in table.rows
        for cell in row.cells
        if cell.text and cell.confidence < DOUBTFUL
    ]


def _doubtful_paragraph(paragraph: Paragraph) -> Problem | None:
    if paragraph.confidence >= DOUBTFUL:
        return None
    return Problem(
        "low-confidence",
        f"Абзац скана распознан неуверенно ({paragraph.confidence:.0%}): «{_short(paragraph.text)}».",
        Severity.WARNING,
        "Сверьте абзац с оригиналом.",
        paragraph.place,
    )


def _soil_note(count: int, page: int) -> Problem:
    return Problem(
        "scan-marks-skipped",
        f"На странице {page} пропущены нечитаемые знаки вне таблиц (печать, подпись, загрязнение), мест: {count}.",
        Severity.NOTE,
        "Если там был текст, отсканируйте страницу заново с разрешением 300 точек на дюйм.",
        Place(page=page),
    )


def _nothing_read(page: int) -> Problem:
    return Problem(
        "scan-unread",
        f"На странице {page} скана не удалось прочитать текст.",
        Severity.WARNING,
        "Отсканируйте страницу заново: ровно, 300 точек на дюйм, в оттенках серого.",
        Place(page=page),
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else plain[:59].rstrip() + "…"
