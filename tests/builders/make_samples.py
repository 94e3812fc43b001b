"""Builds the samples whose files are not written by hand: ``python -m tests.builders.make_samples`` puts them into ``samples/``.

The same descriptions give the same files: DOCX, ODT, RTF, XLSX and the texts byte for byte, PDF and pictures as far as the
fonts and libraries of the machine are the same.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.builders.sample_packages import docx_bytes, odt_bytes, rtf_bytes
from tests.builders.sample_plans import (
    AMENDMENT,
    LANDSCAPE,
    MANY_ANNEXES,
    PHOTOGRAPHED,
    QUARTERS,
    SCANNED,
    WORKING_PLAN,
)
from tests.builders.sample_texts import (
    DRAWN_TEXT,
    MONTH_HEADER,
    MONTH_ROWS,
    MONTH_TITLE,
    PERIOD_HEADER,
    PERIOD_ROWS,
    PERIOD_TITLE,
    QUARTER_TEXT,
)
from tests.builders.scan_pages import Wear, packed, rasterise, set_pdf, wear

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
COPIED = Wear(skew=0.4, blur=0.4, noise=0)
DPI = 200


def make_months() -> bytes:
    """A sheet with a column for each month, crosses in the cells, a title merged over the whole width."""
    buffer = io.BytesIO()
    book = _workbook(buffer)
    sheet = book.add_worksheet("2025")
    sheet.merge_range(0, 0, 0, len(MONTH_HEADER) - 1, MONTH_TITLE)
    sheet.write_row(2, 0, MONTH_HEADER)
    for at, (number, text, who, months) in enumerate(MONTH_ROWS, start=3):
        sheet.write_row(at, 0, (number, text, who))
        for month in months:
            sheet.write(at, 2 + month, "×")
    book.close()
    return buffer.getvalue()


def make_periods() -> bytes:
    """A sheet with columns for the start and the end, real dates in some cells and typed ones in others, section rows."""
    buffer = io.BytesIO()
    book = _workbook(buffer)
    dated = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("План")
    sheet.merge_range(0, 0, 0, 5, PERIOD_TITLE)
    sheet.write_row(1, 0, PERIOD_HEADER)
    for at, row in enumerate(PERIOD_ROWS, start=2):
        if isinstance(row, str):
            sheet.merge_range(at, 0, at, 5, row)
            continue
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), dated)  # noqa: DTZ001 — a day of a sheet
            elif value:
                sheet.write(at, column, value)
    book.close()
    return buffer.getvalue()


def _workbook(buffer: io.BytesIO) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1, tzinfo=UTC)})
    return book


def make_scan() -> bytes:
    """A PDF of page pictures, a little skewed, in black and white."""
    pages = [
        wear(page, COPIED).point(lambda shade: 255 if shade > 150 else 0).convert("1")
        for page in rasterise(set_pdf(SCANNED), DPI)
    ]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in pages:
        width, height = page.width * 72 / DPI, page.height * 72 / DPI
        canvas.setPageSize((width, height))
        canvas.drawInlineImage(page, 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_picture() -> bytes:
    """One page as a PNG in sixteen greys."""
    (page,) = rasterise(set_pdf(PHOTOGRAPHED), DPI)
    return packed(page.quantize(16, dither=Image.Dither.NONE), optimize=True)


BUILT: dict[str, Callable[[], bytes]] = {
    "08-quarters.txt": lambda: QUARTER_TEXT.encode("cp1251"),
    "09-quarters-merged.docx": lambda: docx_bytes(QUARTERS),
    "10-months.xlsx": make_months,
    "11-start-end.xlsx": make_periods,
    "12-working-plan.odt": lambda: odt_bytes(WORKING_PLAN),
    "14-drawn.txt": lambda: DRAWN_TEXT.replace("\n", "\r\n").encode("utf-16"),
    "15-many-annexes.docx": lambda: docx_bytes(MANY_ANNEXES),
    "16-landscape.pdf": lambda: set_pdf(LANDSCAPE),
    "17-scan.pdf": make_scan,
    "18-school-order.png": make_picture,
    "19-amendment.rtf": lambda: rtf_bytes(AMENDMENT),
}


def main() -> None:
    """Write every built sample into ``samples/``."""
    for name, build in BUILT.items():
        (SAMPLES / name).write_bytes(build())


if __name__ == "__main__":
    main()
