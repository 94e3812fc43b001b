"""OLE2 files small enough to write by hand: a header, one allocation table, one directory, the streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
SHORT = 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams in its root; its directory is a chain of the sectors it needs."""
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    directory_sectors = (len(streams) + 1 + 3) // 4
    chains = [_TABLE, *range(2, directory_sectors + 1), _END]
    body = b""
    next_sector = 1 + directory_sectors
    for index, (name, content) in enumerate(streams.items(), start=1):
        data = content.ljust(SHORT, b"\0")  # shorter ones would have to stand elsewhere
        count = max((len(data) + SECTOR - 1) // SECTOR, 1)
        right = index + 1 if index < len(streams) else _FREE
        entries.append(_entry(name, 2, start=next_sector, size=len(data), right=right))
        chains.extend([*range(next_sector + 1, next_sector + count), _END])
        body += data.ljust(count * SECTOR, b"\0")
        next_sector += count
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 0, _END, 0, _END, 0, 0)
    return header + struct.pack("<108I", *([_FREE] * 108)) + table + directory + body


def _entry(name: str, kind: int, *, start: int = 0, size: int = 0, child: int = _FREE, right: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + bytes(36) + struct.pack("<III", start, size, 0)
