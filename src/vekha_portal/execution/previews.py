"""Small pictures of documents: drawn once by a program of its own, kept in the cache by the sum of the bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.core.cache import cache

from vekha_portal.files.disk import path_of
from vekha_portal.files.models import StoredFile

MOST_BYTES = 40 * 1024 * 1024
SECONDS = 20
KEPT_SECONDS = 30 * 24 * 3600
#: Stands where nothing can be drawn.
PLACEHOLDER = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="160" viewBox="0 0 120 160">'
    b'<rect width="120" height="160" fill="#f2f2f0"/><path d="M34 24h38l20 20v92H34z" fill="#fff" stroke="#8a8a85"/>'
    b'<path d="M72 24v20h20" fill="none" stroke="#8a8a85"/></svg>'
)
_PROGRAM = Path(__file__).with_name("first_page.py")


def draw_preview(file: StoredFile) -> bytes | None:
    """A JPEG of at most 480 × 640, or nothing where the file is too large or cannot be drawn."""
    if file.size > MOST_BYTES:
        return None
    key = f"preview:{file.sha256}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _draw(path_of(str(file.content)), file.media_type)
        cache.set(key, kept, KEPT_SECONDS)
    return kept or None


def _draw(path: Path, media_type: str) -> bytes:
    if not path.is_file():
        return b""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), str(path), media_type],
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\xff\xd8\xff") else b""
