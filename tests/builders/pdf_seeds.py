"""The tables of the real orders (which stay outside the repository) as grids to be set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.builders.pdf_pages import Grid


def seed_grids(folder: Path) -> Iterator[tuple[str, list[Grid]]]:
    """Name and tables of each real order: a run of tabbed lines is a table as wide as its widest row."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        runs = [run for run in re.split(r"\n[ \t]*\n", text) if "\t" in run]
        tables = []
        for run in runs:
            rows = [[_plain(cell) for cell in line.split("\t")] for line in run.split("\n") if "\t" in line]
            rows = [row for row in rows if not re.fullmatch(r"[-]*", "".join(row))]
            width = max(len(row) for row in rows)
            padded = [row + [""] * (width - len(row)) for row in rows]
            tables.append(Grid(padded, _shares(padded)))
        yield path.name[:3], tables


def _shares(rows: list[list[str]]) -> list[float]:
    longest = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    words = [
        max((len(word) for row in rows for word in row[column].split()), default=1) for column in range(len(rows[0]))
    ]
    return [max(min(length, 160) ** 0.5, word * 0.7) for length, word in zip(longest, words, strict=True)]


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())
