"""Orders as text, the whole way from bytes to an order, and the text reader beside a bare read of the same bytes.

The goal for one order is 20 ms, the vocabulary once loaded. The real orders are measured where they are present, the invented
text samples otherwise.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.conftest import find_seeds
from vekha.intake.document import Format, Source
from vekha.intake.readers.text import read_text
from vekha.intake.reading import read_order_bytes

SAMPLES = Path(__file__).parent.parent / "samples"
GOAL_MS = 20
RUNS = 15
ROWS = (2_500, 5_000, 10_000)


def run() -> list[dict[str, Any]]:
    """Lines: one for each order, one for the reader against a bare read, one for how time grows with rows."""
    folder = find_seeds() or SAMPLES
    files = sorted(folder.glob("*.txt"))
    for file in files:
        read_order_bytes(file.read_bytes(), file.name)
    lines = [_order_line(file) for file in files]
    return [*lines, _reader_line(), _growth_line()]


def _order_line(file: Path) -> dict[str, Any]:
    data = file.read_bytes()
    took = _median(lambda: read_order_bytes(data, file.name))
    return {
        "name": f"order {file.name[:3]} as text, bytes to order",
        "ours": f"{took:.1f} ms",
        "floor": f"{GOAL_MS} ms",
        "ratio": took / GOAL_MS,
        "goal": "≤ 20 ms",
        "note": f"{len(data)} bytes, median of {RUNS}, processor time",
    }


def _reader_line() -> dict[str, Any]:
    data = _table(1_000)
    source = Source("bench.txt", Format.TEXT, "")
    ours = _median(lambda: read_text(data, source))
    bare = _median(lambda: [line.split("\t") for line in data.decode().split("\n")])
    return {
        "name": "text: 1000 rows, reader against decode and split",
        "ours": f"{ours:.1f} ms",
        "floor": f"{bare:.2f} ms",
        "ratio": ours / bare,
        "goal": None,
        "note": "the floor knows neither cells over several lines nor places",
    }


def _growth_line() -> dict[str, Any]:
    took = [_median(partial(read_order_bytes, _table(rows), "bench.txt"), runs=3) for rows in ROWS]
    return {
        "name": "text, bytes to order, 2 500 / 5 000 / 10 000 rows",
        "ours": " / ".join(f"{each / 1000:.2f}" for each in took) + " s",
        "ratio": took[2] / took[1],
        "goal": "linear: 2",
        "note": "the ratio is 10 000 to 5 000 rows",
    }


def _table(rows: int) -> bytes:
    header = "№ п/п\tНаименование мероприятия\tОтветственный\tРезультат\tСрок\n"
    body = "".join(
        f"{number}\tУтверждено положение о центре {number}\tМинистерство образования, федеральный оператор\tприказ, письмо\t"
        f"не позднее {number % 28 + 1} марта 2031 года\n"
        for number in range(1, rows + 1)
    )
    return (header + body).encode()


def _median(call: Callable[[], object], *, runs: int = RUNS) -> float:
    """Milliseconds of processor time."""
    took = []
    for _ in range(runs):
        start = time.process_time()
        call()
        took.append(1000 * (time.process_time() - start))
    return statistics.median(took)
