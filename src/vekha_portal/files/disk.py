"""Bytes on the disk: received in pieces, summed on the way, put under their sum in one step; nothing here knows rows.

A file is never changed in place: it is written beside, made durable, and only then gets its name. So whatever has the name is
whole, and two uploads of the same bytes meet in one file.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from vekha_portal.files.kinds import tell_media_type

CHUNK = 1 << 20
ORIGINALS = "originals"
_PARTIAL = "partial-"
_SUM = re.compile(r"[0-9a-f]{64}\Z")
_LONGEST_NAME = 200
_SEPARATORS = re.compile(r"[/\\]+")


class TooLarge(Exception):
    """More bytes came than are taken."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came whole and are durable on the disk, still without their place."""

    path: Path
    size: int
    sum: str
    media_type: str


def media_root() -> Path:
    """The folder of everything people hand in."""
    return Path(settings.MEDIA_ROOT)


def address_of_sum(total: str) -> str:
    """Where bytes of this sum lie under the folder of media."""
    return f"{ORIGINALS}/{total[:2]}/{total}"


def path_of(address: str) -> Path:
    """Where the bytes of a row lie."""
    return media_root() / address


@contextmanager
def receive(chunks: Iterable[bytes], *, limit: int) -> Iterator[Received]:
    """Write what comes to a file of its own, made durable; it goes away unless :func:`settle` gives it its place.

    Raises :class:`TooLarge` as soon as more than ``limit`` bytes came. Memory stays at the size of a piece.
    """
    folder = media_root() / ORIGINALS
    _make_folder(folder)
    descriptor, name = tempfile.mkstemp(prefix=_PARTIAL, dir=folder)
    path = Path(name)
    try:
        total, size = sha256(), 0
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                total.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Received(path, size, total.hexdigest(), tell_media_type(path))
    finally:
        path.unlink(missing_ok=True)


def settle(received: Received) -> str:
    """Give received bytes their place, durably; the address for the row. The same bytes again only make the file young."""
    address = address_of_sum(received.sum)
    place = media_root() / address
    _make_folder(place.parent)
    if place.exists() and place.stat().st_size == received.size:
        os.utime(place)
        return address
    os.replace(received.path, place)
    _sync_folder(place.parent)
    return address


def list_sums(*, before: float) -> Iterator[tuple[str, Path]]:
    """Sums and places of kept files that are older than the moment, and half-received ones, whose sum is empty."""
    folder = media_root() / ORIGINALS
    for path in sorted(folder.rglob("*")):
        with contextlib.suppress(FileNotFoundError):
            if not path.is_file() or path.stat().st_mtime >= before:
                continue
            if path.name.startswith(_PARTIAL):
                yield "", path
            elif _SUM.match(path.name):
                yield path.name, path


def clean_name(name: str) -> str:
    """A file's name for people: without folders and invisible characters, not too long, its ending kept.

    >>> clean_name("../../etc/Приказ\\u202e\\n № 1.docx"), clean_name("C:\\\\Документы\\\\план.xlsx"), clean_name("///")
    ('Приказ № 1.docx', 'план.xlsx', 'файл')
    """
    whole = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    last = _SEPARATORS.split(whole.strip())[-1]
    shown = " ".join("".join(each for each in last if unicodedata.category(each)[0] != "C").split())
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > _LONGEST_NAME and dot and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return shown[:_LONGEST_NAME].strip(". ") or "файл"


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
