"""Kinds of files told by their content, whatever they are called."""

from __future__ import annotations

import io

import pytest
import xlwt
from PIL import Image

from tests.builders.ole_files import ole_file
from tests.builders.word_packages import packed, paragraph, word
from vekha.intake.document import UnreadableFile
from vekha.intake.sniff import Kind, sniff


def image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, kind)
    return buffer.getvalue()


def office(content_type: str) -> bytes:
    return packed(
        {"[Content_Types].xml": f'<Types><Override ContentType="application/{content_type}"/></Types>'.encode()}
    )


def old_excel() -> bytes:
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("Лист").write(0, 0, "а")
    book.save(buffer)
    return buffer.getvalue()


FILES = [
    (b"", Kind.EMPTY),
    (b" \r\n\0", Kind.EMPTY),
    ("Распоряжение".encode(), Kind.TEXT),
    ("Распоряжение".encode("cp1251"), Kind.TEXT),
    ("Распоряжение".encode("utf-16"), Kind.TEXT),
    ("Распоряжение".encode("utf-16-le"), Kind.TEXT),
    ("1.\t<p>Меры:</p>\tдо 1 марта".encode(), Kind.TEXT),
    (b"  \n<!DOCTYPE html><p>x", Kind.HTML),
    ("\ufeff<html>".encode(), Kind.HTML),
    ("<html><table>".encode("utf-16"), Kind.HTML),
    (b'<?xml version="1.0"?><html xmlns="x">', Kind.HTML),
    (b"<table><tr><td>1", Kind.HTML),
    (b"<!-- x --><body>", Kind.HTML),
    (b"<div><p>x</p>" + b" " * 9000 + b"<table>", Kind.HTML),
    ("<p>Приказ</p>\n1.\tЗакупка\tдо 1 марта".encode(), Kind.TEXT),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related", Kind.MHT),
    ("Приказ\nContent-Type: multipart/related text/html".encode(), Kind.TEXT),
    (b"Received: x\nMIME-Version: 1.0\n\nx", Kind.MESSAGE),
    (b"%PDF-1.4", Kind.PDF),
    (b"\n\n junk %PDF-1.4", Kind.PDF),
    (b"{\\rtf1", Kind.RTF),
    (b"\n {\\rtf1", Kind.RTF),
    (b'<?xml version="1.0"?><?mso-application?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
     Kind.WORD_XML),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Kind.EXCEL_XML),
    (b'<?xml version="1.0"?><o:document o:mimetype="application/vnd.oasis.opendocument.text">', Kind.FLAT_ODT),
    (word(paragraph("а")), Kind.DOCX),
    (word(paragraph("а"), macros=True), Kind.DOCM),
    (office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), Kind.XLSX),
    (office("vnd.ms-excel.sheet.macroEnabled.main+xml"), Kind.XLSM),
    (office("vnd.ms-excel.sheet.binary.macroEnabled.main"), Kind.XLSB),
    (office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), Kind.PRESENTATION),
    (office("vnd.ms-package.xps-fixeddocument+xml"), Kind.OTHER_OFFICE),
    (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), Kind.ODT),
    (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), Kind.ODS),
    (
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<encryption-data/>"}),
        Kind.ENCRYPTED_ODF,
    ),
    (packed({"order.docx": b"x"}), Kind.ARCHIVE),
    (old_excel(), Kind.XLS),
    (ole_file({"WordDocument": b"\xec\xa5" + bytes(600)}), Kind.DOC),
    (ole_file({"WordDocument": b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(600)}), Kind.ENCRYPTED_DOC),
    (ole_file({"EncryptedPackage": b"x" * 600, "EncryptionInfo": b"y" * 600}), Kind.ENCRYPTED_OFFICE),
    (ole_file({"PowerPoint Document": b"x" * 600}), Kind.PRESENTATION),
    (ole_file({"__properties_version1.0": b"x" * 600}), Kind.MESSAGE),
    (ole_file({"Unknown": b"x" * 600}), Kind.OTHER_OFFICE),
    (image("PNG"), Kind.IMAGE),
    (image("JPEG"), Kind.IMAGE),
    (image("TIFF"), Kind.IMAGE),
    (image("BMP"), Kind.IMAGE),
    (image("WEBP"), Kind.IMAGE),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind.IMAGE),
    (b"\0\0\0\x18ftypisom\0\0\0\0mp41", Kind.MEDIA),
    (b"AT&TFORM\0\0", Kind.DJVU),
    (b"Rar!\x1a\x07\x01\0", Kind.ARCHIVE),
    (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", Kind.SIGNATURE),
    (b"MZ\x90\0\x03", Kind.PROGRAM),
    (bytes(range(1, 256)) * 20, Kind.BINARY),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "kind"), FILES, ids=[f"{index}-{kind.value}" for index, (_, kind) in enumerate(FILES)]
)
def test_kinds(data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        ole_file({"WordDocument": b"x" * 600})[:700],
        packed({"word/document.xml": b"<a/>"}),
    ],
)
def test_broken_containers_are_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        sniff(data)
    assert caught.value.problem.code == "damaged"
