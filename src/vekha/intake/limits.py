"""How much of a machine one document may take, and how a file over the limit is refused.

Every number stands here, in one value that callers may change; readers get the parts that concern them. Nothing here
opens a file or starts a process.
"""

from __future__ import annotations

from dataclasses import dataclass

from vekha.intake.document import UnreadableFile
from vekha.problems import Problem, Severity

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: sizes in bytes, times in seconds.

    The defaults keep a whole run under 1 GiB and an ordinary document under 20 seconds. ``part_bytes`` bounds one XML
    part that is parsed into a tree, ``packing_ratio`` one packed part larger than ``MEBIBYTE * 8``; ``rows`` and
    ``cells`` bound what a reader hands over. A scanned page legitimately takes longer than a page of text and has its
    own budget.
    """

    file_bytes: int = 128 * MEBIBYTE
    entries: int = 10_000
    unpacked_bytes: int = 512 * MEBIBYTE
    part_bytes: int = 96 * MEBIBYTE
    packing_ratio: int = 400
    rows: int = 30_000
    cells: int = 600_000
    memory_bytes: int = 704 * MEBIBYTE
    result_bytes: int = 192 * MEBIBYTE
    seconds: float = 15.0
    conversion_seconds: float = 17.0
    seconds_per_scanned_page: float = 20.0
    scanned_pages: int = 60


DEFAULT_LIMITS = Limits()


def refusal(code: str, message: str, hint: str) -> UnreadableFile:
    """The exception of a file that cannot be read: one error with a Russian message and a hint.

    >>> refusal("empty-file", "Файл пуст.", "Проверьте, тот ли это файл.").problem.severity.value
    'error'
    """
    return UnreadableFile(Problem(code, message, Severity.ERROR, hint))


def over_limits(message: str) -> UnreadableFile:
    """The refusal of a file that is larger, inside or out, than the limits allow."""
    hint = "Разделите документ на части или сохраните его заново без лишнего содержимого."
    return refusal("over-limits", message, hint)


def damaged(message: str) -> UnreadableFile:
    """The refusal of a file whose structure is broken."""
    return refusal(
        "damaged", message, "Откройте файл в программе, где он был создан, сохраните его заново и повторите чтение."
    )


def encrypted(message: str = "Файл защищён паролем.") -> UnreadableFile:
    """The refusal of a file that only opens with a password."""
    return refusal("encrypted", message, "Снимите защиту паролем и сохраните файл заново.")


def ensure_table_fits(rows: int, cells: int, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise the refusal ``over-limits`` when a document has more rows or cells than a roadmap can have."""
    if rows > limits.rows:
        raise over_limits(f"В таблицах файла больше {limits.rows} строк: это не похоже на распоряжение.")
    if cells > limits.cells:
        raise over_limits(f"В таблицах файла больше {limits.cells} ячеек: это не похоже на распоряжение.")
