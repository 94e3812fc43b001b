"""A page's bytes → its tree: the encoding told by mark, declaration or letters; no scripts, no network, no endless depth."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from vekha.intake.encodings import decode_text
from vekha.intake.limits import damaged, over_limits
from vekha.problems import Problem

Element = etree._Element

_HEAD = 4096
_DECLARED = re.compile(
    rb"""(?:<meta\b[^>]*?charset\s*=|<\?xml\b[^>]*?encoding\s*=)\s*["']?\s*([\w:.-]+)""", re.IGNORECASE
)
_ASCII_BASED = re.compile(
    r"utf-?8|windows-\d+|cp\d+|koi8-[ru]|iso-8859-\d+|ibm866|x-mac-cyrillic|(?:us-)?ascii", re.IGNORECASE
)
_CYRILLIC = re.compile("[А-Яа-яЁё]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")


def parse_page(data: bytes, declared: str | None = None) -> tuple[Element | None, tuple[Problem, ...]]:
    """The root of a page, ``None`` of an empty one; raises ``over-limits`` when its tags are nested too deep to be a page."""
    text, problems = decode_page(data, declared)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    encoded = _CONTROLS.sub(" ", text).encode("utf-8", "replace")
    if not encoded.strip():
        return None, problems
    try:
        root = etree.fromstring(encoded, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged("Страница HTML повреждена: её разметка не читается.") from error
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise over_limits("Разметка страницы HTML слишком сложна: теги вложены друг в друга сотни раз.")
    return root, problems


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a page: as its mark or declaration says where that gives text, else by the letters."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = _DECLARED.search(data[:_HEAD])
        name = declared or (found[1].decode("ascii") if found else "")
        if _ASCII_BASED.fullmatch(name):
            text = _decode(data, name)
            if text is not None:
                return text, ()
    return decode_text(data)


def _decode(data: bytes, name: str) -> str | None:
    """The text in the declared encoding, ``None`` where it cannot be that one (a Latin declaration over Russian bytes, say)."""
    try:
        text = data.decode("mac-cyrillic" if name.lower() == "x-mac-cyrillic" else name)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if text.isascii() or _CYRILLIC.search(text) else None
