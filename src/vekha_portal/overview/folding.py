"""Texts of orders made equal for searching: the same letter by letter in Python and in the database.

Organisations keep a folded key of their own; for orders and measures the database keeps one, made by this table. A Latin letter
that looks Cyrillic counts as Cyrillic in both the text and the words looked for, so the two meet whatever was typed.
"""

from __future__ import annotations

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from vekha_portal.registry.bridge import fold

_UPPER = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TWINS = ("aceopxykmtubh", "асеорхукмтувн")
_LATIN_FOLDED = _LATIN.lower().translate(str.maketrans(*_TWINS))
FROM = _UPPER + "Ёё" + _LATIN + _TWINS[0] + "«»„“”–—\N{NO-BREAK SPACE}\n"
TO = _UPPER.lower() + "ее" + _LATIN_FOLDED + _TWINS[1] + '"""""--  '
_TABLE = str.maketrans(FROM, TO)


def find_key(text: str) -> str:
    """The text as the database's ``overview_fold`` makes it.

    >>> find_key("Закупка «Ёлка» для MAOU")
    'закупка "елка" для маоу'
    """
    return text.translate(_TABLE)


def list_words(text: str, *, most: int = 6) -> tuple[str, ...]:
    """The words somebody looks for, folded; nothing of what cannot stand in a text.

    >>> list_words("  3. Гимназия № 5\\x00 ")
    ('3', 'гимназия', '№', '5')
    """
    words = (word.strip(".,;:!?()") for word in fold(text[:200].replace("\x00", " ")).split())
    return tuple(word for word in words if word)[:most]


def has_key(word: str, *, table: str = "") -> RawSQL:
    """Whether the key that the database keeps beside an order or a measure holds the word.

    ``table`` names it in a query over several tables; inside a subquery over the one table it stays empty.
    """
    return _holds(f"{table}.find_key" if table else "find_key", word)


def has_name(column: str, word: str) -> RawSQL:
    """Whether a short text without a key of its own holds the word."""
    return _holds(f"overview_fold({column})", word)


def _holds(expression: str, word: str) -> RawSQL:
    literal = find_key(word).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return RawSQL(f"{expression} LIKE %s", [f"%{literal}%"], output_field=BooleanField())
