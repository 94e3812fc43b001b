"""The app's registration."""

from django.apps import AppConfig

from vekha_portal.journal.kinds import name_kinds


class OverviewConfig(AppConfig):
    """Pages over everything."""

    name = "vekha_portal.overview"
    label = "overview"
    verbose_name = "Обзор"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what this app's entries of the journal are called."""
        name_kinds({"journal-verified": "проверен журнал"})
