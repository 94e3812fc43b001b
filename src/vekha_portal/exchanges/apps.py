"""The app's registration."""

from django.apps import AppConfig

from vekha_portal.journal.kinds import name_kinds


class ExchangesConfig(AppConfig):
    """Exchanges of letters."""

    name = "vekha_portal.exchanges"
    label = "exchanges"
    verbose_name = "Переписка"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the kinds of entries."""
        name_kinds(
            {
                "exchange-opened": "Переписка начата",
                "letter-registered": "Письмо внесено",
                "letter-annulled": "Письмо внесено ошибочно",
                "exchange-closed": "Переписка завершена",
                "exchange-reopened": "Переписка возобновлена",
            }
        )
