"""The one door of the intake: a path in, an order file out; a file that cannot be read is an answer too."""

from __future__ import annotations

import hashlib
from pathlib import Path

from vekha.intake.build import build_order
from vekha.intake.document import UnreadableFile
from vekha.intake.limits import DEFAULT_LIMITS, Limits
from vekha.intake.open import open_bytes, printable_name, read_file
from vekha.orders.model import OrderFile
from vekha.problems import Problem

SUFFIX_FORMATS = {
    ".docx": "docx", ".docm": "docx", ".odt": "odt", ".pdf": "pdf", ".html": "html", ".htm": "html", ".xlsx": "xlsx", ".xls": "xlsx",
    ".ods": "xlsx", ".rtf": "rtf", ".doc": "doc", ".png": "scan", ".jpg": "scan", ".jpeg": "scan", ".tif": "scan", ".tiff": "scan",
}  # fmt: skip


def read_order_file(path: Path, limits: Limits = DEFAULT_LIMITS) -> OrderFile:
    """Everything the file says. A file that cannot be read gives no order, no roadmaps and its one problem.

    Raises ``vekha.intake.open.WrongCall`` where the path names no readable file at all.
    """
    try:
        data = read_file(path, limits)
    except UnreadableFile as refused:
        return unreadable(path.name, "", refused.problem)
    return read_order_bytes(data, path.name, limits)


def read_order_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> OrderFile:
    """The same for bytes that came under a name (an upload)."""
    try:
        return build_order(open_bytes(data, name, limits))
    except UnreadableFile as refused:
        return unreadable(name, hashlib.sha256(data).hexdigest(), refused.problem)


def unreadable(name: str, sha256: str, problem: Problem) -> OrderFile:
    """The answer for a file that could not be read; its format is then what its name claims."""
    claimed = SUFFIX_FORMATS.get(Path(name).suffix.lower(), "text")
    return OrderFile(printable_name(name), claimed, sha256, None, None, (), (problem,))
