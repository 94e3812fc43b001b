"""Names of the months in every case, and their usual abbreviations."""

from __future__ import annotations

MONTHS_GENITIVE: tuple[str, ...] = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
"""The months as they follow a day, January first."""

MONTHS_NOMINATIVE: tuple[str, ...] = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
"""The months as headings name them, January first."""

_SHORT: tuple[tuple[str, ...], ...] = (
    ("янв",), ("фев", "февр"), ("мар",), ("апр",), (), ("июн",),
    ("июл",), ("авг",), ("сен", "сент"), ("окт",), ("ноя", "нояб"), ("дек",),
)  # fmt: skip


def _forms(nominative: str) -> tuple[str, ...]:
    """Every case of one month, lower case."""
    if nominative.endswith("ь"):
        return tuple(nominative[:-1] + ending for ending in ("ь", "я", "ю", "ём", "ем", "е"))
    if nominative.endswith("й"):
        return tuple(nominative[:-1] + ending for ending in ("й", "я", "ю", "ем", "е"))
    return tuple(nominative + ending for ending in ("", "а", "у", "ом", "е"))


def _build() -> dict[str, int]:
    months: dict[str, int] = {}
    for number, (nominative, short) in enumerate(zip(MONTHS_NOMINATIVE, _SHORT, strict=True), start=1):
        for form in (*_forms(nominative), *short):
            months[form] = number
    return months


MONTHS: dict[str, int] = _build()
"""Form in lower case («марта», «мартом», «сент») → 1…12; abbreviations stand without their dot."""
