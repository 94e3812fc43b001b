"""White space and typography: one spelling for what people see as the same text.

``collapse`` is for text that is shown and kept; ``fold`` is for comparing only and loses case, «ё», the kinds of quotes.
"""

from __future__ import annotations

import re

from vekha.text.lookalikes import fix_lookalikes

SOFT_HYPHEN = "\u00ad"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"
_DECOMPOSED = (("и\u0306", "й"), ("И\u0306", "Й"), ("е\u0308", "ё"), ("Е\u0308", "Ё"))
_DASHES = "‐‑‒–—―−⁃﹘﹣－"
_QUOTES = "«»„“”‟‹›‚‘’″〞〝＂❝❞"
_TYPED_QUOTES = ("''", "``", "<<", ">>")
_LOW_COMMAS = re.compile(r"(?<![\w,]),,(?=\w)")
_UNUSUAL = re.compile(f"[{SOFT_HYPHEN}{''.join(_INVISIBLE)}{''.join({pair[1:] for pair, _ in _DECOMPOSED})}]")
_SOFT_BREAK = re.compile("\u00ad[ \t]*[\r\n\f\v\u2028\u2029\x85]\\s*+")
_ODD_SPACE = re.compile(r"\s{2,}|[^\S ]")


def collapse(text: str) -> str:
    """The text on one line: every run of white space is one space, invisible characters and soft hyphens are gone.

    A letter written as two characters («и» with a breve) becomes the one letter people see.

    >>> collapse(" 1\\u00a0марта\\n 2024\\u200b года ")
    '1 марта 2024 года'
    >>> collapse("образо\\u00ad\\nвание")
    'образование'
    """
    return _ODD_SPACE.sub(" ", remove_invisible(text)).strip()


def remove_invisible(text: str) -> str:
    """The text without zero-width, direction and soft-hyphen characters; line breaks stay, except after a soft hyphen.

    >>> remove_invisible("обще\\u00ad\\nобразовательный\\nцентр")
    'общеобразовательный\\nцентр'
    """
    if not _UNUSUAL.search(text):
        return text
    if SOFT_HYPHEN in text:
        text = _SOFT_BREAK.sub("", text).replace(SOFT_HYPHEN, "")
    for character in _INVISIBLE:
        text = text.replace(character, "")
    for pair, letter in _DECOMPOSED:
        text = text.replace(pair, letter)
    return text


def fold(text: str) -> str:
    """The text as a key for matching: collapsed, case-folded, «ё» as «е», one dash, one quote, look-alikes put right.

    >>> fold("«Точка  роста» — ЦЕНТР, MAOU  учёбы")
    '"точка роста" - центр, маоу учебы'
    """
    text = fix_lookalikes(collapse(text)).casefold().replace("ё", "е")
    for dash in _DASHES:
        text = text.replace(dash, "-")
    for quote in (*_QUOTES, *_TYPED_QUOTES):
        text = text.replace(quote, '"')
    return _LOW_COMMAS.sub('"', text) if ",," in text else text
