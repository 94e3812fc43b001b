"""Why a kind of file is not read, and what its owner can do: one table of Russian sentences."""

from __future__ import annotations

from types import MappingProxyType

from vekha.intake.document import UnreadableFile
from vekha.intake.limits import encrypted, refusal
from vekha.intake.sniff import Kind

_UNSUPPORTED = MappingProxyType(
    {
        Kind.PRESENTATION: ("Это презентация.", "Сохраните таблицу мероприятий в DOCX, XLSX или PDF."),
        Kind.DRAWING: ("Это чертёж или схема.", "Сохраните документ в DOCX или PDF."),
        Kind.MESSAGE: ("Это письмо электронной почты.", "Сохраните вложение письма отдельным файлом и откройте его."),
        Kind.ARCHIVE: ("Это архив.", "Распакуйте архив и откройте нужный документ из него."),
        Kind.DJVU: ("Это DjVu.", "Сохраните документ в PDF."),
        Kind.OTHER_OFFICE: ("Это файл Office неизвестного вида.", "Сохраните документ в DOCX, XLSX или PDF."),
        Kind.SIGNATURE: ("Это электронная подпись, а не документ.", "Откройте документ, к которому он приложен."),
        Kind.PROGRAM: ("Это программа, а не документ.", "Проверьте, тот ли файл указан; не запускайте его."),
        Kind.MEDIA: ("Это звук или видео.", "Проверьте, тот ли файл указан."),
        Kind.BINARY: ("Содержимое не похоже ни на один вид документа.", "Сохраните документ в DOCX, XLSX или PDF."),
    }
)
_READ = "Читаются: DOCX, PDF, сканы и снимки, XLSX, XLS, ODS, HTML, текст; через LibreOffice – DOC, ODT, RTF."


def refusal_of(kind: Kind) -> UnreadableFile | None:
    """The refusal of a kind that no reader takes, ``None`` for every kind that has one.

    >>> refusal_of(Kind.DOCX) is None
    True
    >>> refusal_of(Kind.EMPTY).problem.code
    'empty-file'
    """
    if kind is Kind.EMPTY:
        return refusal("empty-file", "Файл пуст.", "Проверьте, тот ли это файл и полностью ли он скачан.")
    if kind in (Kind.ENCRYPTED_OFFICE, Kind.ENCRYPTED_DOC, Kind.ENCRYPTED_ODF):
        return encrypted()
    if kind in _UNSUPPORTED:
        message, hint = _UNSUPPORTED[kind]
        return refusal("unsupported-format", message, f"{hint} {_READ}")
    return None
