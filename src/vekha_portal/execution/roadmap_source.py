"""The text of an uploaded document for the page «Документ»: what was kept of it, as paragraphs, tables or lines.

What is kept was made of somebody's file: whatever is not in the expected shape is left out.
"""

from __future__ import annotations

from typing import Any

BLOCKS, ROWS, LINES = 400, 600, 3000


def list_blocks(source: Any) -> list[dict[str, Any]]:
    """Blocks with ``text`` (and ``heading``), with ``rows`` of cells, or with ``lines``.

    >>> list_blocks({"blocks": [{"text": "Приказ"}, {"rows": [{"cells": [["1", 1, 1, 1, 1.0]]}]}, 7]})
    [{'text': 'Приказ', 'heading': False}, {'rows': [[{'text': '1', 'columns': 1, 'rows': 1}]]}]
    """
    if not isinstance(source, dict):
        return []
    lines = source.get("lines")
    if isinstance(lines, list):
        return [{"lines": "\n".join(str(line) for line in lines[:LINES])}]
    blocks = source.get("blocks")
    found = [_block(each) for each in (blocks if isinstance(blocks, list) else [])[:BLOCKS] if isinstance(each, dict)]
    return [each for each in found if each]


def _block(block: dict[str, Any]) -> dict[str, Any]:
    rows = block.get("rows")
    if isinstance(rows, list):
        return {"rows": [[_cell(cell) for cell in _cells(row)] for row in rows[:ROWS]]}
    text = str(block.get("text") or "").strip()
    return {"text": text, "heading": bool(block.get("heading"))} if text else {}


def _cells(row: Any) -> list[Any]:
    cells = row.get("cells") if isinstance(row, dict) else None
    return [each for each in cells if isinstance(each, list) and each] if isinstance(cells, list) else []


def _cell(cell: list[Any]) -> dict[str, Any]:
    spans = [each if isinstance(each, int) and 0 < each < 100 else 1 for each in [*cell, 1, 1, 1, 1][2:4]]
    return {"text": str(cell[0]), "columns": spans[0], "rows": spans[1]}
