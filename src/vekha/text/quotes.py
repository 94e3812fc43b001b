"""Quotation marks as Russian typography sets them: «…» outside, „…“ inside, whatever was typed.

Typed marks do not say which way they face («"Точка роста"»), inner and outer ones often share one closing mark
(«Центр «Точка роста»), and pages lose half of a pair. The direction is read from the neighbours; nothing is ever added.
"""

from __future__ import annotations

import re

_MARK = re.compile("[«»„“”‟‹›\"″〝〞＂❝❞]|''|``|<<|>>|(?<![\\w,]),,(?=\\w)")
_OPENING = frozenset({"«", "„", "‹", "<<", ",,", "``", "〝", "❝"})
_CLOSING = frozenset({"»", "›", ">>", "❞", "〞"})
_MARKS = '«»„“”‟‹›"″〝〞＂❝❞'
_RUN = 4
_BEFORE_OPENING = frozenset("([{-–—/ \u00a0\t\n")
_AFTER_CLOSING = frozenset(")]}.,;:!?…-–—/ \u00a0\t\n")


def typeset_quotes(text: str) -> str:
    """The text with every quotation mark as «…», a quotation inside another as „…“; a mark without its pair faces its word.

    >>> typeset_quotes('центр "Точка роста" и ,,IT-куб“')
    'центр «Точка роста» и «IT-куб»'
    >>> typeset_quotes('проект "Школа "Кванториум" в городе"')
    'проект «Школа „Кванториум“ в городе»'
    """
    pieces: list[str] = []
    position = depth = 0
    for mark in _MARK.finditer(text):
        pieces.append(text[position : mark.start()])
        if _opens(text, mark, depth):
            depth += 1
            pieces.append("«" if depth == 1 else "„")
        elif depth:
            pieces.append("“" if depth > 1 else "»")
            depth -= 1
        else:
            pieces.append("»" if mark.group() in _CLOSING else mark.group())
        position = mark.end()
    pieces.append(text[position:])
    return "".join(pieces)


def is_balanced(text: str) -> bool:
    """Whether every quotation mark of a text has its pair.

    >>> is_balanced("Центр «Точка роста»"), is_balanced("Центр «Точка роста"), is_balanced("роста»")
    (True, False, False)
    """
    depth = 0
    for mark in _MARK.finditer(text):
        depth += 1 if _opens(text, mark, depth) else -1
        if depth < 0:
            return False
    return depth == 0


def _opens(text: str, mark: re.Match[str], depth: int) -> bool:
    """Whether a mark opens a quotation: by its shape, else by its neighbours, else by whether one is open."""
    shape = mark.group()
    if shape in _OPENING:
        return True
    if shape in _CLOSING:
        return False
    before = text[max(0, mark.start() - _RUN) : mark.start()].rstrip(_MARKS)[-1:] or " "
    after = text[mark.end() : mark.end() + _RUN].lstrip(_MARKS)[:1] or " "
    starts, ends = before in _BEFORE_OPENING, after in _AFTER_CLOSING
    return starts if starts != ends else depth == 0 and not before.isdigit()
