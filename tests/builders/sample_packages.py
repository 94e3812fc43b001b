"""Parts of a document (paragraphs and ruled grids) → DOCX, ODT, RTF: small packages, the same bytes each time.

In the texts of a DOCX «{+…+}» is an insertion and «{-…-}» a deletion of a tracked change, «{*…*}» a footnote with its text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.builders.scan_pages import Grid
from tests.builders.word_packages import paragraph, run, text_of, word

INLINE = re.compile(r"\{\+(?P<new>.*?)\+\}|\{-(?P<old>.*?)-\}|\{\*(?P<note>.*?)\*\}")
FIXED_TIME = (2024, 1, 1, 0, 0, 0)
Parts = Sequence[str | Grid]


def zipped(members: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """A package whose members carry a fixed time; the one named ``stored`` is not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members.items():
            how = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name, FIXED_TIME), data, compress_type=how)
    return buffer.getvalue()


def covered_by(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For every (column, row) that a span covers, the (column, row) of the span's first field."""
    return {
        (column, row): (left, top)
        for (left, top), (right, bottom) in grid.spans
        for column in range(left, right + 1)
        for row in range(top, bottom + 1)
    }


def docx_bytes(parts: Parts) -> bytes:
    """A DOCX: «# …» is bold and centred, footnotes and tracked changes from the marks in the texts."""
    notes: list[str] = []
    body = "".join(
        _docx_table(part, notes) if isinstance(part, Grid) else _docx_paragraph(part, notes) for part in parts
    )
    more = {"footnotes": "".join(notes)} if notes else {}
    with zipfile.ZipFile(io.BytesIO(word(body, more))) as pack:
        return zipped({name: pack.read(name) for name in pack.namelist()})


def _docx_paragraph(text: str, notes: list[str]) -> str:
    heading = text.startswith("# ")
    properties = '<w:jc w:val="center"/>' if heading else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{_docx_runs(text.removeprefix('# '), notes, '<w:b/>' if heading else '')}</w:p>"


def _docx_runs(text: str, notes: list[str], properties: str = "") -> str:
    runs: list[str] = []
    position = 0
    for found in INLINE.finditer(text):
        runs.append(run(escape(text[position : found.start()]), properties))
        position = found.end()
        who = f'w:id="{len(runs)}" w:author="Редактор" w:date="2024-01-01T00:00:00Z"'
        if found["new"] is not None:
            runs.append(f"<w:ins {who}>{run(escape(found['new']), properties)}</w:ins>")
        elif found["old"] is not None:
            gone = text_of(escape(found["old"])).replace("w:t", "w:delText")
            runs.append(f"<w:del {who}><w:r>{gone}</w:r></w:del>")
        else:
            number = len(notes) + 1
            notes.append(f'<w:footnote w:id="{number}">{paragraph(escape(found["note"]))}</w:footnote>')
            runs.append(
                f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
            )
    return "".join([*runs, run(escape(text[position:]), properties)])


def _docx_table(grid: Grid, notes: list[str]) -> str:
    covered = covered_by(grid)
    rows = []
    for at, texts in enumerate(grid.rows):
        cells = []
        column = 0
        while column < len(texts):
            first = covered.get((column, at), (column, at))
            width = 1
            while covered.get((column + width, at)) == first and column + width < len(texts):
                width += 1
            below = first == (column, at) and covered.get((column, at + 1)) == first
            merge = '<w:vMerge w:val="restart"/>' if below else "<w:vMerge/>" if first[1] < at else ""
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            inner = "".join(_docx_paragraph(line, notes) for line in texts[column].split("\n"))
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>")
            column += width
        header = "<w:trPr><w:tblHeader/></w:trPr>" if at == 0 else ""
        rows.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{int(width * 300)}"/>' for width in grid.widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


ODT_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("manifest", "manifest"))
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt_bytes(parts: Parts) -> bytes:
    """An ODT of plain paragraphs and tables."""
    tables = iter(range(1, 100))
    body = "".join(_odt_table(part, next(tables)) if isinstance(part, Grid) else _odt_text(part) for part in parts)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODT_NAMES} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {ODT_NAMES} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    members = {"mimetype": ODT_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: text.encode() for name, text in members.items()}, stored="mimetype")


def _odt_text(text: str) -> str:
    return "".join(f"<text:p>{escape(line.removeprefix('# '))}</text:p>" for line in text.split("\n"))


def _odt_table(grid: Grid, number: int) -> str:
    covered = covered_by(grid)
    sizes = {first: (right - first[0] + 1, bottom - first[1] + 1) for first, (right, bottom) in grid.spans}
    rows = []
    for at, texts in enumerate(grid.rows):
        cells = []
        for column, text in enumerate(texts):
            if covered.get((column, at), (column, at)) != (column, at):
                cells.append("<table:covered-table-cell/>")
                continue
            wide, high = sizes.get((column, at), (1, 1))
            spans = (
                f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
                if (wide, high) != (1, 1)
                else ""
            )
            cells.append(f'<table:table-cell office:value-type="string"{spans}>{_odt_text(text)}</table:table-cell>')
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{len(grid.widths)}"/>'
    return f'<table:table table:name="Table{number}">{columns}{"".join(rows)}</table:table>'


def rtf_bytes(parts: Parts) -> bytes:
    """An RTF in the Russian code page, tables without merged cells."""
    body = "".join(
        _rtf_table(part) if isinstance(part, Grid) else f"\\pard {_rtf(part.removeprefix('# '))}\\par\n"
        for part in parts
    )
    head = "{\\rtf1\\ansi\\ansicpg1251\\deff0{\\fonttbl{\\f0\\fcharset204 Times New Roman;}}\\f0\\fs28\n"
    return f"{head}{body}}}".encode("ascii")


def _rtf(text: str) -> str:
    codes = []
    for letter in text:
        if letter == "\n":
            codes.append("\\line ")
        elif ord(letter) < 128:
            codes.append(f"\\{letter}" if letter in "\\{}" else letter)
        else:
            codes.append("".join(f"\\'{byte:02x}" for byte in letter.encode("cp1251")))
    return "".join(codes)


def _rtf_table(grid: Grid) -> str:
    edges = "".join(
        f"\\cellx{int(sum(grid.widths[: column + 1]) / sum(grid.widths) * 9600)}" for column in range(len(grid.widths))
    )
    rows = []
    for texts in grid.rows:
        cells = "".join(f"\\pard\\intbl {_rtf(text)}\\cell\n" for text in texts)
        rows.append(f"\\trowd{edges}\n{cells}\\row\n")
    return "".join(rows)
