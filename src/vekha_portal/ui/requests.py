"""A whole page never lands inside a region: HTMX is sent to it instead."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from vekha_portal.ui.pages import asked_region


class WholePageMiddleware:
    """Turns a whole page that answers a request for a region (a sign-in page after a redirect) into a visit of that page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not asked_region(request) or not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        if not response.content[:20].lstrip().lower().startswith(b"<!doctype html"):
            return response
        visit = HttpResponse(headers={"HX-Redirect": request.get_full_path()})
        visit.cookies = response.cookies
        return visit
