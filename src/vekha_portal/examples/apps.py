"""The app, so that the start finds its example."""

from __future__ import annotations

from django.apps import AppConfig


class ExamplesConfig(AppConfig):
    """No tables of its own."""

    name = "vekha_portal.examples"
    verbose_name = "Примеры"
