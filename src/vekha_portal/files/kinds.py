"""What a file is, told by its content and never by its name: a media type for its row.

It reads the beginning of a file and, of an archive, the list of what is in it; nothing is unpacked or executed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import MappingProxyType

import puremagic

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
_HEAD = 1 << 16
_ARCHIVE = "application/zip"
#: An archive with a longer list is not looked into: the list alone would take the memory that a document does not need.
_LONGEST_LIST = 10_000
_END_OF_ARCHIVE = 22
_COMMENT = 1 << 16
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_HEIF = frozenset((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"))
_PACKAGES = MappingProxyType(
    {
        "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table")


def tell_media_type(path: Path) -> str:
    """The media type of the file's content; ``application/octet-stream`` for what is not known.

    Never a type that a browser would run: whatever looks like a page or a picture with scripts is told as what it is, and the
    download page hands out every file as an attachment.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    signed = _by_signature(head)
    if signed:
        return signed
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    return _by_words(head) or _by_magic(head, path.stat().st_size)


def _by_signature(head: bytes) -> str:
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return "image/heic"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.find(b"%PDF-", 0, 1024) >= 0:
        return "application/pdf"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), "")


def _by_words(head: bytes) -> str:
    """Pages, vector pictures and plain text, by what they begin with and by having no bytes that text has not."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    if any(start.startswith(word) for word in _PAGE_STARTS):
        return "text/html"
    if b"<svg" in start:
        return "image/svg+xml"
    if start.startswith(b"<?xml"):
        return "application/xml"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    return TEXT if head and not any(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head) else ""


def _by_magic(head: bytes, size: int) -> str:
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return str(found) if found and size else UNKNOWN


def _of_archive(path: Path) -> str:
    if not _has_short_list(path):
        return _ARCHIVE
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype" and archive.getinfo("mimetype").file_size < 128:
                return archive.read("mimetype").decode("ascii", "replace").strip() or _ARCHIVE
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return _ARCHIVE
    if "[Content_Types].xml" not in names:
        return _ARCHIVE
    return next(
        (kind for folder, kind in _PACKAGES.items() if any(each.startswith(folder) for each in names)), _ARCHIVE
    )


def _has_short_list(path: Path) -> bool:
    """Whether the archive's own count of its entries is one a document may have."""
    with path.open("rb") as file:
        size = path.stat().st_size
        file.seek(max(0, size - _END_OF_ARCHIVE - _COMMENT))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and int.from_bytes(tail[at + 10 : at + 12], "little") <= _LONGEST_LIST
