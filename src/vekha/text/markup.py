"""Remains of HTML and markdown inside a document's text: read as line breaks where they broke lines, otherwise removed.

Only tags of known names go, so «<наименование>», «a < b» and «<5» stay. Every pattern is linear on hostile input.
"""

from __future__ import annotations

import html
import re

from vekha.text.footnotes import raise_superscripts, strip_footnote_marks

__all__ = ["strip_footnote_marks", "strip_markup"]

_BREAKING = (
    "p br div li ul ol dl dt dd tr table thead tbody tfoot caption h1 h2 h3 h4 h5 h6 hr blockquote pre section article"
    " header footer main nav aside figure figcaption form fieldset body html head title address center"
)
_INLINE = (
    "a abbr acronym b big bdi bdo button cite code col colgroup data del dfn em font i img input ins kbd label link mark"
    " meta nobr option q s samp select small span strike strong style script sub sup time tt u var wbr xml area base map"
    " object param embed iframe picture source svg"
)
# Quoted attribute values may hold «>»; none of the alternatives may cross «<», so each attempt ends at the next tag.
_REST = r"(?:[\s/](?:(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*+>)|>)"
_BREAK_TAG = re.compile(rf"<(?:/\s?)?(?=[a-z])(?:{'|'.join(_BREAKING.split())}){_REST}", re.IGNORECASE)
_CELL_TAG = re.compile(rf"<(?:/\s?)?t[dh]{_REST}", re.IGNORECASE)
_OTHER_TAG = re.compile(
    rf"<(?:/\s?)?(?=[a-z])(?:{'|'.join(_INLINE.split())}|(?:o|w|v|m|st1|wp|a|x):[a-z][a-z0-9]{{0,30}}){_REST}|<!\[[^<>]{{0,99}}>|<!doctype[^<>]*>"
    r"|<\?[a-z][^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_HEADING = re.compile(r"^[ \t]{0,9}#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]*)`")
_LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?://|mailto:|tel:|#|/)[^()\s]{0,500}\)")
_ESCAPE = re.compile(r"\\([*_#`\[\]()\-.+!|>~])")
_STRONG = re.compile(r"(?<![\\*_])(?:\*\*\*?|__)(?![*_])")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*?[^\s*\\])\*(?![\w*])")


def strip_markup(text: str) -> str:
    """The text without HTML and markdown: paragraphs, line breaks and list items become lines, entities characters.

    Lines come back stripped and never empty. Stars that mark footnotes stay: :func:`strip_footnote_marks` judges them.

    >>> strip_markup('<p>Утверждение:</p><ul style="x">- показателей;- положения&nbsp;о центре</ul>')
    'Утверждение:\\n- показателей;- положения\\xa0о центре'
    >>> strip_markup("**Комплекс мер** 2020* года")
    'Комплекс мер 2020* года'
    """
    if "&" in text:
        text = _unescape(_unescape(text))
    if "<" in text:
        text = _strip_tags(text)
    text = _strip_markdown(text)
    if "\n" not in text:
        return text.strip()
    return "\n".join(line for part in text.split("\n") if (line := part.strip()))


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _strip_tags(text: str) -> str:
    text = _cut(text, "<!--", "-->")
    lowered = text.lower() if "<s" in text or "<S" in text else ""
    for name in ("script", "style"):
        if f"<{name}" in lowered:
            text = _cut(text, f"<{name}", f"</{name}>")
            lowered = text.lower()
    text = raise_superscripts(text)
    text = _BREAK_TAG.sub("\n", text)
    text = _CELL_TAG.sub(" ", text)
    return _OTHER_TAG.sub("", text)


def _cut(text: str, opening: str, closing: str) -> str:
    """The text without everything from an opening to its closing; an opening that is never closed stays."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    kept: list[str] = []
    position = 0
    while (start := lowered.find(opening, position)) >= 0:
        end = lowered.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len(closing)
    kept.append(text[position:])
    return "".join(kept)


def _strip_markdown(text: str) -> str:
    if "#" in text:
        text = _HEADING.sub("", text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = _strip_strong(text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _strip_strong(text: str) -> str:
    """Pairs of «**» and «__» removed in one pass: one that opens a word with the next one that closes a word."""
    dropped: list[tuple[int, int]] = []
    opened: dict[str, tuple[int, int]] = {}
    for mark in _STRONG.finditer(text):
        before = text[mark.start() - 1] if mark.start() else " "
        after = text[mark.end()] if mark.end() < len(text) else " "
        kind = mark.group()[0]
        if kind in opened and not before.isspace():
            dropped += [opened.pop(kind), mark.span()]
        elif not after.isspace() and not before.isalnum():
            opened[kind] = mark.span()
    kept: list[str] = []
    position = 0
    for start, end in sorted(dropped):
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    return "".join(kept)
