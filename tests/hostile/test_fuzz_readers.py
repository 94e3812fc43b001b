"""Valid files with bytes changed at random, seeds fixed: every one is read or refused, none crashes a reader.

Packed formats are changed inside their parts, before packing: otherwise only the check sums would be tested.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
import xlwt

from tests.builders.ole_files import ole_file
from tests.builders.read_documents import source
from tests.builders.word_packages import (
    cell,
    level,
    list_definition,
    list_use,
    numbered,
    packed,
    paragraph,
    row,
    run,
    table,
    word,
)
from vekha.intake.document import Document, UnreadableFile
from vekha.intake.encodings import decode_text
from vekha.intake.open import open_bytes
from vekha.intake.readers.docx import read_docx
from vekha.intake.readers.html import read_html
from vekha.intake.readers.xlsx_ods import read_ods_sheets
from vekha.intake.sniff import sniff

pytestmark = pytest.mark.fuzz
EXPECTED = {"damaged", "over-limits", "encrypted", "unsupported-format", "empty-file", "too-slow"}
PIECES = (
    b"<w:p>", b"</w:p>", b"<w:tc>", b"</w:tr>", b'w:val="-1"', b'w:val="99999999999"', b"<w:del>", b"<td>", b"</table>", b"<li>",
    b'rowspan="0"', b'colspan="-1"', b"&#0;", b"&amp;", b"\0", b"\xff", b"]]>", b"<!--", b"<w:sdt>", b'r="ZZZ9"', b'r=""',
)  # fmt: skip


def change(data: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, cut out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        length = chance.randint(1, 40)
        match chance.randrange(5):
            case 0 if changed:
                changed[at % len(changed)] = chance.randrange(256)
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at:at] = chance.choice(PIECES)
            case _:
                other = chance.randrange(len(changed) + 1)
                changed[at:at] = changed[other : other + length]
    return bytes(changed)


def change_inside(data: bytes, chance: random.Random) -> bytes:
    """One part of a packed file changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    name = chance.choice(sorted(members))
    return packed({**members, name: change(members[name], chance)})


def docx_file() -> bytes:
    body = (
        paragraph("Приказ", '<w:jc w:val="center"/>', "<w:b/>")
        + numbered("Пункт")
        + table(
            row(cell("№", down="restart"), cell("Срок", span=2), properties="<w:ins/>"),
            row(
                cell("", down="continue"),
                "1 марта",
                cell(f"<w:p><w:del>{run('х')}</w:del><w:ins>{run('у')}</w:ins></w:p>"),
            ),
            row(cell(numbered("")), cell(table(row("а", "б"), row("в", "г")) + paragraph("")), "д"),
            widths=(500, 2000, 2000),
        )
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        + '<w:sectPr><w:headerReference w:type="first" r:id="rIdheader"/><w:titlePg/></w:sectPr>'
    )
    parts = {
        "numbering": list_definition(1, level(0, "decimal", "%1."), level(1, "russianLower", "%2)")) + list_use(1, 1),
        "styles": '<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="Normal"/></w:style>',
        "footnotes": f'<w:footnote w:id="1">{paragraph("Сноска")}</w:footnote>',
        "header": paragraph("Правительство"),
    }
    return word(body, parts)


def xlsx_file() -> bytes:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for values in (["План"], ["№", "Мера", "Срок"], [1, "Закупка", 0.5], [2, "Обучение", "1 мая"]):
        active.append(values)
    active["C3"].number_format = "0%"
    active.merge_cells("A1:C1")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls_file() -> bytes:
    book = xlwt.Workbook()
    active = book.add_sheet("Лист")
    for line in range(6):
        for column in range(4):
            active.write(line, column, f"ячейка {line} {column}")
    active.write_merge(6, 7, 0, 2, "объединена")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="План"><table:table-row table:number-rows-repeated="2">'
    '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"><text:p>а</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>1.3</text:p></table:table-cell>'
    '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5<text:line-break/></text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
).encode()
HTML = (
    '<html><head><meta charset="utf-8"></head><body><p align=center><b>Приказ</b><table><tr><th rowspan=2>№<th colspan=2>Срок'
    "<tr><td>1<td><ul><li>а<li>б</ul><tr><td><table><tr><td>1<td>2<tr><td>3<td>4</table></table><ol start=3><li>в</ol>"
).encode()


def read_ods(data: bytes) -> None:
    from vekha.intake.archive import Archive  # noqa: PLC0415 — only this kind needs it

    read_ods_sheets(Archive(data))


def throw(
    original: bytes, alter: Callable[[bytes, random.Random], bytes], reader: Callable[[bytes], object], times: int
) -> None:
    """Give the reader so many changed files: it takes or refuses each, and whatever else it does fails the test."""
    chance = random.Random(2024)
    for _ in range(times):
        data = alter(original, chance)
        try:
            reader(data)
        except UnreadableFile as error:
            assert error.problem.code in EXPECTED, (error.problem, getattr(error, "__notes__", ()))


def in_child(data: bytes) -> Document:
    return open_bytes(data, "a")


def as_docx(data: bytes) -> Document:
    return read_docx(data, source())


def as_page(data: bytes) -> Document:
    return read_html(data, source())


@pytest.mark.parametrize(
    ("original", "alter", "reader", "times"),
    [
        (docx_file(), change_inside, as_docx, 1500),
        (docx_file(), change, in_child, 500),
        (xlsx_file(), change_inside, in_child, 200),
        (xls_file(), change, in_child, 800),
        (packed({"content.xml": ODS}), change_inside, read_ods, 3000),
        (HTML, change, as_page, 3000),
        (ole_file({"WordDocument": b"x" * 700, "1Table": b"y" * 700}), change, sniff, 3000),
    ],
    ids=["docx-parts", "docx-bytes", "xlsx-parts", "xls-bytes", "ods-parts", "html", "ole"],
)
def test_changed_files_are_read_or_refused(
    original: bytes, alter: Callable[[bytes, random.Random], bytes], reader: Callable[[bytes], object], times: int
) -> None:
    throw(original, alter, reader, times)


def test_changed_texts_decode() -> None:
    for encoding in ("utf-8", "cp1251", "utf-16"):
        throw("Приказ № 1 «О мерах» до 1 марта\n".encode(encoding) * 5, change, decode_text, times=3000)
