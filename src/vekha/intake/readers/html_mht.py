"""The pages in a web archive (MHT, «веб-страница в одном файле») as Word, Excel and browsers save it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from vekha.intake.limits import damaged

_MAX_PARTS = 2000


def is_web_archive(data: bytes) -> bool:
    """Whether the bytes begin with the header lines of a message rather than with a page."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n").lower()
    return not head.startswith(b"<") and (b"content-type:" in head or b"mime-version:" in head)


def read_pages(data: bytes) -> list[tuple[bytes, str | None]]:
    """The HTML pages with their declared encodings: the first, or all of them where the first is only a frame for the rest."""
    try:
        message = message_from_bytes(data)
        pages = [_page(part) for part in _parts(message) if part.get_content_type() == "text/html"]
    except (ValueError, LookupError, AssertionError, TypeError, AttributeError, RecursionError) as error:
        raise damaged("Веб-архив (MHT) повреждён: его части не читаются.") from error
    pages = [page for page in pages if page[0].strip()]
    if not pages:
        raise damaged("В веб-архиве (MHT) нет страницы с текстом.")
    return pages if b"<frameset" in pages[0][0].lower() else pages[:1]


def _parts(message: Message) -> list[Message]:
    parts = []
    for part in message.walk():
        parts.append(part)
        if len(parts) >= _MAX_PARTS:
            break
    return parts


def _page(part: Message) -> tuple[bytes, str | None]:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b"", part.get_content_charset()
