"""Tags and filters every template of the portal may load: icons, badges, Russian numbers and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from structlog.contextvars import get_contextvars

from vekha_portal.ui import heat, russian
from vekha_portal.ui.components import CalendarEvent
from vekha_portal.ui.tiles import Tile, draw_marks
from vekha_portal.ui.tones import SIGNS, Tone

register = template.Library()

SPRITE = "vendor/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """The icons of the sprite."""
    sprite = Path(__file__).parent.parent / "static" / SPRITE
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite.read_text(encoding="utf-8")))


@cache
def _sprite_address() -> str:
    """Where the sprite is; the same for the life of a process."""
    return static(SPRITE)


@lru_cache(maxsize=512)
def _draw_icon(name: str, extra: str, sprite: str) -> SafeString:
    if name not in icon_names():
        raise LookupError(f"no icon {name!r}: add it to frontend/icons.txt and run make frontend")
    return format_html(
        '<svg class="icon vk-icon {}" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        extra,
        sprite,
        name,
    )


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon beside words; a name the sprite does not have is a mistake and raises ``LookupError``."""
    return _draw_icon(name, extra, _sprite_address())


@register.simple_tag
def badge(state: object, extra: str = "") -> SafeString:
    """A state as colour, icon and words; takes anything with ``label``, ``tone`` and ``sign``."""
    tone, sign, label = (getattr(state, name) for name in ("tone", "sign", "label"))
    return _draw_badge(str(tone), sign, label, extra, _sprite_address())


@lru_cache(maxsize=512)
def _draw_badge(tone: str, sign: str, label: str, extra: str, sprite: str) -> SafeString:
    drawn = _draw_icon(sign, "", sprite)
    return format_html('<span class="vk-badge vk-tone-{} {}">{}{}</span>', tone, extra, drawn, label)


@register.filter
def sign_of(tone: str) -> str:
    """The icon of a tone."""
    return SIGNS[Tone(tone)]


@register.filter
def long_day(day: date | None) -> str:
    """25 августа 2026 г."""
    return russian.long_day(day) if day else ""


@register.filter
def short_day(day: date | None) -> str:
    """25.08.2026"""
    return f"{day:%d.%m.%Y}" if day else ""


@register.filter
def weekday(day: date | None) -> str:
    """пт"""
    return russian.WEEKDAYS_SHORT[day.weekday()] if day else ""


@register.filter
def grouped(number: int | None) -> str:
    """1 234"""
    return "" if number is None else russian.grouped(number)


@register.filter
def counted(number: int, forms: str) -> str:
    """5 центров: ``{{ n|counted:"центр,центра,центров" }}``"""
    one, few, many = forms.split(",")
    return russian.counted(number, one, few, many)


@register.filter
def page_numbers(page: Page[Any]) -> list[int]:
    """The pages to link to; 0 stands for those left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in shown]


@register.filter
def event_data(events: Iterable[CalendarEvent]) -> list[dict[str, str]]:
    """What the browser draws of a calendar's events."""
    return [event.data for event in events]


@register.filter
def plus(number: float, more: float) -> float:
    """A place of a picture moved by so much."""
    return round(number + more, 2)


@register.filter
def add_half(number: float, width: float) -> float:
    """The middle of what begins here and is so wide."""
    return round(number + width / 2, 2)


@register.simple_tag
def request_number() -> str:
    """The number under which the log knows this request; empty outside one."""
    return str(get_contextvars().get("request", ""))


@register.simple_tag
def heat_cells(cells: Sequence[heat.HeatCell | None]) -> SafeString:
    """The cells of a row of a heat grid."""
    return heat.draw_cells(cells)


@register.simple_tag
def map_tiles(tiles: Sequence[Tile]) -> SafeString:
    """The tiles of the map of the regions."""
    return draw_marks(tiles)
