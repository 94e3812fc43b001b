"""A password for the invented people of one installation: easy to type, and made up anew every time."""

from __future__ import annotations

import secrets

_FIRST = ("тихая", "северная", "зелёная", "ясная", "дальняя", "светлая", "вечерняя", "речная", "лесная", "снежная")
_SECOND = ("гавань", "поляна", "дорога", "звезда", "станция", "роща", "мельница", "пристань", "тропа", "гроза")


def make_up_password() -> str:
    """Two words and a number, without letters that keyboards confuse."""
    return f"{secrets.choice(_FIRST)}-{secrets.choice(_SECOND)}-{secrets.randbelow(9000) + 1000}"
