"""Where a ruled row lies on the picture of its page: known for lines of a PDF and of a scan, unknown elsewhere, kept on the way."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from vekha.intake.document import Document, Row, Table
from vekha.intake.open import open_document
from vekha.intake.wire import document_from_bytes, document_to_bytes

SAMPLES = Path(__file__).resolve().parents[4] / "samples"


def rows_of(document: Document) -> list[Row]:
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


@pytest.mark.parametrize("name", ["16-landscape.pdf", "18-school-order.png"])
def test_ruled_rows_lie_one_under_the_other_on_their_page(name: str) -> None:
    document = open_document(SAMPLES / name)
    assert rows_of(document)
    for block in document.blocks:
        if isinstance(block, Table):
            boxes = [row.box for row in block.rows]
            assert all(box is not None and 0 < box[0] < box[2] < 1 and 0 < box[1] < box[3] < 1 for box in boxes)
            assert all(one is not None and other is not None and one[3] == other[1] for one, other in pairwise(boxes))
    again = document_from_bytes(document_to_bytes(document))
    assert [row.box for row in rows_of(again)] == [row.box for row in rows_of(document)]


@pytest.mark.parametrize("name", ["02-markdown.md", "15-many-annexes.docx", "10-months.xlsx"])
def test_rows_of_other_files_lie_nowhere(name: str) -> None:
    assert {row.box for row in rows_of(open_document(SAMPLES / name))} == {None}
