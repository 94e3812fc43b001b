"""A number for every request, in the answer and in every line of the log it causes; and its place among the metrics."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from vekha_portal.operations.metrics import note_request

log = structlog.get_logger("vekha.request")

_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class RequestLogMiddleware:
    """Names the request, logs how it ended: method, route and times; never a query, a name or an address of e-mail."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with ``X-Request-ID``."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request=number):
            started = time.perf_counter()
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            if request.path not in _QUIET:
                self._write(request, response, time.perf_counter() - started)
        return response

    @staticmethod
    def _write(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        match = request.resolver_match
        route = f"/{match.route}" if match else "—"  # the pattern, so that no identifier or secret address is written
        note_request(request.method, route, response.status_code, seconds)
        log.info(
            "request", method=request.method, route=route, status=response.status_code, ms=round(seconds * 1000, 1)
        )
