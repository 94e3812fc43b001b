"""Pages that look scanned: tables and paragraphs set in PDF by reportlab, rasterised by pdfium, then skewed, blurred, soiled.

What every page shows is known to the letter, so a reader's answer can be compared cell by cell.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as FlowTable

FONT_FILES = {
    "serif": ("truetype/liberation/LiberationSerif-Regular.ttf", "truetype/liberation/LiberationSerif-Bold.ttf"),
    "sans": ("truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf"),
    "dejavu": ("truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSerif-Bold.ttf"),
}
Span = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table to set; ``spans`` are ((column, row), (column, row)) corners, ``widths`` are shares of the text's width."""

    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    spans: Sequence[Span] = ()
    header: bool = True
    rule: float = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page(s): strings become paragraphs («# …» a bold centred heading), grids become tables."""

    parts: Sequence[str | Grid]
    family: str = "serif"
    size: float = 11.0
    wide: bool = False
    header: str = field(default="")


PLAN = Grid(
    (
        ("№ п/п", "Наименование мероприятия", "Ответственный", "Результат", "Срок"),
        (
            "1.",
            "Утвержден перечень школ, на базе которых создаются центры",
            "Комитет образования",
            "приказ",
            "1 марта 2026 года",
        ),
        (
            "2.",
            "Объявлены закупки товаров, работ, услуг для создания центров",
            "Комитет образования, школы",
            "извещения о проведении закупок",
            "не позднее 15 апреля 2026 года",
        ),
        ("3.", "Проведено обучение педагогов", "", "удостоверения", "25 августа 2026 года, далее – ежегодно"),
        ("4.", "Начало работы центров", "Школы", "информация на сайте школы", "1 сентября 2026 года"),
    ),
    (5, 24, 15, 16, 16),
)
"""A small roadmap of an invented region; one cell is empty."""


def fonts_present(family: str = "serif") -> bool:
    """Are the font files of the family installed here?"""
    return all((Path("/usr/share/fonts") / name).exists() for name in FONT_FILES[family])


def set_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF with a text layer, A4; a long table is cut between rows (and inside a row taller than the page)."""
    regular, bold = _register(sheet.family)
    body = ParagraphStyle(
        "body", fontName=regular, fontSize=sheet.size, leading=sheet.size * 1.2, firstLineIndent=24, spaceAfter=3
    )
    cell = ParagraphStyle("cell", fontName=regular, fontSize=sheet.size, leading=sheet.size * 1.18)
    head = ParagraphStyle(
        "head", fontName=bold, fontSize=sheet.size, leading=sheet.size * 1.25, alignment=TA_CENTER, spaceAfter=8
    )
    pagesize = landscape(A4) if sheet.wide else A4
    margin_left, margin_right, margin = 70.0, 40.0, 50.0
    width = pagesize[0] - margin_left - margin_right
    flows: list[Flowable] = []
    for part in sheet.parts:
        if isinstance(part, Grid):
            flows += [_flow_table(part, width, cell, bold), Spacer(1, 8)]
        elif part == "\f":
            flows.append(PageBreak())
        elif part.startswith("# "):
            flows.append(Flow(_markup(part[2:]), head))
        else:
            flows.append(Flow(_markup(part), body))
    out = io.BytesIO()
    frame = Frame(margin_left, margin, width, pagesize[1] - 2 * margin, leftPadding=0, rightPadding=0)
    document = BaseDocTemplate(out, pagesize=pagesize, pageTemplates=[PageTemplate(frames=[frame])], invariant=True)
    document.build(flows)
    return out.getvalue()


def rasterise(pdf: bytes, dpi: int = 300) -> list[Image.Image]:
    """Every page of the PDF as a greyscale picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class Wear:
    """What the scanner, the copier and the years did to a page."""

    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int = 0
    shade: float = 0.0
    seed: int = 7


ROUGH = Wear(skew=1.5, blur=0.7, noise=9.0, jpeg=60)


def wear(image: Image.Image, how: Wear) -> Image.Image:
    """The same page after skew (degrees, counter-clockwise), uneven light, blur (sigma), noise (sigma of 255) and JPEG."""
    grey: npt.NDArray[Any] = np.asarray(image.convert("L")).astype(np.float32)
    height, width = grey.shape
    if how.skew:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), how.skew, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    if how.blur:
        grey = cv2.GaussianBlur(grey, (0, 0), how.blur)
    if how.shade:
        grey = grey * (1 - how.shade * np.linspace(0, 1, width, dtype=np.float32))[None, :]
    if how.noise:
        grain = np.random.default_rng(how.seed).normal(0, how.noise, grey.shape)
        grey = (grey + grain).astype(np.float32)
    worn = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if how.jpeg:
        packed = io.BytesIO()
        worn.save(packed, "JPEG", quality=how.jpeg)
        worn = Image.open(io.BytesIO(packed.getvalue())).convert("L")
    return worn


def stamp(image: Image.Image, centre: tuple[int, int], radius: int, *, ink: int = 120) -> Image.Image:
    """The page with a round stamp: two rings and a few words, in grey ink."""
    grey = np.asarray(image.convert("L")).copy()
    layer = np.full_like(grey, 255)
    cv2.circle(layer, centre, radius, ink, 5, cv2.LINE_AA)
    cv2.circle(layer, centre, int(radius * 0.7), ink, 3, cv2.LINE_AA)
    for step in range(24):
        angle = step * np.pi / 12
        spot = (int(centre[0] + radius * 0.85 * np.cos(angle)), int(centre[1] + radius * 0.85 * np.sin(angle)))
        cv2.putText(layer, "OA"[step % 2], spot, cv2.FONT_HERSHEY_SIMPLEX, 0.8, ink, 2, cv2.LINE_AA)
    return Image.fromarray(np.minimum(grey, layer))


def packed(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file's bytes."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _flow_table(grid: Grid, width: float, style: ParagraphStyle, bold: str) -> FlowTable:
    head = ParagraphStyle("cellhead", parent=style, alignment=TA_CENTER)
    rows = [
        [Flow(_markup(text), head if grid.header and at == 0 else style) for text in row]
        for at, row in enumerate(grid.rows)
    ]
    total = sum(grid.widths)
    look: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), grid.rule, (0, 0, 0)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    look += [("SPAN", *span) for span in grid.spans]
    return FlowTable(rows, colWidths=[width * share / total for share in grid.widths], style=look, splitInRow=0)


def _markup(text: str) -> str:
    return "<br/>".join(escape(line) for line in text.split("\n"))


def _register(family: str) -> tuple[str, str]:
    names = (f"scan-{family}", f"scan-{family}-bold")
    for name, file in zip(names, FONT_FILES[family], strict=True):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(Path("/usr/share/fonts") / file)))
    return names
