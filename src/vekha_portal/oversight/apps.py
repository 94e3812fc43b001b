"""The app's registration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Rules over waves."""

    name = "vekha_portal.oversight"
    label = "oversight"
    verbose_name = "Надзор за волнами"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the pages of the rules."""
        from vekha_portal.findings.rulebook import add_rules  # noqa: PLC0415 — models are ready only now
        from vekha_portal.oversight.bridge import list_rule_pages  # noqa: PLC0415 — as above

        add_rules(list_rule_pages)
