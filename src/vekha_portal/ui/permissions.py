"""Who may see the pages of this app."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from vekha_portal.ui.frame import Frame


def can_see_gallery(request: HttpRequest) -> bool:
    """Developers, and those whose frame says so: administrators of the site."""
    frame = getattr(request, "frame", Frame())
    return bool(settings.DEBUG or frame.shows_gallery)
