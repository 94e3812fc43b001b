"""Every address of the portal: each app brings its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vekha_portal.operations.urls")),
    path("", include("vekha_portal.ui.urls")),
    path("", include("vekha_portal.overview.urls")),
    path("", include("vekha_portal.notices.urls")),
    path("", include("vekha_portal.accounts.urls")),
    path("registry/", include("vekha_portal.registry.urls")),
    path("journal/", include("vekha_portal.journal.urls")),
    path("files/", include("vekha_portal.files.urls")),
    path("orders/", include("vekha_portal.orders.urls")),
    path("findings/", include("vekha_portal.findings.urls")),
    path("exchanges/", include("vekha_portal.exchanges.urls")),
    path("oversight/", include("vekha_portal.oversight.urls")),
    path("centres/", include("vekha_portal.centres.urls")),
    path("waves/", include("vekha_portal.execution.wave_urls")),
    path("roadmaps/", include("vekha_portal.execution.roadmap_urls")),
    path("execution/", include("vekha_portal.execution.urls")),
]
