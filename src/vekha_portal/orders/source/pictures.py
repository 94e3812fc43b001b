"""Pictures of pages: drawn when somebody looks, kept under the sum of the file, removed after a while."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from vekha_portal.files.disk import media_root, path_of
from vekha_portal.files.models import StoredFile
from vekha_portal.orders.source.bridge import draw_page

PICTURES = "pages"
MOST_PAGES = 2_000
_PDF = "application/pdf"


def picture_of(file: StoredFile, number: int) -> bytes:
    """The page as PNG; empty where the file has no such page. Raises ``Unreadable`` where it cannot be drawn."""
    place = media_root() / PICTURES / file.sha256[:2] / f"{file.sha256}-{number}.png"
    try:
        return place.read_bytes()
    except FileNotFoundError:
        pass
    if not 1 <= number <= MOST_PAGES:
        return b""
    drawn = draw_page(path_of(str(file.content)).read_bytes(), number, is_pdf=file.media_type == _PDF)
    if drawn:
        _put(place, drawn)
    return drawn


def _put(place: Path, content: bytes) -> None:
    """Whole or not at all: another request may be reading."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="partial-", dir=place.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.replace(name, place)


def remove_old_pictures(*, before: float) -> int:
    """Remove pictures drawn before the moment; how many."""
    old = [path for path in (media_root() / PICTURES).rglob("*") if path.is_file() and path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
