"""The only door to the engines for documents: bytes → an order with the view of its source; pages → pictures.

Nothing of a document is parsed in this process: readers, the building of the order and the drawing of pages run in bounded child
processes, so that no file can take a worker with it. What comes back is JSON or a picture, never code.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vekha.intake.build import build_order
from vekha.intake.document import Block, Document, Format, Paragraph, Table, UnreadableFile
from vekha.intake.encodings import decode_text
from vekha.intake.isolation import call_isolated, listening
from vekha.intake.limits import DEFAULT_LIMITS
from vekha.intake.open import open_bytes
from vekha.orders.interchange import order_to_json, place_to_json
from vekha.orders.model import Measure, OrderFile
from vekha_portal.orders.source.places import Entry, MeasureWords, find_cells, find_parts, is_within, squash

__all__ = ["FILE_LIMIT", "Seen", "Unreadable", "draw_page", "read_document"]

#: A larger document is not read.
FILE_LIMIT = DEFAULT_LIMITS.file_bytes
#: Longer documents are shown up to here; their measures are all read.
MOST_LINES = 20_000
MOST_BLOCKS = 5_000
WIDEST = 1400
TALLEST = 4000
_PAGED = (Format.PDF, Format.SCAN)

Json = dict[str, Any]
OnPage = Callable[[int, int], None]


class Unreadable(Exception):
    """The document cannot be read; the message says in Russian what is wrong, ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Seen:
    """What a document says (``found``, as «vekha.order/1») and how it looks (``source``), both ready for the database.

    ``source`` has the ``format``; ``lines`` of a text, or ``blocks`` (paragraphs and tables with their places), and ``pages``
    with their proportions where there are pages; and under ``places``, roadmap by roadmap and measure by measure, where each
    field stands (``cells``) and where its row goes on after a page break (``parts``).
    """

    found: Json
    source: Json


def read_document(data: bytes, name: str, *, on_page: OnPage) -> Seen:
    """The document in uploaded bytes; ``on_page`` hears of pages as they are read. Raises :class:`Unreadable`."""
    try:
        with listening(on_page):
            document = open_bytes(data, name)
        seen: Json = json.loads(call_isolated(lambda: json.dumps(_digest(document, data)).encode("ascii")))
    except UnreadableFile as refused:
        raise Unreadable(refused.problem.message, refused.problem.hint) from refused
    return Seen(_storable(seen["found"]), _storable(seen["source"]))


def draw_page(data: bytes, number: int, *, is_pdf: bool) -> bytes:
    """A page of a PDF or picture file as PNG, at most 1400 × 4000 points. Raises :class:`Unreadable`."""
    draw = _draw_pdf if is_pdf else _draw_picture
    try:
        return call_isolated(lambda: draw(data, number))
    except UnreadableFile as refused:
        raise Unreadable(refused.problem.message, refused.problem.hint) from refused


def _digest(document: Document, data: bytes) -> Json:
    """Runs in the child process."""
    order = build_order(document)
    source: Json = {"format": document.source.format.value, **_view(document, data)}
    return {"found": order_to_json(order), "source": source | {"places": _places(document, order, source)}}


def _view(document: Document, data: bytes) -> Json:
    if document.source.format is Format.TEXT:
        text, _ = decode_text(data)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
        return {"lines": lines[:MOST_LINES], "is_cut": len(lines) > MOST_LINES}
    blocks = [_block(block) for block in document.blocks[:MOST_BLOCKS]]
    view: Json = {"blocks": blocks, "is_cut": len(document.blocks) > MOST_BLOCKS}
    if document.source.format in _PAGED:
        view["pages"] = _page_sizes(data, document.source.pages or 0)
    return view


def _block(block: Block) -> Json:
    place = place_to_json(block.place)
    if isinstance(block, Paragraph):
        return {"text": block.text, "place": place, "heading": block.heading, "confidence": block.confidence}
    rows = [
        {
            "place": place_to_json(row.place),
            "box": row.box,
            "cells": [
                [cell.text, cell.column, cell.col_span, cell.row_span, round(cell.confidence, 2)] for cell in row.cells
            ],
        }
        for row in block.rows
    ]
    return {"rows": rows, "place": place, "width": block.width}


def _places(document: Document, order: OrderFile, source: Json) -> list[list[Json]]:
    entries = [
        Entry(index, place_to_json(row.place), tuple((cell.column, squash(cell.text)) for cell in row.cells))
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table)
        for row in block.rows
    ]
    measures = [measure for roadmap in order.roadmaps for measure in roadmap.measures]
    own = (
        [[entry for entry in entries if is_within(entry.place, place_to_json(each.place))] for each in measures]
        if len(measures) * len(entries) < 4_000_000
        else [[] for _ in measures]
    )
    found: list[Json] = []
    for at, measure in enumerate(measures):
        words = _words(measure)
        following = own[at + 1][0] if at + 1 < len(own) and own[at + 1] else None
        parts = find_parts(entries, own[at], following, words)
        cells = find_cells([*own[at], *parts], place_to_json(measure.place), words, source.get("lines"))
        found.append({"cells": cells, "parts": [part.place for part in parts]})
    placed = iter(found)
    return [[next(placed) for _ in roadmap.measures] for roadmap in order.roadmaps]


def _words(measure: Measure) -> MeasureWords:
    return MeasureWords(
        {
            "number": squash(measure.number or ""),
            "text": squash(measure.text),
            "responsibles": squash(" ".join(f"{each.name} {each.post or ''}" for each in measure.responsibles)),
            "documents": squash(" ".join(each.text for each in measure.results)),
            "deadline": squash(measure.deadline.text if measure.deadline else ""),
            "notes": squash(" ".join(note.text for note in measure.notes)),
        }
    )


def _page_sizes(data: bytes, count: int) -> list[list[int]]:
    """Width and height of every page in points; of pictures the size is not known before they are drawn."""
    if not data[:1024].lstrip().startswith(b"%PDF-") and b"%PDF-" not in data[:1024]:
        return [[0, 0] for _ in range(count)]
    import pypdfium2  # noqa: PLC0415 — only in the child process

    document = pypdfium2.PdfDocument(data)
    try:
        return [[round(side) for side in document.get_page_size(index)] for index in range(len(document))]
    finally:
        document.close()


def _draw_pdf(data: bytes, number: int) -> bytes:
    import pypdfium2  # noqa: PLC0415 — only in the child process

    document = pypdfium2.PdfDocument(data)
    if not 1 <= number <= len(document):
        return b""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(WIDEST / max(width, 1.0), TALLEST / max(height, 1.0))
    return _png(page.render(scale=scale).to_pil())


def _draw_picture(data: bytes, number: int) -> bytes:
    from vekha.intake.readers.scan_frames import open_frames  # noqa: PLC0415 — only in the child process

    for at, frame in enumerate(open_frames(data).pages, start=1):
        if at == number:
            frame.grey.thumbnail((WIDEST, TALLEST))
            return _png(frame.grey)
    return b""


def _png(image: Any) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL does not take: zero characters and halves of pairs."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {key: _storable(each) for key, each in value.items()}
        case list():
            return [_storable(each) for each in value]
        case _:
            return value
