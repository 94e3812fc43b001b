"""One measure of many as a region of its own: the review page has as many such regions as measures, so none can be declared by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from vekha_portal.journal.requests import ScopedRequest
from vekha_portal.ui.pages import MARK, MESSAGES, asked_region

SUMMARY = "summary"


def is_asked(request: ScopedRequest, region: str) -> bool:
    """Whether HTMX wants to replace this region."""
    return asked_region(request) == region


def piece(
    request: ScopedRequest,
    region: str,
    template: str,
    context: Mapping[str, Any],
    *,
    along: str = "",
    status: int = 200,
) -> HttpResponse:
    """What goes inside the region; with it the messages, and the page's summary if its template is named in ``along``."""
    html = [render_to_string(template, dict(context), request)]
    if along:
        html.append(_elsewhere(SUMMARY, render_to_string(along, dict(context), request)))
    html.append(_elsewhere(MESSAGES, render_to_string("ui/messages.html", dict(context), request)))
    headers = {MARK: region, "Vary": "HX-Request, HX-Target"}
    return HttpResponse(mark_safe("".join(html)), status=status, headers=headers)


def _elsewhere(name: str, html: str) -> SafeString:
    return format_html('<div hx-swap-oob="innerHTML:#{}">{}</div>', name, mark_safe(html))
