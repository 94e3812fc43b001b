"""What a monitor asks: does the process live, can it answer people, and how does it do."""

from __future__ import annotations

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from vekha_portal.operations.metrics import may_see, write_metrics

log = structlog.get_logger(__name__)

#: Set once all migrations were seen applied: they cannot become unapplied under a running process of the same code.
_migrated = False


@transaction.non_atomic_requests
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives; asks nobody."""
    return JsonResponse({"status": "ok"})


@transaction.non_atomic_requests
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has the tables of this version; 503 with the reason otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        unapplied = _unapplied()
    except DatabaseError as error:
        log.warning("not-ready", error=type(error).__name__)
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    if unapplied:
        return JsonResponse({"status": "unavailable", "reason": "migrations", "unapplied": unapplied}, status=503)
    return JsonResponse({"status": "ok"})


@transaction.non_atomic_requests
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus, to programs of this machine only: they tell how much the portal is used, and by when."""
    if not may_see(request):
        text = "Показатели отдаются только программе наблюдения на той же машине: http://127.0.0.1:порт/metrics."
        return HttpResponseForbidden(text, content_type="text/plain; charset=utf-8")
    return HttpResponse(write_metrics(), content_type=CONTENT_TYPE_LATEST)


def _unapplied() -> int:
    global _migrated
    if _migrated:
        return 0
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return len(plan)
