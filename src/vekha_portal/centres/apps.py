"""The app's registration."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    """Waves and centres."""

    name = "vekha_portal.centres"
    label = "centres"
    verbose_name = "Центры"
    default_auto_field = "django.db.models.BigAutoField"
