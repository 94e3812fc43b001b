"""The readers of DOCX, spreadsheets and pages beside the bare library that reads the file and walks all cells."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import docx
import lxml.html
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from vekha.intake.document import Document, Format, Source
from vekha.intake.open import open_bytes
from vekha.intake.readers.docx import read_docx
from vekha.intake.readers.html import read_html
from vekha.intake.readers.xlsx import read_xlsx

ROWS = 1000
GOAL = "≤ 2"
CELLS = ("Закупка оборудования для центра {}", "Министерство образования", "Контракты, акты", "до 1 марта 2024 года")
HEADER = ("№ п/п", "Мероприятие", "Ответственный", "Результат", "Срок")
ODS_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def table_rows(count: int) -> Iterator[list[str]]:
    """The rows of a roadmap as long as wanted."""
    yield list(HEADER)
    for number in range(1, count):
        yield [f"{number}.", *(text.format(number) for text in CELLS)]


def docx_file(count: int) -> bytes:
    """A table as Word writes it: properties on every paragraph and run, revision marks, widths."""
    cell = (
        '<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p w:rsidR="00A1"><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:r w:rsidRPr="00B2"><w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="24"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc>'
    )
    rows = "".join(f"<w:tr>{''.join(cell.format(text) for text in row)}</w:tr>" for row in table_rows(count))
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as written:
        members = {name: written.read(name) for name in written.namelist()}
    columns = '<w:gridCol w:w="2000"/>' * 5
    grid = f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"
    main = members["word/document.xml"].decode()
    start, end = main.index("<w:body>") + 8, main.index("<w:sectPr")
    members["word/document.xml"] = (main[:start] + grid + main[end:]).encode()
    return pack(members)


def pack(members: dict[str, bytes]) -> bytes:
    """A zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def xlsx_file(count: int) -> bytes:
    """A sheet with the same rows."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("План")
    for index, row in enumerate(table_rows(count)):
        sheet.write_row(index, 0, row)
    book.close()
    return buffer.getvalue()


def ods_file(count: int) -> bytes:
    """An OpenDocument sheet with the same rows."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>" for row in table_rows(count)
    )
    content = (
        f"<office:document-content {ODS_NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return pack(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def html_file(count: int) -> bytes:
    """A page with the same rows, a paragraph in every cell as Office saves them."""
    cell = '<td style="width: 20%"><p class="a">{}</p></td>'
    rows = "".join(f"<tr>{''.join(cell.format(text) for text in row)}</tr>" for row in table_rows(count))
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


_whole_text = etree.XPath("string()")  # what lxml's own text_content() is


def bare_docx(data: bytes) -> int:
    """Every cell's text by python-docx."""
    return sum(
        len(cell.text) for table in docx.Document(io.BytesIO(data)).tables for row in table.rows for cell in row.cells
    )


def bare_calamine(data: bytes) -> int:
    """Every value by calamine."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(str(value)) for row in book.get_sheet_by_index(0).to_python() for value in row)


def bare_html(data: bytes) -> int:
    """Every cell's text by lxml.html."""
    page = lxml.html.document_fromstring(data)
    return sum(len(str(_whole_text(cell))) for row in page.iter("tr") for cell in row.iter("td", "th"))


KINDS: tuple[
    tuple[str, Format, Callable[[int], bytes], Callable[[bytes, Source], Document], Callable[[bytes], int]], ...
]
KINDS = (
    ("docx", Format.DOCX, docx_file, read_docx, bare_docx),
    ("xlsx", Format.XLSX, xlsx_file, read_xlsx, bare_calamine),
    ("ods", Format.XLSX, ods_file, read_xlsx, bare_calamine),
    ("html", Format.HTML, html_file, read_html, bare_html),
)
MAKERS = {name: make for name, _, make, _, _ in KINDS}
LIBRARIES = {"docx": "python-docx", "xlsx": "calamine", "ods": "calamine", "html": "lxml.html"}


def run() -> list[dict[str, Any]]:
    """Milliseconds of each reader and of its floor, of the whole way through the child process, and memory by rows."""
    lines: list[dict[str, Any]] = []
    for name, kind, make, read, bare in KINDS:
        data = make(ROWS)
        source = Source(f"order.{name}", kind, "0" * 64)
        ours, floor = beside(partial(read, data, source), partial(bare, data), time.process_time)
        lines.append(line(f"{name}: {ROWS} rows, reader against {LIBRARIES[name]}", ours, floor))
        small = make(16)
        whole, _ = beside(partial(open_bytes, small, f"order.{name}"), int, time.perf_counter)
        lines.append(
            {
                "name": f"{name}: 15 measures, whole way",
                "ours": f"{whole:.1f} ms",
                "ratio": None,
                "note": "with sniffing and the child process",
            }
        )
        lines.append(memory_line(name))
    return lines


def beside(ours: Callable[[], object], floor: Callable[[], object], clock: Callable[[], float]) -> tuple[float, float]:
    """Median milliseconds of both, measured turn by turn after one warming turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(8):
        for work, kept in zip((ours, floor), times, strict=True):
            started = clock()
            work()
            if turn:
                kept.append((clock() - started) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def line(name: str, ours: float, floor: float) -> dict[str, Any]:
    """One line of results in milliseconds."""
    return {
        "name": name,
        "ours": f"{ours:.1f} ms",
        "floor": f"{floor:.1f} ms",
        "ratio": ours / floor,
        "goal": GOAL,
        "note": "median of 7, processor time in one process",
    }


def memory_line(name: str) -> dict[str, Any]:
    """Peak memory at 2 500, 5 000 and 10 000 rows, each in a new process; the ratio is 10 000 to 5 000."""
    peaks = []
    for count in (2500, 5000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"order.{name}")
            path.write_bytes(MAKERS[name](count))
            command = [sys.executable, "-m", "bench.readers_office", name, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
        peaks.append(float(done.stdout))
    shown = " / ".join(f"{peak:.0f}" for peak in peaks)
    return {
        "name": f"{name}: peak memory at 2 500 / 5 000 / 10 000 rows",
        "ours": f"{shown} MiB",
        "ratio": peaks[2] / peaks[1],
        "goal": "≈ 2: linear",
        "note": "above the process before reading; the ratio is 10 000 to 5 000 rows",
    }


def measure_peak(name: str, path: Path) -> float:
    """MiB that reading a file takes above what the process has before, the file's bytes included."""
    _, kind, _, read, _ = next(item for item in KINDS if item[0] == name)
    read(MAKERS[name](16), Source("warm", kind, "0" * 64))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the highest so far
    before = highest()
    kept = read(path.read_bytes(), Source(path.name, kind, "0" * 64))
    if not kept.blocks:
        raise ValueError(f"{name}: nothing was read")
    return highest() - before


def highest() -> float:
    """The highest resident memory of this process so far, in MiB (the system's own count would include its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(measure_peak(sys.argv[1], Path(sys.argv[2])))
