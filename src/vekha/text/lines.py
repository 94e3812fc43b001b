"""Lines wrapped by a typesetter become one paragraph again.

The only hard question is a hyphen at the end of a line: is it the word's own («естественно-научной») or the
typesetter's («обще-образовательной»)? The dictionary answers, and is loaded only when such a hyphen is met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vekha.text.lemmas import LONGEST_WORD, is_word
from vekha.text.normalise import SOFT_HYPHEN, collapse

_LAST_WORD = re.compile(r"(?<![\w-])(?:[^\W\d_]|\d(?=[\w-]))[\w-]*\Z")
_FIRST_WORD = re.compile(r"\w+")
_HYPHENS = ("-", "‐", "‑")
_CLOSERS = (",", ".", ";", ":", ")", "»", "”", "!", "?", "%", "…")
_OPENERS = ("(", "«", "„", "“")
# First parts that are never set off by a hyphen although each is a word, or looks like one, of its own.
_JOINED_PARTS = frozenset(re.findall(r"\w+", """
    фото видео авто кино био гео микро макро мульти нано нейро супер теле техно радио аэро электро гидро авиа агро вело
    мото моно поли много мало обще все само одно двух трех меж между внутри вне сверх пере под пред при про раз рас без
    бес не ни по со за на об от у до из над анти контр ультра квази инфо кибер энерго тепло водо психо социо стерео спец
    гос обл рай минпрос мин соц проф пед мед физ культ взаимо право ново
"""))  # fmt: skip
_LONG_ADVERB = 7
_PARTICLES = frozenset({"то", "либо", "нибудь", "таки", "ка"})


def join_lines(lines: Iterable[str]) -> str:
    """One paragraph from the lines a typesetter wrapped: real hyphens stay, syllable hyphens and soft ones go.

    >>> join_lines(["центров естественно-", "научной направленности"])
    'центров естественно-научной направленности'
    >>> join_lines(["обще-", "образовательной организации"])
    'общеобразовательной организации'
    """
    parts: list[str] = []
    for raw in lines:
        soft = raw.rstrip().endswith(SOFT_HYPHEN)
        line = collapse(raw)
        if not line:
            continue
        if parts:
            parts[-1], glue = _seam(parts[-1], line)
            parts.append(glue)
        parts.append(line + SOFT_HYPHEN if soft else line)
    if parts:
        parts[-1] = parts[-1].removesuffix(SOFT_HYPHEN)
    return "".join(parts)


def _seam(before: str, after: str) -> tuple[str, str]:
    """How a line meets the next one: the line with or without its hyphen, and what stands between."""
    if before.endswith(SOFT_HYPHEN):
        return before[:-1], ""
    if before.endswith(_HYPHENS):
        return _hyphen_seam(before, after)
    if before.endswith(("–", "—", "−")) and before[-2:-1].isdigit() and after[0].isdigit():
        return before, ""
    if before.endswith("/") and before[-2:-1].isalnum() and after[0].isalnum():
        return before, ""
    if after.startswith(_CLOSERS) or before.endswith(_OPENERS):
        return before, ""
    if after[0] in _HYPHENS and before[-1].isalpha() and after[1:2].isalpha():
        return before, ""  # «организационно» over «-методической»
    return before, " "


def _hyphen_seam(before: str, after: str) -> tuple[str, str]:
    last = _LAST_WORD.search(before[-1 - LONGEST_WORD : -1])
    first = _FIRST_WORD.match(after[: LONGEST_WORD + 1])
    if last is None or first is None:
        glued = before[-2:-1].isalnum() and after[0].isalnum()
        return before, "" if glued else " "
    if keeps_hyphen(last.group(), first.group()):
        return before, ""
    return before[:-1], ""


def keeps_hyphen(left: str, right: str) -> bool:
    """Whether the hyphen between two parts of a word cut at the end of a line belongs to the word.

    >>> keeps_hyphen("дизайн", "проект"), keeps_hyphen("образова", "тельный")
    (True, False)
    """
    if _plainly_compound(left, right):
        return True
    head = left.rpartition("-")[2].lower()
    tail = right.lower()
    if is_word(f"{left}-{right}".lower()):
        return True
    if len(head) >= _LONG_ADVERB and head.endswith("но") and is_word(head) and is_word(tail):
        return True  # «организационно-методический», although the dictionary has the spelling without a hyphen too
    if head in _JOINED_PARTS or is_word(head + tail):
        return False
    if tail in _PARTICLES:
        return True
    if len(head) < 2 or len(tail) < 3 or not is_word(tail):
        return False
    return is_word(head) or (len(head) > 4 and head[-1] in "ое")


def _plainly_compound(left: str, right: str) -> bool:
    """Digits, Latin letters, or a new capital after the hyphen: no typesetter cuts there."""
    if right[0].isdigit() or left[-1].isdigit() or left.isascii() or right.isascii():
        return True
    return right[0].isupper() and not (left.isupper() and len(left) > 1)
