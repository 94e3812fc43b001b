"""What a page carries at its edges and the document does not say: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from vekha.intake.readers.pdf_lines import Line
from vekha.intake.readers.ruled_grid import Box
from vekha.text.normalise import fold

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:страница|стр\.?|лист|с\.)\s*)?\d{1,4}(?:\s*(?:из|/)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE
)
_EDGE = 0.12
"""Share of the page's height at the top and at the bottom where running lines are looked for."""

_MIN_PAGES = 3
_MAX_LINES = 1_000


def running_lines(pages: Sequence[tuple[Box, Sequence[Line]]]) -> list[set[int]]:
    """For each page (its box, its lines outside tables) the indexes of lines that are page numbers or repeat on pages.

    A repeated line is kept where it stands first, so nothing is lost that is said only there.
    """
    places: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    found: list[set[int]] = [set() for _ in pages]
    for page, (box, lines) in enumerate(pages):
        for index, line in enumerate(lines[:_MAX_LINES]):
            if not _at_edge(line, box):
                continue
            if _PAGE_NUMBER.fullmatch(line.text) and _is_outermost(line, box, lines):
                found[page].add(index)
            else:
                key = re.sub(r"\d+", "0", fold(line.text))
                places[key].append((page, index, line.baseline - box[1]))
    repeated: list[set[int]] = [set() for _ in pages]
    for repeats in places.values():
        height, _ = Counter(round(place / 4) for _, _, place in repeats).most_common(1)[0]
        same = [(page, index) for page, index, place in repeats if abs(place / 4 - height) <= 1]
        if len({page for page, _ in same}) >= max(_MIN_PAGES, len(pages) // 3):
            for page, index in same[1:]:
                repeated[page].add(index)
    for (_, lines), numbers, again in zip(pages, found, repeated, strict=True):
        numbers |= {index for index in again if _is_apart(index, lines, numbers | again)}
    return found


def _is_apart(index: int, lines: Sequence[Line], running: set[int]) -> bool:
    """Whether no line of the text itself is as near as the next line of a paragraph."""
    line = lines[index]
    return not any(
        abs(other.baseline - line.baseline) < 1.6 * line.size
        for place, other in enumerate(lines)
        if place not in running
    )


def _at_edge(line: Line, box: Box) -> bool:
    edge = _EDGE * (box[3] - box[1])
    return line.baseline < box[1] + edge or line.baseline > box[3] - edge


def _is_outermost(line: Line, box: Box, lines: Sequence[Line]) -> bool:
    """Whether nothing stands between the line and its edge of the page, and nothing beside it."""
    up = line.baseline < (box[1] + box[3]) / 2
    beyond = [
        other
        for other in lines
        if other is not line and (other.baseline < line.baseline - 1 if up else other.baseline > line.baseline + 1)
    ]
    beside = [other for other in lines if other is not line and abs(other.baseline - line.baseline) <= 1]
    return len(beyond) <= 2 and not beside
