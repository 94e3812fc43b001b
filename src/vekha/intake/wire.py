"""A document as JSON bytes and back: how a child process hands over what it has read.

JSON and not pickle: a reader that was taken over by a hostile file can send wrong text at most, never code.
"""

from __future__ import annotations

import json
from typing import Any

from vekha.intake.document import Block, Cell, Document, Format, Paragraph, Row, Source, Table
from vekha.problems import Place, Problem, Severity


def document_to_bytes(document: Document) -> bytes:
    """The whole document as compact JSON."""
    source = document.source
    return json.dumps(
        [
            [source.name, source.format.value, source.sha256, source.pages],
            [_block_to_list(block) for block in document.blocks],
            [_problem_to_list(problem) for problem in document.problems],
        ],
        separators=(",", ":"),
    ).encode("ascii")


def document_from_bytes(data: bytes) -> Document:
    """The document that :func:`document_to_bytes` wrote; raises ``ValueError`` for anything else."""
    try:
        source, blocks, problems = json.loads(data)
        return Document(
            Source(source[0], Format(source[1]), source[2], source[3]),
            tuple(_block_from_list(block) for block in blocks),
            tuple(_problem_from_list(problem) for problem in problems),
        )
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError("not a document") from error


def problem_to_bytes(problem: Problem) -> bytes:
    """One problem as JSON: what a child sends instead of a document."""
    return json.dumps(_problem_to_list(problem)).encode("ascii")


def problem_from_bytes(data: bytes) -> Problem:
    """The problem that :func:`problem_to_bytes` wrote."""
    return _problem_from_list(json.loads(data))


def _block_to_list(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, _place_to_list(block.place), block.heading, block.confidence]
    rows = [[_place_to_list(row.place), [_cell_to_list(cell) for cell in row.cells], row.box] for row in block.rows]
    return [rows, _place_to_list(block.place), block.width]


def _block_from_list(item: list[Any]) -> Block:
    if isinstance(item[0], str):
        return Paragraph(item[0], _place_from_list(item[1]), item[2], item[3])
    rows = (
        Row(tuple(Cell(*cell) for cell in cells), _place_from_list(place), tuple(box) if box else None)
        for place, cells, box in item[0]
    )
    return Table(tuple(rows), item[2], _place_from_list(item[1]))


def _cell_to_list(cell: Cell) -> list[Any]:
    if cell.row_span == 1 and cell.col_span == 1 and cell.confidence == 1.0:
        return [cell.text, cell.column]
    return [cell.text, cell.column, cell.row_span, cell.col_span, cell.confidence]


def _place_to_list(place: Place) -> list[Any]:
    return [place.lines, place.page, place.table, place.rows, place.column, place.sheet]


def _place_from_list(item: list[Any]) -> Place:
    lines, page, table, rows, column, sheet = item
    return Place(_pair(lines), page, table, _pair(rows), column, sheet)


def _pair(item: list[int] | None) -> tuple[int, int] | None:
    return (item[0], item[1]) if item else None


def _problem_to_list(problem: Problem) -> list[Any]:
    place = _place_to_list(problem.place) if problem.place else None
    return [problem.code, problem.message, problem.severity.value, problem.hint, place]


def _problem_from_list(item: list[Any]) -> Problem:
    code, message, severity, hint, place = item
    return Problem(code, message, Severity(severity), hint, _place_from_list(place) if place else None)
