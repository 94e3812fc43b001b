"""The app's registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and roles."""

    name = "vekha_portal.accounts"
    label = "accounts"
    verbose_name = "Люди и роли"
    default_auto_field = "django.db.models.BigAutoField"
