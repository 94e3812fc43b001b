"""The table of contents of an OLE2 file (old DOC, XLS, encrypted DOCX): which streams stand in its root, and where.

Only so much as telling formats apart needs; every loop is bounded by the file's own size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_END = 0xFFFFFFFA  # this and above are marks, not sectors
_MAX_DIRECTORY_SECTORS = 4096
_SHORT = 4096
_SMALL_SECTOR = 64


@dataclass(frozen=True, slots=True)
class OleStream:
    """A stream of the root storage: its name, the number of its first sector, its size in bytes."""

    name: str
    first: int
    size: int


def list_ole_streams(data: bytes) -> tuple[OleStream, ...]:
    """The streams and storages directly in the root; empty for a file whose directory cannot be followed."""
    entries = _read_entries(data)
    if not entries:
        return ()
    root_child = struct.unpack_from("<I", entries[0], 76)[0]
    return tuple(_stream(entries[index]) for index in _siblings(entries, root_child))


def read_ole_stream(data: bytes, name: str) -> bytes:
    """The bytes of a stream of the root; empty where there is none."""
    stream = next((item for item in list_ole_streams(data) if item.name == name), None)
    if stream is None:
        return b""
    if stream.size >= _SHORT:
        return b"".join(_chain(data, stream.first, _longest(data)))[: stream.size]
    # Short streams are kept in one stream of their own, in small sectors with a table of their own.
    root = _stream(_read_entries(data)[0])
    container = b"".join(_chain(data, root.first, _longest(data)))
    table = b"".join(_chain(data, struct.unpack_from("<I", data, 60)[0], _longest(data)))
    parts, sector = [], stream.first
    for _ in range(_SHORT // _SMALL_SECTOR):
        if sector >= _END or (sector + 1) * 4 > len(table):
            break
        parts.append(container[sector * _SMALL_SECTOR : (sector + 1) * _SMALL_SECTOR])
        sector = struct.unpack_from("<I", table, sector * 4)[0]
    return b"".join(parts)[: stream.size]


def _read_entries(data: bytes) -> list[bytes]:
    if (
        len(data) < _HEADER
        or not data.startswith(OLE_SIGNATURE)
        or struct.unpack_from("<H", data, 30)[0] not in (9, 12)
    ):
        return []
    directory = b"".join(_chain(data, struct.unpack_from("<I", data, 48)[0], _MAX_DIRECTORY_SECTORS))
    return [directory[start : start + _ENTRY] for start in range(0, len(directory) - _ENTRY + 1, _ENTRY)]


def _sector_size(data: bytes) -> int:
    return 1 << int(struct.unpack_from("<H", data, 30)[0])


def _longest(data: bytes) -> int:
    return len(data) // _sector_size(data)


def _stream(entry: bytes) -> OleStream:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
    return OleStream(name, *struct.unpack_from("<II", entry, 116))


def _siblings(entries: list[bytes], first: int) -> Iterator[int]:
    """The numbers of the entries in the tree of siblings that begins with ``first``."""
    waiting, seen = [first], set()
    while waiting:
        index = waiting.pop()
        if index >= len(entries) or index in seen:
            continue
        seen.add(index)
        yield index
        waiting.extend(struct.unpack_from("<II", entries[index], 68))


def _chain(data: bytes, sector: int, longest: int) -> Iterator[bytes]:
    """The sectors that follow one another in the allocation table, as many as ``longest`` at most."""
    sector_size = _sector_size(data)
    table = _allocation_table_sectors(data, sector_size)
    per_sector = sector_size // 4
    for _ in range(longest):
        start = (sector + 1) * sector_size
        if sector >= _END or start >= len(data):
            return
        yield data[start : start + sector_size]
        block, index = divmod(sector, per_sector)
        if block >= len(table):
            return
        position = (table[block] + 1) * sector_size + index * 4
        if position + 4 > len(data):
            return
        sector = struct.unpack_from("<I", data, position)[0]


def _allocation_table_sectors(data: bytes, sector_size: int) -> list[int]:
    """Where the allocation table's sectors are: the 109 of the header, then those of the chain of extra sectors."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    extra, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // sector_size)):
        start = (extra + 1) * sector_size
        if extra >= _END or start + sector_size > len(data):
            break
        numbers = struct.unpack_from(f"<{sector_size // 4}I", data, start)
        sectors.extend(numbers[:-1])
        extra = numbers[-1]
    return sectors
