"""The same real orders as DOCX and as PDF with text, made from the same tables: the same result, name for name."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest

from tests.builders.scan_pages import Grid, Sheet, fonts_present, set_pdf
from tests.builders.scan_seeds import seed_sheets
from tests.patience import HANG
from vekha.deadlines import meaning
from vekha.intake.reading import read_order_bytes, read_order_file
from vekha.orders.model import Measure, OrderFile

SEEDS = ("000", "001", "002", "003", "004")
CONVERTED = {"pdf": SEEDS, "html": ("002", "003"), "odt": ("001",), "rtf": ("004",), "doc": ("000",)}


@cache
def sheets() -> dict[str, Sheet]:
    return dict(seed_sheets(size=9.0))


def set_docx(parts: Sequence[str | Grid], *, whole: bool) -> bytes:
    """The parts as a DOCX; ``whole`` puts all rows of neighbouring pieces into one table, as Word does before it paginates."""
    document = docx.Document()
    table = None
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part.removeprefix("# "))
            table = None
            continue
        if table is None or not whole or len(part.widths) != len(table.columns):
            table = document.add_table(0, len(part.widths))
            table.style = "Table Grid"
        first = len(table.rows)
        for row in part.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        for (left, top), (right, bottom) in part.spans:
            table.cell(first + top, left).merge(table.cell(first + bottom, right))
    document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The orders as LibreOffice saves them: columns of equal width, so narrow that long words are cut without a hyphen."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is absent: install libreoffice-writer")
    folder = tmp_path_factory.mktemp("converted")
    for number, sheet in sheets().items():
        (folder / f"{number}.docx").write_bytes(set_docx(sheet.parts, whole=False))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for extension, numbers in CONVERTED.items():
        files = [str(folder / f"{number}.docx") for number in numbers]
        command = [soffice, profile, "--headless", "--convert-to", extension, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    return folder


def comparable(measure: Measure) -> Measure:
    """A measure without what a format may tell otherwise: its place and the spaces inside the deadline's phrase."""
    assert measure.deadline is not None
    return replace(measure, place=None, deadline=meaning(measure.deadline))  # type: ignore[arg-type]


def assert_same(read: OrderFile, expected: OrderFile) -> None:
    assert expected.order is not None
    assert read.order is not None
    for name in ("kind", "number", "date", "signatory", "approvals", "acquainted", "annexes_declared", "annexes_found"):
        assert getattr(read.order, name) == getattr(expected.order, name), name
    assert len(read.roadmaps) == len(expected.roadmaps)
    for one, other in zip(read.roadmaps, expected.roadmaps, strict=True):
        assert (one.programme, one.year) == (other.programme, other.year)
        assert [comparable(measure) for measure in one.measures] == [comparable(measure) for measure in other.measures]
        assert [replace(line, place=None) for line in one.indicators] == [  # type: ignore[arg-type]
            replace(line, place=None)  # type: ignore[arg-type]
            for line in other.indicators
        ]


def expected_order(folder: Path, number: str) -> OrderFile:
    (path,) = folder.glob(f"{number}_*.txt")
    return read_order_file(path)


@pytest.mark.parametrize("whole", [False, True], ids=["pieces", "one-table"])
@pytest.mark.parametrize("number", SEEDS)
def test_docx_gives_the_same(seeds_dir: Path, number: str, whole: bool) -> None:  # noqa: FBT001 — a pytest parameter
    read = read_order_bytes(set_docx(sheets()[number].parts, whole=whole), "order.docx")
    assert_same(read, expected_order(seeds_dir, number))


@pytest.mark.skipif(not fonts_present(), reason="fonts of the test PDFs are absent: install fonts-liberation")
@pytest.mark.parametrize("wide", [True, False], ids=["landscape", "portrait"])
@pytest.mark.parametrize("number", SEEDS)
def test_pdf_gives_the_same(seeds_dir: Path, number: str, wide: bool) -> None:  # noqa: FBT001 — a pytest parameter
    read = read_order_bytes(set_pdf(replace(sheets()[number], wide=wide)), "order.pdf")
    assert_same(read, expected_order(seeds_dir, number))


@pytest.mark.parametrize(
    ("extension", "number"), [(each, number) for each, numbers in CONVERTED.items() for number in numbers]
)
def test_what_libreoffice_saves_gives_the_same(seeds_dir: Path, converted: Path, extension: str, number: str) -> None:
    assert_same(read_order_file(converted / f"{number}.{extension}"), expected_order(seeds_dir, number))
