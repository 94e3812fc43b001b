"""The tables of the real orders (which stay outside the repository) laid out as sheets to be scanned."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.builders.scan_pages import Grid, Sheet, Span


def seeds_folder() -> Path:
    """The folder of the real orders: ``VEKHA_SEEDS`` or ``../shared/seeds`` beside the repository."""
    return Path(os.environ.get("VEKHA_SEEDS") or Path(__file__).resolve().parents[2].parent / "shared" / "seeds")


def seed_sheets(folder: Path | None = None, *, size: float = 11.0) -> Iterator[tuple[str, Sheet]]:
    """Name and sheet of each real order: its paragraphs and its tables as they stand, one ruled table per run of rows."""
    for path in sorted((folder or seeds_folder()).glob("*.txt")):
        sheet = Sheet(tuple(_parts(path.read_text(encoding="utf-8"))), size=size)
        yield (
            path.name[:3],
            replace(sheet, wide=any(isinstance(part, Grid) and len(part.widths) > 4 for part in sheet.parts)),
        )


def tables_only(sheet: Sheet) -> Sheet:
    """The sheet without its paragraphs: faster to recognise when only cells are measured."""
    return replace(sheet, parts=tuple(part for part in sheet.parts if isinstance(part, Grid)))


def _parts(text: str) -> Iterator[str | Grid]:
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append([_plain(cell) for cell in line.split("\t")])
            continue
        if rows and not line.strip():
            yield _grid(rows)
            rows = []
        if line.strip():
            yield _paragraph(line)


def _grid(rows: list[list[str]]) -> Grid:
    rows = [row for row in rows if not all(set(cell) <= set("-") for cell in row) or not any(row)]
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    spans: list[Span] = []
    if padded[0][0] == "Дата" and len(padded) > 2:
        spans = [((0, 0), (0, 2)), ((1, 0), (3, 0)), ((1, 1), (2, 1))]
        padded[1] = ["", padded[1][1], "", padded[1][2] or padded[1][3]]
        padded[0] = [padded[0][0], padded[0][1], "", ""]
    return Grid(padded, [_width([row[column] for row in padded]) for column in range(width)], spans)


def _width(cells: list[str]) -> float:
    """A column's width: it grows with the root of its longest cell, but its longest word stays whole."""
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
    return max(max(map(len, cells), default=1) ** 0.5, 0.7 * longest_word, 4.0)


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())


def _paragraph(line: str) -> str:
    bare = line.strip().replace("**", "")
    return f"# {bare}" if line.strip().startswith("**") or bare.isupper() else bare
