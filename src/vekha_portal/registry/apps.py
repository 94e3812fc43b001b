"""The app's registration."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry of territories and organisations."""

    name = "vekha_portal.registry"
    label = "registry"
    verbose_name = "Реестр"
    default_auto_field = "django.db.models.BigAutoField"
