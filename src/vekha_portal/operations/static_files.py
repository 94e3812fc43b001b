"""The pages' own files: gathered, packed once, and answered before Django is asked.

The web server's own way of serving a folder knows no packed copies, and four fifths of a first visit are scripts.
"""

from __future__ import annotations

import gzip
import mimetypes
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

PREFIX = "/static/"
_PACKED = frozenset({".css", ".html", ".js", ".json", ".map", ".svg", ".txt", ".xml"})
_SMALL = 1024
#: A name with the sum of its content never means anything else: it is kept for a year and not asked about again.
_SUMMED = re.compile(r"\.[0-9a-f]{12}(?:\.[^./]+)?$")
_FOR_EVER, _FOR_AN_HOUR = "public, max-age=31536000, immutable", "public, max-age=3600"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


def pack(folder: Path) -> int:
    """Put a packed copy beside every file that gains by it and let everybody read them all; how many were packed."""
    count = 0
    for path in _walk(folder):
        path.chmod(0o644)
        path.parent.chmod(0o755)
        if path.suffix not in _PACKED or path.stat().st_size < _SMALL:
            continue
        content = path.read_bytes()
        packed = gzip.compress(content, 9, mtime=0)
        if len(packed) < 0.9 * len(content):
            path.with_name(f"{path.name}.gz").write_bytes(packed)
            path.with_name(f"{path.name}.gz").chmod(0o644)
            count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Served:
    """One file as it is answered."""

    path: Path
    packed: Path | None
    kind: str
    tag: str
    kept: str


class StaticFiles:
    """Answers what begins with ``/static/`` from the folder and hands everything else to the application.

    The files are those that were there at the start: an address is looked up among their names, so no address leads out.
    """

    def __init__(self, application: Application, folder: Path) -> None:
        self.application = application
        self._files = dict(_describe(folder))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as WSGI wants it."""
        address = environ.get("PATH_INFO", "")
        served = self._files.get(address.removeprefix(PREFIX)) if address.startswith(PREFIX) else None
        if served is None:
            return self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _answer(start_response, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"}, b"")
        packed = served.packed if _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else None
        tag = f'"{served.tag}-gz"' if packed else f'"{served.tag}"'
        headers = {"ETag": tag, "Cache-Control": served.kept, "X-Content-Type-Options": "nosniff"}
        if served.packed:
            headers["Vary"] = "Accept-Encoding"
        if tag in (each.strip().removeprefix("W/") for each in environ.get("HTTP_IF_NONE_MATCH", "").split(",")):
            return _answer(start_response, HTTPStatus.NOT_MODIFIED, headers, None)
        headers |= {"Content-Type": served.kind, "Content-Security-Policy": "default-src 'none'; style-src 'self'"}
        if packed:
            headers["Content-Encoding"] = "gzip"
        content = (packed or served.path).read_bytes()
        return _answer(start_response, HTTPStatus.OK, headers, content, head=environ["REQUEST_METHOD"] == "HEAD")


def _answer(
    start_response: StartResponse,
    status: HTTPStatus,
    headers: dict[str, str],
    content: bytes | None,
    *,
    head: bool = False,
) -> Iterable[bytes]:
    if content is not None:
        headers["Content-Length"] = str(len(content))
    start_response(f"{status.value} {status.phrase}", list(headers.items()))
    return [] if head or not content else [content]


def _takes_gzip(accepted: str) -> bool:
    """Whether the header allows gzip.

    >>> [_takes_gzip(each) for each in ("br, gzip", "gzip;q=0, br", "*;q=0.5", "identity", "x-gzipped")]
    [True, False, True, False, False]
    """
    for each in accepted.lower().split(","):
        name, _, quality = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", quality)
    return False


def _describe(folder: Path) -> Iterator[tuple[str, _Served]]:
    for path in _walk(folder):
        packed = path.with_name(f"{path.name}.gz")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind in ("application/json", "image/svg+xml"):
            kind += "; charset=utf-8"
        facts = path.stat()
        tag, kept = f"{facts.st_size:x}-{facts.st_mtime_ns:x}", _FOR_EVER if _SUMMED.search(path.name) else _FOR_AN_HOUR
        yield path.relative_to(folder).as_posix(), _Served(path, packed if packed.is_file() else None, kind, tag, kept)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below the folder but packed copies."""
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place, name)
            if path.suffix != ".gz" and path.is_file() and not path.is_symlink():
                yield path
