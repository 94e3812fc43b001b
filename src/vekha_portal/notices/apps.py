"""The app's registration."""

from django.apps import AppConfig

from vekha_portal.journal.kinds import name_kinds


class NoticesConfig(AppConfig):
    """Calendar feeds."""

    name = "vekha_portal.notices"
    label = "notices"
    verbose_name = "Уведомления"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what this app's entries of the journal are called."""
        name_kinds(
            {
                "calendar-feed-opened": "открыт адрес календаря",
                "calendar-feed-revoked": "отозван адрес календаря",
            }
        )
