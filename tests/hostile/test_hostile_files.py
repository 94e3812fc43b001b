"""Files made to harm: each is refused or read within bounds, with a Russian message, and nothing is executed or fetched."""

from __future__ import annotations

import io
import os
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import openpyxl
import psutil
import pytest

from tests.builders.ole_files import ole_file
from tests.builders.read_documents import codes, paragraphs
from tests.builders.word_packages import R_NAMESPACE, cell, packed, paragraph, row, run, table, word
from tests.patience import within
from vekha.intake.document import Document, UnreadableFile
from vekha.intake.limits import MEBIBYTE, Limits
from vekha.intake.open import open_bytes

#: Of processor time, our own and that of the process that reads.
SECONDS = 40.0
BILLION_LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "ха">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10))
    + "]>"
)


def refused(data: bytes, name: str, limits: Limits | None = None) -> str:
    """The code of the refusal, which must come in time."""
    with pytest.raises(UnreadableFile) as caught, within(SECONDS):
        open_bytes(data, name, limits or Limits())
    assert caught.value.problem.message.endswith(".")
    assert caught.value.problem.hint
    return caught.value.problem.code


def read(data: bytes, name: str) -> Document:
    with within(SECONDS):
        return open_bytes(data, name)


def with_document(xml: bytes) -> bytes:
    """A word package whose main part is this."""
    members = unpacked(word(paragraph("а")))
    return packed({**members, "word/document.xml": xml})


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def main_part(body: str) -> bytes:
    return unpacked(word(body))["word/document.xml"]


def small_book() -> bytes:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.append(["а", "б", "в"])
    active.append(["г", "д", "е"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet(rows: int) -> bytes:
    """A workbook with so many rows of numbers and short texts."""
    members = unpacked(small_book())
    part = members["xl/worksheets/sheet1.xml"]
    start, end = part.index(b"<sheetData>") + 11, part.index(b"</sheetData>")
    text = '<c r="{}{}" t="inlineStr"><is><t>Закупка</t></is></c>'
    body = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number}</v></c>{text.format("B", number)}{text.format("C", number)}</row>'
        for number in range(1, rows + 1)
    )
    return packed({**members, "xl/worksheets/sheet1.xml": part[:start] + body.encode() + part[end:]})


def test_a_bomb_by_ratio() -> None:
    bomb = with_document(main_part("<w:p/>").replace(b"<w:p/>", b"<w:p/>" + b" " * (60 * MEBIBYTE)))
    assert len(bomb) < MEBIBYTE
    assert refused(bomb, "bomb.docx") == "over-limits"


def test_a_bomb_by_total_size() -> None:
    filler = os.urandom(1000) * 1000
    members = {f"word/media/{number}.bin": filler for number in range(60)}
    assert refused(word(paragraph("а"), extra=members), "bomb.docx", Limits(unpacked_bytes=50_000_000)) == "over-limits"


def test_a_bomb_by_number_of_parts() -> None:
    members = {f"x{number}": b"" for number in range(10_050)}
    assert refused(word(paragraph("а"), extra=members), "bomb.docx") == "over-limits"


def test_a_bomb_in_a_bomb_is_only_an_archive() -> None:
    inner = packed({"zeros": bytes(20 * MEBIBYTE)})
    for _ in range(5):
        inner = packed({"inner.zip": inner})
    assert refused(inner, "bomb.zip") == "unsupported-format"


