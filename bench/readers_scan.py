"""The reader of scans beside Tesseract alone on the same pages: time, and cells read to the letter.

The pages are the tables of the real orders where those are present (``VEKHA_SEEDS``), else an invented plan; clean, worn (skew
1.5°, grain, blur, JPEG 60), and worn at 200 dpi.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PIL import Image

from tests.builders.scan_pages import PLAN, ROUGH, Sheet, Wear
from tests.builders.scan_scores import Score, add_score, read_pages, worn_pages
from tests.builders.scan_seeds import seed_sheets, seeds_folder, tables_only

Answer = TypeVar("Answer")

GOAL = 1.5
CASES: tuple[tuple[str, Wear | None, int], ...] = (
    ("clean, 300 dpi", None, 300),
    ("rough, 300 dpi", ROUGH, 300),
    ("rough, 200 dpi", ROUGH, 200),
)


def run() -> list[dict[str, Any]]:
    """One line for each kind of wear."""
    return [_measure(name, how, dpi) for name, how, dpi in CASES]


def _measure(name: str, how: Wear | None, dpi: int) -> dict[str, Any]:
    score = Score()
    ours = peer = ours_work = peer_work = 0.0
    pages_read = 0
    for sheet in _sheets():
        pages = worn_pages(sheet, how, dpi)
        readings, elapsed, work = _timed(partial(read_pages, pages, dpi))
        add_score(score, sheet, readings)
        ours, ours_work = ours + elapsed, ours_work + work
        elapsed, work = _tesseract_alone(pages)
        peer, peer_work = peer + elapsed, peer_work + work
        pages_read += len(pages)
    return {
        "name": f"scan → cells, {name}",
        "ours": f"{ours / pages_read:.2f} s/page",
        "floor": f"{peer / pages_read:.2f} s/page (Tesseract alone)",
        "ratio": round(ours / peer, 2),
        "goal": f"≤ {GOAL}",
        "note": (
            f"{pages_read} pages; {score.share(score.exact):.1f} % of {score.cells} cells exact,"
            f" {score.share(score.near):.1f} % near; rows {score.rows_read}/{score.rows_expected};"
            f" last column exact or flagged {score.last_exact_or_flagged}/{score.last_cells};"
            f" processor time ratio {ours_work / peer_work:.2f}"
        ),
    }


def _sheets() -> list[Sheet]:
    sheets = [tables_only(sheet) for _, sheet in seed_sheets(seeds_folder())]
    return sheets or [Sheet((PLAN,), wide=True)]


def _tesseract_alone(pages: Sequence[Image.Image]) -> tuple[float, float]:
    """Seconds and processor seconds of Tesseract over the pages as files, on one thread, as its command does by default."""
    with TemporaryDirectory() as folder:
        files = []
        for at, page in enumerate(pages):
            files.append(Path(folder) / f"{at}.png")
            page.save(files[-1])
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}

        def work() -> None:
            for file in files:
                subprocess.run(
                    ["tesseract", file, "-", "-l", "rus", "tsv"], env=environment, capture_output=True, check=True
                )

        _, elapsed, spent = _timed(work)
    return elapsed, spent


def _timed(call: Callable[[], Answer]) -> tuple[Answer, float, float]:
    before, start = _work(), time.perf_counter()
    answer = call()
    return answer, time.perf_counter() - start, _work() - before


def _work() -> float:
    """Processor seconds of this process and of its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent
