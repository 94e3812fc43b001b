"""The app's registration."""

from django.apps import AppConfig

from vekha_portal.journal.kinds import name_kinds


class FindingsConfig(AppConfig):
    """Findings of the rules."""

    name = "vekha_portal.findings"
    label = "findings"
    verbose_name = "Замечания"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the app's entries of the journal; offer the pages of its rules."""
        from vekha_portal.findings.bridge import list_rule_pages  # noqa: PLC0415 — models are ready only now
        from vekha_portal.findings.rulebook import add_rules  # noqa: PLC0415 — as above

        add_rules(list_rule_pages)
        name_kinds(
            {
                "finding-waived": "Замечание принято до срока",
                "waiver-revoked": "Принятие замечания отменено",
                "finding-corrected": "Черновик исправлен по замечанию",
                "check-asked": "Проверка запущена вручную",
            }
        )
