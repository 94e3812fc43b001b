"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Health, request numbers, logs, the shared cache's table."""

    name = "vekha_portal.operations"
    label = "operations"
    verbose_name = "Эксплуатация"
