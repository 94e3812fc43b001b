"""The app's registration."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders and their roadmaps."""

    name = "vekha_portal.orders"
    label = "orders"
    verbose_name = "Распоряжения"
    default_auto_field = "django.db.models.BigAutoField"
