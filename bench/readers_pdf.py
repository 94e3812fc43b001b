"""The reader of text PDFs beside pdfium alone and beside pdfplumber, in time and in exact cells."""

from __future__ import annotations

import ctypes
import io
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as raw

from tests.builders.pdf_compare import SOURCE, tables_of, texts_of
from tests.builders.pdf_orders import every_grid, plain
from tests.builders.pdf_pages import Grid, Printed, Setting, Typesetter
from tests.builders.pdf_seeds import seed_grids
from tests.conftest import find_seeds
from vekha.intake.readers.pdf import read_pdf
from vekha.text.normalise import collapse

GOAL = "≤ 2"
ROUNDS = 5
SETTINGS = (
    Setting(split_rows=False),
    Setting(size=11, hyphenate=True, align="justify", page_numbers="bottom", split_rows=False),
    Setting(borders="boxes", family="sans", size=10, align="centre", middle=True, split_rows=False),
)
"""Layouts whose rows are not cut by pages, so that a cell of the file is a cell of the source."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A printed document and the tables it was printed from."""

    printed: Printed
    grids: Sequence[Grid]


def run() -> list[dict[str, Any]]:
    """Time against both, cells against pdfplumber, memory over pages."""
    samples = list(_samples())
    files = [sample.printed.data for sample in samples]
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in files)
    ours = _seconds(lambda: [read_pdf(data, SOURCE) for data in files])
    letters = _seconds(lambda: [read_bare(data, lines=False) for data in files])
    both = _seconds(lambda: [read_bare(data, lines=True) for data in files])
    plumbed = _seconds(lambda: [list(plumb(data)) for data in files], rounds=1)
    right, wrong = _exact(samples, lambda data: [texts_of(table) for table in tables_of(read_pdf(data, SOURCE))])
    theirs, missed = _exact(samples, lambda data: list(plumb(data)))
    small, large = (_peak(count) for count in (40, 160))
    note = f"{len(files)} files, {pages} pages"
    return [
        {
            "name": "text PDF against pypdfium2: letters with boxes, lines",
            "ours": _per_page(ours, pages),
            "floor": _per_page(both, pages),
            "ratio": round(ours / both, 2),
            "goal": GOAL,
            "note": f"{note}; what a reader of tables has to ask of the library, and nothing made of it",
        },
        {
            "name": "text PDF against pypdfium2: letters with boxes only",
            "ours": _per_page(ours, pages),
            "floor": _per_page(letters, pages),
            "ratio": round(ours / letters, 2),
            "note": note,
        },
        {
            "name": "text PDF against pdfplumber extract_tables",
            "ours": _per_page(ours, pages),
            "peer": _per_page(plumbed, pages),
            "ratio": round(ours / plumbed, 3),
            "note": note,
        },
        {
            "name": "text PDF, cells exact",
            "ours": f"{right} of {right + wrong}",
            "peer": f"{theirs} of {theirs + missed} (pdfplumber)",
            "ratio": round(right / max(1, theirs), 3),
            "note": "invented tables, and those of the real orders where present; white space collapsed",
        },
        {
            "name": "text PDF, memory for four times the pages",
            "ours": f"{large / 2**20:.1f} MiB",
            "floor": f"{small / 2**20:.1f} MiB",
            "ratio": round(large / small, 2),
            "goal": "≤ 4.4",
            "note": "peak of Python's allocations, 160 and 40 pages",
        },
    ]


def read_bare(data: bytes, *, lines: bool) -> int:
    """Ask pdfium for the code and box of every character, and for every point of every path where ``lines``."""
    document = pypdfium2.PdfDocument(data)
    sides = [ctypes.c_double() for _ in range(4)]
    count = 0
    for page in document:
        text = page.get_textpage()
        for index in range(raw.FPDFText_CountChars(text.raw)):
            raw.FPDFText_GetUnicode(text.raw, index)
            raw.FPDFText_GetCharBox(text.raw, index, *sides)
            count += 1
        if lines:
            count += sum(_points(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw)))
        text.close()
        page.close()
    document.close()
    return count


def _points(page: Any, index: int) -> int:
    item = raw.FPDFPage_GetObject(page, index)
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return 0
    x, y = ctypes.c_float(), ctypes.c_float()
    total: int = raw.FPDFPath_CountSegments(item)
    for place in range(total):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, place), x, y)
    return total


def plumb(data: bytes) -> Iterator[list[list[str]]]:
    """The tables pdfplumber finds with its own settings."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield [[cell or "" for cell in row] for row in table]


def _samples() -> Iterator[Sample]:
    folder = find_seeds()
    orders = [grids for _, grids in seed_grids(folder)] if folder else []
    for setting in SETTINGS:
        for name, grid in every_grid().items():
            if name != "long_cells":
                yield _printed([grid], setting)
        for grids in orders:
            yield _printed(grids, setting)


def _printed(grids: Sequence[Grid], setting: Setting) -> Sample:
    sheet = Typesetter(setting)
    for grid in grids:
        sheet.table(grid)
        sheet.y += 30
    return Sample(sheet.finish(), grids)


def _exact(samples: Sequence[Sample], read: Callable[[bytes], list[list[list[str]]]]) -> tuple[int, int]:
    """How many printed cells with text are among the texts of their row as read, and how many are not."""
    right = wrong = 0
    for sample in samples:
        tables = read(sample.printed.data)
        for number, (grid, rows) in enumerate(sample.printed.tables):
            for place, source in enumerate(rows):
                found = tables[number][place] if number < len(tables) and place < len(tables[number]) else []
                texts = [collapse(text) for text in found]
                for cell in filter(None, sample.grids[grid].rows[source]):
                    right += collapse(cell) in texts
                    wrong += collapse(cell) not in texts
    return right, wrong


def _peak(pages: int) -> int:
    sheet = Typesetter(replace(SETTINGS[0], size=9))
    for _ in range(pages):
        sheet.table(plain(9))
        sheet.new_page()
    data = sheet.finish().data
    read_pdf(data, SOURCE)  # what is loaded and cached once is not the document's
    tracemalloc.start()
    try:
        read_pdf(data, SOURCE)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def _per_page(seconds: float, pages: int) -> str:
    return f"{1000 * seconds / pages:.1f} ms a page"
