"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum

from vekha.intake.archive import Archive
from vekha.intake.limits import DEFAULT_LIMITS, Limits, damaged
from vekha.intake.ole import OLE_SIGNATURE, list_ole_streams, read_ole_stream


class Kind(StrEnum):
    """Every kind of file that is told apart; those without a reader too, so that the refusal can say what it is."""

    TEXT = "text"
    DOCX = "docx"
    DOCM = "docm"
    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    ODT = "odt"
    RTF = "rtf"
    DOC = "doc"
    WORD_XML = "word-xml"
    EXCEL_XML = "excel-xml"
    FLAT_ODT = "fodt"
    FLAT_ODS = "fods"
    HTML = "html"
    MHT = "mht"
    PDF = "pdf"
    IMAGE = "image"
    EMPTY = "empty"
    ENCRYPTED_OFFICE = "encrypted-office"
    ENCRYPTED_DOC = "encrypted-doc"
    ENCRYPTED_ODF = "encrypted-odf"
    PRESENTATION = "presentation"
    DRAWING = "drawing"
    MESSAGE = "message"
    ARCHIVE = "archive"
    DJVU = "djvu"
    OTHER_OFFICE = "other-office"
    SIGNATURE = "signature"
    PROGRAM = "program"
    MEDIA = "media"
    BINARY = "binary"


_PDF_WITHIN = 1024
_HEAD = 4096
_BINARY_SAMPLE = 1 << 16
_SIGNATURES: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"II+\0", Kind.IMAGE),
    (b"MM\0+", Kind.IMAGE),
    (b"GIF87a", Kind.IMAGE),
    (b"GIF89a", Kind.IMAGE),
    (b"AT&TFORM", Kind.DJVU),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b\x08", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\0", Kind.ARCHIVE),
    (b"MSCF", Kind.ARCHIVE),
    (b"MZ\x90", Kind.PROGRAM),
    (b"\x7fELF", Kind.PROGRAM),
    (b"\xca\xfe\xba\xbe", Kind.PROGRAM),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"\x1aE\xdf\xa3", Kind.MEDIA),
)
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"))
_CONTENT_KINDS: tuple[tuple[bytes, Kind], ...] = (
    (b"wordprocessingml", Kind.DOCX),
    (b"ms-word.document.macroEnabled", Kind.DOCM),
    (b"ms-word.template.macroEnabled", Kind.DOCM),
    (b"spreadsheetml.sheet.main", Kind.XLSX),
    (b"spreadsheetml.template.main", Kind.XLSX),
    (b"ms-excel.sheet.macroEnabled", Kind.XLSM),
    (b"ms-excel.template.macroEnabled", Kind.XLSM),
    (b"ms-excel.sheet.binary", Kind.XLSB),
    (b"presentationml", Kind.PRESENTATION),
    (b"ms-powerpoint", Kind.PRESENTATION),
    (b"ms-visio", Kind.DRAWING),
    (b"fixeddocument", Kind.OTHER_OFFICE),
)
_ODF_KINDS: tuple[tuple[str, Kind], ...] = (
    ("application/vnd.oasis.opendocument.text", Kind.ODT),
    ("application/vnd.oasis.opendocument.spreadsheet", Kind.ODS),
    ("application/vnd.oasis.opendocument.presentation", Kind.PRESENTATION),
    ("application/vnd.oasis.opendocument.graphics", Kind.DRAWING),
)
_XML_KINDS: tuple[tuple[bytes, Kind], ...] = (
    (b"schemas.microsoft.com/office/word/2003/wordml", Kind.WORD_XML),
    (b"schemas.microsoft.com/office/2006/xmlPackage", Kind.WORD_XML),
    (b"urn:schemas-microsoft-com:office:spreadsheet", Kind.EXCEL_XML),
    (b"application/vnd.oasis.opendocument.text", Kind.FLAT_ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Kind.FLAT_ODS),
)
_LEADING_COMMENTS = re.compile(rb"(?:<!--.*?-->\s*)+", re.DOTALL)
_PAGE_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|title|style)\b", re.IGNORECASE)
_PAGE_INSIDE = re.compile(rb"<(?:html|body|table)\b", re.IGNORECASE)
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z-]*:[ \t]")
_MHT_HEADER = re.compile(rb"^(?:mime-version|content-type)\s*:", re.IGNORECASE | re.MULTILINE)
_MESSAGE_HEADER = re.compile(rb"^(?:received|return-path|message-id|delivered-to)\s*:", re.IGNORECASE | re.MULTILINE)
# What Latin text never has: control characters other than tab, line breaks, form feed, DOS end of file, escape, NUL.
_CONTROLS = bytes(code for code in range(32) if code not in (0, 7, 8, 9, 10, 11, 12, 13, 26, 27)) + b"\x7f"