def test_parts_that_overlap_count_as_often_as_they_are_named() -> None:
    """The table of contents names one packed part many thousand times (a «zip quine» of the overlapping kind)."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_part = body.compress(bytes(MEBIBYTE)) + body.flush()
    local = struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, zlib.crc32(bytes(MEBIBYTE)), len(packed_part), MEBIBYTE, 1, 0
    )
    entries = b""
    for number in range(2000):
        name = f"{number:04d}".encode()
        entries += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, zlib.crc32(bytes(MEBIBYTE)), len(packed_part), MEBIBYTE,
            len(name), 0, 0, 0, 0, 0, 0,
        ) + name  # fmt: skip
    start = len(local) + 1 + len(packed_part)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2000, 2000, len(entries), start, 0)
    assert refused(local + b"a" + packed_part + entries + end, "bomb.docx") == "over-limits"


def test_a_size_that_lies_is_damage() -> None:
    data = bytearray(word(paragraph("а" * 5000)))
    start = data.index(b"PK\x01\x02")
    assert data[start + 46 :].startswith(b"word/document.xml")
    struct.pack_into("<I", data, start + 24, 100)
    assert refused(bytes(data), "lie.docx") == "damaged"


@pytest.mark.parametrize(
    "doctype",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
        '<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_are_never_followed(doctype: str) -> None:
    entity = "&k;" if doctype is BILLION_LAUGHS else "&x;"
    xml = (
        main_part(paragraph("ЗНАК"))
        .replace(b"?>\n", b"?>\n" + doctype.encode(), 1)
        .replace("ЗНАК".encode(), entity.encode())
    )
    assert refused(with_document(xml), "laughs.docx") == "damaged"
    content = f'<?xml version="1.0"?>{doctype}<a>{entity}</a>'.encode()
    ods = packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
    assert refused(ods, "laughs.ods") == "damaged"


def test_entities_in_a_workbook() -> None:
    members = unpacked(small_book())
    members["xl/workbook.xml"] = (BILLION_LAUGHS + "<workbook>&k;</workbook>").encode()
    assert refused(packed(members), "laughs.xlsx") == "damaged"


def test_names_that_climb_out_write_nothing(tmp_path: Path) -> None:
    extra = {
        "../../../../tmp/vekha-escaped": b"x",
        "/tmp/vekha-escaped": b"x",
        "..\\..\\vekha-escaped": b"x",
        "C:\\a": b"x",
    }
    document = read(word(paragraph("Приказ"), extra=extra), "../../climb.docx")
    assert paragraphs(document) == ["Приказ"]
    assert document.source.name == "climb.docx"
    assert not Path(tempfile.gettempdir(), "vekha-escaped").exists()
    assert list(tmp_path.iterdir()) == []


def test_links_to_outside_are_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{R_NAMESPACE}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{R_NAMESPACE}/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{R_NAMESPACE}/numbering" Target="../../../../etc/passwd"/></Relationships>'
    ).encode()
    assert paragraphs(read(word(paragraph("Приказ"), extra={"word/_rels/document.xml.rels": relations}), "a.docx")) == [
        "Приказ"
    ]


def test_macros_are_not_run() -> None:
    document = read(word(paragraph("Приказ"), macros=True), "a.docm")
    assert codes(document) == ["macros-ignored"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (ole_file({"EncryptedPackage": b"x" * 900, "EncryptionInfo": b"x" * 900}), "a.docx"),
        (ole_file({"WordDocument": b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(600)}), "a.doc"),
        (
            packed(
                {
                    "mimetype": b"application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": b"<m:encryption-data/>",
                }
            ),
            "a.odt",
        ),
    ],
)
def test_files_under_a_password(data: bytes, name: str) -> None:
    assert refused(data, name) == "encrypted"


@pytest.mark.slow
def test_two_hundred_thousand_rows() -> None:
    assert refused(sheet(200_000), "rows.xlsx") == "over-limits"
    page = "<table>" + "<tr><td>1.<td>Закупка<td>до 1 марта 2024 года" * 200_000
    assert refused(page.encode(), "rows.html") == "over-limits"
    body = table(row("1.", "Закупка", "до 1 марта 2024 года") * 200_000)
    assert refused(word(body), "rows.docx") == "over-limits"


@pytest.mark.slow
def test_ten_thousand_rows_are_read() -> None:
    (found,) = read(sheet(10_000), "rows.xlsx").blocks
    assert len(getattr(found, "rows", ())) == 10_000


def nested(depth: int) -> bytes:
    body = paragraph("дно")
    for _ in range(depth):
        body = table(row(cell(body + "<w:p/>")))
    return word(body)


def test_nesting_without_end() -> None:
    assert "дно" in str(read(nested(20), "deep.docx").blocks)
    assert refused(nested(250), "deep.docx") in ("over-limits", "damaged")
    assert refused(nested(2000), "deep.docx") in ("over-limits", "damaged")
    assert refused(b"<table><tr><td>" * 3000, "deep.html") == "over-limits"


def test_spans_without_end() -> None:
    wide = table(
        row(*(cell("а", span=2_000_000_000) for _ in range(3)), properties='<w:gridBefore w:val="999999999"/>')
    )
    assert len(read(word(wide), "wide.docx").blocks) == 1
    page = "<table>" + "<tr>" + "<td colspan=99999999 rowspan=99999999>x" * 50 + "<tr><td>y" * 50
    assert len(read(page.encode(), "wide.html").blocks) == 1


def test_a_merge_over_the_whole_sheet() -> None:
    members = unpacked(small_book())
    part = members["xl/worksheets/sheet1.xml"]
    merges = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    members["xl/worksheets/sheet1.xml"] = part.replace(b"</sheetData>", b"</sheetData>" + merges)
    assert len(read(packed(members), "merge.xlsx").blocks) == 1


def test_a_list_counted_to_the_end() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="upperRoman"/>'
        f'<w:lvlText w:val="{"%1" * 50}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = paragraph("а", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    (found,) = paragraphs(read(word(body, {"numbering": numbering}), "list.docx"))
    assert len(found) < 6000


def test_styles_in_a_circle() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("a", "b"), ("b", "a"))
    )
    body = paragraph("Приказ", '<w:pStyle w:val="a"/>')
    assert paragraphs(read(word(body, {"styles": styles}), "circle.docx")) == ["Приказ"]


def test_ten_thousand_fields_that_never_end() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    body = "".join(f"<w:p>{begin}{run('х')}</w:p>" for _ in range(10_000)) + paragraph("конец")
    assert paragraphs(read(word(body), "fields.docx"))[-1] == "конец"


@pytest.mark.parametrize(
    "data",
    [
        "Приказ\n1. Закупка до 1 марта".encode("cp1251"),
        "Приказ\n1. Закупка до 1 марта".encode("utf-16"),
        "Приказ\n1. Закупка до 1 марта".encode("utf-16-be"),
        b"\0" + "Приказ\n1. Закупка\0 до 1 марта".encode() + b"\0" * 100,
        "Приказ\n1. Закупка до 1 марта\u2028".encode(),
    ],
)
def test_texts_in_odd_encodings(data: bytes) -> None:
    shown = " ".join(paragraphs(read(data, "order.txt")))
    assert "Приказ" in shown
    assert "до 1 марта" in shown


@pytest.mark.slow
def test_a_line_of_fifty_megabytes() -> None:
    document = read(("до 1 марта " * 2_600_000).encode()[:50_000_000], "line.txt")
    assert document.blocks


def test_memory_is_given_back() -> None:
    before = psutil.Process().memory_info().rss
    data = sheet(60_000)
    for _ in range(3):
        refused(data, "rows.xlsx")
    assert psutil.Process().memory_info().rss - before < 200 * MEBIBYTE
    assert psutil.Process().children(recursive=True) == []
