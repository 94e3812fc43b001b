"""Values of options: years and dates as people write them, refused in Russian."""

from __future__ import annotations

import re
from datetime import date

import typer

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")

FIRST_YEAR, LAST_YEAR = 1990, 2100


def year_of(text: str, option: str) -> int:
    """A year of four digits; raises ``typer.BadParameter`` for anything else."""
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise typer.BadParameter(f"{option}: год «{text}» не понят. Укажите год четырьмя цифрами, например 2026.")


def year_or_none(text: str | None, option: str) -> int | None:
    """The year of an option that was not necessarily given."""
    return None if text is None else year_of(text, option)


def date_or_none(text: str | None, option: str) -> date | None:
    """A date as 2026-10-01 or 01.10.2026; raises ``typer.BadParameter`` for anything else, and for 31 June."""
    if text is None:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTS.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise typer.BadParameter(f"{option}: дата «{text}» не понята. Напишите её как 2026-10-01 или 01.10.2026.")
    try:
        return date(year, month, day)
    except ValueError:
        raise typer.BadParameter(f"{option}: даты «{text}» не существует.") from None
