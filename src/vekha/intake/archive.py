"""Packed files (DOCX, XLSX, ODT, ODS) read in memory, with bombs and tricks refused before anything is unpacked.

Nothing is ever written to disk, so names like ``../../etc/passwd`` are only odd keys of a dictionary.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from vekha.intake.limits import DEFAULT_LIMITS, MEBIBYTE, Limits, damaged, encrypted, over_limits

_RATIO_MATTERS_FROM = 8 * MEBIBYTE
_ENCRYPTED_FLAG = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """A packed file that passed the limits; ``names`` are its members as written, without leading slashes.

    >>> import io, zipfile
    >>> buffer = io.BytesIO()
    >>> with zipfile.ZipFile(buffer, "w") as pack: pack.writestr("word/document.xml", "<a/>")
    >>> Archive(buffer.getvalue()).read("word/document.xml")
    b'<a/>'
    """

    def __init__(self, data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise damaged("Упакованный файл (DOCX, XLSX, ODT) повреждён: его оглавление не читается.") from error
        self._limits = limits
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}
        self._check(infos)

    @property
    def names(self) -> frozenset[str]:
        """The members' names."""
        return frozenset(self._infos)

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """How many bytes the member has unpacked, as its header says; 0 where there is none."""
        info = self._infos.get(name)
        return info.file_size if info else 0

    def read(self, name: str) -> bytes:
        """The member's bytes; raises ``damaged`` when it is missing or broken, ``over-limits`` when it is too large."""
        info = self._infos.get(name)
        if info is None:
            raise damaged(f"В упакованном файле нет нужной части «{name}».")
        if info.file_size > self._limits.part_bytes:
            raise over_limits(f"Часть «{name}» упакованного файла слишком велика: {info.file_size // MEBIBYTE} МиБ.")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise encrypted("Упакованный файл защищён паролем.")
        try:
            with self._zip.open(info) as member:
                return member.read(info.file_size + 1)
        except _BROKEN as error:
            raise damaged(f"Часть «{name}» упакованного файла повреждена.") from error

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if len(infos) > limits.entries:
            raise over_limits(f"В упакованном файле слишком много частей: {len(infos)}.")
        total = sum(info.file_size for info in infos)
        if total > limits.unpacked_bytes:
            raise over_limits(f"Распакованный файл занял бы {total // MEBIBYTE} МиБ: это больше, чем разрешено.")
        for info in infos:
            allowed = max(_RATIO_MATTERS_FROM, limits.packing_ratio * info.compress_size)
            if info.file_size > allowed:
                raise over_limits(f"Часть «{info.filename}» сжата подозрительно сильно: похоже на «архивную бомбу».")
