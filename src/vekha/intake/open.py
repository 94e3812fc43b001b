"""From a path to a document: the one door through which files come in.

The kind of a file is told by its content; it is read by the reader of that kind, in a bounded child process; small
plain texts are read in place. Nothing else of the engines opens files given by users.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from types import MappingProxyType

from vekha.intake.document import Document, Format, Source
from vekha.intake.isolation import call_in_place, call_isolated, more_time
from vekha.intake.limits import DEFAULT_LIMITS, MEBIBYTE, Limits, over_limits, refusal
from vekha.intake.refusals import refusal_of
from vekha.intake.sniff import Kind, sniff
from vekha.intake.wire import document_from_bytes, document_to_bytes
from vekha.problems import Problem, Severity

Reader = Callable[[bytes, Source], Document]

_READ_IN_PLACE = 1 * MEBIBYTE
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class WrongCall(Exception):
    """The path names nothing that could be read at all: no such file, a folder, a device (exit code 2)."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Route:
    """How a kind is read: the format it is reported as, the reader, and what LibreOffice has to make of it before."""

    format: Format
    module: str
    function: str
    convert_to: str = ""


_DOCX = _Route(Format.DOCX, "vekha.intake.readers.docx", "read_docx")
_SHEETS = _Route(Format.XLSX, "vekha.intake.readers.xlsx", "read_xlsx")
_HTML = _Route(Format.HTML, "vekha.intake.readers.html", "read_html")
_ROUTES = MappingProxyType(
    {
        Kind.TEXT: _Route(Format.TEXT, "vekha.intake.readers.text", "read_text"),
        Kind.DOCX: _DOCX,
        Kind.DOCM: _DOCX,
        Kind.XLSX: _SHEETS,
        Kind.XLSM: _SHEETS,
        Kind.XLSB: _SHEETS,
        Kind.XLS: _SHEETS,
        Kind.ODS: _SHEETS,
        Kind.HTML: _HTML,
        Kind.MHT: _HTML,
        Kind.PDF: _Route(Format.PDF, "vekha.intake.readers.pdf", "read_pdf"),
        Kind.IMAGE: _Route(Format.SCAN, "vekha.intake.readers.scan", "read_image"),
        Kind.ODT: replace(_DOCX, format=Format.ODT, convert_to="docx"),
        Kind.FLAT_ODT: replace(_DOCX, format=Format.ODT, convert_to="docx"),
        Kind.RTF: replace(_DOCX, format=Format.RTF, convert_to="docx"),
        Kind.DOC: replace(_DOCX, format=Format.DOC, convert_to="docx"),
        Kind.WORD_XML: replace(_DOCX, format=Format.DOC, convert_to="docx"),
        Kind.EXCEL_XML: replace(_SHEETS, convert_to="xlsx"),
        Kind.FLAT_ODS: replace(_SHEETS, convert_to="xlsx"),
    }
)
_EXTENSIONS = MappingProxyType(
    {
        ".txt": {Kind.TEXT},
        ".md": {Kind.TEXT, Kind.HTML},
        ".csv": {Kind.TEXT},
        ".docx": {Kind.DOCX},
        ".docm": {Kind.DOCM},
        ".dotx": {Kind.DOCX},
        ".dotm": {Kind.DOCM},
        ".doc": {Kind.DOC},
        ".dot": {Kind.DOC},
        ".rtf": {Kind.RTF},
        ".odt": {Kind.ODT},
        ".ott": {Kind.ODT},
        ".fodt": {Kind.FLAT_ODT},
        ".ods": {Kind.ODS},
        ".fods": {Kind.FLAT_ODS},
        ".xlsx": {Kind.XLSX},
        ".xlsm": {Kind.XLSM},
        ".xltx": {Kind.XLSX},
        ".xlsb": {Kind.XLSB},
        ".xls": {Kind.XLS},
        ".html": {Kind.HTML},
        ".htm": {Kind.HTML},
        ".mht": {Kind.MHT},
        ".mhtml": {Kind.MHT},
        ".pdf": {Kind.PDF},
        ".png": {Kind.IMAGE},
        ".jpg": {Kind.IMAGE},
        ".jpeg": {Kind.IMAGE},
        ".tif": {Kind.IMAGE},
        ".tiff": {Kind.IMAGE},
        ".bmp": {Kind.IMAGE},
        ".webp": {Kind.IMAGE},
        ".heic": {Kind.IMAGE},
        ".heif": {Kind.IMAGE},
    }
)


