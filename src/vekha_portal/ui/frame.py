"""What stands around every page: navigation by role, who is signed in, the theme; accounts puts it on the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = {"auto": "как в системе", "light": "светлая", "dark": "тёмная"}
THEME_ICONS = {"auto": "sun-moon", "light": "sun", "dark": "moon"}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A section; a page is in it when its context names the ``key``. ``count`` is what waits there; minor ones stand under «Ещё»."""

    key: str
    label: str
    url: str
    icon: str
    count: int = 0
    on_phone: bool = False
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the roles a person may act in."""

    key: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Who:
    """The person signed in, acting in ``seat``; ``others`` are switched to by one click."""

    name: str
    seat: Seat
    others: tuple[Seat, ...] = ()
    switch_url: str = ""
    profile_url: str = ""
    sign_out_url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to the page; the last one, the page itself, has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one request; ``shows_gallery`` is for administrators."""

    navigation: tuple[NavItem, ...] = ()
    who: Who | None = None
    home_url: str = "/"
    search_url: str = ""
    notices_url: str = ""
    notices: int = 0
    sign_in_url: str = ""
    shows_gallery: bool = False

    @property
    def main(self) -> tuple[NavItem, ...]:
        """The sections that always stand in the head of a wide screen."""
        return tuple(item for item in self.navigation if not item.is_minor)

    @property
    def minor(self) -> tuple[NavItem, ...]:
        """The sections under «Ещё» in the head of a wide screen."""
        return tuple(item for item in self.navigation if item.is_minor)

    @property
    def bottom(self) -> tuple[NavItem, ...]:
        """The sections at the bottom of a phone's screen: at most four, the rest is under «Ещё»."""
        return tuple(item for item in self.navigation if item.on_phone)[:4]

    @property
    def rest(self) -> tuple[NavItem, ...]:
        """The sections that do not stand at the bottom of a phone's screen."""
        bottom = self.bottom
        return tuple(item for item in self.navigation if item not in bottom)


def frame(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: ``frame`` as set on the request (``request.frame``), the chosen theme and the others."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    theme = chosen if chosen in THEMES else "auto"
    return {
        "frame": getattr(request, "frame", Frame()),
        "theme": theme,
        "theme_icon": THEME_ICONS[theme],
        "themes": [(key, label, THEME_ICONS[key]) for key, label in THEMES.items()],
    }
