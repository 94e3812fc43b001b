"""Pictures of text → words with boxes and confidence, by Tesseract in child processes.

All pictures of a page go to one run as pages of one TIFF, so the language data are loaded once; two runs share the work, each on
one thread. Nothing here knows about pages, tables or cells.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from vekha.intake.document import UnreadableFile
from vekha.problems import Problem, Severity

Grey = npt.NDArray[np.uint8]
"""A greyscale picture, height × width, 0 black … 255 white."""

_INSTALL = (
    "Установите пакеты tesseract-ocr и tesseract-ocr-rus (Debian, Ubuntu) или передайте документ с текстовым слоем."
)
_MAX_SIDE = 32_000
"""Tesseract refuses pictures with a side over 32 767 points."""

_SECONDS = 60.0
_SECONDS_PER_MEGAPIXEL = 15.0
_WORKERS = 2
_WORTH_SHARING = 400_000
"""Points below which a second process costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: box in points of its picture, ``line`` numbers the picture's lines from 0, confidence 0…1."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: int
    confidence: float

    def moved(self, right: int, down: int) -> Word:
        """The word in the coordinates of a larger picture in which its own begins at (right, down)."""
        box = (self.left + right, self.top + down, self.right + right, self.bottom + down)
        return Word(self.text, *box, self.line, self.confidence)


def recognise_pictures(pictures: Sequence[Grey], *, dpi: int = 300) -> list[tuple[Word, ...]]:
    """The words of each picture, in Tesseract's order; each picture is one column of upright dark text on white.

    Raises ``UnreadableFile`` if Tesseract or its Russian data are not installed, or if it fails or takes far too long.
    """
    if not pictures:
        return []
    binary = shutil.which("tesseract")
    if binary is None:
        raise _failure("Для чтения сканов нужна программа Tesseract, а её нет.", _INSTALL)
    shares = _shares(pictures)
    with ThreadPoolExecutor(max_workers=len(shares)) as pool:
        read = list(pool.map(lambda share: _run(binary, [pictures[at] for at in share], dpi), shares))
    words: list[tuple[Word, ...]] = [()] * len(pictures)
    for share, answers in zip(shares, read, strict=True):
        for at, answer in zip(share, answers, strict=True):
            words[at] = answer
    return words


def _shares(pictures: Sequence[Grey]) -> list[list[int]]:
    """Indices for each process: the largest first, each to the process with least to do."""
    sizes = [int(np.count_nonzero(picture < 128)) + picture.size // 8 for picture in pictures]
    if len(pictures) < 2 or sum(picture.size for picture in pictures) < _WORTH_SHARING:
        return [list(range(len(pictures)))]
    loads = [0] * _WORKERS
    shares: list[list[int]] = [[] for _ in loads]
    for at in sorted(range(len(pictures)), key=lambda index: -sizes[index]):
        lightest = loads.index(min(loads))
        loads[lightest] += sizes[at]
        shares[lightest].append(at)
    return [share for share in shares if share]


def _run(binary: str, pictures: Sequence[Grey], dpi: int) -> list[tuple[Word, ...]]:
    command = [binary, "-", "-", "-l", "rus", "--psm", "6", "--dpi", str(dpi), "-c", "tessedit_create_tsv=1"]
    allowed = _SECONDS + _SECONDS_PER_MEGAPIXEL * sum(picture.size for picture in pictures) / 1e6
    try:
        done = subprocess.run(
            command,
            input=_as_tiff(pictures),
            capture_output=True,
            timeout=allowed,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise _failure("Распознавание страницы скана не закончилось за отведённое время.", _SIMPLER) from error
    except OSError as error:
        raise _failure("Программа Tesseract не запускается.", _INSTALL) from error
    if done.returncode != 0:
        complaint = done.stderr.decode("utf-8", "replace")
        if "language" in complaint or "traineddata" in complaint:
            raise _failure("У программы Tesseract нет данных русского языка (rus).", _INSTALL)
        raise _failure("Программа Tesseract завершилась с ошибкой на странице скана.", _SIMPLER)
    return _parse(done.stdout.decode("utf-8", "replace"), len(pictures))


_SIMPLER = "Отсканируйте документ заново, в оттенках серого, 300 точек на дюйм."


def _as_tiff(pictures: Sequence[Grey]) -> bytes:
    images = [Image.fromarray(picture[:_MAX_SIDE, :_MAX_SIDE]) for picture in pictures]
    out = io.BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:])
    return out.getvalue()


def _parse(tsv: str, count: int) -> list[tuple[Word, ...]]:
    """Words from Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    words: list[list[Word]] = [[] for _ in range(count)]
    lines: list[dict[tuple[str, str, str], int]] = [{} for _ in range(count)]
    for row in tsv.split("\n"):
        fields = row.split("\t")
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        page = int(fields[1]) - 1
        line = lines[page].setdefault((fields[2], fields[3], fields[4]), len(lines[page]))
        left, top, width, height = (int(field) for field in fields[6:10])
        confidence = min(max(float(fields[10]) / 100, 0.0), 1.0)
        words[page].append(Word(fields[11].strip(), left, top, left + width, top + height, line, confidence))
    return [tuple(page) for page in words]


def _failure(message: str, hint: str) -> UnreadableFile:
    return UnreadableFile(Problem("ocr-unavailable", message, Severity.ERROR, hint))