def open_document(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file; raises ``WrongCall`` for a path that is no file and ``UnreadableFile`` for a bad file."""
    path = Path(path)
    return open_bytes(read_file(path, limits), path.name, limits)


def open_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in bytes that came under a name (an upload); raises ``UnreadableFile``.

    >>> open_bytes(b"", "order.docx")
    Traceback (most recent call last):
    vekha.intake.document.UnreadableFile: Файл пуст.
    """
    kind = sniff(data, limits)
    refused = refusal_of(kind)
    if refused is not None:
        raise refused
    route = _ROUTES[kind]
    source = Source(printable_name(name), route.format, hashlib.sha256(data).hexdigest())
    document = _read(data, source, kind, limits)
    noticed = (*_wrong_extension(name, kind), *_macros(kind))
    return replace(document, problems=noticed + document.problems) if noticed else document


def read_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a regular file; never waits for a device or a pipe; raises ``WrongCall`` or ``over-limits``."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except (OSError, ValueError) as error:
        raise _wrong_path(path, error) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = "папка" if stat.S_ISDIR(mode) else "устройство или канал"
        raise _wrong_call("not-a-file", f"«{path}» – {what}, а не файл.", "Укажите файл документа.")
    with open(descriptor, "rb") as file:
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:
            raise _wrong_path(path, error) from error
    if len(data) > limits.file_bytes:
        raise over_limits(f"Файл «{printable_name(path.name)}» больше {limits.file_bytes // MEBIBYTE} МиБ.")
    return data


def printable_name(name: str) -> str:
    """A file's name without folders, and with replaced bytes where the system could not decode it.

    >>> printable_name("../a/order.docx")
    'order.docx'
    """
    return PurePath(name).name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _read(data: bytes, source: Source, kind: Kind, limits: Limits) -> Document:
    route = _ROUTES[kind]
    if kind is Kind.TEXT and len(data) <= _READ_IN_PLACE:
        return call_in_place(lambda: _reader(route)(data, source))
    if route.convert_to:
        data = _converted(data, kind, route.convert_to, limits)
        sniff(data, limits)  # what LibreOffice made has to keep to the limits too
    if kind not in (Kind.PDF, Kind.IMAGE):
        reader = _reader(route)  # loaded before the fork: the next file need not load it again
        return document_from_bytes(call_isolated(lambda: document_to_bytes(reader(data, source)), limits))
    return document_from_bytes(call_isolated(lambda: _read_pages(data, source, kind, limits), limits))


def _read_pages(data: bytes, source: Source, kind: Kind, limits: Limits) -> bytes:
    """Read what may be a scan: its pages are counted first, and each has time of its own."""
    from vekha.intake.scanned_pages import count_scanned_pages  # noqa: PLC0415 — loads PDFium, in the child process only

    pages = count_scanned_pages(data, is_pdf=kind is Kind.PDF)
    more_time(min(pages, limits.scanned_pages) * limits.seconds_per_scanned_page)
    return document_to_bytes(_reader(_ROUTES[kind])(data, source))


def _reader(route: _Route) -> Reader:
    """The reader's function; its module and the libraries behind it load only when a file of its kind comes."""
    reader: Reader = getattr(importlib.import_module(route.module), route.function)
    return reader


def _converted(data: bytes, kind: Kind, target: str, limits: Limits) -> bytes:
    from vekha.intake.readers.office import convert_office  # noqa: PLC0415 — only for formats that need LibreOffice

    return convert_office(data, kind.value, target, seconds=limits.conversion_seconds)


def _wrong_extension(name: str, kind: Kind) -> tuple[Problem, ...]:
    extension = PurePath(name).suffix.lower()
    expected = _EXTENSIONS.get(extension)
    if expected is None or kind in expected:
        return ()
    return (
        Problem(
            "wrong-extension",
            f"Файл назван «{printable_name(name)}», но по содержимому это {_TITLES[kind]}; прочитан по содержимому.",
            Severity.NOTE,
            "Переименуйте файл, чтобы расширение отвечало содержимому.",
        ),
    )


_TITLES = MappingProxyType(
    {
        Kind.TEXT: "простой текст",
        Kind.DOCX: "документ DOCX",
        Kind.DOCM: "документ Word с макросами (DOCM)",
        Kind.XLSX: "книга XLSX",
        Kind.XLSM: "книга Excel с макросами (XLSM)",
        Kind.XLSB: "двоичная книга Excel (XLSB)",
        Kind.XLS: "книга Excel старого формата (XLS)",
        Kind.ODS: "книга OpenDocument (ODS)",
        Kind.ODT: "документ OpenDocument (ODT)",
        Kind.FLAT_ODT: "документ OpenDocument в одном XML",
        Kind.FLAT_ODS: "книга OpenDocument в одном XML",
        Kind.RTF: "документ RTF",
        Kind.DOC: "документ Word старого формата (DOC)",
        Kind.WORD_XML: "документ Word в одном XML",
        Kind.EXCEL_XML: "книга Excel в одном XML",
        Kind.HTML: "страница HTML",
        Kind.MHT: "веб-архив MHT",
        Kind.PDF: "PDF",
        Kind.IMAGE: "изображение",
    }
)


def _macros(kind: Kind) -> tuple[Problem, ...]:
    if kind not in (Kind.DOCM, Kind.XLSM):
        return ()
    return (
        Problem(
            "macros-ignored",
            "В файле есть макросы; они не выполнялись и не читались.",
            Severity.NOTE,
            "Если текст документа создают макросы, сохраните готовый документ в DOCX.",
        ),
    )


def _wrong_path(path: Path, error: OSError | ValueError) -> WrongCall:
    shown = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\\0")
    if isinstance(error, PermissionError):
        return _wrong_call("no-permission", f"Нет прав на чтение файла «{shown}».", "Разрешите чтение файла.")
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return _wrong_call("no-such-file", f"Файла «{shown}» нет.", "Проверьте имя файла и папку.")
    reason = error.strerror or type(error).__name__
    return _wrong_call("cannot-open", f"Файл «{shown}» не открывается: {reason}.", "Проверьте имя и доступ к файлу.")


def _wrong_call(code: str, message: str, hint: str) -> WrongCall:
    return WrongCall(refusal(code, message, hint).problem)
