"""Marks of HTML lists made visible: «1.», «а.», «IV.», «–»."""

from __future__ import annotations

import re

from vekha.intake.readers.docx_numbering import format_number
from vekha.intake.readers.html_page import Element

_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CSS_STYLES = {
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "lower-russian": "russianLower",
    "upper-russian": "russianUpper",
}
_CSS = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:[-–—•·▪*]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[а-яa-z])[.)]\s)", re.IGNORECASE)
_MAX_NUMBER = 100_000


class ListMarks:
    """The marks of the items of one list, in their order."""

    def __init__(self, element: Element) -> None:
        css = _CSS.search(element.get("style", ""))
        self._css = css[1].lower() if css else ""
        self._ordered = element.tag == "ol"
        self._style = _CSS_STYLES.get(self._css) or _STYLES.get(element.get("type", ""), "decimal")
        self._next = _whole(element.get("start"), 1)

    def mark(self, item: Element) -> str:
        """The mark of the next item with a blank after it, empty for a list that shows none."""
        number = _whole(item.get("value"), self._next)
        self._next = number + 1
        if self._css == "none":
            return ""
        return f"{format_number(number, self._style)}. " if self._ordered else "– "


def with_mark(mark: str, text: str) -> str:
    """The item's text with its mark, unless the author has typed one.

    >>> with_mark("– ", "перечень"), with_mark("– ", "- перечень")
    ('– перечень', '- перечень')
    """
    return text if not mark or _MARKED.match(text) else mark + text


def _whole(value: str | None, default: int) -> int:
    found = re.fullmatch(r"\s*(\d{1,6})\s*", value or "")
    return min(int(found[1]), _MAX_NUMBER) if found else default
