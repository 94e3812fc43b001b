"""The app's registration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal."""

    name = "vekha_portal.journal"
    label = "journal"
    verbose_name = "Журнал"
    default_auto_field = "django.db.models.BigAutoField"
