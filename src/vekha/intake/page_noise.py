"""What a page adds to a document between the rows of a table: its number, «Продолжение приложения», a mere line."""

from __future__ import annotations

import re

LONGEST = 60
PAGE_NOISE = re.compile(
    r"^(?:[-–—\s]*\d{1,4}[-–—\s]*|(?:стр(?:аница)?\.?|лист)\s*\d+(?:\s*(?:из|/)\s*\d+)?|"
    r"(?:продолжение|окончание)(?:\s+(?:таблицы|приложения|дорожной карты|плана))?(?:\s*№?\s*\d*)?\.?|[\W_]*)$",
    re.IGNORECASE,
)


def is_page_noise(text: str) -> bool:
    """Whether a line is only what a page adds.

    >>> is_page_noise("Продолжение приложения № 1"), is_page_noise("– 12 –"), is_page_noise("Приложение № 1")
    (True, True, False)
    """
    return len(text) < LONGEST and bool(PAGE_NOISE.match(text.strip()))
