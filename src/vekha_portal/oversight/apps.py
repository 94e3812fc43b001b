"""The app's registration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Rules over waves."""

    name = "vekha_portal.oversight"
    label = "oversight"
    verbose_name = "Надзор за волнами"
    default_auto_field = "django.db.models.BigAutoField"
