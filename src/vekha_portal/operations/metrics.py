"""Numbers for a monitor in Prometheus' format: how many requests of which kind, how long they took, how jobs stand.

No label names a person, an organisation or an address: routes are patterns, and what met no route is one line.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

#: Where the processes of the web server put their numbers together; set by whoever starts them.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
#: Headers that a server in front adds: whoever comes through one is not of this machine.
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

_requests = Counter("vekha_requests", "Запросы по способу, маршруту и ответу", ["method", "route", "status"])
_seconds = Histogram("vekha_request_seconds", "Время ответа по маршруту, с", ["route"], buckets=_BOUNDS)


def note_request(method: str | None, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _requests.labels(method if method in _METHODS else "—", route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def may_see(request: HttpRequest) -> bool:
    """Whether the request was made on this machine, and not through a server in front of the portal."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return address.is_loopback and not any(name in request.headers for name in _FORWARDED)


def write_metrics() -> bytes:
    """Everything, of all processes of the web server together."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library says no types here
    else:
        registry.register(REGISTRY)
    registry.register(_Jobs())
    return generate_latest(registry)


class _Jobs:
    """What is asked of the database each time; without it only its absence is told."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges."""
        jobs = GaugeMetricFamily("vekha_jobs", "Фоновые задания по состоянию", labels=["status"])
        answers = 1
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1"
                )
                found = dict(cursor.fetchall())
            for status in ("todo", "doing", "failed"):
                jobs.add_metric([status], found.get(status, 0))
        except DatabaseError:
            answers = 0
        yield jobs
        yield GaugeMetricFamily("vekha_database_answers", "Отвечает ли база данных", value=answers)
