"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Look, components, pieces of pages."""

    name = "vekha_portal.ui"
    label = "ui"
    verbose_name = "Оформление"
