"""Blocks for the tests, from a drawing of a document, in every way in which readers give its lines.

In a drawing «=====» is a data table; lines that begin with «| » are rows of a table that only lays text out, « | » sets its cells
apart and «⏎» is a line break inside a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vekha.intake.document import Block, Cell, Paragraph, Row, Table
from vekha.intake.header import OrderData, read_order_data
from vekha.problems import Place
from vekha.text.lines import join_lines

SHAPES = ("line", "bare", "hard", "joined")
"""Each line a paragraph with its line number; the same without numbers; hard breaks inside paragraphs; paragraphs on one line."""


def draw(text: str, shape: str = "line") -> tuple[list[Block], set[int]]:
    """The blocks of a drawing, and the indices of its data tables."""
    blocks: list[Block] = []
    data: set[int] = set()
    for kind, first, lines in _runs(text.strip("\n").split("\n")):
        place = Place(page=1) if shape == "bare" else Place(lines=(first, first + len(lines) - 1))
        if kind == "data":
            data.add(len(blocks))
            blocks.append(make_table([["№", "Мероприятие", "Срок"], ["1", "Объявлены закупки", "1 марта"]], place))
        elif kind == "layout":
            rows = [[cell.strip().replace("⏎", "\n") for cell in line[1:].split("|")] for line in lines]
            blocks.append(make_table(rows, place))
        elif shape in ("line", "bare"):
            blocks.extend(
                Paragraph(line, place if shape == "bare" else Place(lines=(first + offset,) * 2))
                for offset, line in enumerate(lines)
            )
        else:
            blocks.append(Paragraph("\n".join(lines) if shape == "hard" else join_lines(lines), place))
    return blocks, data


def _runs(lines: list[str]) -> Iterator[tuple[str, int, list[str]]]:
    run: list[str] = []
    kind = ""
    for number, line in enumerate([*lines, ""], start=1):
        here = (
            "data"
            if line.startswith("=====")
            else "layout"
            if line.startswith("| ")
            else "text"
            if line.strip()
            else ""
        )
        if run and here != kind:
            yield kind, number - len(run), run
            run = []
        kind = here
        if here:
            run.append(line)


def make_table(rows: list[list[str]], place: Place | None = None) -> Table:
    """A table with one cell a column; empty cells are left in."""
    width = max(len(row) for row in rows)
    where = place or Place()
    return Table(
        tuple(Row(tuple(Cell(text, column) for column, text in enumerate(row)), where) for row in rows), width, where
    )


def read(text: str, shape: str = "line") -> OrderData:
    """What the header says of a drawing."""
    return read_order_data(*draw(text, shape))


def facts(data: OrderData) -> dict[str, object]:
    """An order in the plain form the tests state: ISO dates, ``(name, post)`` pairs, codes of problems."""
    order = data.order
    if order is None:
        return {"order": None}
    return {
        "kind": order.kind,
        "issuer": order.issuer,
        "number": order.number,
        "date": order.date.isoformat() if order.date else None,
        "title": order.title,
        "coordinator": order.coordinator,
        "control": (order.control.name, order.control.post) if order.control else None,
        "signatory": (order.signatory.name, order.signatory.post) if order.signatory else None,
        "approvals": [(one.kind.value, one.name, one.post, iso(one.date)) for one in order.approvals],
        "acquainted": list(order.acquainted),
        "declared": order.annexes_declared,
        "problems": sorted({problem.code for problem in data.problems}),
    }


def iso(day: date | None) -> str | None:
    """A day as ISO, or ``None``."""
    return day.isoformat() if day else None
