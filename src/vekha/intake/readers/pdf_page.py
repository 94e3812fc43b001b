"""One page of a PDF taken apart: tables with their words, the lines outside them, and what its text layer is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from vekha.intake.readers.pdf_borderless import NO_TABLE, OpenTable, find_borderless
from vekha.intake.readers.pdf_columns import COLUMN_GAP
from vekha.intake.readers.pdf_drawing import PageDrawing, read_drawing
from vekha.intake.readers.pdf_letters import LayerQuality, judge_layer, repair_code_page
from vekha.intake.readers.pdf_lines import Line, make_lines, without_doubles
from vekha.intake.readers.pdf_runs import PageText, Run, read_text, turned
from vekha.intake.readers.pdf_tables import FilledTable, fill_tables
from vekha.intake.readers.ruled_grid import Box, Stroke, build_grids

_TOLERANCE = 3.0
_LAYER_CONFIDENCE = 0.8
"""How far text put under a picture by an unknown OCR program is believed."""

_REPAIRED_CONFIDENCE = 0.95
_MIN_PICTURE = 0.5
_MIN_CHARS = 8


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page ready to be written out; ``lines`` are those outside tables, cut at wide gaps.

    ``needs_scan`` says why the page must be recognised from its picture ("" if its text layer is good): "picture" (no
    text), "layer" (text under a picture), "garbage" (no readable letters). ``still_open`` is the table without lines that may
    go on on the next page.
    """

    box: Box
    lines: list[Line]
    tables: list[FilledTable]
    confidence: float
    needs_scan: str
    slanted: tuple[str, ...]
    repaired: bool
    cut: bool
    still_open: OpenTable = NO_TABLE


def read_page(page: Any, carried: OpenTable = NO_TABLE) -> PageContent:
    """The content of a page from pdfium's page object; hidden text counts only where a picture covers the page.

    ``carried`` is the table that the page before left open.
    """
    text_page = page.get_textpage()
    try:
        text = read_text(text_page.raw)
        drawing = read_drawing(page.raw, turn=text.turn)
        box = _page_box(page, text.turn)
        covered = _covered(drawing, box)
        under_picture = text.hidden > text.chars / 2 and covered
        if under_picture:
            text = read_text(text_page.raw, keep_hidden=True)
            drawing = read_drawing(page.raw, turn=text.turn)
            box = _page_box(page, text.turn)
    finally:
        text_page.close()
    runs = _visible(text, drawing, box)
    quality = judge_layer("".join(run.text for run in runs))
    if quality is LayerQuality.WRONG_CODE_PAGE:
        runs = [replace(run, text=repair_code_page(run.text)) for run in runs]
    content = _take_apart(runs, drawing, box, carried)
    return replace(
        content,
        confidence=_confidence(quality, under_picture=under_picture),
        needs_scan=_needs_scan(quality, text, covered=covered, under_picture=under_picture),
        slanted=text.slanted,
        repaired=quality is LayerQuality.WRONG_CODE_PAGE,
        cut=text.cut,
    )


def _take_apart(runs: list[Run], drawing: PageDrawing, box: Box, carried: OpenTable) -> PageContent:
    upright = without_doubles(runs)
    borders = _borders(drawing.horizontals, upright)
    tables, outside = fill_tables(build_grids(borders, drawing.verticals, tolerance=_TOLERANCE), upright)
    boxes = [table.box for table in tables]
    rules = [stroke for stroke in borders if not any(box[1] - 1 <= stroke.at <= box[3] + 1 for box in boxes)]
    bare = find_borderless([run for run in outside if run.turn == 0], rules, tolerance=_TOLERANCE, carried=carried)
    if bare.grids:
        more, outside = fill_tables(bare.grids, outside)
        tables += more
    lines = make_lines((run for run in outside if run.turn == 0), gap=COLUMN_GAP)
    sideways = [line for turn in (1, 2, 3) for line in make_lines(run for run in outside if run.turn == turn)]
    below = max([box[3], *(line.baseline for line in lines)])
    lines.extend(
        replace(line, left=box[0], right=box[0] + line.right - line.left, baseline=below + 40 * place)
        for place, line in enumerate(sideways, 1)
    )
    return PageContent(box, lines, tables, 1.0, "", (), repaired=False, cut=False, still_open=bare.still_open)


def _confidence(quality: LayerQuality, *, under_picture: bool) -> float:
    if under_picture:
        return _LAYER_CONFIDENCE
    return _REPAIRED_CONFIDENCE if quality is LayerQuality.WRONG_CODE_PAGE else 1.0


def _needs_scan(quality: LayerQuality, text: PageText, *, covered: bool, under_picture: bool) -> str:
    if quality is LayerQuality.GARBAGE:
        return "garbage"
    if under_picture:
        return "layer"
    return "picture" if covered and text.chars < 30 * _MIN_CHARS else ""


def _page_box(page: Any, turn: int) -> Box:
    left, bottom, right, top = page.get_bbox()
    box = turned(np.array([[left, -top, right, -bottom]], dtype=np.float64), turn)[0].tolist()
    return box[0], box[1], box[2], box[3]


def _covered(drawing: PageDrawing, box: Box) -> bool:
    """Whether pictures cover most of the page (a scan may come as one picture, or as strips)."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    pictures = sum(
        max(0.0, min(right, box[2]) - max(left, box[0])) * max(0.0, min(bottom, box[3]) - max(top, box[1]))
        for left, top, right, bottom in drawing.pictures
    )
    return area > 0 and pictures > _MIN_PICTURE * area


def _visible(text: PageText, drawing: PageDrawing, box: Box) -> list[Run]:
    """The runs inside the page's visible part that are not white on white."""
    left, top, right, bottom = box
    kept = []
    for run in text.runs:
        x, y = (run.box[0] + run.box[2]) / 2, (run.box[1] + run.box[3]) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        if run.white and not any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for area in drawing.dark):
            continue
        kept.append(run)
    return kept


def _borders(horizontals: list[Stroke], runs: Sequence[Run]) -> list[Stroke]:
    """The horizontal strokes that do not underline or strike out a word."""
    if not horizontals or not runs:
        return horizontals
    lefts, rights = np.array([run.left for run in runs]), np.array([run.right for run in runs])
    sizes, baselines = np.array([run.size for run in runs]), np.array([run.baseline for run in runs])
    kept = []
    for stroke in horizontals:
        near = (stroke.at - baselines < 0.2 * sizes) & (baselines - stroke.at < 0.45 * sizes)
        if near.any():
            near &= (rights > stroke.start - 1.5) & (lefts < stroke.end + 1.5)
        if near.any() and lefts[near].min() <= stroke.start + 2 and rights[near].max() >= stroke.end - 2:
            continue
        kept.append(stroke)
    return kept


def is_blank(page: Any) -> bool:
    """Whether the page has nothing at all on it."""
    return int(pdfium.FPDFPage_CountObjects(page.raw)) == 0