def sniff(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """The kind of a file; raises the refusals of :class:`Archive` for a packed file that is damaged or a bomb.

    >>> sniff(b"%PDF-1.7 ...").value, sniff("Срок".encode()).value
    ('pdf', 'text')
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_archive(Archive(data, limits))
    if data.startswith(OLE_SIGNATURE):
        return _sniff_ole(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind.PDF
    return _sniff_container(data) or _sniff_markup(data) or _sniff_plain(data)


def _sniff_container(data: bytes) -> Kind | None:
    if data[:4] == b"RIFF":
        return Kind.IMAGE if data[8:12] == b"WEBP" else Kind.MEDIA
    if data[4:8] == b"ftyp":
        brands = {data[start : start + 4] for start in range(8, 40, 4)}
        return Kind.IMAGE if brands & _HEIF_BRANDS else Kind.MEDIA
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\0\0\0\0":
        return Kind.IMAGE
    if data[:1] == b"\x30" and b"\x2a\x86\x48\x86\xf7\x0d\x01\x07" in data[:64]:
        return Kind.SIGNATURE
    return None


def _sniff_markup(data: bytes) -> Kind | None:
    head = data[:_HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<\0" in head[:64] or b"\0<" in head[:64]:
        head = head.replace(b"\0", b"")
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    if head.startswith(b"<?xml") or head.startswith(b"<?mso"):
        for mark, kind in _XML_KINDS:
            if mark in head:
                return kind
    if head.startswith(b"<!--"):
        head = _LEADING_COMMENTS.sub(b"", head, count=1)
    if _PAGE_START.match(head) or (head.startswith(b"<") and _PAGE_INSIDE.search(data[:_BINARY_SAMPLE])):
        return Kind.HTML  # other tags may be remains of markup in a text
    if _HEADER_LINE.match(head) and _MHT_HEADER.search(head):
        return _sniff_message(head)
    return None


def _sniff_message(head: bytes) -> Kind | None:
    lowered = head.lower()
    if _MESSAGE_HEADER.search(head):
        return Kind.MESSAGE
    if b"multipart/related" in lowered or b"text/html" in lowered:
        return Kind.MHT
    return None


def _sniff_plain(data: bytes) -> Kind:
    sample = data[:_BINARY_SAMPLE].strip(b"\0")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _looks_wide(sample):
        return Kind.TEXT
    return Kind.BINARY if controls * 25 > len(sample) or sample.count(0) * 3 > len(sample) else Kind.TEXT


def _looks_wide(sample: bytes) -> bool:
    """Whether every second byte is the high one of Latin or Cyrillic UTF-16 (whose bytes 4 count as controls)."""
    even, odd = sample[0::2], sample[1::2]
    shares = sorted((half.count(0) + half.count(4)) / max(len(half), 1) for half in (even, odd))
    return shares[0] < 0.3 and shares[1] > 0.7


def _sniff_archive(archive: Archive) -> Kind:
    if "mimetype" in archive and archive.size("mimetype") < _HEAD:
        kind = _sniff_odf(archive)
        if kind:
            return kind
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml").replace(b"\0", b"")
        for mark, kind in _CONTENT_KINDS:
            if mark in types and (kind is not Kind.DOCX or _is_word_main(types)):
                return kind
        return Kind.OTHER_OFFICE
    if "word/document.xml" in archive or "xl/workbook.xml" in archive:
        raise damaged("В файле Office нет обязательной части «[Content_Types].xml».")
    return Kind.ARCHIVE


def _is_word_main(types: bytes) -> bool:
    return b"wordprocessingml.document.main" in types or b"wordprocessingml.template.main" in types


def _sniff_odf(archive: Archive) -> Kind | None:
    mime = archive.read("mimetype").decode("ascii", "replace").strip()
    for mark, kind in _ODF_KINDS:
        if mime.startswith(mark):
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else b""
            return Kind.ENCRYPTED_ODF if b"encryption-data" in manifest else kind
    return None


def _sniff_ole(data: bytes) -> Kind:
    streams = {stream.name for stream in list_ole_streams(data)}
    if not streams:
        raise damaged("Файл старого формата Office (DOC, XLS) повреждён: его оглавление не читается.")
    if "EncryptedPackage" in streams:
        return Kind.ENCRYPTED_OFFICE
    if "WordDocument" in streams:
        return Kind.ENCRYPTED_DOC if _is_encrypted_doc(data) else Kind.DOC
    if "Workbook" in streams or "Book" in streams:
        return Kind.XLS
    if "PowerPoint Document" in streams:
        return Kind.PRESENTATION
    if any(name.startswith("__properties_version") for name in streams):
        return Kind.MESSAGE
    return Kind.OTHER_OFFICE


def _is_encrypted_doc(data: bytes) -> bool:
    flags = read_ole_stream(data, "WordDocument")[10:12]
    return len(flags) == 2 and bool(flags[1] & 0x01)
